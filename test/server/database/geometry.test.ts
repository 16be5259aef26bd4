import type { Geometry, MultiPolygon, Polygon } from 'geojson';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { BuildingId, CommunityCode } from '../../../geodata/model/index.ts';
import type { Database } from '../../../server/database/database.ts';
import {
  areaM2,
  asGeoJson,
  type Box,
  boxOf,
  fromGeoJson,
  intersects,
  meetsBox,
  multiFromGeoJson,
} from '../../../server/database/geometry.ts';
import { describeOnBothEngines } from '../../support/databases.ts';

// The embedded engine takes seconds to open, more on a busy machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

/** A rectangle in degrees, its ring counter-clockwise from the south-west. */
const rectangle = ([west, south, east, north]: Box): Polygon => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [east, south],
      [east, north],
      [west, north],
      [west, south],
    ],
  ],
});

const building = (id: string, footprint: Geometry) => ({
  community_code: '220103001001' as CommunityCode,
  id: id as BuildingId,
  name: null,
  compound_id: null,
  footprint: fromGeoJson(footprint),
  household_count: 0,
  count_source: 'missing' as const,
  resident_count: null,
  floor_count: null,
  units: '[]',
});

//      125.30   125.31   125.32
// 43.91  +--------+        +        `west` is 0.01° wide and high; `triangle` has its right angle in the south-west,
//        |  west  |        |\       so that its box holds a corner of the map that it doesn't itself reach.
// 43.90  +--------+        +-+
const west = rectangle([125.3, 43.9, 125.31, 43.91]);
const triangle: Polygon = {
  type: 'Polygon',
  coordinates: [
    [
      [125.32, 43.9],
      [125.33, 43.9],
      [125.32, 43.91],
      [125.32, 43.9],
    ],
  ],
};

describeOnBothEngines('stored geometry', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
    await database.transaction(async (transaction) => {
      await transaction
        .insertInto('building')
        .values([building('west', west), building('triangle', triangle)])
        .execute();
    });
  });

  const found = (where: Parameters<typeof meetsBox>[1]) =>
    database.transaction(async (transaction) => {
      const query = transaction.selectFrom('building').select('id').orderBy('id');
      return (await query.where((eb) => meetsBox(eb.ref('footprint'), where)).execute()).map((row) => row.id);
    });

  it('comes back as the GeoJSON that went in', async () => {
    const shapes: Geometry[] = [
      { type: 'Point', coordinates: [125.123456789, 43.987654321] },
      {
        type: 'LineString',
        coordinates: [
          [125.1, 43.1],
          [125.2, 43.2],
        ],
      },
      { type: 'MultiPolygon', coordinates: [west.coordinates, triangle.coordinates] },
      { type: 'Polygon', coordinates: [...rectangle([125, 43, 126, 44]).coordinates, ...west.coordinates] },
    ];
    const read = await database.transaction(async (transaction) => {
      await transaction
        .insertInto('building')
        .values(shapes.map((shape, index) => ({ ...building(`shape${index}`, shape), name: 'shape' })))
        .execute();
      const rows = await transaction
        .selectFrom('building')
        .select((eb) => asGeoJson(eb.ref('footprint')).as('footprint'))
        .where('name', '=', 'shape')
        .orderBy('id')
        .execute();
      await transaction.deleteFrom('building').where('name', '=', 'shape').execute();
      return rows.map((row) => row.footprint);
    });
    expect(read).toEqual(shapes);
  });

  it('goes into a column of multi-polygons as one, and nothing stays nothing', async () => {
    const read = await database.transaction(async (transaction) => {
      const place = { level: 'community' as const, name: '', parent_code: null };
      await transaction
        .insertInto('place')
        .values([
          { ...place, code: '1', area: multiFromGeoJson(west) },
          { ...place, code: '2', area: null },
        ])
        .execute();
      return transaction
        .selectFrom('place')
        .select((eb) => [asGeoJson<MultiPolygon>(eb.ref('area')).as('area'), boxOf(eb.ref('area')).as('box')])
        .orderBy('code')
        .execute();
    });
    expect(read).toEqual([
      { area: { type: 'MultiPolygon', coordinates: [west.coordinates] }, box: [125.3, 43.9, 125.31, 43.91] },
      { area: null, box: null },
    ]);
  });

  it('is found by the box of the map', async () => {
    expect(await found([125, 43, 126, 44])).toEqual(['triangle', 'west']);
    expect(await found([125.305, 43.905, 125.306, 43.906])).toEqual(['west']);
    expect(await found([125.325, 43.908, 125.329, 43.909])).toEqual(['triangle']);
    expect(await found([126, 43, 127, 44])).toEqual([]);
  });

  it('is told apart from what only its box meets', async () => {
    const corner = rectangle([125.328, 43.908, 125.329, 43.909]);
    const rows = await database.transaction((transaction) =>
      transaction
        .selectFrom('building')
        .select('id')
        .where((eb) => intersects(eb.ref('footprint'), fromGeoJson(corner)))
        .execute(),
    );
    expect(rows).toEqual([]);
  });

  it('is measured in square metres on the ellipsoid', async () => {
    const rows = await database.transaction((transaction) =>
      transaction
        .selectFrom('building')
        .select((eb) => areaM2(eb.ref('footprint')).as('areaM2'))
        .where('id', '=', 'west' as BuildingId)
        .execute(),
    );
    // By GeographicLib on the CGCS2000 ellipsoid, whose flattening differs from WGS 84's in the 9th digit.
    expect(rows[0]?.areaM2).toBeCloseTo(892_594.85, 1);
  });

  describe('that is no geometry is an error, and nothing of its transaction stays', () => {
    const bad: Record<string, unknown> = {
      'a polygon of two corners': {
        type: 'Polygon',
        coordinates: [
          [
            [125, 43],
            [126, 44],
          ],
        ],
      },
      'a polygon without coordinates': { type: 'Polygon' },
      'an unknown type': { type: 'Heptagon', coordinates: [] },
      'a word for a number': { type: 'Point', coordinates: ['east', 43] },
    };
    for (const [name, geometry] of Object.entries(bad)) {
      it(name, async () => {
        const stored = database.transaction(async (transaction) => {
          await transaction.insertInto('building').values(building('good', west)).execute();
          await transaction
            .insertInto('building')
            .values(building('bad', geometry as Geometry))
            .execute();
        });
        await expect(stored).rejects.toThrow();
        expect(await found([125, 43, 126, 44])).toEqual(['triangle', 'west']);
      });
    }
  });
});
