import { describe, expect, test } from 'vitest';
import { indexCells } from '../../../client/map/cell-index.ts';
import { cellPolygons } from '../../../client/map/plan-shapes.ts';
import { drawnPlan } from '../../support/drawn-plan.ts';

// Cells of 10 m, numbered from the north-west corner, which is (0, 0):
//   0 1 2
//   3   4
//   5 6 7
const { fabric } = drawnPlan({ grids: ['AAA', 'A A', 'AAA'] });
const index = indexCells(fabric, cellPolygons(fabric), new Map());

describe('finding cells by place', () => {
  test('the cell under a point, none in a hole or outside', () => {
    expect(index.cellAt(5_000, -5_000)).toBe(0);
    expect(index.cellAt(25_000, -15_000)).toBe(4);
    expect(index.cellAt(15_000, -15_000)).toBeNull();
    expect(index.cellAt(-5_000, -5_000)).toBeNull();
  });

  test('a small brush takes the cell under it, a large one those whose middle it covers', () => {
    expect(index.cellsWithin(1_000, -1_000, 2_000)).toEqual([0]);
    expect(index.cellsWithin(5_000, -5_000, 11_000).sort()).toEqual([0, 1, 3]);
  });

  test('a lasso takes the cells whose middle it holds, closed or not', () => {
    const aroundTheTop = [-1_000, 1_000, 31_000, 1_000, 31_000, -9_000, -1_000, -9_000];
    expect(index.cellsInRing(aroundTheTop).sort()).toEqual([0, 1, 2]);
    expect(index.cellsInRing([...aroundTheTop, -1_000, 1_000]).sort()).toEqual([0, 1, 2]);
  });
});
