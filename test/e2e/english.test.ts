import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mapRests } from './on-the-page.ts';
import { canRun, type Planner, startPlanner } from './planner.ts';

/** Runs of Chinese characters that can be read on the page: texts, titles, placeholders, names for screen readers. */
const chineseOn = (page: Page) =>
  page.evaluate(() => {
    const found = new Set<string>();
    const take = (text: string | null) => {
      for (const run of text?.match(/[\u4e00-\u9fff]+/g) ?? []) found.add(run);
    };
    for (const element of document.body.querySelectorAll('*')) {
      for (const node of element.childNodes) if (node.nodeType === Node.TEXT_NODE) take(node.textContent);
      for (const name of ['title', 'placeholder', 'aria-label', 'alt']) take(element.getAttribute(name));
    }
    return [...found];
  });

describe.skipIf(!canRun)('in English', () => {
  let planner: Planner;
  beforeAll(async () => {
    planner = await startPlanner();
  });
  afterAll(() => planner?.stop());

  test('no page has a Chinese word but the names in the data', async () => {
    const { page, context, mishaps } = await planner.newPage();
    let data = '';
    page.on('response', async (response) => {
      if (response.url().includes('/api/') && response.headers()['content-type']?.includes('json'))
        data += await response.text().catch(() => '');
    });
    await page.goto(planner.url);
    await page.getByRole('button', { name: 'English' }).click();
    await page.waitForSelector('.el-table__row a');
    const open: Readonly<Record<string, () => Promise<unknown>>> = {
      county: () => mapRests(page),
      workbench: async () => {
        await page.locator('.el-table__row a').first().click();
        await mapRests(page);
        await page.keyboard.press('?');
        await page.waitForTimeout(400);
      },
      import: () => page.goto(`${planner.url}/import`).then(() => page.waitForSelector('.history td')),
      merge: () => page.goto(`${planner.url}/merge`).then(() => mapRests(page)),
      staffing: () => page.goto(`${planner.url}/staffing`).then(() => page.waitForSelector('.roster li')),
    };
    const left: Record<string, string[]> = {};
    for (const [name, go] of Object.entries(open)) {
      await go();
      // The other language is offered by its own name.
      left[name] = (await chineseOn(page)).filter((run) => run !== '中文' && !data.includes(run));
    }
    expect(left).toEqual({ county: [], workbench: [], import: [], merge: [], staffing: [] });
    expect(mishaps).toEqual([]);
    await context.close();
  });
});
