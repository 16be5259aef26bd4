import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSpreadsheet } from '../../server/formats/spreadsheet.ts';
import type { CommunityDetail, CommunitySummary, PlanDetail } from '../../server/wire.ts';
import { canRun, type Planner, picture, startPlanner } from './planner.ts';

describe.skipIf(!canRun)('staffing', () => {
  let planner: Planner;
  const fetchJson = async <Answer>(path: string) => (await (await fetch(planner.url + path)).json()) as Answer;

  beforeAll(async () => {
    planner = await startPlanner();
  });
  afterAll(() => planner?.stop());

  test('shows the arithmetic of a large community’s posts', async () => {
    const { page, context, mishaps } = await planner.newPage();
    await page.goto(`${planner.url}/staffing`);
    const communities = await fetchJson<CommunitySummary[]>('/api/communities');
    await page
      .locator('.list tbody tr')
      .nth(communities.length - 1)
      .waitFor();
    const large = communities.find(({ householdCount }) => householdCount > 3000)!;
    const row = page.locator('.list tbody tr', { hasText: large.name });
    await row.locator('td button').first().click();
    await page.locator('.community h2', { hasText: large.name }).waitFor();
    await row.locator('.range').click();
    const above = large.householdCount - 3000;
    await page.getByText(`= ${10 + Math.floor(above / 500)}`).waitFor();
    await page.getByText(`= ${15 + Math.floor(above / 300)}`).waitFor();
    await page.waitForTimeout(400);
    await picture(page, 'staffing');
    expect(mishaps).toEqual([]);
    await context.close();
  });

  test('puts a worker on a grid, and keeps it', async () => {
    const { page, context, mishaps } = await planner.newPage();
    await page.goto(`${planner.url}/staffing`);
    const communities = await fetchJson<CommunitySummary[]>('/api/communities');
    // One whose vacant grid has nobody at all; elsewhere somebody part-time is on it, who doesn't count.
    const community = communities.find(({ name }) => name === '新城社区')!;
    const detail = await fetchJson<CommunityDetail>(`/api/communities/${community.code}`);
    const before = await fetchJson<PlanDetail>(`/api/plans/${community.plan!.id}`);
    const vacant = before.grids.find(({ workerIds }) => workerIds.length === 0)!;
    await page.locator('.list tbody tr', { hasText: community.name }).locator('td button').first().click();
    await page.getByRole('combobox', { name: `${vacant.name} 网格员` }).click();
    await page.locator('.el-select-dropdown__item:not(.is-disabled):visible').first().click();
    await page.locator('.el-message--success').waitFor();
    const after = await fetchJson<PlanDetail>(`/api/plans/${community.plan!.id}`);
    const [chosen] = after.grids.find(({ id }) => id === vacant.id)!.workerIds;
    expect(detail.workers.map(({ id }) => id)).toContain(chosen);
    const taken = before.grids.flatMap(({ workerIds }) => workerIds);
    expect(taken).not.toContain(chosen);
    const [summary] = (await fetchJson<CommunitySummary[]>('/api/communities')).filter(
      ({ code }) => code === community.code,
    );
    expect(summary!.gridsWithoutWorker).toBe(community.gridsWithoutWorker - 1);
    expect(mishaps).toEqual([]);
    await context.close();
  });

  test('hands up the staffing schedule as a workbook', async () => {
    const { page, context, mishaps } = await planner.newPage();
    await page.goto(`${planner.url}/staffing`);
    const communities = await fetchJson<CommunitySummary[]>('/api/communities');
    await page
      .locator('.list tbody tr')
      .nth(communities.length - 1)
      .waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '导出配备明细表（Excel）' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.xlsx$/);
    const bytes = new Uint8Array(await readFile(await download.path()));
    const { sheets } = await openSpreadsheet({ name: 'schedule.xlsx', bytes });
    const rows = sheets[0]!.rows.map((row) => JSON.stringify(row));
    for (const { name, householdCount } of communities) {
      const line = rows.find((row) => row.includes(`"${name}"`));
      expect(line, name).toBeDefined();
      expect(line).toContain(`${householdCount}`);
    }
    expect(mishaps).toEqual([]);
    await context.close();
  });
});
