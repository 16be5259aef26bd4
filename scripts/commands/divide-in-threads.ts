import type { DividedCommunity, PartitionOrder } from '../../geodata/pipeline/divide-community.ts';
import { runTasks } from '../../server/jobs/run-tasks.ts';
import { createThreadPool } from '../../server/jobs/thread-pool.ts';
import { threadModule } from '../../server/threads/thread-file.ts';

/** Divides communities in `jobs` threads; the largest go first, results come back in the order of the orders. */
export async function divideInThreads(
  orders: readonly PartitionOrder[],
  jobs: number,
  onDone: (divided: DividedCommunity) => void,
): Promise<DividedCommunity[]> {
  const results = new Array<DividedCommunity>(orders.length);
  const largestFirst = [...orders.entries()].sort(
    ([a, { ground: one }], [b, { ground: other }]) => other.buildings.length - one.buildings.length || a - b,
  );
  const module = threadModule('./divide-thread.ts', 'divide-thread', import.meta.url);
  const pool = createThreadPool(module, Math.min(jobs, orders.length));
  try {
    const waiting = largestFirst.map(([, order]) => order);
    await runTasks<PartitionOrder, DividedCommunity>(pool, waiting, {
      onResult(result) {
        if (!result.ok) throw result.fault;
        results[largestFirst[result.index]![0]] = result.value;
        onDone(result.value);
      },
    });
  } finally {
    await pool.close();
  }
  return results;
}
