import { existsSync, mkdirSync } from 'node:fs';
import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log, OpeningStep } from '../database.ts';
import { newestSound } from './backup.ts';
import { type Instance, startInstance } from './instance.ts';
import type { Journal } from './journal.ts';
import { reachesBack } from './replay.ts';

export const databaseDirectory = (dataDir: string): string => join(dataDir, 'database');

/** Present when `database/` was made to its end: one that was interrupted in the making holds nothing and is made anew. */
const completeMark = (dataDir: string): string => join(dataDir, 'database.complete');
export const markComplete = (dataDir: string): Promise<void> => writeFile(completeMark(dataDir), '');

export interface OpenDirectoryOptions {
  readonly dataDir: string;
  /** The machine stopped while the database was open. */
  readonly machineStopped: boolean;
  readonly journal: Journal;
  readonly log: Log;
  readonly tell: (step: OpeningStep) => void;
}

/**
 * Starts the engine on `database/`. When that isn't there, can't be opened, or can't be trusted, it is made: from the newest
 * sound dump, or empty, if the journal tells everything since. @throws when it can't be opened and there is nothing to make it from.
 */
export async function openDirectory(options: OpenDirectoryOptions): Promise<Instance> {
  const { dataDir, machineStopped, journal, log, tell } = options;
  const directory = databaseDirectory(dataDir);
  const isWhole = existsSync(join(directory, 'PG_VERSION')) && existsSync(completeMark(dataDir));
  if (isWhole && !machineStopped) {
    tell('starting');
    try {
      return await startInstance(directory);
    } catch (error) {
      log.error({ err: error }, 'the embedded database cannot be opened');
    }
  }
  const backup = await newestSound(join(dataDir, 'backups'), log);
  const canBeMade = await reachesBack(journal, backup?.number ?? 0);
  if (isWhole && !canBeMade) {
    // The engine never makes the disk write: after a power cut its files may in part be older than it believes.
    if (machineStopped) {
      log.error({ dataDir }, 'the machine stopped while the database was open, and there is no backup: check the data');
    }
    return startInstance(directory);
  }
  if (isWhole) {
    const aside = `${directory}.replaced`;
    await rm(aside, { recursive: true, force: true });
    await rename(directory, aside);
    log.warn({ aside, from: backup?.path ?? 'the journal alone' }, 'rebuilding the database from what is certain');
  }
  await rm(directory, { recursive: true, force: true });
  await rm(completeMark(dataDir), { force: true });
  mkdirSync(dataDir, { recursive: true });
  tell(backup ? 'restoring' : 'installing');
  return startInstance(directory, backup?.path ?? null);
}
