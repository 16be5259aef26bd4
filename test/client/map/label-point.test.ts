import type { Position } from 'geojson';
import { describe, expect, test } from 'vitest';
import { labelPoint } from '../../../client/map/label-point.ts';

const square = (x: number, y: number, size: number): Position[] => [
  [x, y],
  [x + size, y],
  [x + size, y + size],
  [x, y + size],
  [x, y],
];

describe('where a label goes', () => {
  test('to the middle of a square', () => {
    const [x, y] = labelPoint({ type: 'Polygon', coordinates: [square(125, 43, 0.01)] })!;
    // A degree of longitude is the shorter one here: along the middle line from south to north many points are equally good.
    expect(x).toBeCloseTo(125.005, 3);
    expect(y).toBeGreaterThan(43.003);
    expect(y).toBeLessThan(43.007);
  });

  // ┌──────────┐
  // │ ┌──────┐ │
  // │ │ hole │ │    the middle of the box is no place for it
  // │ └──────┘ │
  // └──────────┘
  test('never into a hole', () => {
    const hole = square(125.002, 43.002, 0.006).reverse();
    const [x, y] = labelPoint({ type: 'Polygon', coordinates: [square(125, 43, 0.01), hole] })!;
    const inHole = x! > 125.002 && x! < 125.008 && y! > 43.002 && y! < 43.008;
    expect(inHole).toBe(false);
  });

  test('to the piece that holds the buildings, be it the smaller one', () => {
    const pieces = [[square(125, 43, 0.01)], [square(125.02, 43, 0.004)]];
    const [x] = labelPoint({ type: 'MultiPolygon', coordinates: pieces }, [
      [125.021, 43.001],
      [125.022, 43.002],
    ])!;
    expect(x).toBeGreaterThan(125.02);
  });

  test('nowhere when there is no area', () => {
    expect(labelPoint({ type: 'MultiPolygon', coordinates: [] })).toBeNull();
  });
});
