import type { MultiPolygon, Polygon } from 'geojson';
import { mostCommon, pointsOf } from '../../../geodata/fabric/overlay.ts';
import { type AreaLocator, areaLocator } from '../../../geodata/geometry/area-locator.ts';
import { spreadPoints } from '../../../geodata/geometry/spread-points.ts';
import type {
  Barrier,
  Building,
  Community,
  CommunityCode,
  Compound,
  CompoundId,
  InputIssue,
} from '../../../geodata/model/index.ts';
import type { Box } from '../../database/geometry.ts';
import { boxAround } from '../box.ts';
import type { CommunityShare, ImportBatch, PlacedBatch } from './batch.ts';

/** A grid that has less than this share of its ground in a community only brushes it: another office's hand slipped. */
const LEAST_SHARE = 0.1;
const POINTS_AN_AREA = 64;
const BARRIER_MARGIN_DEGREES = 0.0005;

type Share = { -readonly [Part in keyof CommunityShare]: CommunityShare[Part][number][] };

/**
 * Sorts a batch by community: buildings by where most of their ground plan lies, areas by where a good share of theirs does.
 * `known` are the communities stored already; those of the batch take their place.
 * Issues: `buildingOutsideCommunities`, `gridOutsideCommunities`, `compoundOutsideCommunities` (warning; left out),
 * `barrierOutsideCommunities` (notice; left out), `workerOfUnknownCommunity` (warning; left out).
 */
export function placeBatch(batch: ImportBatch, known: readonly Community[]): PlacedBatch {
  const brought = new Set(batch.communities.map((community) => community.code));
  const communities = [...known.filter((community) => !brought.has(community.code)), ...batch.communities];
  const locator = areaLocator(communities.map((community) => community.area));
  const codeAt = (index: number): CommunityCode | null => communities[index]?.code ?? null;
  const shares = new Map<CommunityCode, Share>();
  const shareOf = (code: CommunityCode): Share => {
    const share = shares.get(code) ?? { buildings: [], compounds: [], grids: [] };
    shares.set(code, share);
    return share;
  };
  const changed = new Set<CommunityCode>(brought);
  const issues: InputIssue[] = [];
  const leftOut = (code: string, severity: InputIssue['severity'], values: NonNullable<InputIssue['values']>): void => {
    issues.push({ code, severity, values });
  };

  for (const building of batch.buildings) {
    const code = codeAt(mostCommon(pointsOf(building), locator.firstAt));
    if (code === null) {
      leftOut('buildingOutsideCommunities', 'warning', {
        building: building.id,
        householdCount: building.householdCount,
      });
      continue;
    }
    shareOf(code).buildings.push(building);
    changed.add(code);
  }
  for (const compound of batch.compounds) {
    const codes = compound.area ? codesUnder(compound.area, locator, codeAt) : codesOfBuildings(compound.id, shares);
    for (const code of codes) {
      shareOf(code).compounds.push(compound);
      changed.add(code);
    }
    if (codes.length === 0) leftOut('compoundOutsideCommunities', 'warning', { compound: compound.name });
  }
  for (const share of shares.values()) nameCompounds(share);
  for (const drawn of batch.grids) {
    const named = communityNamed(drawn, communities);
    const codes = named ? [named.code] : codesUnder(drawn.area, locator, codeAt);
    for (const code of codes) shareOf(code).grids.push(drawn);
    if (codes.length === 0) leftOut('gridOutsideCommunities', 'warning', { grid: drawn.grid.name || drawn.grid.code });
  }
  const boxes = communities.map((community) => boxAround(community.area, BARRIER_MARGIN_DEGREES));
  const barriers = new Map<string, Barrier[]>();
  for (const barrier of batch.barriers) {
    const box = boxAround(barrier.shape);
    const near = communities.filter((_, index) => boxesMeet(boxes[index]!, box));
    for (const community of near) changed.add(community.code);
    const counties = new Set(near.map((community) => community.code.slice(0, 6)));
    for (const county of counties) barriers.set(county, [...(barriers.get(county) ?? []), barrier]);
    if (counties.size === 0) leftOut('barrierOutsideCommunities', 'notice', { barrier: barrier.name ?? barrier.id });
  }
  const codes = new Set(communities.map((community) => community.code));
  return {
    communities: batch.communities,
    shares,
    barriers,
    departments: batch.departments.flatMap((department) => {
      const grids = department.grids.flatMap((grid) => {
        const under = codesUnder(grid.area, locator, codeAt);
        if (under.length === 0)
          leftOut('departmentGridOutsideCommunities', 'warning', { grid: grid.name || grid.code });
        return under.map((communityCode) => ({ ...grid, communityCode }));
      });
      const counties = [...new Set(grids.map((grid) => grid.communityCode.slice(0, 6)))].sort();
      return counties.map((countyCode) => ({
        name: department.name,
        colour: department.colour ?? null,
        duties: department.duties ?? [],
        countyCode,
        grids: grids.filter((grid) => grid.communityCode.startsWith(countyCode)),
      }));
    }),
    workers: batch.workers.filter((worker) => {
      if (codes.has(worker.communityCode)) return true;
      leftOut('workerOfUnknownCommunity', 'warning', { worker: worker.name, community: worker.communityCode });
      return false;
    }),
    changed: [...changed].sort(),
    issues,
  };
}

/** Every community in which at least `LEAST_SHARE` of an area lies, or the one with most of it. */
function codesUnder(
  area: Polygon | MultiPolygon,
  locator: AreaLocator,
  codeAt: (index: number) => CommunityCode | null,
): CommunityCode[] {
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
  const points = polygons.flatMap((rings) => spreadPoints(rings, POINTS_AN_AREA));
  const votes = new Map<number, number>();
  for (const [longitude, latitude] of points) {
    const index = locator.firstAt(longitude!, latitude!);
    if (index >= 0) votes.set(index, (votes.get(index) ?? 0) + 1);
  }
  const most = Math.max(...votes.values(), 0);
  return [...votes]
    .filter(([, count]) => count === most || count >= LEAST_SHARE * points.length)
    .map(([index]) => codeAt(index)!)
    .sort();
}

/** A grid that names its community, by code or name or in its own code, is of it, whatever its hand-drawn edge brushes. */
function communityNamed(
  { grid, communityLabel }: ImportBatch['grids'][number],
  communities: readonly Community[],
): Community | undefined {
  const byCode = communities.find(({ code }) => code === communityLabel || grid.code.startsWith(code));
  if (byCode || communityLabel === null) return byCode;
  const byName = communities.filter(({ name }) => plainName(name) === plainName(communityLabel));
  return byName.length === 1 ? byName[0] : undefined;
}

const plainName = (name: string): string => name.normalize('NFKC').replace(/\s/g, '').replace(/社区$/, '');

function codesOfBuildings(compound: CompoundId, shares: ReadonlyMap<CommunityCode, CommunityShare>): CommunityCode[] {
  const found: CommunityCode[] = [];
  for (const [code, share] of shares)
    if (share.buildings.some((building) => building.compoundId === compound)) found.push(code);
  return found.sort();
}

/** Compounds that only the buildings name are compounds too. */
function nameCompounds(share: Share): void {
  const known = new Set<CompoundId>(share.compounds.map((compound) => compound.id));
  const named = new Map<CompoundId, Compound>();
  for (const { compoundId } of share.buildings as readonly Building[])
    if (compoundId !== null && !known.has(compoundId))
      named.set(compoundId, { id: compoundId, name: compoundId, area: null });
  share.compounds.push(...named.values());
}

const boxesMeet = (a: Box, b: Box): boolean => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
