import { lookAtFiles } from './imports/look-at-files.ts';
import { readImportFiles } from './imports/read-files.ts';
import { cutFabricTask, mergeTask, partitionTask } from './tasks.ts';
import type { WorkAnswer, WorkOrder } from './work-order.ts';

/** A worker thread: one order in, one answer out. */
export default function work(order: WorkOrder): WorkAnswer | Promise<WorkAnswer> {
  switch (order.kind) {
    case 'cut':
      return cutFabricTask(order.ground, order.version, order.ruleSetId);
    case 'partition':
      return partitionTask(order.task);
    case 'merge':
      return mergeTask(order.task);
    case 'look':
      return lookAtFiles(order.task);
    case 'read':
      return readImportFiles(order.task);
  }
}
