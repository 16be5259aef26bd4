import type { Page } from 'playwright-core';

/** The map is drawn and rests. */
export const mapRests = (page: Page) => page.waitForSelector('[data-idle]', { timeout: 30_000 });
export const saved = (page: Page) => page.waitForSelector('[data-testid=save-state].saved', { timeout: 20_000 });
export const words = async (page: Page, selector: string) => ((await page.textContent(selector)) ?? '').trim();
export const count = async (page: Page, which: string) =>
  Number((await words(page, `[data-testid=count-${which}]`)).replaceAll(',', ''));
/** A point of the map in the window, from shares of its width and height. */
export async function onMap(page: Page, across: number, down: number): Promise<{ x: number; y: number }> {
  const box = (await page.locator('.plan-map').boundingBox())!;
  return { x: box.x + across * box.width, y: box.y + down * box.height };
}

/** What lies under a place of the workbench's map, as its status line says it: 'grid · buildings'. */
export async function under(page: Page, across: number, down: number) {
  const { x, y } = await onMap(page, across, down);
  await page.mouse.move(x, y);
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const said = await words(page, '[data-testid=status]');
  const [grid = '', what = ''] = said.split(' · ');
  return { x, y, grid, hasBuilding: what.includes('号楼') || what.includes('平房') || / [\d,]+ 户/.test(what) };
}
