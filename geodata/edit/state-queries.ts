import type { CellId, Change, GridId, PlanState } from '../model/index.ts';
import type { Disabled } from './disabled.ts';

/** The grids that are not in the plan, as a reason; null when all are. */
export function unknownAmong(state: PlanState, gridIds: readonly GridId[]): Disabled | null {
  const unknown = gridIds.filter((id) => !state.grids.has(id));
  return unknown.length > 0 ? { code: 'gridUnknown', gridIds: unknown } : null;
}

/** The locked ones, as a reason; null when none is. */
export function lockedAmong(state: PlanState, gridIds: readonly GridId[]): Disabled | null {
  const locked = gridIds.filter((id) => state.grids.get(id)?.locked);
  return locked.length > 0 ? { code: 'gridLocked', gridIds: locked } : null;
}

/** What changes when every cell's grid is put through `next`, in the order of cells. */
export function reassignmentOf(
  state: PlanState,
  next: (grid: GridId | null, cell: CellId) => GridId | null,
): Change['cells'] {
  return state.fabric.cells.flatMap(({ id }) => {
    const before = state.assignment.get(id) ?? null;
    const after = next(before, id);
    return before === after ? [] : [{ id, before, after }];
  });
}
