import type { CellId, Change, Grid, GridId, PlanState } from '../model/index.ts';
import { fail, succeed } from '../model/index.ts';
import type { Edit, EditIds } from './disabled.ts';
import { freeCodes, type GridCodes } from './grid-code.ts';
import { readingOrder } from './reading-order.ts';
import { reassignmentOf } from './state-queries.ts';

export interface AdoptPartition {
  /** The cells that were divided, and the number of the grid of each (−1: in none); cells not named become unassigned. */
  readonly cellIds: readonly CellId[];
  readonly gridOfCell: readonly number[];
  /** For a division that started from the plan's grids: which of them each number is. Numbers without one are new grids. */
  readonly existing?: readonly (GridId | null)[];
  readonly codes: GridCodes;
  /** The name of a new grid by its place in the numbering (1 …). */
  readonly nameOf: (sequence: number) => string;
}

/**
 * Takes over what the solver found. Grids that go on keep their attributes; other unlocked grids are replaced; locked ones keep
 * their ground whatever the partition says. Disabled: `partitionDoesNotFit` (unknown cells, lengths), `codesExhausted`,
 * `nothingToChange`.
 */
export function adoptPartition(
  state: PlanState,
  { cellIds, gridOfCell, existing, codes, nameOf }: AdoptPartition,
  { changeId, newGridId }: EditIds,
): Edit {
  const known = new Set(state.fabric.cells.map(({ id }) => id));
  const unknown = cellIds.filter((id) => !known.has(id));
  if (unknown.length > 0 || cellIds.length !== gridOfCell.length)
    return fail({ code: 'partitionDoesNotFit', cellIds: unknown });

  const numbers = [...new Set(gridOfCell)].filter((number) => number >= 0).sort((a, b) => a - b);
  const gridOf = new Map<number, GridId>();
  const made = new Set<GridId>();
  for (const number of numbers) {
    const kept = existing?.[number] ?? null;
    const id = kept !== null && state.grids.has(kept) ? kept : newGridId();
    if (!state.grids.has(id)) made.add(id);
    gridOf.set(number, id);
  }
  const numberOf = new Map(cellIds.map((id, at) => [id, gridOfCell[at]!]));
  const isLocked = (grid: GridId | null) => grid !== null && state.grids.get(grid)?.locked === true;
  const next = new Map<CellId, GridId>();
  const cells = reassignmentOf(state, (before, id) => {
    const wanted = gridOf.get(numberOf.get(id) ?? -1) ?? null;
    const after = isLocked(before) || isLocked(wanted) ? before : wanted;
    if (after !== null) next.set(id, after);
    return after;
  });
  const inUse = new Set(next.values());
  const gone = [...state.grids.values()].filter(({ id, locked }) => !locked && !inUse.has(id));
  const staying = [...state.grids.values()].filter(({ id, locked }) => locked || inUse.has(id));
  const order = readingOrder(state.fabric, next);
  const fresh = order.filter((id) => made.has(id));
  const free = freeCodes(codes, fresh.length, staying);
  if (!free) return fail({ code: 'codesExhausted' });
  const grids: Change['grids'][number][] = gone.map((before) => ({ id: before.id, before, after: null }));
  for (const [at, id] of fresh.entries())
    grids.push({ id, before: null, after: newGrid(id, free[at]!, nameOf(order.indexOf(id) + 1)) });
  if (cells.length === 0 && grids.length === 0) return fail({ code: 'nothingToChange' });
  return succeed({ id: changeId, verb: 'adoptPartition', fabric: null, grids, cells });
}

export const newGrid = (id: GridId, code: string, name: string): Grid => ({
  id,
  code,
  name,
  kind: 'general',
  locked: false,
  detachedReason: null,
  workerIds: [],
});
