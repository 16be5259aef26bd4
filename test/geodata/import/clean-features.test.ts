import type { Geometry, Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { polygonAreaM2 } from '../../../geodata/geometry/plane-area.ts';
import { type Area, cleanFeatures, repairFeatures } from '../../../geodata/import/clean-features.ts';

const LON = 125.3;
const LAT = 43.9;
/** Corners in units of 1e-4 degrees (some 8 × 11 m) from a place in Changchun. */
const polygon = (...corners: [number, number][]): Polygon => ({
  type: 'Polygon',
  coordinates: [corners.map(([x, y]) => [LON + x * 1e-4, LAT + y * 1e-4])],
});
const feature = (geometry: Geometry | null, properties = {}) => ({ type: 'Feature' as const, geometry, properties });
const square = polygon([0, 0], [1, 0], [1, 1], [0, 1], [0, 0]);
const clean = (...shapes: (Geometry | null)[]) =>
  cleanFeatures<Area>(
    shapes.map((shape, i) => feature(shape, { i })),
    ['area'],
    { file: 'f' },
  );
const codes = (result: { issues: readonly { code: string; feature?: number | string }[] }) =>
  result.issues.map(({ code, feature }) => `${code} #${feature}`);

describe('shapes made sound', () => {
  it('leaves a sound one as it is', () => {
    const { features, issues } = clean(square);
    expect(issues).toEqual([]);
    expect(features[0]!.shape).toEqual(square);
  });

  //  3───2      3   2
  //  │   │  as  │ ╳ │   the corners 1 and 2 listed in the wrong order
  //  0───1      0   1
  it('gives a bow-tie its rectangle back', () => {
    const bowTie = polygon([0, 0], [1, 1], [1, 0], [0, 1], [0, 0]);
    const result = clean(bowTie);
    expect(codes(result)).toEqual(['ringCrossed #1']);
    expect(polygonAreaM2(result.features[0]!.shape)).toBeCloseTo(polygonAreaM2(square), 3);
  });

  it('closes an open ring', () => {
    const result = clean(polygon([0, 0], [1, 0], [1, 1], [0, 1]));
    expect(codes(result)).toEqual(['ringUnclosed #1']);
    expect(result.features[0]!.shape).toEqual(square);
  });

  it('drops spikes and repeated corners without a word: the shape is the same', () => {
    const result = clean(polygon([0, 0], [1, 0], [1, 0], [5, 0], [1, 0], [1, 1], [0, 1], [0, 0]));
    expect(result.issues).toEqual([]);
    expect(result.features[0]!.shape).toEqual(square);
  });

  it('turns lon/lat the right way round', () => {
    const swapped: Polygon = { type: 'Polygon', coordinates: [square.coordinates[0]!.map(([x, y]) => [y!, x!])] };
    const result = clean(swapped);
    expect(codes(result)).toEqual(['lonLatSwapped #1']);
    expect(polygonAreaM2(result.features[0]!.shape)).toBeCloseTo(polygonAreaM2(square), 3);
  });

  it('keeps a hole that touches its shell', () => {
    const shape: Polygon = {
      type: 'Polygon',
      coordinates: [
        polygon([0, 0], [4, 0], [4, 4], [0, 4], [0, 0]).coordinates[0]!,
        polygon([0, 1], [1, 2], [0, 3], [0, 1]).coordinates[0]!,
      ],
    };
    expect((clean(shape).features[0]!.shape as Polygon).coordinates).toHaveLength(2);
  });
});

describe('shapes that can not be used', () => {
  it.each<[string, Geometry | null, string]>([
    ['nothing', null, 'geometryMissing'],
    ['collapsed to a line', polygon([0, 0], [1, 1], [0, 0], [0, 0]), 'zeroArea'],
    [
      'absurd',
      {
        type: 'Polygon',
        coordinates: [
          [
            [500, 43],
            [501, 43],
            [501, 44],
            [500, 43],
          ],
        ],
      },
      'coordinatesAbsurd',
    ],
    ['a point among areas', { type: 'Point', coordinates: [LON, LAT] }, 'geometryTypeUnexpected'],
  ])('%s is rejected by name and number', (_, shape, code) => {
    const result = clean(square, shape);
    expect(result.features).toHaveLength(1);
    expect(codes(result)).toEqual([`${code} #2`]);
  });

  it('the second of two alike is rejected, of two in one place with different attributes none', () => {
    const twice = cleanFeatures<Area>([feature(square, { a: 1 }), feature(square, { a: 1 })], ['area'], {});
    expect(twice.issues).toMatchObject([{ code: 'duplicateFeature', feature: 2, values: { of: 1 } }]);
    expect(clean(square, square).features).toHaveLength(2);
  });

  it('counts from the number the feature has in its file', () => {
    const result = cleanFeatures<Area>([{ ...feature(null), number: 17 }], ['area'], {});
    expect(result.issues).toMatchObject([{ feature: 17 }]);
  });
});

describe('repair for handing on', () => {
  it('keeps what has no shape, and duplicates, and says so', () => {
    const result = repairFeatures([feature(null, { a: 1 }), feature(square), feature(square)], {});
    expect(result.features).toHaveLength(3);
    expect(result.issues.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'warning geometryMissing',
      'warning duplicateFeature',
    ]);
  });
});
