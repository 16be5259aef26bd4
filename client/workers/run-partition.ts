import * as Comlink from 'comlink';
import PartitionWorker from './partition.worker.ts?worker';
import type { PartitionResult, PartitionTask, partitionPlan } from './partition-plan.ts';

export interface PartitionRun {
  readonly result: Promise<PartitionResult | 'cancelled'>;
  cancel(): void;
}

/** Divides a plan's community in a worker of its own, so that it can be ended at any moment. */
export function runPartition(task: PartitionTask, tell: (done: number, violation: number) => void): PartitionRun {
  const worker = new PartitionWorker();
  const remote = Comlink.wrap<{ partitionPlan: typeof partitionPlan }>(worker);
  let cancel = (): void => undefined;
  const cancelled = new Promise<'cancelled'>((resolve) => {
    cancel = () => resolve('cancelled');
  });
  const broken = new Promise<never>((_, reject) => {
    worker.onerror = (event) => reject(new Error(event.message));
  });
  const result = Promise.race([remote.partitionPlan(task, Comlink.proxy(tell)), cancelled, broken]).finally(() =>
    worker.terminate(),
  );
  return { result, cancel };
}
