import {
  appendFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database } from '../../../server/database/database.ts';
import { collectedLog } from '../../support/collected-log.ts';
import { embeddedDataDir, openEmbeddedForTest } from '../../support/embedded.ts';
import { makeChange, makePlan, readPlan, upTo } from '../../support/plan-writer.ts';

// The embedded engine takes seconds to open, more on a busy machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

describe('the journal of the embedded engine', () => {
  let dataDir: string;
  let remove: () => void;
  beforeEach(async () => {
    ({ dataDir, remove } = await embeddedDataDir());
  });
  afterEach(() => remove());

  const inDir = (name: string) => join(dataDir, name);
  const journalFile = () => join(inDir('journal'), readdirSync(inDir('journal')).sort().at(-1) ?? '');
  async function opened<Value>(work: (database: Database) => Promise<Value>, log = collectedLog()): Promise<Value> {
    const database = await openEmbeddedForTest(dataDir, { log });
    try {
      return await work(database);
    } finally {
      await database.close();
    }
  }
  async function change(database: Database, count: number): Promise<void> {
    for (let index = 0; index < count; index++) await makeChange(database);
  }

  it('gives every acknowledged change when the database directory is set back', async () => {
    await opened(async (database) => {
      await makePlan(database);
      await change(database, 3);
    });
    cpSync(inDir('database'), inDir('an-hour-ago'), { recursive: true });
    await opened((database) => change(database, 40));
    rmSync(inDir('database'), { recursive: true });
    renameSync(inDir('an-hour-ago'), inDir('database'));

    const log = collectedLog();
    expect(await opened(readPlan, log)).toEqual({ version: 43, changes: upTo(43) });
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'warn', values: { count: 40 } }));
    // And it goes on from there.
    await opened((database) => change(database, 1));
    expect(await opened(readPlan)).toEqual({ version: 44, changes: upTo(44) });
  });

  it('gives everything when the database directory is gone', async () => {
    await opened(async (database) => {
      await makePlan(database);
      await change(database, 5);
    });
    rmSync(inDir('database'), { recursive: true });
    expect(await opened(readPlan)).toEqual({ version: 5, changes: upTo(5) });
  });

  it('is believed over the database when the machine stopped while it was open', async () => {
    await opened(async (database) => {
      await makePlan(database);
      await change(database, 5);
    });
    const holder = { pid: 1, startedAt: '1', boot: { id: 'another run of the machine', time: 0 } };
    writeFileSync(inDir('lock'), JSON.stringify(holder));
    const log = collectedLog();
    expect(await opened(readPlan, log)).toEqual({ version: 5, changes: upTo(5) });
    expect(log.lines).toContainEqual(
      expect.objectContaining({ message: 'rebuilding the database from what is certain' }),
    );
    expect(existsSync(inDir('database.replaced'))).toBe(true);
  });

  it('bears a last line cut short, which nobody was told of', async () => {
    await opened(async (database) => {
      await makePlan(database);
      await change(database, 2);
    });
    appendFileSync(journalFile(), '0badc0de {"number":4,"at":"2026-03-01T00:00:00.000Z","statem');
    const log = collectedLog();
    await opened((database) => change(database, 1), log);
    expect(log.lines).toContainEqual(
      expect.objectContaining({ level: 'warn', message: expect.stringContaining('torn') }),
    );
    rmSync(inDir('database'), { recursive: true });
    expect(await opened(readPlan)).toEqual({ version: 3, changes: upTo(3) });
  });

  it('refuses to go on over damage in its middle', async () => {
    await opened(async (database) => {
      await makePlan(database);
      await change(database, 5);
    });
    const lines = readFileSync(journalFile(), 'utf8').split('\n');
    lines[2] = lines[2]?.replace('change-2', 'change-9') ?? '';
    writeFileSync(journalFile(), lines.join('\n'));
    rmSync(inDir('database'), { recursive: true });
    await expect(opened(readPlan)).rejects.toThrow(/journal is damaged.*line 3/);
  });

  it('holds text in any script, line separators and bytes as they were', async () => {
    const { sql } = await import('kysely');
    const text = '朝阳\u2028社区\u2029\r\n"\\" 𠮷';
    const bytes = Buffer.from([0, 255, 10, 13, 0x80]);
    const read = (database: Database) =>
      database.transaction(async (transaction) => (await sql`select * from scratch`.execute(transaction)).rows);
    await opened((database) =>
      database.transaction(async (transaction) => {
        await sql`create table scratch (words text, bytes bytea)`.execute(transaction);
        await sql`insert into scratch values (${text}, ${bytes})`.execute(transaction);
      }),
    );
    rmSync(inDir('database'), { recursive: true });
    expect(await opened(read)).toEqual([{ words: text, bytes }]);
  });

  it('has nothing of a transaction that was undone, or that only read', async () => {
    await opened(makePlan);
    const before = readFileSync(journalFile(), 'utf8');
    await opened(async (database) => {
      await readPlan(database);
      const undone = database.transaction(async (transaction) => {
        await transaction.deleteFrom('plan').execute();
        throw new Error('changed my mind');
      });
      await expect(undone).rejects.toThrow('changed my mind');
    });
    expect(readFileSync(journalFile(), 'utf8')).toBe(before);
  });
});
