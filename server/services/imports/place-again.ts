import { mostCommon, pointsOf } from '../../../geodata/fabric/overlay.ts';
import { areaLocator } from '../../../geodata/geometry/area-locator.ts';
import type { Building, Community, CommunityCode, Compound, InputIssue } from '../../../geodata/model/index.ts';
import type { ImportBatch } from './batch.ts';

/** A building with the community it is stored in. */
export interface StoredBuilding {
  readonly communityCode: CommunityCode;
  readonly building: Building;
}

/**
 * Communities that come again with another boundary take the buildings that now stand in them, and lose those that don't any more:
 * stored buildings whose place changes join the batch, with their compounds, as if they had been handed in again.
 * Issue: `buildingLeftBehind` (warning; in no community any more, it stays stored where it was).
 */
export function placeAgain(
  batch: ImportBatch,
  known: readonly Community[],
  stored: readonly StoredBuilding[],
  compounds: readonly Compound[],
): { readonly batch: ImportBatch; readonly issues: readonly InputIssue[] } {
  if (batch.communities.length === 0 || stored.length === 0) return { batch, issues: [] };
  const again = new Set(batch.communities.map(({ code }) => code));
  const communities = [...known.filter(({ code }) => !again.has(code)), ...batch.communities];
  const locator = areaLocator(communities.map(({ area }) => area));
  const brought = new Set<string>(batch.buildings.map(({ id }) => id));
  const moved: Building[] = [];
  const issues: InputIssue[] = [];
  for (const { communityCode, building } of stored) {
    if (brought.has(building.id)) continue;
    const now = communities[mostCommon(pointsOf(building), locator.firstAt)]?.code ?? null;
    // What strays from communities that don't come again was told when it came.
    if (now === communityCode || !(again.has(communityCode) || (now !== null && again.has(now)))) continue;
    if (now !== null) moved.push(building);
    else {
      const { id, householdCount } = building;
      const values = { building: id, householdCount, community: communityCode };
      issues.push({ code: 'buildingLeftBehind', severity: 'warning', values });
    }
  }
  const broughtCompounds = new Set(batch.compounds.map(({ id }) => id));
  const theirs = new Set(moved.map(({ compoundId }) => compoundId));
  return {
    batch: {
      ...batch,
      buildings: [...batch.buildings, ...moved],
      compounds: [...batch.compounds, ...compounds.filter(({ id }) => theirs.has(id) && !broughtCompounds.has(id))],
    },
    issues,
  };
}
