import { decodeFabric, encodeFabric } from '../../geodata/fabric/codec.ts';
import type { GridId, Ground, PlanState } from '../../geodata/model/index.ts';
import { cutGround } from '../../geodata/pipeline/partition-community.ts';
import { partitionFabric } from '../../geodata/pipeline/partition-fabric.ts';
import { ruleSetOf } from './rule-set-of.ts';
import type { CutFabric, MergeOutcome, MergeTask, PartitionTask, PlanOutcome, PlanParts } from './work.ts';

// What worker threads do, as functions from plain data to plain data.

export function cutFabricTask(ground: Ground, version: number, ruleSetId: string): CutFabric {
  const { fabric, issues } = cutGround(ground, ruleSetOf(ruleSetId), 'auto');
  return { payload: encodeFabric({ ...fabric, version }), issues };
}

export function partitionTask(task: PartitionTask): PlanOutcome {
  const { community } = task.ground;
  const before = stateOfParts(task.before);
  let count = 0;
  const solving = partitionFabric(community, before, ruleSetOf(task.ruleSetId), task.choices, {
    changeId: task.idPrefix,
    newGridId: () => `${task.idPrefix}-${++count}` as GridId,
    nameOf: gridName,
    retiredCodes: new Set(task.retiredCodes),
  });
  let step = solving.next();
  while (!step.done) step = solving.next();
  const { state, outcome, issues } = step.value;
  return {
    grids: [...state.grids.values()],
    assignment: [...state.assignment],
    feasible: outcome.status === 'feasible',
    issues,
  };
}

export function mergeTask(_task: MergeTask): MergeOutcome {
  throw new Error('merging is not there yet');
}

export function stateOfParts({ fabric, grids, assignment }: PlanParts): PlanState {
  return {
    fabric: decodeFabric(fabric),
    grids: new Map(grids.map((grid) => [grid.id, grid])),
    assignment: new Map(assignment) as unknown as PlanState['assignment'],
  };
}

/** A name is data, given once and then the planner's to change. */
export const gridName = (sequence: number): string => `第${sequence}网格`;
