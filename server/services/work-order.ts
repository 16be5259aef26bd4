import type { Ground } from '../../geodata/model/index.ts';
import type { Looked, LookTask } from './imports/look-at-files.ts';
import type { ReadFiles, ReadTask } from './imports/read-files.ts';
import type { CutFabric, MergeOutcome, MergeTask, PartitionTask, PlanOutcome } from './work.ts';

/** What a worker thread is asked for. */
export type WorkOrder =
  | { readonly kind: 'cut'; readonly ground: Ground; readonly version: number; readonly ruleSetId: string }
  | { readonly kind: 'partition'; readonly task: PartitionTask }
  | { readonly kind: 'merge'; readonly task: MergeTask }
  | { readonly kind: 'look'; readonly task: LookTask }
  | { readonly kind: 'read'; readonly task: ReadTask };

export type WorkAnswer = CutFabric | PlanOutcome | MergeOutcome | Looked | ReadFiles;
