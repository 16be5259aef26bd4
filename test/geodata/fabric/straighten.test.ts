import { describe, expect, it } from 'vitest';
import { buildFabric } from '../../../geodata/fabric/build.ts';
import { drawPlan } from '../../../geodata/fabric/outline.ts';
import { type FootprintMm, footprintsMm } from '../../../geodata/fabric/outline-footprints.ts';
import { StraighteningCache } from '../../../geodata/fabric/straighten-cache.ts';
import type { Arc, ArcClass, BuildingId, CellId, GridId } from '../../../geodata/model/index.ts';
import { benchGround, benchIsThere } from '../../support/bench-ground.ts';
import { fabricOfTiles, type Tile } from '../../support/fabric-of-tiles.ts';
import { grownGrids } from '../../support/grown-grids.ts';
import {
  cornersPer100M,
  crossingSegments,
  metresInsideFootprints,
  strayBuildings,
} from '../../support/outline-measures.ts';

const SIDE = 30_000;

/**
 * Every character is a cell of about 30 m × 30 m and the grid it is in; the corners inside are pushed about by up to 4 m, as
 * cells between real buildings have them. A house of 14 m × 10 m stands in the middle of each.
 */
function wigglyPlan(rows: readonly string[], classOf: (arc: Omit<Arc, 'class'>) => ArcClass | null = () => null) {
  const [width, height] = [rows[0]!.length, rows.length];
  const corner = (x: number, y: number): [number, number] => {
    const inner = x > 0 && y > 0 && x < width && y < height;
    const push = (seed: number) => (inner ? Math.round(4000 * Math.sin(seed * 12.9898)) : 0);
    return [x * SIDE + push(x * 31 + y * 17 + 1), -y * SIDE + push(x * 13 + y * 41 + 2)];
  };
  const tiles: Tile[] = [];
  const footprints: FootprintMm[] = [];
  const assignment = new Map<CellId, GridId>();
  rows.forEach((row, y) => {
    [...row].forEach((letter, x) => {
      const id = `b${tiles.length + 1}`;
      tiles.push({
        rings: [[corner(x, y), corner(x, y + 1), corner(x + 1, y + 1), corner(x + 1, y), corner(x, y)]],
        buildings: [{ id, households: 100 }],
      });
      if (letter !== '.') assignment.set(tiles.length as CellId, letter as GridId);
      const [mx, my] = [(x + 0.5) * SIDE, -(y + 0.5) * SIDE];
      const ring = [mx - 7000, my - 5000, mx + 7000, my - 5000, mx + 7000, my + 5000, mx - 7000, my + 5000];
      footprints.push({ buildingId: id as BuildingId, polygons: [[[...ring, ring[0]!, ring[1]!]]], point: null });
    });
  });
  return { fabric: fabricOfTiles(tiles, classOf), assignment, footprints };
}

function drawn(plan: ReturnType<typeof wigglyPlan>) {
  const drawing = drawPlan(plan.fabric, plan.assignment, { footprints: plan.footprints });
  expect(crossingSegments(drawing.borders)).toBe(0);
  expect(metresInsideFootprints(drawing.borders, plan.footprints)).toBe(0);
  expect(strayBuildings(plan.fabric, plan.assignment, drawing, plan.footprints)).toEqual([]);
  const cellsM2 = plan.fabric.cells.reduce((sum, { id, areaM2 }) => sum + (plan.assignment.has(id) ? areaM2 : 0), 0);
  const outlinesM2 = [...drawing.outlines.values()].reduce((sum, { areaM2 }) => sum + areaM2, 0);
  return { ...drawing, cellsM2, outlinesM2 };
}

const between = (drawing: ReturnType<typeof drawn>, left: string, right: string | null) =>
  drawing.borders.filter((border) => border.left === left && border.right === right);
const vertices = (points: readonly number[]) => points.length / 2;

describe('straightened borders', () => {
  it('run straight between two rows of buildings', () => {
    const drawing = drawn(wigglyPlan(['aabb', 'aabb', 'aabb']));
    const [border] = between(drawing, 'a', 'b');
    expect(vertices(border!.points)).toBe(2);
    expect(Math.abs(border!.points[0]! - border!.points[2]!)).toBeLessThan(100);
    expect(drawing.outlinesM2).toBeCloseTo(drawing.cellsM2, 1);
  });

  it('turn at right angles where rows end', () => {
    const drawing = drawn(wigglyPlan(['aaabb', 'aaabb', 'abbbb', 'abbbb']));
    const [border] = between(drawing, 'a', 'b');
    expect(vertices(border!.points)).toBe(4);
    const [x0, y0, x1, y1, x2, y2] = border!.points as [number, number, number, number, number, number];
    const dot = (x1 - x0) * (x2 - x1) + (y1 - y0) * (y2 - y1);
    expect(Math.abs(dot) / (Math.hypot(x1 - x0, y1 - y0) * Math.hypot(x2 - x1, y2 - y1))).toBeLessThan(0.05);
  });

  it('go straight on where a third grid’s border meets them, which slides along', () => {
    const drawing = drawn(wigglyPlan(['aacc', 'aacc', 'bbcc', 'bbcc']));
    const [upper] = between(drawing, 'a', 'c');
    const [lower] = between(drawing, 'b', 'c');
    expect([vertices(upper!.points), vertices(lower!.points)]).toEqual([2, 2]);
    expect(vertices(between(drawing, 'a', 'b')[0]!.points)).toBe(2);
    const lean = ({ points }: { points: readonly number[] }) => Math.abs(points[0]! - points.at(-2)!);
    expect(lean(upper!) + lean(lower!)).toBeLessThan(200);
  });

  it('keep 3 m from ground plans', () => {
    const plan = wigglyPlan(['aabb', 'abbb', 'aabb']);
    const drawing = drawn(plan);
    const wider = plan.footprints.map((footprint) => ({
      ...footprint,
      polygons: footprint.polygons.map(([ring]) => {
        const [x0, y0, , , x1, y1] = ring as number[] as [number, number, number, number, number, number];
        const by = 2990;
        const [a, b, c, d] = [x0 - by, y0 - by, x1 + by, y1 + by];
        return [[a, b, c, b, c, d, a, d, a, b]];
      }),
    }));
    expect(
      metresInsideFootprints(
        drawing.borders.filter(({ right }) => right !== null),
        wider,
      ),
    ).toBe(0);
  });

  it('leave barriers and hand-drawn borders as they are', () => {
    for (const kind of ['mainRoad', 'wall', 'drawn'] as const) {
      const plan = wigglyPlan(['aabb', 'aabb', 'aabb', 'aabb'], () => kind);
      const plain = drawPlan(plan.fabric, plan.assignment);
      expect(between(drawn(plan), 'a', 'b')).toEqual(between({ ...drawn(plan), ...plain }, 'a', 'b'));
    }
  });

  it('leave the community’s boundary where it is', () => {
    const plan = wigglyPlan(['ab', 'cd']);
    const drawing = drawn(plan);
    expect(drawing.outlinesM2).toBeCloseTo(60 * 60, 1);
  });

  it('leave unassigned ground uncovered, and its buildings out', () => {
    const drawing = drawn(wigglyPlan(['aa..', 'aa..', '....']));
    expect(drawing.outlines.size).toBe(1);
    expect(drawing.outlines.get('a' as GridId)!.areaM2).toBeGreaterThan(3000);
  });

  it('close around an enclave', () => {
    const drawing = drawn(wigglyPlan(['aaaaa', 'aabba', 'aabba', 'aaaaa']));
    expect(drawing.outlines.get('a' as GridId)!.polygons[0]).toHaveLength(2);
    expect(drawing.outlinesM2).toBeCloseTo(drawing.cellsM2, 1);
  });

  it('survive every way of dividing a few cells', () => {
    for (const rows of [
      ['abab', 'baba', 'abab'],
      ['abcd', 'bcda', 'cdab', 'dabc'],
      ['aaaa', 'abca', 'adea', 'aaaa'],
      ['abbb', 'aacb', 'daab', 'ddda'],
      ['a.b', '.c.', 'd.e'],
    ]) {
      const drawing = drawn(wigglyPlan(rows));
      expect(drawing.outlines.size).toBe(new Set(rows.join('').replaceAll('.', '')).size);
    }
  });

  it('are the same whether remembered or not, and change only around an edit', () => {
    const rows = ['aaabbbccc', 'aaabbbccc', 'dddeeefff', 'dddeeefff', 'ggghhhiii', 'ggghhhiii'];
    const plan = wigglyPlan(rows);
    const cache = new StraighteningCache();
    const straightening = { footprints: plan.footprints, cache };
    const before = drawPlan(plan.fabric, plan.assignment, straightening);
    const edited = new Map(plan.assignment).set(3 as CellId, 'b' as GridId);
    const after = drawPlan(plan.fabric, edited, straightening);
    expect(after).toEqual(drawPlan(plan.fabric, edited, { footprints: plan.footprints }));
    for (const far of ['g', 'h', 'i', 'f'] as GridId[])
      expect(after.outlines.get(far)).toEqual(before.outlines.get(far));
  });
});

describe.skipIf(!benchIsThere)('straightened borders of benchmark communities', () => {
  it.each(['u03', 'u06'])('%s: few corners, through no building, exact cover', (name) => {
    const ground = benchGround(name);
    const { fabric } = buildFabric(ground, { divideAboveHouseholds: 500 });
    const assignment = grownGrids(fabric, 500);
    const footprints = footprintsMm(fabric.frame, ground.buildings);
    const drawing = drawPlan(fabric, assignment, { footprints });
    expect(crossingSegments(drawing.borders)).toBe(0);
    expect(metresInsideFootprints(drawing.borders, footprints)).toBeLessThan(0.01);
    expect(strayBuildings(fabric, assignment, drawing, footprints)).toEqual([]);
    const cellsM2 = fabric.cells.reduce((sum, { areaM2 }) => sum + areaM2, 0);
    const outlinesM2 = [...drawing.outlines.values()].reduce((sum, { areaM2 }) => sum + areaM2, 0);
    // the lattice: a millimetre along the perimeter
    expect(Math.abs(outlinesM2 - cellsM2)).toBeLessThan(2);
    // grids grown without a solver are ragged; those of a solver have at most 0.5 corners in 100 m
    const plain = drawPlan(fabric, assignment);
    expect(cornersPer100M(drawing.borders)).toBeLessThan(0.35 * cornersPer100M(plain.borders));
  });
});
