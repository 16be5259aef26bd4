import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CommunitySummary } from '../../server/wire.ts';
import { mapRests } from './on-the-page.ts';
import { canRun, type Planner, startPlanner } from './planner.ts';

describe.skipIf(!canRun)('the county page', () => {
  let planner: Planner;
  const summaries = async () => (await (await fetch(`${planner.url}/api/communities`)).json()) as CommunitySummary[];
  const planIds = async () => new Map((await summaries()).map(({ code, plan }) => [code, plan?.id]));

  beforeAll(async () => {
    planner = await startPlanner();
  });
  afterAll(() => planner?.stop());

  async function openPartitionAll() {
    const opened = await planner.newPage();
    const { page } = opened;
    await page.goto(planner.url);
    await mapRests(page);
    await page.getByRole('button', { name: '全部自动划分' }).click();
    await page.getByRole('button', { name: '开始划分' }).click();
    await page.getByText(/正在划分 \d+ \/ 12/).waitFor();
    return opened;
  }

  test('stops dividing all communities when told to, and keeps what was made', async () => {
    const before = await planIds();
    const { page, context, mishaps } = await openPartitionAll();
    await page.getByRole('button', { name: '停止' }).click();
    await page.getByText(/已停止，完成的 \d+ 个方案已保留/).waitFor({ timeout: 60_000 });
    const after = await planIds();
    expect([...after].filter(([code, id]) => before.get(code) !== id).length).toBeLessThan(12);
    expect(mishaps).toEqual([]);
    await context.close();
  });

  test('divides all communities, telling how far it is and who can’t comply', async () => {
    const before = await planIds();
    const { page, context, mishaps } = await openPartitionAll();
    await page.getByText(/划分完成：12 个社区已有方案/).waitFor({ timeout: 120_000 });
    // 550 and 240 households can't be grids of 300 to 500.
    await page.getByText('以下社区无法全部合规').waitFor();
    for (const name of ['建设社区', '北郊社区']) await page.locator('.el-dialog li b', { hasText: name }).waitFor();
    const after = await summaries();
    for (const { code, plan } of after) expect(plan?.id).not.toBe(before.get(code));
    expect(after.filter(({ compliance }) => compliance.state === 'compliant').length).toBeGreaterThanOrEqual(8);
    expect(mishaps).toEqual([]);
    await context.close();
  });
});
