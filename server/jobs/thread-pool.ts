import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { threadModule } from '../threads/thread-file.ts';

/**
 * Worker threads for what would block the event loop. A thread's module has one default export, a function from plain data to
 * plain data. Threads start when there is work, and end when there has been none for a while.
 */
export interface ThreadPool {
  readonly threadCount: number;
  /**
   * Has a free thread do it; waits for one when all are busy.
   * @throws what the task threw; an AbortError as soon as `signal` is given, whatever the thread is in the middle of: it is ended.
   */
  run<Task, Value>(task: Task, signal?: AbortSignal): Promise<Value>;
  /** Ends all threads; what they were doing fails. */
  close(): Promise<void>;
}

const IDLE_MS = 30_000;

/** @param threadCount at most so many at once; by default as many as the machine has cores. */
export function createThreadPool(
  module: ReturnType<typeof threadModule>,
  threadCount: number = availableParallelism(),
): ThreadPool {
  const pool = new Piscina({
    filename: fileURLToPath(module.file),
    execArgv: module.preload ? ['--import', module.preload.href] : [],
    minThreads: 0,
    maxThreads: threadCount,
    idleTimeout: IDLE_MS,
    // Waiting with Atomics would save microseconds on tasks that take seconds, and keep a thread from being ended.
    atomics: 'disabled',
  });
  const waiting = new Set<(fault: Error) => void>();
  // A thread that ends before it takes its first task (its module can't be loaded, no memory for it) fails nothing that Piscina
  // knows of: without a listener that would end the process, and what waits for a thread would wait for ever.
  pool.on('error', (fault: unknown) => {
    for (const fail of waiting) fail(fault instanceof Error ? fault : new Error(String(fault)));
  });
  return {
    threadCount,
    run: async <Task, Value>(task: Task, signal?: AbortSignal): Promise<Value> => {
      let fail!: (fault: Error) => void;
      const noThread = new Promise<never>((_, reject) => {
        fail = reject;
      });
      waiting.add(fail);
      try {
        return await Promise.race([pool.run(task, signal ? { signal } : {}), noThread]);
      } finally {
        waiting.delete(fail);
      }
    },
    close: () => pool.destroy(),
  };
}
