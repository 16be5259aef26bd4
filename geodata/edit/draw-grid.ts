import { type Cut, cutCells } from '../fabric/cut.ts';
import { cellsInRing } from '../fabric/cut-inside.ts';
import type { FootprintMm } from '../fabric/outline-footprints.ts';
import { toLocal } from '../geometry/local-frame.ts';
import type { GridId, PlanState } from '../model/index.ts';
import { fail, succeed } from '../model/index.ts';
import { newGrid } from './adopt-partition.ts';
import { afterCut, cellsOfChange, patchOrNull } from './after-cut.ts';
import type { Edit, EditIds } from './disabled.ts';
import { freeCodes, type GridCodes } from './grid-code.ts';

export interface DrawGrid {
  /** Longitude and latitude; it need not repeat its first point. */
  readonly ring: readonly (readonly [number, number])[];
  readonly footprints: readonly FootprintMm[];
  readonly codes: GridCodes;
  readonly name: string;
  /** Takes only unassigned ground, or only that of one grid. */
  readonly only?: 'unassigned' | { readonly from: GridId };
}

/**
 * Makes what a drawn polygon holds a new grid: cells are cut along it (led around buildings), what is inside is assigned.
 * Locked grids keep their ground; grids that lose all of theirs go. Disabled: `lineTooShort`, `ringHoldsNothing`,
 * `lineDividesBuilding` (only where buildings touch each other), `codesExhausted`.
 */
export function drawGrid(state: PlanState, args: DrawGrid, { changeId, newGridId }: EditIds): Edit {
  const { ring, footprints, codes, name, only } = args;
  if (ring.length < 3) return fail({ code: 'lineTooShort' });
  const mayTake = (grid: GridId | null) => {
    if (grid !== null && state.grids.get(grid)?.locked) return false;
    if (only === 'unassigned') return grid === null;
    return only === undefined || grid === only.from;
  };
  const within = new Set(
    state.fabric.cells.map(({ id }) => id).filter((id) => mayTake(state.assignment.get(id) ?? null)),
  );
  const [first, last] = [ring[0]!, ring.at(-1)!];
  const closed = first[0] === last[0] && first[1] === last[1] ? ring : [...ring, first];
  const made = cutCells(state.fabric, closed, { footprints, within, bendAroundBuildings: true });
  // a ring that divides nothing may still hold whole cells
  if (!made.ok && made.failure.code !== 'lineDividesNothing') return fail(made.failure);
  const cut = made.ok ? made.value : uncut(state, closed);
  const after = afterCut(state, cut);
  const inside = new Set(cellsInRing(after.fabric, cut.line).filter((id) => within.has(cut.cutFrom.get(id) ?? id)));
  if (inside.size === 0) return fail({ code: 'ringHoldsNothing' });

  const free = freeCodes(codes, 1, state.grids.values());
  if (!free) return fail({ code: 'codesExhausted' });
  const grid = newGrid(newGridId(), free[0]!, name);
  const left = new Set<GridId>();
  for (const { id } of after.fabric.cells) {
    const current = after.gridOf(id);
    if (current !== null && !inside.has(id)) left.add(current);
  }
  const emptied = new Set<GridId>();
  for (const id of inside) {
    const current = after.gridOf(id);
    if (current !== null && !left.has(current)) emptied.add(current);
  }
  return succeed({
    id: changeId,
    verb: 'drawGrid',
    fabric: patchOrNull(cut),
    grids: [
      { id: grid.id, before: null, after: grid },
      ...[...emptied].sort().map((id) => ({ id, before: state.grids.get(id)!, after: null })),
    ],
    cells: cellsOfChange(state, cut, after, (cell, current) => (inside.has(cell) ? grid.id : current)),
  });
}

const uncut = (state: PlanState, ring: readonly (readonly [number, number])[]): Cut => ({
  patch: { removed: { arcs: [], cells: [] }, added: { arcs: [], cells: [] } },
  leftCells: [],
  rightCells: [],
  alongArcs: [],
  cutFrom: new Map(),
  line: ring.flatMap((position) => toLocal(state.fabric.frame, position)),
});
