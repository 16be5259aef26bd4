import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Feature } from 'geojson';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countyFiles, sampleCounty } from '../../geodata/samples/index.ts';
import { writeVectorFile } from '../../server/formats/write.ts';
import type { CommunitySummary, PlanDetail } from '../../server/wire.ts';
import { hasGdal, readByGdal } from './gdal.ts';
import { count, mapRests, saved, under } from './on-the-page.ts';
import { canRun, type Planner, picture, startPlanner } from './planner.ts';

const NAME = '福民社区';

/** One community of the sample county as a vendor would zip it: shapefiles in GBK. */
async function communityFiles() {
  const county = sampleCounty(2020);
  const ground = county.grounds.find(({ community }) => community.name === NAME)!;
  const { layers } = countyFiles(county);
  const idsOf = (features: readonly Feature[], column: string, prefix: string) =>
    features.filter(({ properties }) => String(properties?.[column]).startsWith(prefix));
  const { code } = ground.community;
  const layer = (name: string) => layers.find((candidate) => candidate.name === name)!.collection.features;
  const wanted = {
    communities: idsOf(layer('communities'), '社区编码', code),
    buildings: idsOf(layer('buildings'), '楼栋编号', code),
    barriers: layer('barriers'),
  };
  const households = ground.buildings.reduce((sum, building) => sum + building.householdCount, 0);
  const files = await Promise.all(
    Object.entries(wanted).map(async ([name, features]) => {
      const written = await writeVectorFile(features as never, {
        format: 'shapefile',
        name,
        crs: 'EPSG:4490',
        encoding: 'GBK',
      });
      if (!written.ok) throw new Error(JSON.stringify(written.failure));
      return { name: `${name}.zip`, mimeType: 'application/zip', buffer: Buffer.from(written.value.bytes) };
    }),
  );
  return { code, households, buildingCount: wanted.buildings.length, files };
}

describe.skipIf(!canRun)('from a county’s files to the file that is handed up', () => {
  let planner: Planner;
  let dir = '';
  let page: Page;
  let mishaps: string[];
  let given: Awaited<ReturnType<typeof communityFiles>>;
  let planId = '';
  const fetchJson = async <Answer>(path: string) => (await (await fetch(planner.url + path)).json()) as Answer;
  const plan = () => fetchJson<PlanDetail>(`/api/plans/${planId}`);
  const assignment = async () => new Map((await plan()).assignment);
  const press = async (keys: string) => {
    await page.keyboard.press(keys);
    await page.waitForTimeout(250);
    await saved(page);
  };

  beforeAll(async () => {
    [planner, given, dir] = await Promise.all([
      startPlanner('empty'),
      communityFiles(),
      mkdtemp(join(tmpdir(), 'grid-planner-files-')),
    ]);
    const opened = await planner.newPage();
    ({ page, mishaps } = opened);
  });
  afterAll(async () => {
    await planner?.stop();
    if (dir) await rm(dir, { recursive: true, force: true });
  });

  test('an empty planner says what to do first', async () => {
    await page.goto(planner.url);
    await page.getByText('去导入数据').click();
    await page.waitForURL('**/import');
    await page.getByText('还没有导入过数据').waitFor();
    expect(mishaps).toEqual([]);
  });

  test('zipped GBK shapefiles are understood, shown on a map, and stored', async () => {
    await page.setInputFiles('input[type=file]', given.files);
    await page.waitForSelector('.layer');
    expect(await page.locator('.layer h3').allTextContents()).toEqual([
      'communities',
      'buildings',
      'barriers_area',
      'barriers_line',
    ]);
    // Read as GBK, or the sample would be gibberish.
    await page.getByText(`例：${NAME}`).waitFor();
    await page.getByRole('button', { name: '预览' }).click();
    await mapRests(page);
    await page.getByText(`可导入 ${given.buildingCount}`, { exact: true }).waitFor();
    await picture(page, 'import');
    await page.getByRole('button', { name: '确认导入' }).click();
    await page.getByText('可以开始划分').waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: '继续导入' }).click();
    await page.locator('.history tbody tr').waitFor();
    const [community] = await fetchJson<CommunitySummary[]>('/api/communities');
    expect(community).toMatchObject({ code: given.code, name: NAME, householdCount: given.households });
    expect(mishaps).toEqual([]);
  });

  test('its community is divided into compliant grids, as a new plan', async () => {
    await page.goto(planner.url);
    await page.getByRole('link', { name: NAME }).first().click();
    await page.waitForURL(`**/community/${given.code}*`);
    await mapRests(page);
    await page.getByRole('button', { name: '自动划分' }).first().click();
    await page.click('[data-testid=run-partition]');
    await page.click('[data-testid=apply-partition]', { timeout: 60_000 });
    await page.waitForURL('**?plan=*');
    await saved(page);
    planId = new URL(page.url()).searchParams.get('plan')!;
    const { grids } = await plan();
    expect(grids.length).toBeGreaterThanOrEqual(4);
    expect(await count(page, 'fits')).toBe(grids.length);
    expect(await count(page, 'over')).toBe(0);
    await page.keyboard.press('Escape');
    expect(mishaps).toEqual([]);
  });

  /** A building of one grid whose neighbour to the west, a few steps of the pointer away, is in another one. */
  async function findBorder() {
    for (const down of [0.5, 0.4, 0.6, 0.3, 0.7]) {
      let west: Awaited<ReturnType<typeof under>> | null = null;
      for (let across = 0.2; across < 0.8; across += 0.015) {
        const here = await under(page, across, down);
        if (!here.hasBuilding) continue;
        if (west !== null && west.grid !== here.grid) return { target: west.grid, building: here };
        west = here;
      }
    }
    throw new Error('no two neighbouring grids were found on the map');
  }

  test('a brushed building changes hands; the numbers follow; undo and redo', async () => {
    const { target, building } = await findBorder();
    const before = await assignment();
    await page.locator('.grids li button', { hasText: target }).first().click();
    await page.keyboard.press('b');
    for (let smaller = 0; smaller < 8; smaller++) await page.keyboard.press('[');
    await page.mouse.move(building.x, building.y);
    await page.mouse.down();
    await page.mouse.move(building.x + 1, building.y + 1, { steps: 3 });
    await page.mouse.up();
    await page.waitForTimeout(250);
    await saved(page);
    const after = await assignment();
    const { grids } = await plan();
    const taker = grids.find(({ name }) => name === target)!.id;
    const moved = [...after].filter(([cell, grid]) => before.get(cell) !== grid);
    expect(moved.length).toBeGreaterThan(0);
    expect(moved.every(([, grid]) => grid === taker)).toBe(true);
    await press('Control+z');
    expect(await assignment()).toEqual(before);
    await press('Control+y');
    expect(await assignment()).toEqual(after);
    expect(mishaps).toEqual([]);
  });

  test('a grid is split along a drawn line; undo and redo', async () => {
    const rows = page.locator('.grids li');
    const gridCount = await rows.count();
    const before = await plan();
    await page.keyboard.press('v');
    // From top to bottom through the grid under the pointer; where houses leave no way through, the page says so, and one tries beside.
    const box = (await page.locator('.plan-map').boundingBox())!;
    for (const across of [0.5, 0.58, 0.42, 0.66, 0.34, 0.74, 0.26]) {
      const { x, y, grid } = await under(page, across, 0.5);
      const row = page.locator('.grids li button', { hasText: grid });
      if ((await row.count()) === 0) continue;
      await row.first().click();
      await page.keyboard.press('c');
      for (const at of [box.y + 60, y, box.y + box.height - 20]) await page.mouse.click(x, at);
      await page.keyboard.press('Enter');
      await page.waitForTimeout(400);
      if ((await rows.count()) > gridCount) break;
      await page.locator('.el-message--warning').first().waitFor();
      await page.keyboard.press('v');
    }
    await expect.poll(() => rows.count()).toBe(gridCount + 1);
    await saved(page);
    await page.keyboard.press('v');
    await press('Control+z');
    await expect.poll(() => rows.count()).toBe(gridCount);
    expect(new Map((await plan()).assignment)).toEqual(new Map(before.assignment));
    await press('Control+y');
    await expect.poll(() => rows.count()).toBe(gridCount + 1);
    expect(mishaps).toEqual([]);
  });

  test('a reload finds everything as it was left', async () => {
    const before = await plan();
    const names = await page.locator('.grids li .name').allInnerTexts();
    await page.reload();
    await mapRests(page);
    await saved(page);
    expect(await page.locator('.grids li .name').allInnerTexts()).toEqual(names);
    const after = await plan();
    expect(after.plan.version).toBe(before.plan.version);
    expect(after.assignment).toEqual(before.assignment);
    expect(mishaps).toEqual([]);
  });

  for (const [words, encoding] of [
    ['网格 · Shapefile（UTF-8，4490）', 'UTF-8'],
    ['网格 · Shapefile（GBK，4490）', 'GBK'],
  ] as const) {
    test.skipIf(!hasGdal)(`the shapefile in ${encoding} says to GDAL what the page says`, async () => {
      await page.getByRole('button', { name: '导出' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: words }).click(),
      ]);
      const zip = join(dir, `${encoding}.zip`);
      await download.saveAs(zip);
      const { summary, features } = readByGdal(zip);
      const { grids } = await plan();
      expect(summary).toContain('"EPSG",4490');
      expect(summary).toMatch(encoding === 'GBK' ? /SOURCE_ENCODING=(GBK|CP936)/ : /SOURCE_ENCODING=UTF-8/);
      expect(summary).toMatch(/Geometry: (Multi )?Polygon/i);
      for (const field of ['code', 'name', 'community', 'kind', 'households', 'workers', 'area_m2'])
        expect(summary).toMatch(new RegExp(`^${field}: `, 'm'));
      expect(features).toHaveLength(grids.length);
      const values = (field: string) => features.map(({ properties }) => properties?.[field]);
      expect(values('code').sort()).toEqual(grids.map(({ code }) => code).sort());
      expect(values('name').sort()).toEqual(grids.map(({ name }) => name).sort());
      expect(new Set(values('community'))).toEqual(new Set([NAME]));
      expect(values('households').reduce((sum, households) => sum + Number(households), 0)).toBe(given.households);
      expect(mishaps).toEqual([]);
    });
  }
});
