import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, type DatabaseOptions, openDatabase } from '../../server/database/database.ts';
import { collectedLog } from './collected-log.ts';
import { onceARun } from './once-a-run.ts';

/** A data directory with an empty database of the newest schema. Made once a run and copied: making takes seconds. */
export async function embeddedDataDir(): Promise<{ dataDir: string; remove: () => void }> {
  const template = await onceARun('embedded', async (dir) => {
    const dataDir = join(dir, 'data');
    const database = await openDatabase({ dataDir, log: collectedLog(), backupEveryMinutes: null });
    await database.close();
    return dataDir;
  });
  const dataDir = mkdtempSync(join(tmpdir(), 'grid-planner-data-'));
  cpSync(template, dataDir, { recursive: true });
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true }) };
}

/** Opens it without the dumps, which take seconds and have their own test. */
export function openEmbeddedForTest(dataDir: string, options: Partial<DatabaseOptions> = {}): Promise<Database> {
  return openDatabase({ dataDir, log: collectedLog(), backupEveryMinutes: null, ...options });
}
