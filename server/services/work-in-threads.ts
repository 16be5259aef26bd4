import { createThreadPool } from '../jobs/thread-pool.ts';
import { threadModule } from '../threads/thread-file.ts';
import type { Looked } from './imports/look-at-files.ts';
import type { ReadFiles } from './imports/read-files.ts';
import type { CutFabric, MergeOutcome, PlanOutcome, Work } from './work.ts';
import type { WorkOrder } from './work-order.ts';

/** The work done by threads, so that the server goes on answering. @param threadCount by default one a core */
export function workInThreads(threadCount?: number): Work {
  const module = threadModule('./work-thread.ts', 'work-thread', import.meta.url);
  const pool = createThreadPool(module, threadCount);
  // Who waits for a preview must not wait for a county's plans; and two large files at once would only fill the memory.
  const reader = createThreadPool(module, 1);
  return {
    cutFabric: (ground, version, ruleSetId) =>
      pool.run<WorkOrder, CutFabric>({ kind: 'cut', ground, version, ruleSetId }),
    partition: (task, signal) => pool.run<WorkOrder, PlanOutcome>({ kind: 'partition', task }, signal),
    merge: (task, signal) => pool.run<WorkOrder, MergeOutcome>({ kind: 'merge', task }, signal),
    lookAtFiles: (task) => reader.run<WorkOrder, Looked>({ kind: 'look', task }),
    readFiles: (task) => reader.run<WorkOrder, ReadFiles>({ kind: 'read', task }),
    close: async () => {
      await Promise.all([pool.close(), reader.close()]);
    },
  };
}
