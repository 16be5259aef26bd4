import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync } from 'node:fs';
import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../database.ts';
import { type Instance, startInstance } from './instance.ts';
import { syncDirectory } from './journal.ts';

/** A dump of the whole data directory that was opened once to see that it can be. */
export interface Backup {
  readonly path: string;
  /** The last journal entry it holds. */
  readonly number: number;
  readonly schema: string;
  readonly byteCount: number;
  readonly sha256: string;
  /** Rows of each table. */
  readonly rowCounts: Readonly<Record<string, number>>;
}

const TIMEOUT_MS = 120_000;

/** Verified dumps, oldest first. A dump without its description beside it was not finished or not verified. */
export async function listBackups(dir: string): Promise<Backup[]> {
  const backups: Backup[] = [];
  for (const name of (await readdir(dir).catch(() => [])).sort()) {
    if (!name.endsWith('.json')) continue;
    const description = JSON.parse(await readFile(join(dir, name), 'utf8')) as Omit<Backup, 'path'>;
    backups.push({ ...description, path: join(dir, name.replace(/json$/, 'tar.gz')) });
  }
  return backups;
}

/** The first half of a backup, to be done while no transaction is open: the dump itself and what it must contain. */
export async function dumpInstance(instance: Instance, dir: string, number: number, schema: string): Promise<Backup> {
  mkdirSync(dir, { recursive: true });
  const path = join(dir, `${String(number).padStart(10, '0')}.tar.gz.part`);
  // No autovacuum runs in the embedded engine.
  await instance.run('vacuum (analyze)', [], TIMEOUT_MS);
  const rowCounts = await countRows(instance);
  return { path, number, schema, rowCounts, ...(await instance.dump(path)) };
}

/** The second half, which may take its time: opens the dump, compares, and only then gives it its name. @throws when it is not good. */
export async function verifyBackup(dumped: Backup): Promise<Backup> {
  const found = await startInstance(null, dumped.path);
  try {
    const rowCounts = await countRows(found);
    const position = await found.run('select number from journal_position', [], TIMEOUT_MS);
    const number = Number(position.rows[0]?.[0]);
    if (number !== dumped.number || JSON.stringify(rowCounts) !== JSON.stringify(dumped.rowCounts)) {
      throw new Error(
        `the dump ${dumped.path} holds ${number} ${JSON.stringify(rowCounts)} instead of ${dumped.number} ${JSON.stringify(dumped.rowCounts)}`,
      );
    }
  } finally {
    await found.close();
  }
  const path = dumped.path.replace(/\.part$/, '');
  await rename(dumped.path, path);
  const { path: _, ...description } = dumped;
  const file = await open(path.replace(/tar\.gz$/, 'json'), 'w');
  await file.writeFile(JSON.stringify(description, null, 1));
  await file.sync();
  await file.close();
  await syncDirectory(join(path, '..'));
  return { ...dumped, path };
}

/** Removes what a backup that was interrupted left behind. */
export async function removeUnfinished(dir: string): Promise<void> {
  const names = await readdir(dir).catch((): string[] => []);
  for (const name of names) {
    const isDescribed = names.includes(name.replace(/tar\.gz$/, 'json'));
    if (name.endsWith('.part') || (name.endsWith('.tar.gz') && !isDescribed))
      await rm(join(dir, name), { force: true });
  }
}

/** Removes all but the newest `keep`. @returns those kept. */
export async function pruneBackups(dir: string, keep: number): Promise<Backup[]> {
  const backups = await listBackups(dir);
  for (const old of backups.slice(0, -keep)) {
    await rm(old.path.replace(/tar\.gz$/, 'json'), { force: true });
    await rm(old.path, { force: true });
  }
  return backups.slice(-keep);
}

/** The newest dump whose bytes are still what they were. */
export async function newestSound(dir: string, log: Log): Promise<Backup | null> {
  for (const backup of (await listBackups(dir)).reverse()) {
    const hash = createHash('sha256');
    try {
      for await (const chunk of createReadStream(backup.path)) hash.update(chunk as Buffer);
      if (hash.digest('hex') === backup.sha256) return backup;
    } catch (error) {
      log.error({ err: error, path: backup.path }, 'a backup cannot be read');
      continue;
    }
    log.error({ path: backup.path }, 'a backup is damaged');
  }
  return null;
}

async function countRows(instance: Instance): Promise<Record<string, number>> {
  const tables = await instance.run(
    `select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname`,
    [],
    TIMEOUT_MS,
  );
  const counts: Record<string, number> = {};
  for (const [name] of tables.rows) {
    const counted = await instance.run(`select count(*) from "${name}"`, [], TIMEOUT_MS);
    counts[name ?? ''] = Number(counted.rows[0]?.[0]);
  }
  return counts;
}
