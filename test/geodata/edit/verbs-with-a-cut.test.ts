import { describe, expect, it } from 'vitest';
import { applyChange, invertChange } from '../../../geodata/edit/apply-change.ts';
import type { Edit } from '../../../geodata/edit/disabled.ts';
import { drawGrid } from '../../../geodata/edit/draw-grid.ts';
import { redrawBorder } from '../../../geodata/edit/redraw-border.ts';
import { splitGrid } from '../../../geodata/edit/split-grid.ts';
import type { FootprintMm } from '../../../geodata/fabric/outline-footprints.ts';
import { toLonLat } from '../../../geodata/geometry/local-frame.ts';
import type { BuildingId, CommunityCode, GridId, PlanState } from '../../../geodata/model/index.ts';
import { drawnPlan } from '../../support/drawn-plan.ts';
import { editIds } from '../../support/edit-ids.ts';
import { faultsOf, totalAreaM2, totalHouseholds } from '../../support/fabric-invariants.ts';

const codes = { communityCode: '220199001001' as CommunityCode, sequenceDigits: 3, retiredCodes: new Set<string>() };
const grid = (id: string) => id as GridId;

/** x, y … in metres of the drawing: x to the east, y to the north of its north-west corner (so y ≤ 0 inside). */
const lineOn = (state: PlanState, ...points: number[]) =>
  Array.from({ length: points.length / 2 }, (_, i) =>
    toLonLat(state.fabric.frame, points[2 * i]! * 1000, points[2 * i + 1]! * 1000),
  );

/** A house of 4 m × 4 m in the middle of every cell of a drawing. */
const housesOf = (rows: readonly string[]): FootprintMm[] => {
  const houses: FootprintMm[] = [];
  rows.forEach((row, r) => {
    [...row].forEach((_, c) => {
      const [x, y] = [c * 10_000 + 5000, -r * 10_000 - 5000];
      const ring = [x - 2000, y - 2000, x + 2000, y - 2000, x + 2000, y + 2000, x - 2000, y + 2000, x - 2000, y - 2000];
      houses.push({ buildingId: `b${houses.length}` as BuildingId, polygons: [[ring]], point: null });
    });
  });
  return houses;
};

function done(state: PlanState, edit: Edit): PlanState {
  if (!edit.ok) throw new Error(JSON.stringify(edit.failure));
  const applied = applyChange(state, edit.value);
  if (!applied.ok) throw new Error(JSON.stringify(applied.failure));
  const next = applied.value;
  expect(faultsOf(next.fabric)).toEqual([]);
  expect(totalAreaM2(next.fabric)).toBeCloseTo(totalAreaM2(state.fabric), 6);
  expect(totalHouseholds(next.fabric)).toBe(totalHouseholds(state.fabric));
  const undone = applyChange(next, invertChange(edit.value));
  expect(undone).toEqual({ ok: true, value: state });
  return next;
}

const tallies = (state: PlanState) => {
  const tally: Record<string, [households: number, areaM2: number]> = {};
  for (const cell of state.fabric.cells) {
    const id = state.assignment.get(cell.id) ?? '.';
    const sum = tally[id] ?? [0, 0];
    tally[id] = [sum[0] + cell.householdCount, Math.round((sum[1] + cell.areaM2) * 100) / 100];
  }
  return tally;
};

describe('splitGrid', () => {
  const rows = ['aaab', 'aaab'];
  const state = drawnPlan({ grids: rows });
  const split = (line: number[], footprints: FootprintMm[] = []) =>
    splitGrid(state, { gridId: grid('a'), line: lineOn(state, ...line), footprints, codes, name: '新' }, editIds());

  it('parts a grid along the line; the side with more households stays what it was', () => {
    const next = done(state, split([12, 5, 12, -25]));
    expect(tallies(next)).toEqual({ a: [400, 360], new1: [200, 240], b: [200, 200] });
    expect(next.grids.get(grid('new1'))).toMatchObject({ code: '220199001001003', name: '新', kind: 'general' });
  });
  it('draws ends that stop short on to the border of the grid, not only of the cell', () => {
    expect(tallies(done(state, split([10, -8, 10, -12])))).toEqual({ a: [400, 400], new1: [200, 200], b: [200, 200] });
  });
  it('has no effect beyond the grid', () => {
    expect(tallies(done(state, split([-5, -10, 55, -10])))).toEqual({ a: [300, 300], new1: [300, 300], b: [200, 200] });
  });
  it('is led around buildings', () => {
    const next = done(state, split([16, 5, 16, -25], housesOf(rows)));
    const tally = tallies(next);
    expect([tally.a![0], tally.new1![0]]).toEqual([400, 200]);
  });
  it('says when the line parts nothing, or the grid is locked', () => {
    expect(split([35, 5, 35, -25])).toMatchObject({ ok: false, failure: { code: 'lineDividesNothing' } });
    expect(split([5, 5, 5, 5])).toMatchObject({ ok: false, failure: { code: 'lineTooShort' } });
    const locked = drawnPlan({ grids: rows, gridsOf: { a: { locked: true } } });
    const edit = splitGrid(
      locked,
      { gridId: grid('a'), line: lineOn(state, 12, 5, 12, -25), footprints: [], codes, name: '' },
      editIds(),
    );
    expect(edit).toEqual({ ok: false, failure: { code: 'gridLocked', gridIds: ['a'] } });
  });
});

describe('drawGrid', () => {
  const rows = ['aab.', 'aab.', 'aacc'];
  const state = drawnPlan({ grids: rows, gridsOf: { c: { locked: true } } });
  const draw = (ring: number[], more: { only?: 'unassigned' } = {}) =>
    drawGrid(state, { ring: lineOn(state, ...ring), footprints: [], codes, name: '新', ...more }, editIds());

  it('makes what the polygon holds a grid, across grids and unassigned ground', () => {
    const next = done(state, draw([15, -5, 15, -15, 35, -15, 35, -5]));
    expect(tallies(next).new1![1]).toBe(200);
  });
  it('leaves locked grids alone', () => {
    const next = done(state, draw([15, -15, 15, -25, 35, -25, 35, -15]));
    expect(tallies(next)).toMatchObject({ c: [200, 200], new1: [expect.any(Number), 125] });
  });
  it('can take unassigned ground only', () => {
    const next = done(state, draw([15, 5, 45, 5, 45, -15, 15, -15], { only: 'unassigned' }));
    expect(tallies(next)).toMatchObject({ b: [200, 200], new1: [expect.any(Number), 150] });
  });
  it('takes whole cells when it runs around them, and removes a grid it swallows', () => {
    const next = done(state, draw([-5, 5, 50, 5, 50, -40, -5, -40]));
    expect(tallies(next)).toEqual({ new1: [1000, 1000], c: [200, 200] });
    expect([...next.grids.keys()].sort()).toEqual(['c', 'new1']);
  });
  it('says when it holds nothing', () => {
    expect(draw([60, 0, 70, 0, 70, 10])).toMatchObject({ ok: false, failure: { code: 'ringHoldsNothing' } });
  });
});

describe('redrawBorder', () => {
  const rows = ['aabb', 'aabb', 'aabb'];
  const state = drawnPlan({ grids: rows });
  const redraw = (line: number[], footprints: FootprintMm[] = []) =>
    redrawBorder(state, { gridIds: [grid('a'), grid('b')], line: lineOn(state, ...line), footprints }, editIds());

  it('makes a line from edge to edge the border', () => {
    expect(tallies(done(state, redraw([25, 5, 25, -35])))).toMatchObject({ a: [expect.any(Number), 750] });
    expect(tallies(done(state, redraw([10, 5, 30, -35])))).toMatchObject({ a: [expect.any(Number), 600] });
  });
  it('moves a part of the border: a bulge that starts and ends on it', () => {
    expect(tallies(done(state, redraw([18, -5, 28, -5, 28, -25, 18, -25])))).toMatchObject({
      a: [expect.any(Number), 760],
    });
  });
  it('draws ends that stop short on to the border', () => {
    expect(tallies(done(state, redraw([22, -5, 28, -5, 28, -25, 22, -25])))).toMatchObject({
      a: [expect.any(Number), 760],
    });
  });
  it('says when the line has nothing to do with the border', () => {
    expect(redraw([2, -2, 4, -4])).toMatchObject({ ok: false });
    expect(redraw([20, 5, 20, -35])).toEqual({ ok: false, failure: { code: 'nothingToChange' } });
  });
});
