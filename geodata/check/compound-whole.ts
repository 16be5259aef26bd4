import type { CompoundId, GridId } from '../model/index.ts';
import type { Check } from './rule.ts';

/** R1: as far as possible a compound (小区) is not divided between grids. Only cells with households count. */
export const checkCompoundWhole: Check = ({ state, ruleSet }) => {
  const compounds = new Map<CompoundId, { gridIds: Set<GridId>; householdCount: number }>();
  for (const cell of state.fabric.cells) {
    const gridId = state.assignment.get(cell.id);
    if (cell.compoundId === null || gridId === undefined || cell.householdCount === 0) continue;
    const compound = compounds.get(cell.compoundId) ?? { gridIds: new Set(), householdCount: 0 };
    compounds.set(cell.compoundId, compound);
    compound.gridIds.add(gridId);
    compound.householdCount += cell.householdCount;
  }
  return [...compounds].flatMap(([compound, { gridIds, householdCount }]) => {
    const unavoidable = Math.ceil(householdCount / ruleSet.gridRange.most);
    return gridIds.size > 1
      ? [
          {
            code: 'compoundDivided',
            severity: gridIds.size > unavoidable ? ('warning' as const) : ('notice' as const),
            gridIds: [...gridIds],
            values: { compound, grids: gridIds.size, householdCount, unavoidable },
          },
        ]
      : [];
  });
};
