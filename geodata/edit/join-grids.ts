import type { GridId, PlanState } from '../model/index.ts';
import { fail, succeed } from '../model/index.ts';
import type { Edit, EditIds } from './disabled.ts';
import { lockedAmong, reassignmentOf, unknownAmong } from './state-queries.ts';

export interface JoinGrids {
  readonly gridIds: readonly GridId[];
  /** The one that stays, with its code and name. */
  readonly into: GridId;
}

/**
 * Joins grids into one, which keeps its attributes and gets the others' workers. They need not touch: a grid in several
 * pieces is what the check names, and what `detachedReason` may allow.
 * Disabled: `tooFewGrids`, `gridUnknown`, `gridLocked`.
 */
export function joinGrids(state: PlanState, { gridIds, into }: JoinGrids, { changeId }: EditIds): Edit {
  const joined = [...new Set([into, ...gridIds])];
  if (joined.length < 2) return fail({ code: 'tooFewGrids', gridIds: joined });
  const unusable = unknownAmong(state, joined) ?? lockedAmong(state, joined);
  if (unusable) return fail(unusable);
  const gone = joined.filter((id) => id !== into);
  const before = state.grids.get(into)!;
  const workerIds = [...new Set(joined.flatMap((id) => state.grids.get(id)!.workerIds))];
  const stays = { id: into, before, after: { ...before, workerIds } };
  return succeed({
    id: changeId,
    verb: 'joinGrids',
    fabric: null,
    grids: [
      ...gone.map((id) => ({ id, before: state.grids.get(id)!, after: null })),
      ...(workerIds.length > before.workerIds.length ? [stays] : []),
    ],
    cells: reassignmentOf(state, (grid) => (grid !== null && gone.includes(grid) ? into : grid)),
  });
}
