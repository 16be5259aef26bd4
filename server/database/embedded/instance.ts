import { Worker } from 'node:worker_threads';
import { threadFile } from '../../threads/thread-file.ts';
import { SQLSTATE, StatementError } from '../errors.ts';
import type { StatementResult } from './statement.ts';
import type { DumpResult, Reply, Request } from './thread.ts';

/** One running engine in its thread. Once `gone`, it answers nothing more and another one must be started. */
export interface Instance {
  readonly gone: boolean;
  run(text: string, values: readonly (string | Uint8Array | null)[], timeoutMs: number): Promise<StatementResult>;
  dump(path: string): Promise<DumpResult>;
  /** Closes in order, then ends the thread. */
  close(): Promise<void>;
  /** Ends the thread at once, as kill -9 would. */
  terminate(): Promise<void>;
}

/**
 * Starts an engine on a data directory (null: in memory), beginning from a dump when one is given.
 * @throws when the engine can't open the directory.
 */
export async function startInstance(dataDir: string | null, loadFrom: string | null = null): Promise<Instance> {
  const worker = new Worker(threadFile('./thread.ts', 'database-thread', import.meta.url), { name: 'database' });
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  let gone = false;

  const fallAway = (message: string, code: string = SQLSTATE.adminShutdown) => {
    gone = true;
    for (const { reject } of waiting.values()) reject(new StatementError({ message, code }));
    waiting.clear();
  };
  worker.on('message', (reply: Reply) => {
    const waiter = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.ok) waiter?.resolve(reply.value as never);
    else waiter?.reject(new StatementError(reply.failure));
  });
  worker.on('error', (error) => fallAway(`the embedded database failed: ${error.message}`));
  worker.on('exit', () => fallAway('the embedded database has ended'));

  function ask<Value>(request: Request): Promise<Value> {
    if (gone)
      return Promise.reject(
        new StatementError({ message: 'the embedded database has ended', code: SQLSTATE.adminShutdown }),
      );
    lastId += 1;
    const id = lastId;
    return new Promise<Value>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, request });
    });
  }

  const instance: Instance = {
    get gone() {
      return gone;
    },
    async run(text, values, timeoutMs) {
      const timer = setTimeout(() => {
        fallAway(`ran longer than ${timeoutMs} ms and was ended: ${text.slice(0, 200)}`, SQLSTATE.queryCanceled);
        void worker.terminate();
      }, timeoutMs);
      try {
        return await ask<StatementResult>({ kind: 'run', text, values });
      } finally {
        clearTimeout(timer);
      }
    },
    dump: (path) => ask({ kind: 'dump', path }),
    async close() {
      if (!gone) await ask({ kind: 'close' });
      await worker.terminate();
    },
    async terminate() {
      await worker.terminate();
    },
  };
  try {
    await ask({ kind: 'open', dataDir, loadFrom });
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  return instance;
}
