import { describe, expect, it } from 'vitest';
import { drawPlan, gridBorders, outlineGrids } from '../../../geodata/fabric/outline.ts';
import type { GridId } from '../../../geodata/model/index.ts';
import { drawnPlan } from '../../support/drawn-plan.ts';

const outlinesOf = (...grids: string[]) => {
  const { fabric, assignment } = drawnPlan({ grids });
  return drawPlan(fabric, assignment).outlines;
};
const shape = (outlines: ReturnType<typeof outlinesOf>, grid: string) =>
  outlines.get(grid as GridId)!.polygons.map((rings) => rings.length);

describe('outlines of grids', () => {
  it('are one ring each in the ordinary case, with area and perimeter', () => {
    const outlines = outlinesOf('aab', 'aab');
    expect(shape(outlines, 'a')).toEqual([1]);
    expect(outlines.get('a' as GridId)).toMatchObject({ areaM2: 400, perimeterM: 80 });
    expect(outlines.get('b' as GridId)).toMatchObject({ areaM2: 200, perimeterM: 60 });
  });

  it('have holes where another grid or unassigned ground lies inside', () => {
    const outlines = outlinesOf('aaaaa', 'abaca', 'aaa.a', 'aaaaa');
    expect(shape(outlines, 'a')).toEqual([3]);
    expect(outlines.get('a' as GridId)!.areaM2).toBe(1700);
  });

  it('have several polygons for a grid in several pieces, the largest first', () => {
    expect(shape(outlinesOf('aaba', 'aaba'), 'a')).toEqual([1, 1]);
  });

  it('stay simple where a grid touches itself at a corner', () => {
    const outlines = outlinesOf('ab', 'ba');
    expect(shape(outlines, 'a')).toEqual([1, 1]);
    expect(shape(outlines, 'b')).toEqual([1, 1]);
    const pinched = outlinesOf('aaa', 'aba', 'aab');
    expect(shape(pinched, 'a').flat().length).toBeGreaterThan(0);
    expect(pinched.get('a' as GridId)!.areaM2).toBe(700);
    expect(pinched.get('b' as GridId)!.areaM2).toBe(200);
  });

  it('put an island in a hole into its own polygon', () => {
    const outlines = outlinesOf('aaaaa', 'abbba', 'ababa', 'abbba', 'aaaaa');
    expect(shape(outlines, 'a')).toEqual([2, 1]);
    expect(shape(outlines, 'b')).toEqual([2]);
  });

  it('leave unassigned ground uncovered', () => {
    expect(outlinesOf('a..', '...').get('a' as GridId)!.areaM2).toBe(100);
    expect(outlinesOf('...').size).toBe(0);
  });

  it('come as GeoJSON in longitude and latitude, closed, outer rings counter-clockwise', () => {
    const { fabric, assignment } = drawnPlan({ grids: ['ab'] });
    const outline = outlineGrids(fabric, assignment).get('a' as GridId)!;
    const ring = outline.coordinates[0]![0]!;
    expect(ring).toHaveLength(5);
    expect(ring[0]).toEqual(ring[4]);
    let doubled = 0;
    for (let i = 0; i < 4; i++) doubled += ring[i]![0]! * ring[i + 1]![1]! - ring[i + 1]![0]! * ring[i]![1]!;
    expect(doubled).toBeGreaterThan(0);
    expect(ring[0]![0]).toBeCloseTo(125.3, 0);
  });

  it('come as border lines, each once and cut by class', () => {
    const { fabric, assignment } = drawnPlan({ grids: ['ab', 'ab'], blocks: ['01', '00'], barrier: 'wall' });
    const lines = gridBorders(fabric.frame, drawPlan(fabric, assignment).borders);
    const inner = lines.filter(({ right }) => right !== null);
    expect(inner.map((line) => line.class).sort()).toEqual(['open', 'wall']);
  });
});
