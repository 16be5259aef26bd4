import { decodeFabric, encodeFabric } from '../../geodata/fabric/codec.ts';
import type { GridId, Ground, PlanState } from '../../geodata/model/index.ts';
import { runToEnd } from '../../geodata/partition/index.ts';
import { mergeFabric } from '../../geodata/pipeline/merge-community.ts';
import { cutGround } from '../../geodata/pipeline/partition-community.ts';
import { type FabricPartition, type GridNaming, partitionFabric } from '../../geodata/pipeline/partition-fabric.ts';
import { ruleSetOf } from './rule-set-of.ts';
import type { CutFabric, MergeOutcome, MergeTask, PartitionTask, PlanOutcome, PlanParts } from './work.ts';

/** Merging weighs more terms than dividing does. */
const MERGE_EFFORT = 2;

// What worker threads do, as functions from plain data to plain data.

export function cutFabricTask(ground: Ground, version: number, ruleSetId: string): CutFabric {
  const { fabric, issues } = cutGround(ground, ruleSetOf(ruleSetId), 'auto');
  return { payload: encodeFabric({ ...fabric, version }), issues };
}

export function partitionTask(task: PartitionTask): PlanOutcome {
  const before = stateOfParts(task.before);
  const ruleSet = ruleSetOf(task.ruleSetId);
  return outcomeOf(runToEnd(partitionFabric(task.ground.community, before, ruleSet, task.choices, namingOf(task))));
}

export function mergeTask(task: MergeTask): MergeOutcome {
  const { community, buildings } = task.ground;
  const before = stateOfParts(task.before);
  const layers = task.layers.map(({ layer, weight }) => ({ ...layer, weight }));
  const ruleSet = ruleSetOf(task.ruleSetId);
  const choices = { seed: task.seed, effort: MERGE_EFFORT };
  const merged = runToEnd(mergeFabric(community, before, buildings, layers, ruleSet, choices, namingOf(task)));
  const { grids } = merged.state;
  return {
    ...outcomeOf(merged),
    crosswalk: merged.crosswalk.flatMap(
      ({ departmentGrid, departmentGridCode, departmentGridName, gridId, ...row }) => {
        // What no departmental grid held passes from nowhere: it is not a line of the table.
        if (departmentGrid === null) return [];
        const grid = gridId === null ? undefined : grids.get(gridId);
        return [
          {
            ...row,
            departmentGridCode: departmentGridCode ?? '',
            departmentGridName: departmentGridName ?? '',
            gridCode: grid?.code ?? null,
            gridName: grid?.name ?? null,
          },
        ];
      },
    ),
  };
}

const namingOf = ({ idPrefix, retiredCodes }: Pick<PartitionTask, 'idPrefix' | 'retiredCodes'>): GridNaming => {
  let count = 0;
  return {
    changeId: idPrefix,
    newGridId: () => `${idPrefix}-${++count}` as GridId,
    nameOf: gridName,
    retiredCodes: new Set(retiredCodes),
  };
};

const outcomeOf = ({ state, outcome, issues }: FabricPartition): PlanOutcome => ({
  grids: [...state.grids.values()],
  assignment: [...state.assignment],
  feasible: outcome.status === 'feasible',
  issues,
});

export function stateOfParts({ fabric, grids, assignment }: PlanParts): PlanState {
  return {
    fabric: decodeFabric(fabric),
    grids: new Map(grids.map((grid) => [grid.id, grid])),
    assignment: new Map(assignment) as unknown as PlanState['assignment'],
  };
}

/** A name is data, given once and then the planner's to change. */
export const gridName = (sequence: number): string => `第${sequence}网格`;
