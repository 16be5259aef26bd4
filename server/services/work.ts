import type { Grid, GridId, Ground, Issue } from '../../geodata/model/index.ts';
import type { PartitionChoices } from '../../geodata/pipeline/partition-fabric.ts';
import type { CrosswalkRow, DepartmentLayer } from '../wire.ts';
import type { Looked, LookTask } from './imports/look-at-files.ts';
import type { ReadFiles, ReadTask } from './imports/read-files.ts';

// The work that would block the event loop, as plain data in and out: it is done by worker threads (server/jobs).

export interface CutFabric {
  /** What `encodeFabric` made. */
  readonly payload: unknown;
  readonly issues: readonly Issue[];
}

/** A plan as plain data. */
export interface PlanParts {
  /** What `encodeFabric` made. */
  readonly fabric: unknown;
  readonly grids: readonly Grid[];
  readonly assignment: readonly (readonly [cell: number, grid: GridId])[];
}

export interface PartitionTask {
  readonly ground: Ground;
  /** The plan to start from; without grids for a fresh one. */
  readonly before: PlanParts;
  readonly ruleSetId: string;
  readonly choices: PartitionChoices;
  /** Makes the ids of new grids: `<prefix>-1` … */
  readonly idPrefix: string;
  /** Codes that were given once are not given again. */
  readonly retiredCodes: readonly string[];
}

export interface MergeTask extends Omit<PartitionTask, 'choices'> {
  readonly layers: readonly { readonly layer: DepartmentLayer; readonly weight: number }[];
  readonly seed: number;
}

export interface PlanOutcome {
  readonly grids: readonly Grid[];
  readonly assignment: readonly (readonly [cell: number, grid: GridId])[];
  readonly feasible: boolean;
  readonly issues: readonly Issue[];
}

export interface MergeOutcome extends PlanOutcome {
  readonly crosswalk: readonly CrosswalkRow[];
}

export interface Work {
  cutFabric(ground: Ground, version: number, ruleSetId: string): Promise<CutFabric>;
  partition(task: PartitionTask, signal?: AbortSignal): Promise<PlanOutcome>;
  merge(task: MergeTask, signal?: AbortSignal): Promise<MergeOutcome>;
  lookAtFiles(task: LookTask): Promise<Looked>;
  readFiles(task: ReadTask): Promise<ReadFiles>;
  close(): Promise<void>;
}
