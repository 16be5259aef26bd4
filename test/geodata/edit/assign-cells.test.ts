import { describe, expect, it } from 'vitest';
import { applyChange } from '../../../geodata/edit/apply-change.ts';
import { type AssignCells, assignCells } from '../../../geodata/edit/assign-cells.ts';
import type { CellId, GridId, PlanState } from '../../../geodata/model/index.ts';
import { drawnPlan } from '../../support/drawn-plan.ts';
import { editIds } from '../../support/edit-ids.ts';

const grid = (id: string) => id as GridId;
const cells = (...ids: number[]) => ids as CellId[];
const rowOf = (state: PlanState) => state.fabric.cells.map(({ id }) => state.assignment.get(id) ?? '.').join('');
const after = (state: PlanState, args: AssignCells) => {
  const edit = assignCells(state, args, editIds());
  if (!edit.ok) return edit.failure;
  const applied = applyChange(state, edit.value);
  if (!applied.ok) throw new Error(applied.failure.code);
  return rowOf(applied.value);
};

describe('assignCells', () => {
  const state = drawnPlan({ grids: ['aab.cc'], gridsOf: { c: { locked: true } } });

  it('puts cells into a grid', () => {
    expect(after(state, { cellIds: cells(1, 3), gridId: grid('b') })).toBe('abbbcc');
  });
  it('takes cells out of every grid', () => {
    expect(after(state, { cellIds: cells(0, 1), gridId: null })).toBe('..b.cc');
  });
  it('can take unassigned cells only, or those of one grid only', () => {
    expect(after(state, { cellIds: cells(0, 1, 3), gridId: grid('b'), only: 'unassigned' })).toBe('aabbcc');
    expect(after(state, { cellIds: cells(0, 2, 3), gridId: null, only: { from: grid('b') } })).toBe('aa..cc');
  });
  it('leaves locked grids alone', () => {
    expect(after(state, { cellIds: cells(1, 4), gridId: grid('b') })).toBe('abb.cc');
    expect(after(state, { cellIds: cells(4, 5), gridId: grid('b') })).toEqual({ code: 'gridLocked', gridIds: ['c'] });
    expect(after(state, { cellIds: cells(0), gridId: grid('c') })).toEqual({ code: 'gridLocked', gridIds: ['c'] });
  });
  it('says why there is nothing to do', () => {
    expect(after(state, { cellIds: cells(0), gridId: grid('a') })).toEqual({ code: 'nothingToChange' });
    expect(after(state, { cellIds: cells(99), gridId: grid('a') })).toEqual({ code: 'cellUnknown', cellIds: [99] });
    expect(after(state, { cellIds: cells(0), gridId: grid('z') })).toEqual({ code: 'gridUnknown', gridIds: ['z'] });
  });
});
