import { buildFabric } from '../fabric/build.ts';

const fabricFromTiles = buildFabric;

import type { Fabric, Ground, Issue, PlanState, RuleSet } from '../model/index.ts';
import type { Progress } from '../partition/options.ts';
import { type FabricPartition, type GridNaming, type PartitionChoices, partitionFabric } from './partition-fabric.ts';
import { type DrawnGrid, planFromExistingGrids } from './plan-from-existing-grids.ts';
import { tilesTheLand } from './tiles-the-land.ts';

export interface CommunityChoices extends PartitionChoices {
  /** What cells are made of: ground around footprints, or the polygons themselves (census blocks). 'auto' looks at them. */
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

/** The fabric of a ground. With 'auto', polygons that tile the land become the cells and a notice (`cellsFromBlocks`) says so. */
export function cutGround(
  ground: Ground,
  ruleSet: RuleSet,
  cells: CommunityChoices['cells'],
): { readonly fabric: Fabric; readonly issues: readonly Issue[] } {
  const divideAboveHouseholds = ruleSet.gridRange.most;
  const asTiles = cells === 'buildings' || (cells === 'auto' && tilesTheLand(ground));
  if (!asTiles) return buildFabric(ground, { divideAboveHouseholds });
  const cut = fabricFromTiles(ground, { divideAboveHouseholds });
  if (cells !== 'auto') return cut;
  const notice: Issue = {
    code: 'cellsFromBlocks',
    severity: 'notice',
    communityCode: ground.community.code,
    values: { blocks: ground.buildings.length },
  };
  return { fabric: cut.fabric, issues: [notice, ...cut.issues] };
}
