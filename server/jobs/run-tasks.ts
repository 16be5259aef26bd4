import type { ThreadPool } from './thread-pool.ts';

/** How one task ended. A fault is a bug in the task, not an expected failure: those are values. */
export type TaskResult<Task, Value> = { readonly task: Task; readonly index: number; readonly ms: number } & (
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly fault: Error }
);

export interface RunTasksOptions<Task, Value> {
  /** Called as each ends, in whatever order; the next task of that thread waits for it. */
  readonly onResult: (result: TaskResult<Task, Value>) => void | Promise<void>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Does many tasks, one a community, as many at once as the pool has threads. Tasks are taken from `tasks` only when a thread is
 * free, so that a county's ground need not be in memory all at once. One that fails doesn't stop the others.
 * @returns whether it came to its end; false when `signal` stopped it: then nothing of it is running any more.
 */
export async function runTasks<Task, Value>(
  pool: ThreadPool,
  tasks: Iterable<Task> | AsyncIterable<Task>,
  { onResult, signal }: RunTasksOptions<Task, Value>,
): Promise<boolean> {
  const waiting = inOrder(tasks);
  const lane = async (): Promise<void> => {
    for await (const [index, task] of waiting) {
      if (signal?.aborted) return;
      const start = performance.now();
      const ms = () => performance.now() - start;
      let result: TaskResult<Task, Value>;
      try {
        const value = await pool.run<Task, Value>(task, signal);
        result = { ok: true, task, index, value, ms: ms() };
      } catch (error) {
        if (signal?.aborted) return;
        result = { ok: false, task, index, fault: error instanceof Error ? error : new Error(String(error)), ms: ms() };
      }
      await onResult(result);
    }
  };
  await Promise.all(Array.from({ length: pool.threadCount }, lane));
  return !signal?.aborted;
}

/** Many may take from it at once: an async generator hands out its values one by one. */
async function* inOrder<Task>(tasks: Iterable<Task> | AsyncIterable<Task>): AsyncGenerator<[number, Task]> {
  let index = 0;
  for await (const task of tasks) yield [index++, task];
}
