import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface ServerProcess {
  readonly url: string;
  /** Resolves when it answers; rejects with what it said when it ended before. */
  readonly ready: Promise<void>;
  /** kill -9, and wait until it is gone. */
  kill(): Promise<void>;
}

/** Starts the real server as its own process, without the demo county: the built one, or its sources where nothing is built. */
export async function startServerProcess(environment: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const port = await freePort();
  const built = resolve('dist/server/server.js');
  const program = existsSync(built) ? [built] : ['--import', 'tsx', resolve('server/server.ts')];
  const child = spawn(process.execPath, program, {
    env: { ...process.env, ...environment, DEMO: '0', HOST: '127.0.0.1', PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (bytes) => {
      said = (said + String(bytes)).slice(-4000);
    });
  }
  let ended = false;
  const end = new Promise<void>((settle) => {
    child.once('close', () => {
      ended = true;
      settle();
    });
  });
  const url = `http://127.0.0.1:${port}`;
  const ready = (async () => {
    while (!ended) {
      const answer = await fetch(`${url}/api/ready`).catch(() => null);
      if (answer?.ok) return;
      await delay(50);
    }
    throw new Error(`the server ended: ${said}`);
  })();
  ready.catch(() => undefined);
  return {
    url,
    ready,
    async kill() {
      child.kill('SIGKILL');
      await end;
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((settle, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => settle(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
