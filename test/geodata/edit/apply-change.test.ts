import { describe, expect, it } from 'vitest';
import { applyChange, composeChanges, invertChange } from '../../../geodata/edit/apply-change.ts';
import type { CellId, Change, Grid, GridId, PlanState } from '../../../geodata/model/index.ts';
import { drawnPlan } from '../../support/drawn-plan.ts';

const state = drawnPlan({ grids: ['ab.'] });
const [a, b] = [...state.grids.values()] as [Grid, Grid];
const change = (parts: Partial<Change>): Change => ({
  id: '1',
  verb: 'assignCells',
  fabric: null,
  grids: [],
  cells: [],
  ...parts,
});
const move = (id: number, before: string | null, after: string | null) => ({
  id: id as CellId,
  before: before as GridId | null,
  after: after as GridId | null,
});
const applied = (from: PlanState, made: Change) => {
  const result = applyChange(from, made);
  return result.ok ? result.value : result.failure.code;
};

describe('applyChange', () => {
  it('refuses a change made on another state', () => {
    expect(applied(state, change({ cells: [move(0, 'b', 'a')] }))).toBe('assignmentDiffers');
    expect(applied(state, change({ grids: [{ id: a.id, before: null, after: a }] }))).toBe('gridDiffers');
    expect(applied(state, change({ grids: [{ id: a.id, before: { ...a, name: 'x' }, after: a }] }))).toBe(
      'gridDiffers',
    );
  });
  it('refuses what would point nowhere', () => {
    expect(applied(state, change({ cells: [move(2, null, 'z')] }))).toBe('gridUnknown');
    expect(applied(state, change({ cells: [move(77, null, 'a')] }))).toBe('cellUnknown');
    expect(applied(state, change({ grids: [{ id: a.id, before: a, after: null }] }))).toBe('gridInUse');
  });
  it('is undone by its inverse and leaves the state it was given untouched', () => {
    const made = change({
      grids: [{ id: a.id, before: a, after: null }],
      cells: [move(0, 'a', 'b'), move(2, null, 'b')],
    });
    const next = applied(state, made) as PlanState;
    expect([...next.assignment.values()]).toEqual(['b', 'b', 'b']);
    expect(applied(next, invertChange(made))).toEqual(state);
    expect(state.assignment.size).toBe(2);
  });
});

describe('composeChanges', () => {
  it('does in one what two do, and forgets what was taken back', () => {
    const first = change({ cells: [move(0, 'a', 'b'), move(2, null, 'a')] });
    const second = change({
      cells: [move(0, 'b', 'a'), move(2, 'a', 'b')],
      grids: [{ id: b.id, before: b, after: { ...b, name: '东' } }],
    });
    const composed = composeChanges(first, second);
    expect(composed.cells).toEqual([move(2, null, 'b')]);
    expect(applied(state, composed)).toEqual(applied(applied(state, first) as PlanState, second));
  });
});
