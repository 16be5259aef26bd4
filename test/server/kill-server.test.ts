import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { CellId, Change, GridId, PlanState } from '../../geodata/model/index.ts';
import type { ImportSession, PlanDetail, StaleChange } from '../../server/wire.ts';
import { describePostgres } from '../support/databases.ts';
import { embeddedDataDir } from '../support/embedded.ts';
import { startServerProcess } from '../support/server-process.ts';
import { readingAsSuggested } from '../support/server-under-test.ts';
import { SMALL_COMMUNITY, smallCountyFiles } from '../support/small-county.ts';

const KILLS = 20;

/**
 * The real server, killed with kill -9 while a planner moves a cell out of its grid and back as fast as it answers. Each next server
 * must have every change that was acknowledged, in order, and nothing half done.
 */
async function killOverAndOver(environment: Readonly<Record<string, string>>): Promise<number> {
  const acknowledged: string[] = [];
  let planId = '';
  let home: { cell: CellId; grid: GridId } | null = null;
  for (let kill = 0; kill <= KILLS; kill++) {
    const server = await startServerProcess(environment);
    if (kill % 7 === 6 && kill < KILLS) {
      await delay(Math.random() * 3000);
      await server.kill();
      continue;
    }
    await server.ready;
    if (!planId) planId = await importCounty(server.url);
    const detail = await get<PlanDetail>(`${server.url}/api/plans/${planId}`);
    const stored = await storedChanges(server.url, planId);
    // One more than acknowledged may be there: the answer that the kill cut off.
    expect(stored.slice(0, acknowledged.length)).toEqual(acknowledged);
    expect(stored.length).toBeLessThanOrEqual(acknowledged.length + 1);
    acknowledged.splice(0, acknowledged.length, ...stored);

    const assignment = new Map(detail.assignment) as unknown as PlanState['assignment'];
    home ??= { cell: detail.assignment[0]![0] as CellId, grid: detail.assignment[0]![1] };
    expect(assignment.get(home.cell) ?? null).toBe(stored.length % 2 === 0 ? home.grid : null);
    if (kill === KILLS) {
      await server.kill();
      break;
    }
    const writing = write(server.url, planId, home, acknowledged);
    await delay(Math.random() * 400);
    await server.kill();
    await writing;
  }
  return acknowledged.length;
}

/** The ids of all changes of the plan in order; the server hands them out in pages. */
async function storedChanges(url: string, planId: string): Promise<string[]> {
  const stored: string[] = [];
  for (;;) {
    const page = await get<StaleChange>(`${url}/api/plans/${planId}/changes?since=${stored.length}`);
    stored.push(...page.changes.map(({ change }) => change.id));
    expect(page.changes.map(({ version }) => version).at(-1) ?? stored.length).toBe(stored.length);
    if (stored.length >= page.version || page.changes.length === 0) return stored;
  }
}

/** Moves the cell until the server is gone; notes every change it has acknowledged. */
async function write(
  url: string,
  planId: string,
  { cell, grid }: { readonly cell: CellId; readonly grid: GridId },
  acknowledged: string[],
): Promise<void> {
  for (;;) {
    const baseVersion = acknowledged.length;
    const [before, after] = baseVersion % 2 === 0 ? [grid, null] : [null, grid];
    const change: Change = {
      id: `change-${baseVersion}-${Math.random()}`,
      verb: 'assignCells',
      fabric: null,
      grids: [],
      cells: [{ id: cell, before, after }],
    };
    const answer = await fetch(`${url}/api/plans/${planId}/changes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ baseVersion, change }),
    }).catch(() => null);
    if (answer === null) return;
    const body = await answer.text().catch(() => null);
    if (body === null) return;
    expect([answer.status, body]).toEqual([200, JSON.stringify({ version: baseVersion + 1 })]);
    acknowledged.push(change.id);
  }
}

async function importCounty(url: string): Promise<string> {
  const form = new FormData();
  for (const { name, text } of smallCountyFiles()) form.append('files', new Blob([text as never]), name);
  const session = (await (await fetch(`${url}/api/imports`, { method: 'POST', body: form })).json()) as ImportSession;
  const committed = await fetch(`${url}/api/imports/${session.id}/commit`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(readingAsSuggested(session)),
  });
  expect(committed.ok).toBe(true);
  const { plans } = await get<{ plans: { id: string }[] }>(`${url}/api/communities/${SMALL_COMMUNITY}`);
  return plans[0]!.id;
}

async function get<Answer>(url: string): Promise<Answer> {
  const response = await fetch(url);
  const body = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${body}`);
  return JSON.parse(body) as Answer;
}

describe('the server process on the embedded engine', () => {
  it(`killed ${KILLS} times at any moment has lost no change it acknowledged`, async () => {
    const { dataDir, remove } = await embeddedDataDir();
    try {
      expect(await killOverAndOver({ DATA_DIR: dataDir, DATABASE_URL: '' })).toBeGreaterThan(0);
    } finally {
      remove();
    }
  }, 600_000);
});

describePostgres('the server process', (newUrl) => {
  it(`killed ${KILLS} times at any moment has lost no change it acknowledged`, async () => {
    const { url, drop } = await newUrl();
    const dataDir = mkdtempSync(join(tmpdir(), 'grid-planner-'));
    try {
      expect(await killOverAndOver({ DATA_DIR: dataDir, DATABASE_URL: url })).toBeGreaterThan(0);
    } finally {
      rmSync(dataDir, { recursive: true, force: true });
      await drop();
    }
  }, 600_000);
});
