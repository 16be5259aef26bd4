import { checkPlan } from '../check/index.ts';
import {
  agreementOf,
  type CrosswalkRow,
  crosswalkOf,
  type DepartmentLayer,
  dutiesOf,
  placeLayers,
} from '../merge/index.ts';
import type { BarrierClass, Building, Community, GridId, Ground, PlanState, RuleSet } from '../model/index.ts';
import { type Progress, runToEnd } from '../partition/index.ts';
import { exportGridFeatures, type GridFeature, outlinesOf } from './grid-features.ts';
import { cutGround } from './partition-community.ts';
import { type FabricPartition, type GridNaming, partitionFabric } from './partition-fabric.ts';
import { problemOf } from './problem-of-fabric.ts';
import { type CommunityReport, reportOf } from './report.ts';

export interface MergeChoices {
  readonly seed: number;
  readonly effort: number;
  readonly forbiddenBarriers?: readonly BarrierClass[];
}

export interface MergedPlan extends FabricPartition {
  readonly crosswalk: readonly CrosswalkRow[];
  readonly duties: ReadonlyMap<GridId, readonly string[]>;
}

/**
 * One general layer in place of the departments' (R4): valid by the rule set first, then as close to what the departments agree on as
 * can be. `before` holds the fabric; its locked grids keep their ground. The order of the layers changes nothing.
 */
export function* mergeFabric(
  community: Pick<Community, 'code' | 'name' | 'area'>,
  before: PlanState,
  buildings: readonly Building[],
  layers: readonly DepartmentLayer[],
  ruleSet: RuleSet,
  choices: MergeChoices,
  naming: GridNaming,
): Generator<Progress, MergedPlan> {
  const placed = placeLayers(before.fabric, buildings, layers);
  const prepared = problemOf(before.fabric);
  const partition = yield* partitionFabric(
    community,
    before,
    ruleSet,
    { ...choices, mode: 'fresh', prefer: 'balanced', affinity: agreementOf(placed, prepared.problem.edges) },
    naming,
    prepared,
  );
  const crosswalk = crosswalkOf(community, partition.state, placed, outlinesOf(community, partition.state, buildings));
  return { ...partition, crosswalk, duties: dutiesOf(crosswalk, layers) };
}

export interface MergeOrder extends MergeChoices {
  readonly ground: Ground;
  readonly ruleSet: RuleSet;
  readonly layers: readonly DepartmentLayer[];
  readonly cells: 'auto' | 'footprints' | 'buildings';
}

export interface MergedCommunity {
  readonly features: readonly GridFeature[];
  readonly crosswalk: readonly (CrosswalkRow & {
    readonly gridCode: string | null;
    readonly gridName: string | null;
  })[];
  readonly report: CommunityReport;
}

/** Merges a community's layers in one go. @param now milliseconds, for the report's `ms` only. */
export function mergeCommunity(order: MergeOrder, now: () => number): MergedCommunity {
  const { ground, ruleSet, layers } = order;
  const start = now();
  const cut = cutGround(ground, ruleSet, order.cells);
  let made = 0;
  const merged = runToEnd(
    mergeFabric(
      ground.community,
      { fabric: cut.fabric, grids: new Map(), assignment: new Map() },
      ground.buildings,
      layers,
      ruleSet,
      { seed: order.seed, effort: order.effort, forbiddenBarriers: order.forbiddenBarriers ?? [] },
      {
        changeId: 'merge',
        newGridId: () => `merged-${++made}` as GridId,
        nameOf: (sequence) => `${ground.community.name}第${sequence}网格`,
      },
    ),
  );
  const drawn = exportGridFeatures(ground.community, merged.state, ground.buildings, merged.duties);
  const issues = [...cut.issues, ...merged.issues, ...checkPlan(merged.state, ruleSet)];
  return {
    features: drawn.features,
    crosswalk: merged.crosswalk.map((row) => {
      const grid = row.gridId === null ? null : merged.state.grids.get(row.gridId)!;
      return { ...row, gridCode: grid?.code ?? null, gridName: grid?.name ?? null };
    }),
    report: reportOf(ground.community, merged.state, drawn, issues, {
      feasible: merged.outcome.status === 'feasible',
      movedHouseholds: 0,
      ms: now() - start,
    }),
  };
}
