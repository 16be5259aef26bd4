import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CommunityDetail, CommunitySummary, CrosswalkRow } from '../../server/wire.ts';
import { mapRests } from './on-the-page.ts';
import { canRun, type Planner, picture, startPlanner } from './planner.ts';

describe.skipIf(!canRun)('merging the departments’ grids', () => {
  let planner: Planner;
  const fetchJson = async <Answer>(path: string) => (await (await fetch(planner.url + path)).json()) as Answer;

  beforeAll(async () => {
    planner = await startPlanner();
  });
  afterAll(() => planner?.stop());

  test('makes one general layer with a crosswalk that can be taken away', async () => {
    const { page, context, mishaps } = await planner.newPage();
    await page.goto(`${planner.url}/merge`);
    await mapRests(page);
    const [community] = await fetchJson<CommunitySummary[]>('/api/communities');
    const before = await fetchJson<CommunityDetail>(`/api/communities/${community!.code}`);
    expect(await page.locator('.layers > li').count()).toBe(before.departments.length);
    await page.getByRole('button', { name: '合并为全科网格' }).click();
    const link = page.getByRole('link', { name: '在工作台中打开这个方案' });
    await link.waitFor({ timeout: 60_000 });
    const planId = new URL(String(await link.getAttribute('href')), planner.url).searchParams.get('plan')!;
    await page.waitForTimeout(1500);
    await picture(page, 'merge');

    // Every household of every department's grid is somewhere in the crosswalk.
    const crosswalk = await fetchJson<CrosswalkRow[]>(`/api/plans/${planId}/crosswalk`);
    expect(new Set(crosswalk.map(({ departmentName }) => departmentName))).toEqual(
      new Set(before.departments.map(({ name }) => name)),
    );
    for (const { id } of before.departments) {
      const rows = crosswalk.filter(({ departmentId }) => departmentId === id);
      const households = rows.reduce((sum, row) => sum + row.householdCount, 0);
      expect(households).toBeLessThanOrEqual(community!.householdCount);
      expect(households).toBeGreaterThan(0.9 * community!.householdCount);
    }

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '导出对照表（CSV）' }).click(),
    ]);
    const csv = await readFile(await download.path(), 'utf8');
    // Without the mark Excel takes it for GBK.
    expect(csv.startsWith('\uFEFF')).toBe(true);
    const lines = csv.trim().split(/\r?\n/);
    expect(lines.length - 1).toBeGreaterThanOrEqual(crosswalk.length);
    for (const { name } of before.departments) expect(csv).toContain(name);

    const after = await fetchJson<CommunityDetail>(`/api/communities/${community!.code}`);
    expect(after.plans).toHaveLength(before.plans.length + 1);
    expect(mishaps).toEqual([]);
    await context.close();
  });
});
