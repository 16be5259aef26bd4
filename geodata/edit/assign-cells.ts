import type { CellId, GridId, PlanState } from '../model/index.ts';
import { fail, succeed } from '../model/index.ts';
import type { Edit, EditIds } from './disabled.ts';

export interface AssignCells {
  readonly cellIds: Iterable<CellId>;
  /** null takes the cells out of every grid. */
  readonly gridId: GridId | null;
  /** Takes only unassigned cells, or only those of one grid: the source filter of the brush. */
  readonly only?: 'unassigned' | { readonly from: GridId };
}

/**
 * Puts cells into a grid. Cells of locked grids stay where they are; so does everything when the target is locked.
 * Disabled: `gridUnknown`, `gridLocked` (the target, or all that was touched), `cellUnknown`, `nothingToChange`.
 */
export function assignCells(state: PlanState, { cellIds, gridId, only }: AssignCells, { changeId }: EditIds): Edit {
  if (gridId !== null) {
    const target = state.grids.get(gridId);
    if (!target) return fail({ code: 'gridUnknown', gridIds: [gridId] });
    if (target.locked) return fail({ code: 'gridLocked', gridIds: [gridId] });
  }
  const wanted = new Set(cellIds);
  const known = new Set<CellId>();
  for (const { id } of state.fabric.cells) if (wanted.has(id)) known.add(id);
  const unknown = [...wanted].filter((id) => !known.has(id));
  if (unknown.length > 0) return fail({ code: 'cellUnknown', cellIds: unknown });

  const held = new Set<GridId>();
  const cells: { id: CellId; before: GridId | null; after: GridId | null }[] = [];
  for (const id of [...known].sort((a, b) => a - b)) {
    const before = state.assignment.get(id) ?? null;
    if (before === gridId) continue;
    if (only === 'unassigned' && before !== null) continue;
    if (typeof only === 'object' && before !== only.from) continue;
    if (before !== null && state.grids.get(before)?.locked) held.add(before);
    else cells.push({ id, before, after: gridId });
  }
  if (cells.length > 0) return succeed({ id: changeId, verb: 'assignCells', fabric: null, grids: [], cells });
  return fail(held.size > 0 ? { code: 'gridLocked', gridIds: [...held] } : { code: 'nothingToChange' });
}
