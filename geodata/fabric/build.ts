import { boxesMeet, boxOf } from '../geometry/lattice.ts';
import { toLonLat } from '../geometry/local-frame.ts';
import { faceAt, pointInFace, polygonize } from '../geometry/polygonize.ts';
import { addLine, addRing, addSegment, noSegments, type Segments } from '../geometry/segments.ts';
import { snapRound } from '../geometry/snap-round.ts';
import type { Fabric, Ground, Issue } from '../model/index.ts';
import { assembleFabric, type RawCell } from './assemble.ts';
import { type Blocks, blocksOf } from './blocks.ts';
import { type SiteBorders, siteBorders } from './borders.ts';
import { chainArcs } from './chain-arcs.ts';
import { closeDanglingEnds } from './close-ends.ts';
import { addEntranceCuts } from './entrance-cuts.ts';
import { growCells } from './grow-cells.ts';
import { type LatticeGround, latticeGroundOf } from './lattice-ground.ts';
import { FootprintFinder, type Overlaps, overlapsOf } from './overlaps.ts';
import { samplesOf } from './samples.ts';
import { type Sites, siteAt, sitesOf } from './sites.ts';
import { smoothArcs } from './smooth-arcs.ts';
import { TAG } from './tags.ts';

export interface FabricOptions {
  /** Buildings with more households than this, and counts per entrance, get a cell for each entrance: R1's upper limit. */
  readonly divideAboveHouseholds: number;
}

export interface BuiltFabric {
  readonly fabric: Fabric;
  /** `buildingOutsideCommunity`, `buildingOverEdge`, `footprintsOverlap`, `roadEndClosed`. */
  readonly issues: Issue[];
}

/**
 * Cuts a community into cells. Borders run down barriers and midway between buildings, never through one; every building that lies
 * mostly inside the community stands in exactly one cell (one cell an entrance, when it is divided); the cells cover the community
 * exactly. Deterministic. Throws when the community has no area.
 */
export function buildFabric(ground: Ground, options: FabricOptions): BuiltFabric {
  const lattice = latticeGroundOf(ground);
  const overlaps = overlapsOf(lattice);
  const sites = sitesOf(ground, lattice, overlaps, options.divideAboveHouseholds);
  const { bridges, issues } = closeDanglingEnds(lattice);
  const blocks = blocksOf(lattice, bridges, (footprint) => sites.siteOfFootprint[footprint]! >= 0);
  const borders = siteBorders(blocks, samplesOf(lattice, sites), sites.sites.length);
  const subdivision = polygonize(snapRound(allBorders(lattice, sites, bridges, blocks, borders)));
  const facts = factsOfFaces();
  const cellOf = growCells(subdivision, facts, sites.sites.length);
  const arcs = chainArcs(subdivision, cellOf);
  const taken = lattice.footprints.filter((_, footprint) => sites.siteOfFootprint[footprint]! >= 0);
  smoothArcs(
    arcs,
    lattice.community,
    taken.flatMap((footprint) => footprint.rings),
  );
  const fabric = assembleFabric(ground, lattice, rawCells(), arcs);
  return { fabric, issues: [...footprintIssues(ground, lattice, overlaps), ...issues] };

  function factsOfFaces() {
    const finder = new FootprintFinder(lattice.footprints);
    const { faceCount } = subdivision;
    const block = new Int32Array(faceCount).fill(-1);
    const core = new Int32Array(faceCount).fill(-1);
    const nearest = new Int32Array(faceCount).fill(-1);
    const x = new Float64Array(faceCount);
    const y = new Float64Array(faceCount);
    for (let face = 0; face < faceCount; face++) {
      const point = pointInFace(subdivision, face);
      x[face] = point[0];
      y[face] = point[1];
      const blockFace = faceAt(blocks.subdivision, point[0], point[1]);
      block[face] = blockFace < 0 ? -1 : blocks.blockOfFace[blockFace]!;
      if (block[face]! < 0) continue;
      nearest[face] = borders.nearestSite(block[face]!, point[0], point[1]);
      const covering = finder.covering(point[0], point[1]).find((footprint) => sites.siteOfFootprint[footprint]! >= 0);
      if (covering !== undefined) core[face] = siteAt(sites, sites.siteOfFootprint[covering]!, point[0], point[1]);
    }
    return { block, core, nearest, x, y };
  }

  function rawCells(): RawCell[] {
    const largest = new Map<number, number>();
    for (let face = 0; face < cellOf.length; face++) {
      const cell = cellOf[face]!;
      if (cell < 0) continue;
      const rival = largest.get(cell);
      if (rival === undefined || subdivision.areaMm2[face]! > subdivision.areaMm2[rival]!) largest.set(cell, face);
    }
    return [...largest]
      .sort(([a], [b]) => a - b)
      .map(([number, face]) => ({
        number,
        buildings: sites.sites[number]?.buildings ?? [],
        roadBlock: (borders.blockOfSite[number] ?? -1) >= 0 ? borders.blockOfSite[number]! : facts.block[face]!,
        x: facts.x[face]!,
        y: facts.y[face]!,
      }));
  }
}

function allBorders(
  lattice: LatticeGround,
  sites: Sites,
  bridges: Segments,
  blocks: Blocks,
  borders: SiteBorders,
): Segments {
  const segments = noSegments();
  addAll(segments, blocks.borders);
  addAll(segments, blocks.spurs);
  addAll(segments, borders.segments);
  for (const barrier of lattice.barriers) {
    if (barrier.class !== 'road') continue;
    for (const line of barrier.lines) {
      if (boxesMeet(boxOf([line]), lattice.communityBox)) addLine(segments, line, TAG.road);
    }
  }
  bridges.tags.forEach((tag, i) => {
    if (tag === TAG.road) addLine(segments, bridges.coordinates.slice(i * 4, i * 4 + 4), tag);
  });
  lattice.footprints.forEach(({ rings }, footprint) => {
    if (sites.siteOfFootprint[footprint]! < 0) return;
    for (const ring of rings) addRing(segments, ring, TAG.footprint);
  });
  addEntranceCuts(segments, lattice, sites);
  return segments;
}

function addAll(into: Segments, { coordinates: c, tags }: Segments): void {
  tags.forEach((tag, i) => {
    addSegment(into, c[i * 4]!, c[i * 4 + 1]!, c[i * 4 + 2]!, c[i * 4 + 3]!, tag);
  });
}

function footprintIssues(ground: Ground, lattice: LatticeGround, overlaps: Overlaps): Issue[] {
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
    const location =
      share < 0.999 ? toLonLat(lattice.frame, (box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2) : undefined;
    if (share < 0.5) {
      issues.push({
        code: 'buildingOutsideCommunity',
        severity: 'warning',
        communityCode,
        buildingIds,
        location,
        values,
      });
      return;
    }
    if (share < 0.999)
      issues.push({ code: 'buildingOverEdge', severity: 'notice', communityCode, buildingIds, location, values });
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
