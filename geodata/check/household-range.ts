import type { Issue } from '../model/index.ts';
import type { Check } from './rule.ts';

/** R1 (二·六): every general grid holds `least` to `most` households. Dedicated grids are outside the range, and should hold none. */
export const checkHouseholdRange: Check = ({ ruleSet, tallies }) => {
  const { least, most, clause } = ruleSet.gridRange;
  return [...tallies.values()].flatMap(({ grid, householdCount }): Issue[] => {
    const issue = { gridIds: [grid.id], values: { grid: grid.name, householdCount, least, most, clause } };
    if (grid.kind === 'dedicated') {
      return householdCount > 0 ? [{ ...issue, code: 'dedicatedGridHasHouseholds', severity: 'warning' }] : [];
    }
    if (householdCount > most) return [{ ...issue, code: 'gridOverLimit', severity: 'error' }];
    if (householdCount < least) return [{ ...issue, code: 'gridUnderLimit', severity: 'error' }];
    return [];
  });
};
