import type { GridId, PlanState } from '../model/index.ts';
import { fail, succeed } from '../model/index.ts';
import type { Edit, EditIds } from './disabled.ts';
import { lockedAmong, reassignmentOf, unknownAmong } from './state-queries.ts';

/** Takes a grid out of the plan; its cells become unassigned. Disabled: `gridUnknown`, `gridLocked`. */
export function deleteGrid(state: PlanState, { gridId }: { readonly gridId: GridId }, { changeId }: EditIds): Edit {
  const unusable = unknownAmong(state, [gridId]) ?? lockedAmong(state, [gridId]);
  if (unusable) return fail(unusable);
  return succeed({
    id: changeId,
    verb: 'deleteGrid',
    fabric: null,
    grids: [{ id: gridId, before: state.grids.get(gridId)!, after: null }],
    cells: reassignmentOf(state, (grid) => (grid === gridId ? null : grid)),
  });
}
