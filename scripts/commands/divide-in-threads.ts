import { Worker } from 'node:worker_threads';
import type { DividedCommunity, PartitionOrder } from '../../geodata/pipeline/divide-community.ts';
import { threadFile } from '../../server/threads/thread-file.ts';

/** Divides communities in `jobs` threads; the largest go first, results come back in the order of the orders. */
export async function divideInThreads(
  orders: readonly PartitionOrder[],
  jobs: number,
  onDone: (divided: DividedCommunity) => void,
): Promise<DividedCommunity[]> {
  const results = new Array<DividedCommunity>(orders.length);
  const waiting = orders.map((_, index) => index);
  waiting.sort((a, b) => orders[b]!.ground.buildings.length - orders[a]!.ground.buildings.length || a - b);
  const url = threadFile('./divide-thread.ts', 'divide-thread', import.meta.url);
  const work = async () => {
    const thread = new Worker(url);
    try {
      for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
        results[index] = await answerOf(thread, orders[index]!);
        onDone(results[index]!);
      }
    } finally {
      await thread.terminate();
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, orders.length) }, work));
  return results;
}

function answerOf(thread: Worker, order: PartitionOrder): Promise<DividedCommunity> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void) => {
      thread.removeAllListeners();
      finish();
    };
    thread.once('message', (divided: DividedCommunity) => settle(() => resolve(divided)));
    thread.once('error', (fault) => settle(() => reject(fault)));
    thread.once('exit', (code) => settle(() => reject(new Error(`the thread ended with code ${code}`))));
    thread.postMessage(order);
  });
}
