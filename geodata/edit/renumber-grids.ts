import type { GridId, PlanState } from '../model/index.ts';
import { fail, succeed } from '../model/index.ts';
import type { Edit, EditIds } from './disabled.ts';
import { freeCodes, type GridCodes } from './grid-code.ts';
import { readingOrder } from './reading-order.ts';

export interface RenumberGrids {
  readonly codes: GridCodes;
  /** All grids when not given; the others keep their codes. */
  readonly gridIds?: readonly GridId[];
  /** The grid's new name for its number in the order (1 …); names stay when not given. */
  readonly nameOf?: (sequence: number) => string;
}

/**
 * Gives grids new codes in reading order, without those that others hold or that are retired. Grids without any cell
 * come last. Disabled: `codesExhausted`, `nothingToChange`.
 */
export function renumberGrids(
  state: PlanState,
  { codes, gridIds, nameOf }: RenumberGrids,
  { changeId }: EditIds,
): Edit {
  const renumbered = new Set(gridIds ?? state.grids.keys());
  const placed = readingOrder(state.fabric, state.assignment).filter((id) => renumbered.has(id));
  const empty = [...state.grids.keys()].filter((id) => renumbered.has(id) && !placed.includes(id)).sort();
  const order = [...placed, ...empty];
  const others = [...state.grids.values()].filter(({ id }) => !renumbered.has(id));
  const free = freeCodes(codes, order.length, others);
  if (!free) return fail({ code: 'codesExhausted' });
  const grids = order.flatMap((id, at) => {
    const before = state.grids.get(id)!;
    const after = { ...before, code: free[at]!, name: nameOf?.(at + 1) ?? before.name };
    return after.code === before.code && after.name === before.name ? [] : [{ id, before, after }];
  });
  if (grids.length === 0) return fail({ code: 'nothingToChange' });
  return succeed({ id: changeId, verb: 'renumberGrids', fabric: null, grids, cells: [] });
}
