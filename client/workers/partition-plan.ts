import type { Change, Community, GridId, Issue, PlanState, RuleSet } from '../../geodata/model/index.ts';
import type { PartitionOutcome } from '../../geodata/partition/options.ts';
import { type PartitionChoices, partitionFabric } from '../../geodata/pipeline/partition-fabric.ts';

export interface PartitionTask {
  readonly community: Pick<Community, 'code' | 'name'>;
  readonly before: PlanState;
  readonly ruleSet: RuleSet;
  readonly choices: PartitionChoices;
  readonly changeId: string;
  /** New grids' ids are this and a number: the worker must not invent any. */
  readonly gridIdPrefix: string;
  /** The name of a new grid, with `{n}` where its number goes. */
  readonly gridName: string;
  /** Codes of grids that were replaced: never given again. */
  readonly retiredCodes: ReadonlySet<string>;
}

export interface PartitionResult {
  readonly change: Change | null;
  readonly issues: readonly Issue[];
  readonly status: PartitionOutcome['status'];
  readonly score: PartitionOutcome['score'];
  readonly ms: number;
}

/** Divides a plan's community, telling how far it has come (0 … 1). Runs in a worker; ending the worker cancels it. */
export function partitionPlan(task: PartitionTask, tell: (done: number, violation: number) => void): PartitionResult {
  const startedAt = performance.now();
  let grids = 0;
  const run = partitionFabric(task.community, task.before, task.ruleSet, task.choices, {
    changeId: task.changeId,
    newGridId: () => `${task.gridIdPrefix}${++grids}` as GridId,
    nameOf: (sequence) => task.gridName.replace('{n}', String(sequence)),
    retiredCodes: task.retiredCodes,
  });
  let toldAt = startedAt;
  for (;;) {
    const step = run.next();
    if (step.done) {
      const { change, issues, outcome } = step.value;
      return { change, issues, status: outcome.status, score: outcome.score, ms: performance.now() - startedAt };
    }
    if (performance.now() - toldAt > 60) {
      toldAt = performance.now();
      tell(step.value.done, step.value.violation);
    }
  }
}
