import { cutFabricTask, mergeTask, partitionTask } from './tasks.ts';
import type { WorkAnswer, WorkOrder } from './work-order.ts';

/** A worker thread: one order in, one answer out. */
export default function work(order: WorkOrder): WorkAnswer {
  switch (order.kind) {
    case 'cut':
      return cutFabricTask(order.ground, order.version, order.ruleSetId);
    case 'partition':
      return partitionTask(order.task);
    case 'merge':
      return mergeTask(order.task);
  }
}
