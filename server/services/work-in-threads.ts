import { createThreadPool } from '../jobs/thread-pool.ts';
import { threadModule } from '../threads/thread-file.ts';
import type { CutFabric, MergeOutcome, PlanOutcome, Work } from './work.ts';
import type { WorkOrder } from './work-order.ts';

/** The work done by threads, so that the server goes on answering. @param threadCount by default one a core */
export function workInThreads(threadCount?: number): Work {
  const pool = createThreadPool(threadModule('./work-thread.ts', 'work-thread', import.meta.url), threadCount);
  return {
    cutFabric: (ground, version, ruleSetId) =>
      pool.run<WorkOrder, CutFabric>({ kind: 'cut', ground, version, ruleSetId }),
    partition: (task, signal) => pool.run<WorkOrder, PlanOutcome>({ kind: 'partition', task }, signal),
    merge: (task, signal) => pool.run<WorkOrder, MergeOutcome>({ kind: 'merge', task }, signal),
    close: () => pool.close(),
  };
}
