import { possibleGridCounts } from './possible-grid-counts.ts';
import type { Check } from './rule.ts';

/** R1: H households can make k grids only if least·k ≤ H ≤ most·k; where no k does, no plan can be compliant, and the reason is said once. */
export const checkCommunityTotal: Check = ({ state, ruleSet }) => {
  const { least, most, clause } = ruleSet.gridRange;
  const householdCount = state.fabric.cells.reduce((total, cell) => total + cell.householdCount, 0);
  if (possibleGridCounts(householdCount, ruleSet) !== null) return [];
  const fewer = Math.floor(householdCount / least) * most;
  const more = Math.ceil(householdCount / most) * least;
  return [
    {
      code: householdCount < least ? 'communityBelowLeast' : 'communityTotalInGap',
      severity: 'warning',
      communityCode: state.fabric.communityCode,
      values: { householdCount, least, most, clause, nearestBelow: fewer, nearestAbove: more },
    },
  ];
};
