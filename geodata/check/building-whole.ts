import type { BuildingId, CellBuilding, GridId, Issue } from '../model/index.ts';
import type { Check } from './rule.ts';

/**
 * R1: a building is not divided between grids except by entrance (单元), and one with more households than the upper limit can be in no
 * grid until it is.
 */
export const checkBuildingWhole: Check = ({ state, ruleSet }) => {
  const { most } = ruleSet.gridRange;
  const parts = new Map<BuildingId, { building: CellBuilding; grid: GridId | undefined }[]>();
  for (const cell of state.fabric.cells) {
    for (const building of cell.buildings) {
      const known = parts.get(building.buildingId) ?? [];
      parts.set(building.buildingId, known);
      known.push({ building, grid: state.assignment.get(cell.id) });
    }
  }
  return [...parts].flatMap(([buildingId, cells]): Issue[] => {
    const issues: Issue[] = [];
    for (const { building } of cells) {
      if (building.householdCount > most) {
        issues.push({
          code: 'buildingOverLimit',
          severity: 'error',
          buildingIds: [buildingId],
          values: { building: buildingId, unit: building.unitId ?? '', householdCount: building.householdCount, most },
        });
      }
    }
    const gridIds = [...new Set(cells.flatMap(({ grid }) => grid ?? []))];
    if (gridIds.length > 1) {
      const byEntrance = cells.every(({ building }) => building.unitId !== null);
      issues.push({
        code: byEntrance ? 'buildingDividedByEntrance' : 'buildingDivided',
        severity: byEntrance ? 'notice' : 'error',
        buildingIds: [buildingId],
        gridIds,
        values: { building: buildingId, grids: gridIds.length },
      });
    }
    return issues;
  });
};
