import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import type { Feature, Geometry, Position } from 'geojson';
import iconv from 'iconv-lite';
import { afterAll, describe, expect, it } from 'vitest';
import { toLonLatFeatures } from '../../../geodata/import/to-lon-lat.ts';
import { openVectorFiles } from '../../../server/formats/read.ts';
import { type WriteOptions, writeGrids, writeVectorMembers } from '../../../server/formats/write.ts';

const LON = 125.3;
const LAT = 43.9;
const ring = (x: number, y: number, size: number, clockwise = false): Position[] => {
  const corners = [
    [x, y],
    [x + size, y],
    [x + size, y + size],
    [x, y + size],
    [x, y],
  ].map(([a, b]) => [LON + a! * 1e-4, LAT + b! * 1e-4]);
  return clockwise ? corners.reverse() : corners;
};
const feature = (geometry: Geometry | null, properties: Record<string, unknown>): Feature =>
  ({ type: 'Feature', geometry, properties }) as Feature;
/** A square with a square hole, and another square apart from it. */
const holed: Geometry = { type: 'MultiPolygon', coordinates: [[ring(0, 0, 9), ring(3, 3, 3, true)], [ring(20, 0, 5)]] };
const modified = new Date(Date.UTC(2026, 0, 2));

async function membersOf(features: Feature[], options: Partial<WriteOptions> = {}) {
  const written = await writeVectorMembers(features, { format: 'shapefile', name: 'grids', modified, ...options });
  if (!written.ok) throw new Error(JSON.stringify(written.failure));
  return written.value.members;
}

async function readBack(features: Feature[], options: Partial<WriteOptions> = {}) {
  const { layers, issues } = await openVectorFiles(await membersOf(features, options));
  expect(issues).toEqual([]);
  expect(layers).toHaveLength(1);
  return layers[0]!;
}

describe('a shapefile written and read', () => {
  it('has the same rings, shells clockwise in the file and counter-clockwise in GeoJSON', async () => {
    const layer = await readBack([feature(holed, { code: '1' })]);
    expect(layer.crs).toBe('EPSG:4490');
    const read = layer.features()[0]!.geometry as typeof holed;
    expect(read.type).toBe('MultiPolygon');
    expect(read.coordinates.map((part) => part.map((one) => one.length))).toEqual([[5, 5], [5]]);
    const shp = (await membersOf([feature(holed, {})])).find(({ name }) => name.endsWith('.shp'))!;
    const view = new DataView(shp.bytes.buffer, shp.bytes.byteOffset);
    // 100 header + 8 record header + 4 type + 32 box + 8 counts + 12 parts: the first shell's second point lies north of its first.
    const at = 100 + 8 + 44 + 12;
    expect(view.getFloat64(at + 16 + 8, true)).toBeGreaterThan(view.getFloat64(at + 8, true));
  });

  it.each(['EPSG:4551', 'EPSG:4530', 'EPSG:32651', 'EPSG:3857'])(
    'in %s comes back within a millimetre',
    async (crs) => {
      const layer = await readBack([feature(holed, { code: '1' })], { crs });
      expect(layer.crs).toBe(crs);
      const placed = toLonLatFeatures(layer, { crs });
      if (!placed.ok) throw new Error(placed.failure.code);
      const flat = (shape: Geometry) =>
        (shape as typeof holed).coordinates
          .flat(2)
          .map(([x, y]) => `${x!.toFixed(7)} ${y!.toFixed(7)}`)
          .sort();
      expect(flat(placed.value.features[0]!.geometry!)).toEqual(flat(holed));
    },
  );

  it.each(['UTF-8', 'GBK', 'GB18030'] as const)('in %s keeps Chinese, numbers, truth and nothing', async (encoding) => {
    const properties = { name: '第一网格，长春', households: 412, area: 1234.5, ok: true, none: null, neg: -7 };
    const layer = await readBack([feature(holed, properties), feature(null, { name: '空' })], { encoding });
    expect(layer.encoding).toBe(encoding);
    expect(layer.encodingSource).toBe('declared');
    expect(layer.features()[0]!.properties).toEqual(properties);
    expect(layer.features()[1]).toMatchObject({ geometry: null, properties: { name: '空', households: null } });
  });

  it('names the character, feature and field an encoding lacks, and writes nothing', async () => {
    const written = await writeVectorMembers([feature(holed, { name: '好' }), feature(holed, { name: '住在𠮷家' })], {
      format: 'shapefile',
      encoding: 'GBK',
    });
    expect(written).toMatchObject({
      ok: false,
      failure: [
        {
          code: 'characterUnencodable',
          feature: 2,
          field: 'name',
          values: { character: '𠮷', codePoint: 'U+20BB7', encoding: 'GBK' },
        },
      ],
    });
  });

  it.each(['UTF-8', 'GBK'] as const)('cuts a long text between characters, and says so (%s)', async (encoding) => {
    const written = await writeVectorMembers([feature(holed, { name: `a${'网'.repeat(200)}` })], {
      format: 'shapefile',
      encoding,
    });
    if (!written.ok) throw new Error('refused');
    expect(written.value.issues).toMatchObject([{ code: 'textCut', feature: 1, field: 'name' }]);
    const layer = (await openVectorFiles(written.value.members)).layers[0]!;
    expect(layer.features()[0]!.properties!.name).toMatch(/^a网+$/);
    expect(layer.issues).toEqual([]);
  });

  it('gives Chinese columns ASCII names of at most 10 bytes, found again by alias, listed beside it', async () => {
    const members = await membersOf([
      feature(holed, { 编码: '1', 户籍户数: 3, 一个很长的名字: 'x', households_of_all: 4, households_of_most: 5 }),
    ]);
    const layer = (await openVectorFiles(members)).layers[0]!;
    expect(layer.fields.map(({ name }) => name)).toEqual(['code', 'households', 'f3', 'househol_1', 'househol_2']);
    const list = members.find(({ name }) => name.endsWith('.csv'))!;
    expect(new TextDecoder().decode(list.bytes)).toContain('households,户籍户数,整数');
  });

  it('of mixed shapes is one for each kind', async () => {
    const point: Geometry = { type: 'Point', coordinates: [LON, LAT] };
    const line: Geometry = {
      type: 'LineString',
      coordinates: [
        [LON, LAT],
        [LON + 1, LAT],
      ],
    };
    const { layers } = await openVectorFiles(
      await membersOf([feature(point, { a: 1 }), feature(line, { a: 2 }), feature(holed, { a: 3 })]),
    );
    expect(layers.map(({ geometryType }) => geometryType).sort()).toEqual(['LineString', 'MultiPolygon', 'Point']);
  });

  it('holds any text and number (property)', async () => {
    const text = fc
      .string({ unit: 'grapheme', maxLength: 60 })
      .map((one) => one.replaceAll(/[\0\uFFFD]/g, '').trim())
      .filter((one) => iconv.decode(iconv.encode(one, 'utf8'), 'utf8') === one);
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ text, whole: fc.integer(), part: fc.integer({ min: -1e6, max: 1e6 }).map((n) => n / 100) }),
          { minLength: 1, maxLength: 6 },
        ),
        async (rows) => {
          const layer = await readBack(rows.map((row) => feature(holed, row)));
          const wholePart = rows.every(({ part }) => Number.isInteger(part));
          for (const [i, row] of rows.entries()) {
            const read = layer.features()[i]!.properties!;
            expect(read.text ?? '').toBe(row.text);
            expect(read.whole).toBe(row.whole === 0 ? 0 : row.whole);
            expect(read.part).toBeCloseTo(row.part, wholePart ? 0 : 2);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

const hasOgrinfo = spawnSync('ogrinfo', ['--version']).status === 0;
if (!hasOgrinfo) console.warn('skipped: ogrinfo (gdal-bin) is not installed, exported files were not read by GDAL');

describe.skipIf(!hasOgrinfo)('an independent reader (GDAL)', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'gridplan-test-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const info = (file: string): string =>
    execFileSync('ogrinfo', ['-al', '-q', file], { encoding: 'utf8', stdio: 'pipe' }) +
    execFileSync('ogrinfo', ['-al', '-so', file], { encoding: 'utf8', stdio: 'pipe' });
  const grid = {
    code: '220103001001001',
    name: '第一网格',
    community: '华阳社区',
    kind: 'general',
    households: 412,
    workers: 1,
    commcode: '220103001001',
    estimated: 0,
    buildings: 9,
    area_m2: 1234.5,
    detached: null,
  };

  it.each([
    ['EPSG:4490', 'UTF-8', 'China Geodetic Coordinate System 2000'],
    ['EPSG:4551', 'GBK', 'CGCS2000 / 3-degree Gauss-Kruger CM 126E'],
    ['EPSG:4530', 'GBK', 'CGCS2000 / 3-degree Gauss-Kruger zone 42'],
    ['EPSG:4499', 'GB18030', 'CGCS2000 / Gauss-Kruger zone 21'],
  ] as const)('reads %s in %s: CRS, text, count', async (crs, encoding, name) => {
    for (const member of await membersOf([feature(holed, grid), feature(holed, { ...grid, name: '第二网格' })], {
      crs,
      encoding,
    })) {
      writeFileSync(path.join(folder, member.name), member.bytes);
    }
    const said = info(path.join(folder, 'grids.shp'));
    expect(said).toContain(name);
    expect(said).toContain('第二网格');
    expect(said).toContain('Feature Count: 2');
    expect(said).toContain('households (Integer) = 412');
    expect(said).toMatch(/MULTIPOLYGON \(\(\(.*\),\(.*\)\),\(\(/);
  });

  it.each(['shapefile', 'geopackage', 'geojson'] as const)(
    'reads the grids as %s with the promised fields',
    async (format) => {
      const written = await writeGrids([feature(holed, grid)], { format, crs: 'EPSG:4490' });
      if (!written.ok) throw new Error(JSON.stringify(written.failure));
      const file = path.join(folder, { shapefile: 'g.zip', geopackage: 'g.gpkg', geojson: 'g.geojson' }[format]);
      writeFileSync(file, written.value.bytes);
      const said = info(format === 'shapefile' ? `/vsizip/${file}/grids.shp` : file);
      for (const [name, value] of [
        ['code', '220103001001001'],
        ['name', '第一网格'],
        ['community', '华阳社区'],
        ['households', '412'],
        ['workers', '1'],
      ]) {
        expect(said).toMatch(new RegExp(`${name} \\(\\w+\\) = ${value}`));
      }
    },
  );
});
