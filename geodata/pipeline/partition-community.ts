import { buildFabric } from '../fabric/build.ts';
import { fabricFromTiles } from '../fabric/tiles.ts';
import type { Fabric, Ground, Issue, PlanState, RuleSet } from '../model/index.ts';
import type { Progress } from '../partition/options.ts';
import { type AlternativePlan, alternativePlans } from './alternative-plans.ts';
import type { FabricPartition, GridNaming, PartitionChoices } from './partition-fabric.ts';
import { type DrawnGrid, planFromExistingGrids } from './plan-from-existing-grids.ts';
import { tilesTheLand } from './tiles-the-land.ts';

export interface CommunityChoices extends PartitionChoices {
  /** What cells are: ground around footprints, or the buildings' polygons themselves (parcels, census blocks). 'auto' looks at them. */
  readonly cells: 'auto' | 'footprints' | 'buildings';
  /** Grids as they were drawn before; needed by 'adjust'. */
  readonly existingGrids?: readonly DrawnGrid[];
  readonly naming: GridNaming;
  /** So many plans to choose from, where there are as many that differ; 1 without it. */
  readonly alternatives?: number;
}

export interface CommunityPartition extends FabricPartition {
  readonly fabric: Fabric;
  /** The plan as it was: that of the existing grids, or an empty one. */
  readonly before: PlanState;
  /** The plan itself first; only that one unless more were asked for. */
  readonly alternatives: readonly AlternativePlan[];
}

/** From the ground as files give it to a plan: cuts the fabric, takes over existing grids, divides, numbers. */
export function* partitionCommunity(
  ground: Ground,
  ruleSet: RuleSet,
  choices: CommunityChoices,
): Generator<Progress, CommunityPartition> {
  const { fabric, issues } = cutGround(ground, ruleSet, choices.cells);
  const before: PlanState =
    choices.existingGrids !== undefined && choices.existingGrids.length > 0
      ? planFromExistingGrids(fabric, ground.buildings, choices.existingGrids)
      : { fabric, grids: new Map(), assignment: new Map() };
  const { naming } = choices;
  const wanted = choices.alternatives ?? 1;
  const alternatives = yield* alternativePlans(ground.community, before, ruleSet, choices, naming, wanted);
  const { partition } = alternatives[0]!;
  return { ...partition, fabric, before, alternatives, issues: [...issues, ...partition.issues] };
}

/** The fabric of a ground. Where polygons that tile the land became the cells, a notice (`cellsFromBlocks`) says so. */
export function cutGround(
  ground: Ground,
  ruleSet: RuleSet,
  cells: CommunityChoices['cells'],
): { readonly fabric: Fabric; readonly issues: readonly Issue[] } {
  if (cells === 'buildings') return fabricFromTiles(ground);
  if (cells === 'footprints' || !tilesTheLand(ground)) {
    return buildFabric(ground, { divideAboveHouseholds: ruleSet.gridRange.most });
  }
  const tiled = fabricFromTiles(ground);
  const notice: Issue = {
    code: 'cellsFromBlocks',
    severity: 'notice',
    communityCode: ground.community.code,
    values: { blocks: ground.buildings.length },
  };
  return { fabric: tiled.fabric, issues: [notice, ...tiled.issues] };
}
