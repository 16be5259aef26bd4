import type { GridId, Issue, PlanState, RuleSet } from '../model/index.ts';
import type { GridTally } from './tally.ts';

/** What every check looks at; the tallies are made once and shared. */
export interface CheckInput {
  readonly state: PlanState;
  readonly ruleSet: RuleSet;
  readonly tallies: ReadonlyMap<GridId, GridTally>;
}

/** One rule: the plan in, what is wrong with it out. 'error' means a hard rule is broken. */
export type Check = (input: CheckInput) => readonly Issue[];
