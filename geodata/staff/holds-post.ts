import type { RuleSet, Worker } from '../model/index.ts';

/** R6 (二·一): a full-time person whose category holds a community-worker post; public-welfare posts never do. */
export function holdsPost(worker: Pick<Worker, 'category' | 'fullTime'>, { postCategories }: RuleSet): boolean {
  return worker.fullTime && postCategories.categories.includes(worker.category);
}
