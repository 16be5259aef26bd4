import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PartitionOptions, type PartitionProblem, runToEnd, solve } from '../../geodata/partition/index.ts';
import { Random } from '../../geodata/partition/random.ts';
import { draw, optionsWith } from '../geodata/partition/draw.ts';
import { noteSkipped } from '../support/postgres.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const isThere = existsSync(CHROMIUM);
if (!isThere) noteSkipped('the engine in Chromium: no Chromium (set CHROMIUM to its path)');

/** A town of slabs, towers and parks in compounds, divided by a road and a river. */
function town(width: number, height: number, seed: number): PartitionProblem {
  const random = new Random(seed, 1);
  const rows = Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => {
      const compound = String.fromCharCode(97 + (((x >> 1) + (y >> 1) * 5) % 26));
      return random.chance(10) ? '0' : `${20 + random.below(90)}${random.chance(70) ? compound : ''}`;
    }),
  );
  const withRoad = rows.map((row) => [...row.slice(0, width >> 1), '=', ...row.slice(width >> 1)].join(' '));
  withRoad.splice(height >> 1, 0, withRoad[0]!.replace(/\S+/g, '~'));
  return draw(withRoad.join('\n'));
}

const towns = [town(6, 5, 1), town(10, 9, 2), town(14, 12, 3), draw('120 = 90 550a 20'), draw('260 260 260')];
const cases = towns.flatMap((problem) => {
  const existing = problem.cells.map((_, cell) => Math.floor((cell * 6) / problem.cells.length));
  const choices: Partial<PartitionOptions>[] = [
    { seed: 1 },
    { seed: 99, effort: 2 },
    { seed: 7, prefer: 'fewest' },
    { seed: 2, forbiddenBarriers: ['river'] },
    { mode: 'adjust', existing },
    { existing, lockedGrids: [0], weights: { straddleM: 123.45 } },
  ];
  return choices.map((choice) => ({ problem, options: optionsWith(choice) }));
});

describe.skipIf(!isThere)('the engine in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  });
  afterAll(() => browser?.close());

  it('gives the same bytes as in Node, for every problem, seed, effort and mode', async () => {
    const page = await browser.newPage();
    await page.addScriptTag({ content: await bundled() });
    const there = await page.evaluate((given) => {
      const { solve: solveThere, runToEnd: runThere } = (globalThis as unknown as { engine: Engine }).engine;
      return given.map(({ problem, options }) => JSON.stringify(runThere(solveThere(problem, options))));
    }, cases);
    const here = cases.map(({ problem, options }) => JSON.stringify(runToEnd(solve(problem, options))));
    expect(here).toHaveLength(30);
    expect(there).toEqual(here);
    expect(new Set(here).size).toBeGreaterThan(15);
  });
});

type Engine = typeof import('../../geodata/partition/index.ts');

/** The engine as the page gets it, bundled into one script. */
async function bundled(): Promise<string> {
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry: resolve('geodata/partition/index.ts'), formats: ['iife'], name: 'engine' },
    },
  })) as Rolldown.RolldownOutput[];
  return `globalThis.engine = (() => { ${built[0]!.output[0].code}; return engine; })();`;
}
