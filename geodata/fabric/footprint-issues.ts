import { toLonLat } from '../geometry/local-frame.ts';
import type { Ground, Issue } from '../model/index.ts';
import type { LatticeGround } from './lattice-ground.ts';
import type { Overlaps } from './overlaps.ts';

/**
 * `buildingOutsideCommunity` and `buildingOverEdge` (values: insideShare, householdCount), and `footprintsOverlap` for every group
 * of buildings that stand in one cell because of it.
 */
export function footprintIssues(ground: Ground, lattice: LatticeGround, overlaps: Overlaps): Issue[] {
  const issues: Issue[] = [];
  const communityCode = ground.community.code;
  const groups = new Map<number, number[]>();
  lattice.footprints.forEach(({ building, box }, footprint) => {
    const share = overlaps.insideShare[footprint]!;
    const buildingIds = [ground.buildings[building]!.id];
    const values = {
      insideShare: Math.round(share * 1000) / 1000,
      householdCount: ground.buildings[building]!.householdCount,
    };
    if (share < 0.999) {
      const outside = share < 0.5;
      issues.push({
        code: outside ? 'buildingOutsideCommunity' : 'buildingOverEdge',
        severity: outside ? 'warning' : 'notice',
        communityCode,
        buildingIds,
        location: toLonLat(lattice.frame, (box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2),
        values,
      });
      if (outside) return;
    }
    const group = groups.get(overlaps.groupOf[footprint]!) ?? [];
    groups.set(overlaps.groupOf[footprint]!, group);
    group.push(footprint);
  });
  for (const group of groups.values()) {
    if (group.length < 2) continue;
    const { box } = lattice.footprints[group[0]!]!;
    issues.push({
      code: 'footprintsOverlap',
      severity: 'notice',
      communityCode,
      buildingIds: group.map((footprint) => ground.buildings[lattice.footprints[footprint]!.building]!.id),
      location: toLonLat(lattice.frame, (box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2),
    });
  }
  return issues;
}
