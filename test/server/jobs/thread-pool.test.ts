import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { runTasks, type TaskResult } from '../../../server/jobs/run-tasks.ts';
import { createThreadPool } from '../../../server/jobs/thread-pool.ts';
import { threadModule } from '../../../server/threads/thread-file.ts';

type Task = { do: 'double' | 'fail' | 'spin' | 'wait'; value: number };
const module = threadModule('../../support/test-thread.ts', 'test-thread', import.meta.url);
const pool = createThreadPool(module, 2);
afterAll(() => pool.close());

const double = (value: number): Task => ({ do: 'double', value });

describe('a thread pool', () => {
  it('does a task in another thread', async () => {
    expect(await pool.run(double(21))).toBe(42);
  });

  it('throws what the task threw', async () => {
    await expect(pool.run({ do: 'fail', value: 7 })).rejects.toThrow("can't do 7");
    expect(await pool.run(double(1))).toBe(2);
  });

  it('of a module that cannot be loaded fails its tasks, and not the process', async () => {
    const missing = createThreadPool({ ...module, file: new URL('./no-such-thread.ts', import.meta.url) }, 1);
    await expect(missing.run(double(1))).rejects.toThrow(/no-such-thread/);
    await expect(missing.run(double(2))).rejects.toThrow(/no-such-thread/);
    await missing.close();
  });

  it('stops within 50 ms, in the middle of an endless loop', async () => {
    const controller = new AbortController();
    const spinning = pool.run({ do: 'spin', value: 0 }, controller.signal).catch((error: Error) => error.name);
    await delay(300);
    const start = performance.now();
    controller.abort();
    expect(await spinning).toBe('AbortError');
    expect(performance.now() - start).toBeLessThan(50);
    expect(await pool.run(double(2))).toBe(4);
  });
});

describe('many tasks', () => {
  async function run(tasks: Iterable<Task> | AsyncIterable<Task>, signal?: AbortSignal) {
    const results: TaskResult<Task, number>[] = [];
    const finished = await runTasks<Task, number>(pool, tasks, {
      onResult: (result) => void results.push(result),
      signal,
    });
    return { finished, results };
  }

  it('are all done, each with its result', async () => {
    const { finished, results } = await run([1, 2, 3, 4, 5].map(double));
    expect(finished).toBe(true);
    const values = results.toSorted((a, b) => a.index - b.index).map((result) => result.ok && result.value);
    expect(values).toEqual([2, 4, 6, 8, 10]);
  });

  it('go on when one of them fails', async () => {
    const { results } = await run([double(1), { do: 'fail', value: 2 }, double(3)]);
    const [first, second, third] = results.toSorted((a, b) => a.index - b.index);
    expect(first).toMatchObject({ ok: true, value: 2 });
    expect(second).toMatchObject({ ok: false, fault: expect.objectContaining({ message: "can't do 2" }) });
    expect(third).toMatchObject({ ok: true, value: 6 });
  });

  it('give their results as they come, the quick before the slow', async () => {
    const { results } = await run([{ do: 'wait', value: 400 }, double(1), double(2)]);
    expect(results.map((result) => result.index)).toEqual([1, 2, 0]);
  });

  it('are fetched only when a thread is free for them', async () => {
    let fetched = 0;
    let ended = 0;
    let most = 0;
    async function* slowly() {
      for (; fetched < 10; ) {
        fetched += 1;
        most = Math.max(most, fetched - ended);
        yield double(fetched);
      }
    }
    await runTasks<Task, number>(pool, slowly(), {
      onResult: async () => {
        await delay(5);
        ended += 1;
      },
    });
    expect(ended).toBe(10);
    expect(most).toBeLessThanOrEqual(2);
  });

  it('stop within 50 ms, and those done until then stay done', async () => {
    const controller = new AbortController();
    const running = run([double(1), { do: 'spin', value: 0 }, { do: 'spin', value: 0 }, double(2)], controller.signal);
    await delay(300);
    const start = performance.now();
    controller.abort();
    const { finished, results } = await running;
    expect(performance.now() - start).toBeLessThan(50);
    expect(finished).toBe(false);
    expect(results.map((result) => result.index)).toEqual([0]);
  });
});
