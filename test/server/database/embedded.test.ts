import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database } from '../../../server/database/database.ts';
import { collectedLog } from '../../support/collected-log.ts';
import { embeddedDataDir, openEmbeddedForTest } from '../../support/embedded.ts';
import { makeChange, makePlan, readPlan, upTo } from '../../support/plan-writer.ts';
import { startWriter } from '../../support/writer-child.ts';

// The embedded engine takes seconds to open, more on a busy machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

describe('the embedded engine', () => {
  let dataDir: string;
  let remove: () => void;
  beforeEach(async () => {
    ({ dataDir, remove } = await embeddedDataDir());
  });
  afterEach(() => remove());

  describe('locks its data directory', () => {
    it('against a second process, naming the one that has it', async () => {
      const database = await openEmbeddedForTest(dataDir);
      const second = startWriter({ dataDir });
      await expect(second.found).rejects.toThrow(`in use by the process ${process.pid}`);
      await second.kill();
      await makePlan(database);
      await database.close();
    });

    it('against a second opening in the same process', async () => {
      const database = await openEmbeddedForTest(dataDir);
      await expect(openEmbeddedForTest(dataDir)).rejects.toThrow(`in use by the process ${process.pid}`);
      await database.close();
    });

    it('but not against the next process when one was killed, even if its number was given out again', async () => {
      const writer = startWriter({ dataDir });
      await writer.found;
      await writer.kill();
      const holder = JSON.parse(readFileSync(join(dataDir, 'lock'), 'utf8'));
      expect(holder.pid).toBe(writer.pid);
      writeFileSync(join(dataDir, 'lock'), JSON.stringify({ ...holder, pid: process.pid }));
      const database = await openEmbeddedForTest(dataDir);
      await database.close();
      expect(existsSync(join(dataDir, 'lock'))).toBe(false);
    });
  });

  it('ends a statement that runs too long, undoes its transaction and goes on', async () => {
    const database = await openEmbeddedForTest(dataDir, { statementTimeoutMs: 3000 });
    await makePlan(database);
    const endless = database.transaction(async (transaction) => {
      await makeRow(transaction);
      await sql`select count(*) from generate_series(1, 1000000) a, generate_series(1, 1000000) b`.execute(transaction);
    });
    await expect(endless).rejects.toMatchObject({ code: '57014' });
    await makeChange(database);
    expect(await readPlan(database)).toEqual({ version: 1, changes: [1] });
    expect(await settings(database)).toEqual([]);
    await database.close();
  });

  it('is started anew when it can no longer undo (a conversion of encodings does that to it)', async () => {
    const database = await openEmbeddedForTest(dataDir);
    await makePlan(database);
    const poisoned = database.transaction((transaction) => sql`select convert_to('一', 'GBK')`.execute(transaction));
    await expect(poisoned).rejects.toThrow();
    await makeChange(database);
    expect(await readPlan(database)).toEqual({ version: 1, changes: [1] });
    await database.close();
  });

  it('finishes what was begun before it closes, and takes nothing more after', async () => {
    const database = await openEmbeddedForTest(dataDir);
    await makePlan(database);
    const begun = makeChange(database);
    await database.close();
    expect(await begun).toBe(1);
    await expect(makeChange(database)).rejects.toThrow('closed');
    const again = await openEmbeddedForTest(dataDir);
    expect(await readPlan(again)).toEqual({ version: 1, changes: [1] });
    await again.close();
  });

  it('that was killed while it was first set up is set up anew', async () => {
    rmSync(dataDir, { recursive: true });
    const writer = startWriter({ dataDir });
    while (!existsSync(join(dataDir, 'database', 'base'))) await delay(10);
    await writer.kill();
    expect(existsSync(join(dataDir, 'database.complete'))).toBe(false);
    const database = await openEmbeddedForTest(dataDir);
    await makePlan(database);
    await database.close();
  });

  describe('dumps itself', () => {
    const backups = () => (existsSync(join(dataDir, 'backups')) ? readdirSync(join(dataDir, 'backups')).sort() : []);

    it('some time after a change, while it goes on working', async () => {
      const database = await openEmbeddedForTest(dataDir, { backupEveryMinutes: 0.5 / 60 });
      await makePlan(database);
      while (!backups().includes('0000000001.json')) {
        await readPlan(database);
        await delay(50);
      }
      await database.close();
    });

    it('at close when something changed, and comes back from the dump and the journal', async () => {
      const log = collectedLog();
      const first = await openEmbeddedForTest(dataDir, { log, backupEveryMinutes: 60 });
      await makePlan(first);
      await makeChange(first);
      await first.close();
      expect(log.lines.filter((line) => line.level !== 'info')).toEqual([]);
      expect(backups()).toEqual(['0000000002.json', '0000000002.tar.gz']);

      const second = await openEmbeddedForTest(dataDir, { backupEveryMinutes: 60 });
      await readPlan(second);
      await second.close();
      expect(backups()).toHaveLength(2);

      const third = await openEmbeddedForTest(dataDir);
      await makeChange(third);
      await third.close();
      // The journal's first file is no longer needed, and gone; the dump and the second file must do.
      rmSync(join(dataDir, 'journal', '0000000001.jsonl'));
      rmSync(join(dataDir, 'database'), { recursive: true });
      const fourth = await openEmbeddedForTest(dataDir);
      expect(await readPlan(fourth)).toEqual({ version: 2, changes: upTo(2) });
      await fourth.close();
    }, 120_000);

    it('and a damaged dump is passed over', async () => {
      const first = await openEmbeddedForTest(dataDir, { backupEveryMinutes: 60 });
      await makePlan(first);
      await first.close();
      writeFileSync(join(dataDir, 'backups', '0000000001.tar.gz'), 'no dump at all');
      rmSync(join(dataDir, 'database'), { recursive: true });
      const log = collectedLog();
      const second = await openEmbeddedForTest(dataDir, { log });
      expect(await readPlan(second)).toEqual({ version: 0, changes: [] });
      expect(log.lines).toContainEqual(expect.objectContaining({ message: 'a backup is damaged' }));
      await second.close();
    });
  });
});

type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0];
const makeRow = (transaction: Transaction) =>
  transaction.insertInto('setting').values({ name: 'left over', value: '1' }).execute();
const settings = (database: Database) =>
  database.transaction((transaction) => transaction.selectFrom('setting').selectAll().execute());
