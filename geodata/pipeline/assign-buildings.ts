import { mostCommon, pointsOf } from '../fabric/overlay.ts';
import { areaLocator } from '../geometry/area-locator.ts';
import { boundingBox, boxesMeet } from '../geometry/bounding-box.ts';
import type { Barrier, Building, Community, CommunityCode, Compound, Ground, Issue } from '../model/index.ts';

/** What a county's files hold, before it is sorted by community. */
export interface CountyFeatures {
  readonly communities: readonly Community[];
  readonly buildings: readonly Building[];
  readonly compounds: readonly Compound[];
  readonly barriers: readonly Barrier[];
}

/**
 * Sorts buildings by the community that most of their ground plan lies in; those that lie in none come back in `outside`.
 * `communities` is in the order of the list given.
 */
export function assignBuildingsToCommunities(
  buildings: readonly Building[],
  communities: readonly Community[],
): { readonly byCommunity: readonly (readonly Building[])[]; readonly outside: readonly Building[] } {
  const locator = areaLocator(communities.map((community) => community.area));
  const byCommunity: Building[][] = communities.map(() => []);
  const outside: Building[] = [];
  for (const building of buildings) {
    const points = pointsOf(building);
    // −1 (in no community) loses against any community that holds some of the building.
    const inside = points.filter(([x, y]) => locator.firstAt(x!, y!) >= 0);
    const index = mostCommon(inside, locator.firstAt);
    if (index < 0) outside.push(building);
    else byCommunity[index]!.push(building);
  }
  return { byCommunity, outside };
}

/**
 * One ground a community, in the order given: its buildings, their compounds, and the barriers that come near it.
 * Issues: `buildingOutsideCommunities` (warning), `communityWithoutBuildings` (warning).
 */
export function groundsOf({ communities, buildings, compounds, barriers }: CountyFeatures): {
  readonly grounds: readonly Ground[];
  readonly issues: readonly Issue[];
} {
  const { byCommunity, outside } = assignBuildingsToCommunities(buildings, communities);
  const barrierBoxes = barriers.map((barrier) => boundingBox([barrier.shape]));
  const compoundBoxes = compounds.map((compound) => compound.area && boundingBox([compound.area]));
  const issues: Issue[] = outside.map((building) => ({
    code: 'buildingOutsideCommunities',
    severity: 'warning',
    buildingIds: [building.id],
    values: { building: building.id, householdCount: building.householdCount },
  }));
  const grounds = communities.map((community, index): Ground => {
    const own = byCommunity[index]!;
    if (own.length === 0) issues.push(withoutBuildings(community.code, community.name));
    const box = boundingBox([community.area]);
    const used = new Set(own.map((building) => building.compoundId));
    return {
      community,
      buildings: own,
      compounds: compounds.filter(
        (compound, at) => used.has(compound.id) || (compoundBoxes[at] && boxesMeet(compoundBoxes[at], box)),
      ),
      barriers: barriers.filter((_, at) => boxesMeet(barrierBoxes[at]!, box)),
    };
  });
  return { grounds, issues };
}

const withoutBuildings = (communityCode: CommunityCode, name: string): Issue => ({
  code: 'communityWithoutBuildings',
  severity: 'warning',
  communityCode,
  values: { community: name },
});
