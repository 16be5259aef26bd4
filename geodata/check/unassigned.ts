import type { Check } from './rule.ts';

/** R1: grids leave no gap. Households in no grid are an error; empty ground in no grid is a gap that wants a look. */
export const checkUnassigned: Check = ({ state }) => {
  const left = state.fabric.cells.filter((cell) => !state.assignment.has(cell.id));
  const lived = left.filter((cell) => cell.buildings.length > 0);
  const empty = left.filter((cell) => cell.buildings.length === 0);
  const householdCount = lived.reduce((total, cell) => total + cell.householdCount, 0);
  return [
    ...(lived.length > 0
      ? [
          {
            code: 'buildingsUnassigned',
            severity: householdCount > 0 ? ('error' as const) : ('warning' as const),
            cellIds: lived.map((cell) => cell.id),
            buildingIds: [...new Set(lived.flatMap((cell) => cell.buildings.map((building) => building.buildingId)))],
            values: {
              householdCount,
              buildingCount: new Set(lived.flatMap((c) => c.buildings.map((b) => b.buildingId))).size,
            },
          },
        ]
      : []),
    ...(empty.length > 0
      ? [
          {
            code: 'groundUnassigned',
            severity: 'warning' as const,
            cellIds: empty.map((cell) => cell.id),
            values: { areaM2: Math.round(empty.reduce((total, cell) => total + cell.areaM2, 0)) },
          },
        ]
      : []),
  ];
};
