import { adoptPartition } from '../edit/adopt-partition.ts';
import { applyChange } from '../edit/apply-change.ts';
import type { BarrierClass, Change, Community, GridId, Issue, PlanState, RuleSet } from '../model/index.ts';
import type { PartitionOptions, PartitionOutcome, Progress, Weights } from '../partition/options.ts';
import { solve } from '../partition/solve.ts';
import { certificateIssues } from './certificate-issues.ts';
import { type BarrierWeights, preferBarriers } from './prefer-barriers.ts';
import { type FabricProblem, problemOf } from './problem-of-fabric.ts';

/** What a planner chooses for a run; everything else is the rule set's. */
export interface PartitionChoices {
  readonly mode: 'fresh' | 'adjust';
  readonly prefer: 'balanced' | 'fewest';
  /** The same seed on the same ground gives the same plan. */
  readonly seed: number;
  readonly effort: number;
  readonly forbiddenBarriers?: readonly BarrierClass[];
  /** What a metre of border along a class of barrier counts for, where it isn't the usual. */
  readonly barrierWeights?: Partial<BarrierWeights>;
  readonly gridCount?: number;
  readonly weights?: Partial<Weights>;
  /** For merging, by position in the problem's edges. */
  readonly affinity?: readonly number[];
  readonly pairs?: PartitionOptions['pairs'];
}

/** How new grids are named; ids and the change's id come from the caller, codes from the rule set's template. */
export interface GridNaming {
  readonly changeId: string;
  readonly newGridId: () => GridId;
  readonly nameOf: (sequence: number) => string;
  /** Codes of grids replaced earlier. */
  readonly retiredCodes?: ReadonlySet<string>;
}

export interface FabricPartition {
  readonly state: PlanState;
  /** How `before` became `state`; null when the solver found what was there already. */
  readonly change: Change | null;
  readonly outcome: PartitionOutcome;
  /** Proofs that no valid plan exists; empty when one was found. */
  readonly issues: readonly Issue[];
}

/**
 * Divides a community whose fabric is cut already. `before` is the plan as it is: 'adjust' starts from its grids, locked ones keep
 * their ground in both modes. Resume the generator until it is done, or drop it to cancel.
 */
export function* partitionFabric(
  community: Pick<Community, 'code' | 'name'>,
  before: PlanState,
  ruleSet: RuleSet,
  choices: PartitionChoices,
  naming: GridNaming,
  prepared: FabricProblem = problemOf(before.fabric),
): Generator<Progress, FabricPartition> {
  const outcome = yield* solve(prepared.problem, partitionOptionsOf(before, ruleSet, choices, prepared));
  return adoptOutcome(community, before, ruleSet, outcome, naming, prepared);
}

/** What the solver is told of a plan as it is, a rule set and a planner's choices. */
export function partitionOptionsOf(
  before: PlanState,
  ruleSet: RuleSet,
  choices: PartitionChoices,
  prepared: FabricProblem,
): PartitionOptions {
  const existing = existingOf(before, prepared.cellIds);
  const startsFromGrids = choices.mode === 'adjust' || existing.locked.length > 0;
  return {
    ...ruleSet.gridRange,
    ...choices,
    affinity: preferBarriers(before.fabric, prepared, choices.barrierWeights).map(
      (metres, edge) => metres + (choices.affinity?.[edge] ?? 0),
    ),
    forbiddenBarriers: choices.forbiddenBarriers ?? [],
    existing: startsFromGrids ? existing.gridOfCell : undefined,
    lockedGrids: existing.locked,
  };
}

/** The solver's answer as a plan with numbered and named grids. */
export function adoptOutcome(
  community: Pick<Community, 'code' | 'name'>,
  before: PlanState,
  ruleSet: RuleSet,
  outcome: PartitionOutcome,
  naming: GridNaming,
  { cellIds }: FabricProblem,
): FabricPartition {
  const existing = existingOf(before, cellIds);
  const adopted = adoptPartition(
    before,
    {
      cellIds,
      gridOfCell: outcome.gridOfCell,
      existing: outcome.continues.map((number) => existing.gridIds[number] ?? null),
      codes: {
        communityCode: community.code,
        sequenceDigits: ruleSet.gridCode.sequenceDigits,
        retiredCodes: new Set([...(naming.retiredCodes ?? []), ...existing.codes]),
      },
      nameOf: naming.nameOf,
    },
    naming,
  );
  const issues = certificateIssues(outcome, before.fabric, community.code);
  if (!adopted.ok) {
    if (adopted.failure.code === 'nothingToChange') return { state: before, change: null, outcome, issues };
    throw new Error(`partition of ${community.code} can't be adopted: ${JSON.stringify(adopted.failure)}`);
  }
  const applied = applyChange(before, adopted.value);
  if (!applied.ok) throw new Error(`partition of ${community.code} doesn't apply: ${JSON.stringify(applied.failure)}`);
  return { state: applied.value, change: adopted.value, outcome, issues };
}

function existingOf({ grids, assignment }: PlanState, cellIds: FabricProblem['cellIds']) {
  const gridIds = [...grids.keys()];
  const numberOf = new Map(gridIds.map((id, number) => [id, number]));
  return {
    gridIds,
    codes: [...grids.values()].map((grid) => grid.code),
    gridOfCell: cellIds.map((id) => {
      const grid = assignment.get(id);
      return grid === undefined ? -1 : numberOf.get(grid)!;
    }),
    locked: gridIds.flatMap((id, number) => (grids.get(id)!.locked ? [number] : [])),
  };
}
