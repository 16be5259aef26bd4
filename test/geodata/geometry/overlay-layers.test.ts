import type { Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { ontoBoundary } from '../../../geodata/geometry/onto-boundary.ts';
import { overlayLayers } from '../../../geodata/geometry/overlay-layers.ts';

/** A box in thousandths of a degree from 125° E, 44° N: about 80 m × 111 m each. */
const box = (west: number, south: number, east: number, north: number): Polygon => {
  const at = (x: number, y: number) => [125 + x / 1000, 44 + y / 1000];
  return {
    type: 'Polygon',
    coordinates: [[at(west, south), at(east, south), at(east, north), at(west, north), at(west, south)]],
  };
};
const sum = (pieces: ReturnType<typeof overlayLayers>, holds: (a: number, b: number) => boolean) =>
  pieces.reduce(
    (total, { areaM2, holders }) => total + (holds(holders[0]!.length, holders[1]!.length) ? areaM2 : 0),
    0,
  );

describe('layers of areas laid over each other', () => {
  //   +----+----+
  //   | 0  | 1  |   over one area twice as wide
  //   +----+----+
  it('leaves nothing uncovered where two areas make up one', () => {
    const pieces = overlayLayers([[box(0, 0, 2, 1)], [box(0, 0, 1, 1), box(1, 0, 2, 1)]]);
    expect(sum(pieces, (a, b) => a !== b)).toBe(0);
    expect(sum(pieces, (a, b) => a === 1 && b === 1)).toBeCloseTo(80.19 * 2 * 111.11, -2);
  });

  it('finds the overlap, the gap and what sticks out', () => {
    const pieces = overlayLayers([[box(0, 0, 4, 1)], [box(0, 0, 2, 1), box(1, 0, 3, 1), box(3.5, 0, 5, 1)]]);
    const cell = sum(overlayLayers([[box(0, 0, 1, 1)], [box(0, 0, 1, 1)]]), (a, b) => a === 1 && b === 1);
    expect(sum(pieces, (_, b) => b === 2) / cell).toBeCloseTo(1, 4);
    expect(sum(pieces, (a, b) => a === 1 && b === 0) / cell).toBeCloseTo(0.5, 4);
    expect(sum(pieces, (a, b) => a === 0 && b === 1) / cell).toBeCloseTo(1, 4);
  });
});

describe('positions put onto the boundary they were cut from', () => {
  const place = ontoBoundary(box(0, 0, 20, 20));

  it('takes a point that bowed a centimetre away back onto a long straight edge', () => {
    expect(place([125.01, 44.0000001])).toEqual([125.01, 44]);
  });

  it('gives corners back as they were', () => {
    expect(place([125.020000005, 44.020000004])).toEqual([125.02, 44.02]);
  });

  it('leaves points inside alone', () => {
    expect(place([125.01, 44.0001])).toEqual([125.01, 44.0001]);
  });
});
