import type { Change, Grid, GridId, PlanState } from '../model/index.ts';
import { fail, succeed } from '../model/index.ts';
import { sameGrid } from './apply-change.ts';
import type { Edit, EditIds } from './disabled.ts';
import { unknownAmong } from './state-queries.ts';

export interface EditGrid {
  readonly gridId: GridId;
  readonly attributes: Partial<Pick<Grid, 'name' | 'code' | 'kind' | 'detachedReason' | 'workerIds'>>;
  /** Codes of grids that were replaced: never given again. */
  readonly retiredCodes?: ReadonlySet<string>;
}

/**
 * Changes a grid's attributes. A worker named here leaves any other grid, since one covers at most one. A lock holds a
 * grid's ground, not its name: locked grids can be edited.
 * Disabled: `gridUnknown`, `codeTaken` (by another grid, named, or retired), `nothingToChange`.
 */
export function editGrid(
  state: PlanState,
  { gridId, attributes, retiredCodes }: EditGrid,
  { changeId }: EditIds,
): Edit {
  const unknown = unknownAmong(state, [gridId]);
  if (unknown) return fail(unknown);
  const before = state.grids.get(gridId)!;
  const after: Grid = { ...before, ...attributes };
  const others = [...state.grids.values()].filter(({ id }) => id !== gridId);
  if (after.code !== before.code) {
    const holders = others.filter(({ code }) => code === after.code).map(({ id }) => id);
    if (holders.length > 0 || retiredCodes?.has(after.code)) return fail({ code: 'codeTaken', gridIds: holders });
  }
  if (sameGrid(before, after)) return fail({ code: 'nothingToChange' });
  const grids: Change['grids'][number][] = [{ id: gridId, before, after }];
  const taken = new Set(attributes.workerIds ?? []);
  for (const other of others)
    if (other.workerIds.some((worker) => taken.has(worker)))
      grids.push({
        id: other.id,
        before: other,
        after: { ...other, workerIds: other.workerIds.filter((worker) => !taken.has(worker)) },
      });
  return succeed({ id: changeId, verb: 'editGrid', fabric: null, grids, cells: [] });
}
