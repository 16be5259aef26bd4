import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adoptPartition } from '../../../geodata/edit/adopt-partition.ts';
import { applyChange, composeChanges, invertChange } from '../../../geodata/edit/apply-change.ts';
import { assignCells } from '../../../geodata/edit/assign-cells.ts';
import { deleteGrid } from '../../../geodata/edit/delete-grid.ts';
import type { Edit, EditIds } from '../../../geodata/edit/disabled.ts';
import { drawGrid } from '../../../geodata/edit/draw-grid.ts';
import { editGrid } from '../../../geodata/edit/edit-grid.ts';
import { joinGrids } from '../../../geodata/edit/join-grids.ts';
import { lockGrid } from '../../../geodata/edit/lock-grid.ts';
import { redrawBorder } from '../../../geodata/edit/redraw-border.ts';
import { renumberGrids } from '../../../geodata/edit/renumber-grids.ts';
import { splitGrid } from '../../../geodata/edit/split-grid.ts';
import { drawPlan } from '../../../geodata/fabric/outline.ts';
import type { FootprintMm } from '../../../geodata/fabric/outline-footprints.ts';
import { toLonLat } from '../../../geodata/geometry/local-frame.ts';
import type { BuildingId, Change, CommunityCode, GridId, PlanState } from '../../../geodata/model/index.ts';
import { drawnPlan } from '../../support/drawn-plan.ts';
import { editIds } from '../../support/edit-ids.ts';
import { faultsOf, totalAreaM2, totalHouseholds } from '../../support/fabric-invariants.ts';

const rows = ['aabbb.', 'aabccd', 'eeeccd', 'eefffd'];
const drawn = drawnPlan({ grids: rows });
// JSON has no −0, and changes go through it here as they do over the wire
const start: PlanState = { ...drawn, fabric: JSON.parse(JSON.stringify(drawn.fabric)) };
const codes = {
  communityCode: '220199001001' as CommunityCode,
  sequenceDigits: 3,
  retiredCodes: new Set(['220199001001002']),
};
const footprints: FootprintMm[] = rows.flatMap((row, r) =>
  [...row].map((_, c) => {
    const [x, y] = [c * 10_000 + 5000, -r * 10_000 - 5000];
    const ring = [x - 2000, y - 1500, x + 2000, y - 1500, x + 2000, y + 1500, x - 2000, y + 1500, x - 2000, y - 1500];
    return { buildingId: `b${r * 6 + c}` as BuildingId, polygons: [[ring]], point: null };
  }),
);

/** A stroke of the hand somewhere over the drawing, whatever it may hit: decimetres. */
const line = fc.array(fc.tuple(fc.integer({ min: -50, max: 650 }), fc.integer({ min: -450, max: 50 })), {
  minLength: 2,
  maxLength: 5,
});
/** What a planner might do, with numbers that are turned into ids of whatever is there then. */
const attempt = fc.record({
  verb: fc.constantFrom(
    'assign',
    'unassign',
    'join',
    'split',
    'draw',
    'delete',
    'redraw',
    'edit',
    'lock',
    'renumber',
    'adopt',
  ),
  line,
  a: fc.nat(),
  b: fc.nat(),
  cells: fc.array(fc.nat(), { minLength: 1, maxLength: 6 }),
});
type Attempt = typeof attempt extends fc.Arbitrary<infer Value> ? Value : never;

function edited(state: PlanState, { verb, line, a, b, cells }: Attempt, ids: EditIds): Edit {
  const grids = [...state.grids.keys()].sort();
  const pick = (n: number) => grids[n % Math.max(1, grids.length)] ?? ('none' as GridId);
  const cellIds = cells.map((n) => state.fabric.cells[n % state.fabric.cells.length]!.id);
  const places = line.map(([x, y]) => toLonLat(state.fabric.frame, x * 100, y * 100));
  switch (verb) {
    case 'assign':
      return assignCells(state, { cellIds, gridId: pick(a) }, ids);
    case 'unassign':
      return assignCells(state, { cellIds, gridId: null, only: { from: pick(a) } }, ids);
    case 'join':
      return joinGrids(state, { gridIds: [pick(a), pick(b)], into: pick(b) }, ids);
    case 'split':
      return splitGrid(state, { gridId: pick(a), line: places, footprints, codes, name: '新' }, ids);
    case 'draw':
      return drawGrid(state, { ring: places, footprints, codes, name: '新' }, ids);
    case 'delete':
      return deleteGrid(state, { gridId: pick(a) }, ids);
    case 'redraw':
      return redrawBorder(state, { gridIds: [pick(a), pick(b)], line: places, footprints }, ids);
    case 'edit':
      return editGrid(state, { gridId: pick(a), attributes: { name: `网格${b % 5}` } }, ids);
    case 'lock':
      return lockGrid(state, { gridIds: [pick(a)], locked: b % 2 === 0 }, ids);
    case 'renumber':
      return renumberGrids(state, { codes }, ids);
    default: {
      const all = state.fabric.cells.map(({ id }) => id);
      const gridOfCell = all.map((_, i) => (i % 7 === a % 7 ? -1 : (i + a) % (1 + (b % 4))));
      return adoptPartition(state, { cellIds: all, gridOfCell, codes, nameOf: (n) => `第${n}网格` }, ids);
    }
  }
}

function applied(state: PlanState, change: Change): PlanState {
  const result = applyChange(state, change);
  if (!result.ok) throw new Error(`${change.verb}: ${JSON.stringify(result.failure)}`);
  return result.value;
}

describe('any sequence of edits', () => {
  it('keeps the ground covered, the households and the way back', () => {
    fc.assert(
      fc.property(fc.array(attempt, { minLength: 1, maxLength: 12 }), (attempts) => {
        let state = start;
        const changes: Change[] = [];
        attempts.forEach((wanted, i) => {
          const edit = edited(state, wanted, editIds(i + 1));
          if (!edit.ok) return;
          const next = applied(state, edit.value);
          expect(faultsOf(next.fabric)).toEqual([]);
          expect(totalAreaM2(next.fabric)).toBeCloseTo(totalAreaM2(start.fabric), 6);
          expect(totalHouseholds(next.fabric)).toBe(totalHouseholds(start.fabric));
          expect(applied(next, invertChange(edit.value))).toEqual(state);
          for (const [id, grid] of state.grids)
            if (grid.locked && next.grids.get(id)?.locked) expect(areaOf(next, id)).toBeCloseTo(areaOf(state, id), 1);
          changes.push(edit.value);
          state = next;
        });
        const taken = [...state.grids.values()].map(({ code }) => code);
        expect(new Set(taken).size).toBe(taken.length);
        const replayed = (JSON.parse(JSON.stringify(changes)) as Change[]).reduce(applied, start);
        expect(replayed).toEqual(state);
        if (changes.length > 0) expect(applied(start, changes.reduce(composeChanges))).toEqual(state);
        expect(
          [...changes]
            .reverse()
            .map((change) => invertChange(change))
            .reduce(applied, state),
        ).toEqual(start);
        const drawing = drawPlan(state.fabric, state.assignment, { footprints });
        for (const [grid, { areaM2 }] of drawing.outlines) {
          expect(areaM2).toBeGreaterThan(0);
          expect(state.grids.has(grid)).toBe(true);
        }
      }),
      { numRuns: 80 },
    );
  });
});

const areaOf = (state: PlanState, grid: GridId) =>
  state.fabric.cells.reduce((sum, { id, areaM2 }) => sum + (state.assignment.get(id) === grid ? areaM2 : 0), 0);
