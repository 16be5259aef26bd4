import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from '../../scripts/commands/convert.ts';
import { openVectorFile } from '../../server/formats/read.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'gridplan-convert-'));
const at = (name: string) => path.join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const square = [
  [
    [125.3, 43.9],
    [125.31, 43.9],
    [125.31, 43.91],
    [125.3, 43.91],
    [125.3, 43.9],
  ],
];
const feature = (properties: object, coordinates: unknown = square, type = 'Polygon') => ({
  type: 'Feature',
  properties,
  geometry: { type, coordinates },
});
const put = (name: string, ...features: unknown[]) => {
  writeFileSync(at(name), JSON.stringify({ type: 'FeatureCollection', features }));
  return at(name);
};

let lines: string[] = [];
beforeEach(() => {
  lines = [];
  vi.spyOn(console, 'error').mockImplementation((line: string) => void lines.push(line));
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());

describe('gridplan convert', () => {
  it('takes GeoJSON to a GBK shapefile in a Gauss–Krüger zone, on to a GeoPackage and back', async () => {
    const input = put('in.geojson', feature({ 编码: '220103001001001', 户数: 412 }));
    expect(await run([input, at('a.zip'), '--to-crs', 'EPSG:4551', '--encoding', 'GBK'])).toBe(0);
    expect(await run([at('a.zip'), at('b.gpkg')])).toBe(0);
    expect(await run([at('b.gpkg'), at('c.geojson')])).toBe(0);
    const { features } = JSON.parse(readFileSync(at('c.geojson'), 'utf8'));
    expect(features[0].properties).toEqual({ code: '220103001001001', households: 412 });
    const [lon, lat] = features[0].geometry.coordinates[0][0];
    expect(square[0]!.map(([x, y]) => Math.hypot(x! - lon, y! - lat)).sort((a, b) => a - b)[0]).toBeLessThan(2e-9);
  });

  it('undoes the shift of a map service', async () => {
    const input = put('gcj.geojson', feature({}));
    expect(await run([input, at('d.geojson'), '--from-datum', 'gcj02'])).toBe(0);
    const [lon] = JSON.parse(readFileSync(at('d.geojson'), 'utf8')).features[0].geometry.coordinates[0][0];
    expect(Math.abs(lon - 125.3)).toBeGreaterThan(0.003);
    expect(lines).toEqual(['notice: datumConverted  gcj.geojson  datum=gcj02']);
  });

  it('writes a plain shapefile as its members', async () => {
    expect(await run([put('in.geojson', feature({ name: '甲' })), at('plain.shp')])).toBe(0);
    expect(
      readdirSync(folder)
        .filter((name) => name.startsWith('plain'))
        .sort(),
    ).toEqual(['plain.cpg', 'plain.dbf', 'plain.prj', 'plain.shp', 'plain.shx', 'plain_字段说明.csv'].sort());
    expect((await openVectorFile(at('plain.shp'))).layers[0]!.features()[0]!.properties).toEqual({ name: '甲' });
  });

  it('asks for a CRS that the file does not say, naming those that fit, and takes the answer', async () => {
    const metres = [
      [
        [445_700, 4_861_500],
        [445_800, 4_861_500],
        [445_800, 4_861_600],
        [445_700, 4_861_500],
      ],
    ];
    const input = put('m.geojson', feature({}, metres));
    expect(await run([input, at('m.zip')])).toBe(2);
    expect(lines.at(-1)).toMatch(/^error: crsNeeded {2}m\.geojson {2}candidates=EPSG:4551\|/);
    lines = [];
    expect(await run([input, at('m2.geojson'), '--from-crs', 'EPSG:4551'])).toBe(0);
    expect(lines).toEqual([]);
  });

  it('writes what is right and names what is not, one problem a line, with 2', async () => {
    const input = put(
      'bad.geojson',
      feature({ name: '甲' }),
      feature({}, [
        [
          [125.3, 43.9],
          [125.31, 43.9],
          [125.3, 43.9],
        ],
      ]),
    );
    expect(await run([input, at('bad.zip')])).toBe(2);
    expect(lines).toEqual(['error: zeroArea  bad.geojson #2']);
    expect((await openVectorFile(at('bad.zip'))).layers[0]!.featureCount).toBe(1);
  });

  it('writes nothing where an encoding lacks a character', async () => {
    expect(await run([put('han.geojson', feature({ name: '𠮷' })), at('han.zip'), '--encoding', 'GBK'])).toBe(2);
    expect(lines).toEqual([
      'error: characterUnencodable  han.dbf #1 name  character=𠮷 codePoint=U+20BB7 encoding=GBK text=𠮷',
    ]);
    expect(readdirSync(folder)).not.toContain('han.zip');
  });

  it.each([
    [[], 'IN and OUT'],
    [['a.geojson', 'b.doc'], 'unknown output format'],
    [['a.geojson', 'b.zip', '--to-crs', 'EPSG:1'], 'unknown CRS'],
    [['a.geojson', 'b.zip', '--from-datum', 'x'], 'unknown datum'],
    [['a.geojson', 'b.zip', '--encoding', 'x'], 'unknown encoding'],
    [['a.geojson', 'b.zip', '--nonsense'], "Unknown option '--nonsense'"],
    [['/no/such.geojson', 'b.zip'], 'fileNotFound'],
  ])('%j is answered with 2 and the reason', async (args, reason) => {
    expect(await run(args as string[])).toBe(2);
    expect(lines.join('\n')).toContain(reason);
  });
});
