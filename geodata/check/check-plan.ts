import type { Issue, PlanState, RuleSet } from '../model/index.ts';
import { checkBarrierCrossed } from './barrier-crossed.ts';
import { checkBuildingWhole } from './building-whole.ts';
import { checkCommunityTotal } from './community-total.ts';
import { checkCompoundWhole } from './compound-whole.ts';
import { checkGridConnected } from './grid-connected.ts';
import { checkHouseholdCounts } from './household-counts.ts';
import { checkHouseholdRange } from './household-range.ts';
import type { Check } from './rule.ts';
import { tallyGrids } from './tally.ts';
import { checkUnassigned } from './unassigned.ts';

/** Every rule, in the order in which a planner wants to hear of them. */
export const checks: readonly Check[] = [
  checkCommunityTotal,
  checkBuildingWhole,
  checkHouseholdRange,
  checkGridConnected,
  checkUnassigned,
  checkCompoundWhole,
  checkBarrierCrossed,
  checkHouseholdCounts,
];

/** All issues of a plan. `tallies` may be passed in when the caller has them already. */
export function checkPlan(state: PlanState, ruleSet: RuleSet, tallies = tallyGrids(state)): readonly Issue[] {
  return checks.flatMap((check) => check({ state, ruleSet, tallies }));
}
