import { afterAll, describe } from 'vitest';
import { type Database, openDatabase } from '../../server/database/database.ts';
import { collectedLog } from './collected-log.ts';
import { embeddedDataDir, openEmbeddedForTest } from './embedded.ts';
import { onceARun } from './once-a-run.ts';
import { createTestDatabase, missingPostgres, noteSkipped, startPostgres, type TestDatabase } from './postgres.ts';

/** Opens a new, empty database; it is closed and removed when the file's tests are done. */
export type OpenTestDatabase = () => Promise<Database>;

/**
 * The same tests on the embedded engine and on PostgreSQL. Without a PostgreSQL its half is skipped and named in
 * test-output/skipped.txt.
 */
export function describeOnBothEngines(
  name: string,
  tests: (open: OpenTestDatabase, engine: Database['engine']) => void,
): void {
  describe(`${name} on the embedded engine`, () => {
    const { opened, closeAll } = collection();
    afterAll(closeAll);
    tests(async () => {
      const { dataDir, remove } = await embeddedDataDir();
      return opened(await openEmbeddedForTest(dataDir), remove);
    }, 'embedded');
  });
  describePostgres(name, (newUrl) => {
    const { opened, closeAll } = collection();
    afterAll(closeAll);
    tests(async () => {
      const { url, drop } = await newUrl();
      return opened(await openDatabase({ url, log: collectedLog() }), drop);
    }, 'postgres');
  });
}

/** Tests for PostgreSQL alone. `newUrl` makes an empty database. */
export function describePostgres(name: string, tests: (newUrl: () => Promise<TestDatabase>) => void): void {
  const missing = missingPostgres();
  if (missing) {
    noteSkipped(`the tests on PostgreSQL: ${missing}`);
    describe.skip(`${name} on PostgreSQL (${missing})`, () => tests(() => Promise.reject(new Error(missing))));
    return;
  }
  describe(`${name} on PostgreSQL`, () => {
    tests(async () => createTestDatabase(await onceARun('postgres', startPostgres)));
  });
}

function collection() {
  const all: { database: Database; remove: () => unknown }[] = [];
  return {
    opened(database: Database, remove: () => unknown): Database {
      all.push({ database, remove });
      return database;
    },
    async closeAll() {
      for (const { database, remove } of all) {
        await database.close();
        await remove();
      }
    },
  };
}
