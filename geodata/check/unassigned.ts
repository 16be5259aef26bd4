import type { Issue } from '../model/index.ts';
import type { Check } from './rule.ts';

/** R1: grids leave no gap. Households in no grid are an error; empty ground in no grid is a gap that wants a look. */
export const checkUnassigned: Check = ({ state }): Issue[] => {
  const left = state.fabric.cells.filter((cell) => !state.assignment.has(cell.id));
  const lived = left.filter((cell) => cell.buildings.length > 0);
  const empty = left.filter((cell) => cell.buildings.length === 0);
  const buildingIds = [...new Set(lived.flatMap((cell) => cell.buildings.map((building) => building.buildingId)))];
  const householdCount = lived.reduce((total, cell) => total + cell.householdCount, 0);
  const issues: Issue[] = [];
  if (lived.length > 0) {
    issues.push({
      code: 'buildingsUnassigned',
      severity: householdCount > 0 ? 'error' : 'warning',
      cellIds: lived.map((cell) => cell.id),
      buildingIds,
      values: { householdCount, buildingCount: buildingIds.length },
    });
  }
  if (empty.length > 0) {
    issues.push({
      code: 'groundUnassigned',
      severity: 'warning',
      cellIds: empty.map((cell) => cell.id),
      values: { areaM2: Math.round(empty.reduce((total, cell) => total + cell.areaM2, 0)) },
    });
  }
  return issues;
};
