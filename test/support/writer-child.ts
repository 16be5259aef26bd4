import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface WriterChild {
  readonly pid: number;
  /** What it found on opening; resolves when it is open. Rejects with its complaint when it couldn't. */
  readonly found: Promise<{ version: number; changes: number[] }>;
  /** kill -9. @returns the last version it had said was acknowledged, 0 for none. */
  kill(): Promise<number>;
}

/** Starts plan-writer-process.ts on a store. */
export function startWriter(where: { readonly url: string } | { readonly dataDir: string }): WriterChild {
  const script = fileURLToPath(new URL('./plan-writer-process.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(where)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let acknowledged = 0;
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  const found = new Promise<{ version: number; changes: number[] }>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [word, ...rest] = line.split(' ');
      if (word === 'found') resolve(JSON.parse(rest.join(' ')));
      else if (word === 'acknowledged') acknowledged = Number(rest[0]);
      else reject(new Error(rest.join(' ')));
    });
    void ended.then(() => reject(new Error('ended')));
  });
  found.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    found,
    async kill() {
      child.kill('SIGKILL');
      await ended;
      return acknowledged;
    },
  };
}
