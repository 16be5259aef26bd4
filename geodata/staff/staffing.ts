import type { CommunityCode, Grid, GridId, Issue, PostRange, RuleSet, Worker } from '../model/index.ts';
import { checkGridWorkers } from './grid-workers.ts';
import { holdsPost } from './holds-post.ts';
import { postRange } from './posts.ts';

/** One community's line of the staffing schedule (配备明细表). */
export interface CommunityStaffing {
  readonly communityCode: CommunityCode;
  readonly posts: PostRange;
  /** People of the roster who hold a community-worker post (R6). */
  readonly filled: number;
  /** Posts missing to the least; 0 when there are enough. */
  readonly gap: number;
  readonly publicWelfareCount: number;
  readonly gridCount: number;
  readonly gridsWithoutWorker: readonly GridId[];
  readonly issues: readonly Issue[];
}

/**
 * Posts and grid workers of one community (R3, R5, R6) from its households, its grids and its roster. Workers of other communities in
 * the roster are passed over. Issues besides those of `checkGridWorkers`: `postsUnderLeast`, `postsOverMost`, `moreGridsThanPosts`.
 */
export function staffingOf(
  communityCode: CommunityCode,
  householdCount: number,
  grids: Iterable<Grid>,
  roster: readonly Worker[],
  ruleSet: RuleSet,
): CommunityStaffing {
  const posts = postRange(householdCount, ruleSet);
  const workers = roster.filter((worker) => worker.communityCode === communityCode);
  const filled = workers.filter((worker) => holdsPost(worker, ruleSet)).length;
  const generalGrids = [...grids].filter((grid) => grid.kind === 'general');
  const workerIssues = checkGridWorkers(generalGrids, workers, ruleSet);
  const { least, most, clause } = posts;
  const issue = (code: string, broken: boolean): readonly Issue[] =>
    broken
      ? [
          {
            code,
            severity: 'warning',
            communityCode,
            values: { filled, least, most, grids: generalGrids.length, clause },
          },
        ]
      : [];
  return {
    communityCode,
    posts,
    filled,
    gap: Math.max(0, least - filled),
    publicWelfareCount: workers.filter((worker) => worker.category === 'publicWelfare').length,
    gridCount: generalGrids.length,
    gridsWithoutWorker: workerIssues
      .filter((issue) => issue.code === 'gridWithoutWorker')
      .flatMap((issue) => issue.gridIds ?? []),
    issues: [
      ...issue('postsUnderLeast', filled < least),
      ...issue('postsOverMost', filled > most),
      ...issue('moreGridsThanPosts', generalGrids.length > most),
      ...workerIssues,
    ],
  };
}
