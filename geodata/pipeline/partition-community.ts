import { buildFabric } from '../fabric/build.ts';
import { fabricFromTiles } from '../fabric/tiles.ts';
import type { Fabric, Ground, Issue, PlanState, RuleSet } from '../model/index.ts';
import type { Progress } from '../partition/options.ts';
import { type FabricPartition, type GridNaming, type PartitionChoices, partitionFabric } from './partition-fabric.ts';
import { type DrawnGrid, planFromExistingGrids } from './plan-from-existing-grids.ts';
import { tilesTheLand } from './tiles-the-land.ts';

export interface CommunityChoices extends PartitionChoices {
  /** What cells are: ground around footprints, or the buildings' polygons themselves (parcels, census blocks). 'auto' looks at them. */
  readonly cells: 'auto' | 'footprints' | 'buildings';
  /** Grids as they were drawn before; needed by 'adjust'. */
  readonly existingGrids?: readonly DrawnGrid[];
  readonly naming: GridNaming;
}

export interface CommunityPartition extends FabricPartition {
  readonly fabric: Fabric;
  /** The plan as it was: that of the existing grids, or an empty one. */
  readonly before: PlanState;
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
  const partition = yield* partitionFabric(ground.community, before, ruleSet, choices, choices.naming);
  return { ...partition, fabric, before, issues: [...issues, ...partition.issues] };
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
