import { applyPatch, composePatches, invertPatch, misfitOf } from '../fabric/patch.ts';
import type { CellId, Change, Grid, GridId, PlanState, Result } from '../model/index.ts';
import { fail, succeed } from '../model/index.ts';

/** Why a change does not fit the state: it was made on another one. `id` is the arc, cell or grid that differs. */
export interface ChangeMisfit {
  readonly code:
    | 'arcDiffers'
    | 'cellDiffers'
    | 'gridDiffers'
    | 'assignmentDiffers'
    | 'cellUnknown'
    | 'gridUnknown'
    | 'gridInUse';
  readonly id: number | string;
}

/**
 * The state after a change: fabric, grids, assignment. Every `before` is compared with the state first, so a change made
 * on another version is refused, not misapplied; nothing is left half done.
 */
export function applyChange(state: PlanState, change: Change): Result<PlanState, ChangeMisfit> {
  const misfit = change.fabric && misfitOf(state.fabric, change.fabric);
  if (misfit) return fail(misfit);
  const fabric = change.fabric ? applyPatch(state.fabric, change.fabric) : state.fabric;

  let grids = state.grids;
  if (change.grids.length > 0) {
    const next = new Map(state.grids);
    for (const { id, before, after } of change.grids) {
      if (!sameGrid(next.get(id) ?? null, before)) return fail({ code: 'gridDiffers', id });
      if (after) next.set(id, after);
      else next.delete(id);
    }
    grids = next;
  }

  let assignment = state.assignment;
  if (change.cells.length > 0) {
    const next = new Map(state.assignment);
    for (const { id, before, after } of change.cells) {
      if ((next.get(id) ?? null) !== before) return fail({ code: 'assignmentDiffers', id });
      if (after === null) next.delete(id);
      else if (grids.has(after)) next.set(id, after);
      else return fail({ code: 'gridUnknown', id: after });
    }
    assignment = next;
  }
  const dangling = danglingReference(change, { fabric, grids, assignment });
  return dangling ? fail(dangling) : succeed({ fabric, grids, assignment });
}

/** A cell that is assigned but gone, or a grid that is gone but holds cells. */
function danglingReference(change: Change, next: PlanState): ChangeMisfit | null {
  const gone = new Set(change.grids.filter(({ after }) => after === null).map(({ id }) => id));
  if (gone.size > 0)
    for (const grid of next.assignment.values()) if (gone.has(grid)) return { code: 'gridInUse', id: grid };
  const assigned = change.cells.filter(({ after }) => after !== null);
  if (assigned.length === 0 && !change.fabric) return null;
  const cells = new Set<CellId>(next.fabric.cells.map(({ id }) => id));
  for (const { id } of assigned) if (!cells.has(id)) return { code: 'cellUnknown', id };
  for (const { id } of change.fabric?.removed.cells ?? [])
    if (!cells.has(id) && next.assignment.has(id)) return { code: 'cellUnknown', id };
  return null;
}

/** The change that undoes this one. It keeps the verb; its id is the caller's to give. */
export function invertChange(change: Change, id: string = change.id): Change {
  const swap = <Entry extends { before: unknown; after: unknown }>(entry: Entry) => ({
    ...entry,
    before: entry.after,
    after: entry.before,
  });
  return {
    id,
    verb: change.verb,
    fabric: change.fabric && invertPatch(change.fabric),
    grids: change.grids.map(swap).reverse(),
    cells: change.cells.map(swap).reverse(),
  };
}

/** One change that does what `first` and then `second` do; it takes its id and verb from the second. */
export function composeChanges(first: Change, second: Change): Change {
  return {
    id: second.id,
    verb: second.verb,
    fabric:
      first.fabric && second.fabric ? composePatches(first.fabric, second.fabric) : (first.fabric ?? second.fabric),
    grids: composed<GridId, Grid>(first.grids, second.grids, sameGrid),
    cells: composed<CellId, GridId>(first.cells, second.cells, (a, b) => a === b),
  };
}

interface Entry<Id, Value> {
  readonly id: Id;
  readonly before: Value | null;
  readonly after: Value | null;
}

function composed<Id, Value>(
  first: readonly Entry<Id, Value>[],
  second: readonly Entry<Id, Value>[],
  same: (a: Value | null, b: Value | null) => boolean,
): Entry<Id, Value>[] {
  const entries = new Map<Id, Entry<Id, Value>>();
  for (const entry of [...first, ...second]) {
    const earlier = entries.get(entry.id);
    entries.set(entry.id, earlier ? { id: entry.id, before: earlier.before, after: entry.after } : entry);
  }
  return [...entries.values()].filter(({ before, after }) => !same(before, after));
}

export function sameGrid(a: Grid | null, b: Grid | null): boolean {
  if (a === b) return true;
  if (!a || !b) return false;
  return (
    a.id === b.id &&
    a.code === b.code &&
    a.name === b.name &&
    a.kind === b.kind &&
    a.locked === b.locked &&
    a.detachedReason === b.detachedReason &&
    a.workerIds.length === b.workerIds.length &&
    a.workerIds.every((worker, i) => worker === b.workerIds[i])
  );
}
