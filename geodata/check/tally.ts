import type { CellId, Grid, GridId, PlanState } from '../model/index.ts';
import { piecesOfGrids } from './pieces.ts';

/** What a grid holds, counted from its cells. */
export interface GridTally {
  readonly grid: Grid;
  readonly cellIds: readonly CellId[];
  readonly householdCount: number;
  /** The part of `householdCount` that was estimated. */
  readonly estimatedHouseholdCount: number;
  /** Buildings with at least one entrance in the grid. */
  readonly buildingCount: number;
  readonly areaM2: number;
  /** Connected pieces, the one with the most households first. */
  readonly pieces: readonly (readonly CellId[])[];
}

/** Tallies of all grids of a plan, in the order of `state.grids`; a grid without cells has zeros and no piece. */
export function tallyGrids(state: PlanState): ReadonlyMap<GridId, GridTally> {
  const pieces = piecesOfGrids(state);
  const cellsOf = new Map<GridId, PlanState['fabric']['cells'][number][]>();
  for (const id of state.grids.keys()) cellsOf.set(id, []);
  for (const cell of state.fabric.cells) {
    const gridId = state.assignment.get(cell.id);
    if (gridId !== undefined) cellsOf.get(gridId)?.push(cell);
  }
  const tallies = new Map<GridId, GridTally>();
  for (const [id, grid] of state.grids) {
    const cells = cellsOf.get(id) ?? [];
    const buildings = cells.flatMap((cell) => cell.buildings);
    tallies.set(id, {
      grid,
      cellIds: cells.map((cell) => cell.id),
      householdCount: sum(cells, (cell) => cell.householdCount),
      estimatedHouseholdCount: sum(buildings, (building) =>
        building.countSource === 'estimated' ? building.householdCount : 0,
      ),
      buildingCount: new Set(buildings.map((building) => building.buildingId)).size,
      areaM2: sum(cells, (cell) => cell.areaM2),
      pieces: pieces.get(id) ?? [],
    });
  }
  return tallies;
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
