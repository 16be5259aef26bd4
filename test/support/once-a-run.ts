import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** A directory of this test run, removed at its end; made by global-setup.ts. */
    runDirectory: string;
  }
}

/**
 * Makes something expensive when the first test file asks for it, once for all files of a run, which are separate processes.
 * @param make is given a directory of its own, and answers with a text that every asker gets.
 */
export async function onceARun(name: string, make: (dir: string) => Promise<string>): Promise<string> {
  const dir = join(inject('runDirectory'), name);
  const answer = join(dir, 'answer');
  const failure = join(dir, 'failure');
  try {
    mkdirSync(dir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    // Somebody else is making it, or has made it.
    for (let waited = 0; waited < 100_000; waited += 50) {
      if (existsSync(answer)) return readFileSync(answer, 'utf8');
      if (existsSync(failure)) throw new Error(readFileSync(failure, 'utf8'));
      await delay(50);
    }
    throw new Error(`${name} was not made in time`);
  }
  try {
    const made = await make(dir);
    writeFileSync(`${answer}.part`, made);
    renameSync(`${answer}.part`, answer);
    return made;
  } catch (error) {
    writeFileSync(failure, String(error instanceof Error ? error.stack : error));
    throw error;
  }
}
