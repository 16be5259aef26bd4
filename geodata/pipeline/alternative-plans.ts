import type { Community, PlanState, RuleSet } from '../model/index.ts';
import { type Alternative, type AlternativeWish, alternatives, type PlanFigures } from '../partition/alternatives.ts';
import type { Progress } from '../partition/options.ts';
import {
  adoptOutcome,
  type FabricPartition,
  type GridNaming,
  type PartitionChoices,
  partitionOptionsOf,
} from './partition-fabric.ts';
import { type FabricProblem, problemOf } from './problem-of-fabric.ts';

/** A plan to choose from, ready to be adopted: `partition.change` leads from the plan as it is to this one. */
export interface AlternativePlan {
  readonly wish: AlternativeWish;
  readonly figures: PlanFigures;
  /** Households with other neighbours than in the first plan. */
  readonly differingHouseholds: number;
  readonly partition: FabricPartition;
}

/** Up to `count` plans that differ in substance, the one asked for first, the others by what they cost in its terms. */
export function* alternativePlans(
  community: Pick<Community, 'code' | 'name'>,
  before: PlanState,
  ruleSet: RuleSet,
  choices: PartitionChoices,
  naming: GridNaming,
  count: number,
  prepared: FabricProblem = problemOf(before.fabric),
): Generator<Progress, AlternativePlan[]> {
  const options = partitionOptionsOf(before, ruleSet, choices, prepared);
  const found: Alternative[] = yield* alternatives(prepared.problem, options, count);
  return found.map(({ outcome, ...rest }) => ({
    ...rest,
    partition: adoptOutcome(community, before, ruleSet, outcome, naming, prepared),
  }));
}
