import type { Ground } from '../../geodata/model/index.ts';
import type { CutFabric, MergeOutcome, MergeTask, PartitionTask, PlanOutcome } from './work.ts';

/** What a worker thread is asked for. */
export type WorkOrder =
  | { readonly kind: 'cut'; readonly ground: Ground; readonly version: number; readonly ruleSetId: string }
  | { readonly kind: 'partition'; readonly task: PartitionTask }
  | { readonly kind: 'merge'; readonly task: MergeTask };

export type WorkAnswer = CutFabric | PlanOutcome | MergeOutcome;
