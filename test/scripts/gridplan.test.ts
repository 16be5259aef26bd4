import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FeatureCollection } from 'geojson';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countyFiles, sampleCounty } from '../../geodata/samples/index.ts';
import { openVectorFile } from '../../server/formats/read.ts';

// The contract that other programs rely on: commands, exit codes, what goes where. The real program runs, as its users run it.

const root = path.resolve(import.meta.dirname, '../..');
const folder = mkdtempSync(path.join(tmpdir(), 'gridplan-'));
const at = (name: string) => path.join(folder, name);
const json = (name: string) => JSON.parse(readFileSync(at(name), 'utf8'));

function gridplan(...args: string[]) {
  const ran = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/gridplan.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return { code: ran.status, out: ran.stdout, problems: ran.stderr.split('\n').filter((line) => line !== '') };
}

/** The sample county's files, narrowed to communities whose code begins so. */
function writeFiles(name: string, prefixes: readonly string[]): string[] {
  const { layers, roster } = countyFiles(sampleCounty(2020));
  const codeOf = (properties: Record<string, unknown> | null) =>
    String(properties?.楼栋编号 ?? properties?.社区编码 ?? properties?.小区编号 ?? prefixes[0]);
  for (const layer of layers) {
    const features = layer.collection.features.filter(({ properties }) =>
      prefixes.some((prefix) => codeOf(properties).startsWith(prefix)),
    );
    writeFileSync(at(`${name}-${layer.name}.geojson`), JSON.stringify({ type: 'FeatureCollection', features }));
  }
  const names = new Set(
    json(`${name}-communities.geojson`).features.map(
      (f: { properties: Record<string, string> }) => f.properties.社区名称,
    ),
  );
  const rows = roster.filter((row, i) => i === 0 || names.has(row[3]));
  writeFileSync(at(`${name}-roster.csv`), rows.map((row) => row.join(',')).join('\r\n'));
  return [
    ...['--communities', at(`${name}-communities.geojson`), '--buildings', at(`${name}-buildings.geojson`)],
    ...['--barriers', at(`${name}-barriers.geojson`), '--compounds', at(`${name}-compounds.geojson`)],
  ];
}

/** 文化 and 民主 can be divided, 建设 (550 households) can't. */
let good: string[];
let impossible: string[];

beforeAll(() => {
  good = writeFiles('good', ['220199001002', '220199002001']);
  impossible = writeFiles('impossible', ['220199003002']);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('gridplan partition', () => {
  it('takes household counts from a register joined by building id', () => {
    const [, communities, , buildings, ...ground] = good;
    const counted = JSON.parse(readFileSync(buildings!, 'utf8'));
    const register = [['楼栋编号', '户数'].join(',')];
    for (const { properties } of counted.features) {
      register.push([properties.楼栋编号, properties.户数].join(','));
      delete properties.户数;
      delete properties.单元户数;
    }
    writeFileSync(at('uncounted.geojson'), JSON.stringify(counted));
    writeFileSync(at('register.csv'), register.join('\r\n'));
    const uncounted = ['--communities', communities!, '--buildings', at('uncounted.geojson'), ...ground];
    expect(gridplan('partition', ...uncounted, '--out', at('none.geojson')).code).toBe(2);
    const ran = gridplan(
      'partition',
      ...[...uncounted, '--households', at('register.csv')],
      ...['--out', at('joined.geojson'), '--report', at('joined.json')],
    );
    expect(ran).toMatchObject({ code: 0 });
    expect(json('joined.json').communities.map((one: { households: number }) => one.households)).toEqual([1800, 949]);
  });

  it('writes grids and a report, and ends with 0', () => {
    const ran = gridplan(
      'partition',
      ...good,
      '--out',
      at('grids.geojson'),
      '--report',
      at('report.json'),
      '--seed',
      '3',
    );
    expect(ran).toMatchObject({ code: 0, problems: [] });
    const grids: FeatureCollection = json('grids.geojson');
    for (const { properties, geometry } of grids.features) {
      expect(Object.keys(properties!)).toEqual(
        expect.arrayContaining(['code', 'name', 'community', 'kind', 'households', 'workers']),
      );
      expect(properties!.code).toMatch(/^\d{15}$/);
      expect(properties!.households).toBeGreaterThanOrEqual(300);
      expect(properties!.households).toBeLessThanOrEqual(500);
      expect(geometry.type).toBe('Polygon');
    }
    const report = json('report.json');
    expect(report).toMatchObject({ rules: 'jilin-2020-23', seed: 3 });
    expect(report.communities.map(({ code }: { code: string }) => code)).toEqual(['220199001002', '220199002001']);
    for (const community of report.communities) {
      expect(community).toMatchObject({ feasible: true, movedHouseholds: 0 });
      for (const measure of ['cutLengthM', 'compoundSplits', 'barrierCrossings', 'ms', 'households']) {
        expect(community[measure]).toEqual(expect.any(Number));
      }
      for (const grid of community.grids) {
        expect(grid).toMatchObject({ code: expect.any(String), parts: 1, buildings: expect.any(Array) });
        expect(grid.areaM2).toBeGreaterThan(0);
        expect(grid.perimeterM).toBeGreaterThan(0);
      }
    }
  });

  it('gives the same file for the same seed, in one thread or two', () => {
    gridplan('partition', ...good, '--out', at('one.geojson'), '--seed', '3');
    gridplan('partition', ...good, '--out', at('two.geojson'), '--seed', '3', '--jobs', '2');
    expect(readFileSync(at('two.geojson'), 'utf8')).toBe(readFileSync(at('one.geojson'), 'utf8'));
    expect(readFileSync(at('one.geojson'), 'utf8')).toBe(readFileSync(at('grids.geojson'), 'utf8'));
  });

  it('ends with 1 where no division is possible, says why, and gives the best there is', () => {
    const ran = gridplan('partition', ...impossible, '--out', at('no.geojson'), '--report', at('no.json'));
    expect(ran.code).toBe(1);
    expect(ran.problems.join('\n')).toContain('COMPONENT_GAP');
    const [community] = json('no.json').communities;
    expect(community.feasible).toBe(false);
    expect(community.issues[0]).toMatchObject({ code: expect.any(String), severity: expect.any(String) });
    expect(json('no.geojson').features.length).toBeGreaterThan(0);
  });

  it('writes a zipped shapefile in GBK that reads back', async () => {
    const ran = gridplan(
      'partition',
      ...good,
      '--out',
      at('grids.zip'),
      '--encoding-out',
      'GBK',
      '--to-crs',
      'EPSG:4551',
    );
    expect(ran).toMatchObject({ code: 0, problems: [] });
    const { layers, issues } = await openVectorFile(at('grids.zip'));
    expect(issues).toEqual([]);
    expect(layers[0]).toMatchObject({ format: 'shapefile', encoding: 'GBK', crs: 'EPSG:4551' });
    const names = layers[0]!.features().map(({ properties }) => String(properties!.name));
    expect(names[0]).toMatch(/^文化社区第\d+网格$/);
  });

  it('adjusts existing grids: codes that stay are the old ones', () => {
    const args = ['--existing', at('grids.geojson'), '--out', at('adjusted.geojson'), '--report', at('adjusted.json')];
    expect(gridplan('partition', ...good, ...args).code).toBe(0);
    for (const community of json('adjusted.json').communities) expect(community.movedHouseholds).toBe(0);
    const codes = (name: string) => json(name).features.map((f: { properties: { code: string } }) => f.properties.code);
    expect(codes('adjusted.geojson')).toEqual(codes('grids.geojson'));
  });
});

describe('bad input ends with 2 and one problem a line: code, file, feature, field', () => {
  const out = () => ['--out', at('x.geojson')];
  const swap = (option: string, file: string) => good.map((arg, i) => (good[i - 1] === option ? file : arg));

  it('names a file that is not there', () => {
    const ran = gridplan('partition', ...swap('--buildings', at('nowhere.geojson')), ...out());
    expect(ran.code).toBe(2);
    expect(ran.problems).toEqual([expect.stringMatching(/^fileNotFound, .*nowhere\.geojson, -, -/)]);
  });

  it('names the field where no column holds households, and takes the column it is told', () => {
    const buildings = readFileSync(at('good-buildings.geojson'), 'utf8')
      .replaceAll('"户数"', '"HS3"')
      .replaceAll('单元户数', 'x');
    writeFileSync(at('hs.geojson'), buildings);
    const args = swap('--buildings', at('hs.geojson'));
    const ran = gridplan('partition', ...args, ...out());
    expect(ran.code).toBe(2);
    expect(ran.problems.join('\n')).toMatch(/columnMissing, .*hs\.geojson, -, households/);
    expect(gridplan('partition', ...args, '--column', 'households=HS3', ...out()).code).toBe(0);
  });

  it('names the feature that has no shape, and goes on without it when told', () => {
    const buildings = json('good-buildings.geojson');
    buildings.features[4].geometry = null;
    writeFileSync(at('shapeless.geojson'), JSON.stringify(buildings));
    const args = swap('--buildings', at('shapeless.geojson'));
    const ran = gridplan('partition', ...args, ...out());
    expect(ran.code).toBe(2);
    expect(ran.problems).toEqual(['geometryMissing, shapeless.geojson, 5, -']);
    expect(gridplan('partition', ...args, '--skip-bad', ...out()).code).toBe(0);
  });

  it('refuses what is no JSON, an unknown option, a missing one, an unknown format, an unknown rule set', () => {
    writeFileSync(at('broken.geojson'), '{"type":"FeatureCollection","features":[');
    const codeOf = (...args: string[]) => {
      const ran = gridplan('partition', ...args);
      return [ran.code, ran.problems[0]!.split(',')[0]];
    };
    expect(codeOf(...swap('--communities', at('broken.geojson')), ...out())).toEqual([2, 'jsonUnreadable']);
    expect(codeOf(...good, ...out(), '--colour', 'red')).toEqual([2, 'argumentUnknown']);
    expect(codeOf(...good)).toEqual([2, 'argumentMissing']);
    expect(codeOf(...good, '--out', at('grids.txt'))).toEqual([2, 'formatUnknown']);
    expect(codeOf(...good, ...out(), '--rules', 'atlantis')).toEqual([2, 'ruleSetUnknown']);
    expect(codeOf(...good, ...out(), '--mode', 'magic')).toEqual([2, 'argumentInvalid']);
    expect(existsSync(at('x.geojson.tmp'))).toBe(false);
  });

  it('says so when no building lies in any community', () => {
    const far = JSON.parse(readFileSync(at('good-communities.geojson'), 'utf8').replaceAll('[125.', '[121.'));
    writeFileSync(at('far.geojson'), JSON.stringify(far));
    const ran = gridplan('partition', ...swap('--communities', at('far.geojson')), ...out());
    expect([ran.code, ran.problems[0]!.split(',')[0]]).toEqual([2, 'noBuildingInAnyCommunity']);
  });

  it('knows its commands', () => {
    expect(gridplan('fly').code).toBe(2);
    expect(gridplan('--help')).toMatchObject({ code: 0, out: expect.stringContaining('gridplan partition') });
    expect(gridplan('merge', '--help').code).toBe(0);
  });
});

describe('gridplan check', () => {
  it('finds nothing wrong with what partition made', () => {
    const ran = gridplan('check', ...good, '--grids', at('grids.geojson'), '--report', at('check.json'));
    expect(ran.code).toBe(0);
    expect(json('check.json').communities[0].grids.length).toBeGreaterThan(0);
  });

  it('ends with 1 and names what is broken when a grid is missing and another one is too large', () => {
    const grids = json('grids.geojson');
    grids.features.shift();
    writeFileSync(at('holes.geojson'), JSON.stringify(grids));
    const ran = gridplan('check', ...good, '--grids', at('holes.geojson'), '--report', at('holes.json'));
    expect(ran.code).toBe(1);
    const codes = json('holes.json').communities[0].issues.map((issue: { code: string }) => issue.code);
    expect(codes).toEqual(expect.arrayContaining(['groundUncovered', 'buildingsUnassigned']));
  });

  it('tells the old grids that are over the limit', () => {
    const ran = gridplan('check', ...good, '--grids', at('good-existing-grids.geojson'));
    expect(ran.code).toBe(1);
    expect(ran.out).toContain('gridOverLimit');
  });
});

describe('gridplan staff', () => {
  it('writes the schedule, and counts posts and grids without a worker', () => {
    const ran = gridplan(
      ...['staff', '--communities', at('good-communities.geojson'), '--grids', at('grids.geojson')],
      ...['--roster', at('good-roster.csv'), '--out', at('staff.xlsx'), '--report', at('staff.json')],
    );
    expect(ran.code).toBe(1); // new grids have no workers yet
    for (const community of json('staff.json').communities) {
      expect(community.posts).toMatchObject({
        least: 10,
        most: 15,
        filled: expect.any(Number),
        gap: expect.any(Number),
      });
      expect(community.gridsWithoutWorker.length).toBe(community.grids.length);
    }
    expect(readFileSync(at('staff.xlsx')).subarray(0, 2).toString()).toBe('PK');
  });
});

describe('gridplan merge', () => {
  it('makes one layer of three, with its crosswalk', () => {
    const departments = ['zongzhi', 'chengguan', 'xiaofang'].flatMap((id) => [
      '--department',
      `${id}=${at(`good-department-${id}.geojson`)}`,
    ]);
    const ran = gridplan(
      ...['merge', ...good, ...departments, '--out', at('merged.geojson')],
      ...['--crosswalk', at('crosswalk.csv'), '--report', at('merge.json')],
    );
    expect(ran).toMatchObject({ code: 0, problems: [] });
    expect(json('merged.geojson').features[0].properties.duties).toBe('zongzhi；chengguan；xiaofang');
    const [heading, ...rows] = readFileSync(at('crosswalk.csv'), 'utf8').trim().split('\r\n');
    expect(heading).toContain('部门网格编码');
    const households = json('merge.json').communities.reduce(
      (sum: number, c: { households: number }) => sum + c.households,
      0,
    );
    const counted = rows.reduce((sum, row) => sum + Number(row.split(',')[5]), 0);
    expect(counted).toBe(3 * households);
  });

  it('refuses a department given twice', () => {
    const twice = ['--department', `a=${at('good-department-zongzhi.geojson')}`];
    const ran = gridplan('merge', ...good, ...twice, ...twice, '--out', at('y.geojson'));
    expect([ran.code, ran.problems[0]!.split(',')[0]]).toEqual([2, 'departmentTwice']);
  });
});
