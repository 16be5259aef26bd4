import type { BuildingId, CountSource } from '../model/index.ts';
import type { Check } from './rule.ts';

/** A plan is as good as its counts: buildings without one are a warning, estimated ones are on record. */
export const checkHouseholdCounts: Check = ({ state }) => {
  const bySource = (source: CountSource): BuildingId[] => [
    ...new Set(
      state.fabric.cells.flatMap((cell) =>
        cell.buildings.filter((building) => building.countSource === source).map((building) => building.buildingId),
      ),
    ),
  ];
  const issue = (code: string, severity: 'warning' | 'notice', buildingIds: readonly BuildingId[]) =>
    buildingIds.length > 0 ? [{ code, severity, buildingIds, values: { buildingCount: buildingIds.length } }] : [];
  return [
    ...issue('householdCountMissing', 'warning', bySource('missing')),
    ...issue('householdCountEstimated', 'notice', bySource('estimated')),
  ];
};
