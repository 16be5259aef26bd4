import type { GridId, PlanState } from '../model/index.ts';
import { fail, succeed } from '../model/index.ts';
import type { Edit, EditIds } from './disabled.ts';
import { unknownAmong } from './state-queries.ts';

export interface LockGrid {
  readonly gridIds: readonly GridId[];
  readonly locked: boolean;
}

/** Locks grids (or opens them): no verb takes cells from a locked grid or gives it any. Disabled: `gridUnknown`, `nothingToChange`. */
export function lockGrid(state: PlanState, { gridIds, locked }: LockGrid, { changeId }: EditIds): Edit {
  const unknown = unknownAmong(state, gridIds);
  if (unknown) return fail(unknown);
  const grids = [...new Set(gridIds)]
    .map((id) => state.grids.get(id)!)
    .filter((grid) => grid.locked !== locked)
    .map((before) => ({ id: before.id, before, after: { ...before, locked } }));
  if (grids.length === 0) return fail({ code: 'nothingToChange' });
  return succeed({ id: changeId, verb: 'lockGrid', fabric: null, grids, cells: [] });
}
