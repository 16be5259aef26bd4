import type { Issue, PlanState, RuleSet } from '../model/index.ts';
import { checkPlan } from './check-plan.ts';
import { tallyGrids } from './tally.ts';

/** The three states of a plan, and 'noPlan' where nobody has begun. */
export type ComplianceState = 'noPlan' | 'incomplete' | 'notCompliant' | 'compliant';

export interface Compliance {
  readonly state: ComplianceState;
  readonly gridCount: number;
  readonly over: number;
  readonly under: number;
  readonly unassignedHouseholdCount: number;
  readonly issues: readonly Issue[];
}

/** A plan in one line: incomplete while households are in no grid, not compliant while any hard rule is broken. */
export function complianceOf(state: PlanState, ruleSet: RuleSet, tallies = tallyGrids(state)): Compliance {
  const issues = checkPlan(state, ruleSet, tallies);
  const count = (code: string) => issues.filter((issue) => issue.code === code).length;
  const unassignedHouseholdCount = state.fabric.cells.reduce(
    (total, cell) => total + (state.assignment.has(cell.id) ? 0 : cell.householdCount),
    0,
  );
  return {
    state: stateOf(state, unassignedHouseholdCount, issues),
    gridCount: state.grids.size,
    over: count('gridOverLimit'),
    under: count('gridUnderLimit'),
    unassignedHouseholdCount,
    issues,
  };
}

function stateOf(state: PlanState, unassignedHouseholdCount: number, issues: readonly Issue[]): ComplianceState {
  if (state.grids.size === 0) return 'noPlan';
  if (unassignedHouseholdCount > 0) return 'incomplete';
  return issues.some((issue) => issue.severity === 'error') ? 'notCompliant' : 'compliant';
}
