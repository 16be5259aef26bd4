import { boxesMeet, boxOf } from '../geometry/lattice.ts';
import { polygonize } from '../geometry/polygonize.ts';
import { addLine, addRing, addSegment, noSegments, type Segments } from '../geometry/segments.ts';
import { snapRound } from '../geometry/snap-round.ts';
import type { Fabric, Ground, Issue } from '../model/index.ts';
import { assembleFabric } from './assemble.ts';
import { type Blocks, blocksOf } from './blocks.ts';
import { type SiteBorders, siteBorders } from './borders.ts';
import { chainArcs } from './chain-arcs.ts';
import { closeDanglingEnds } from './close-ends.ts';
import { addEntranceCuts } from './entrance-cuts.ts';
import { factsOfFaces } from './face-facts.ts';
import { footprintIssues } from './footprint-issues.ts';
import { growCells } from './grow-cells.ts';
import { type LatticeGround, latticeGroundOf } from './lattice-ground.ts';
import { overlapsOf } from './overlaps.ts';
import { rawCellsOf } from './raw-cells.ts';
import { samplesOf } from './samples.ts';
import { type Sites, sitesOf } from './sites.ts';
import { smoothArcs } from './smooth-arcs.ts';
import { ATTRACTING_TAGS, TAG, tagOf } from './tags.ts';

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
  const facts = factsOfFaces(subdivision, lattice, sites, blocks, borders);
  const cellOf = growCells(subdivision, facts, sites.sites.length);
  const slicingAt = (face: number) => sites.sites[facts.core[face]!]?.slicing ?? null;
  const isEntrance = (left: number, right: number): boolean =>
    slicingAt(left) !== null && slicingAt(left) === slicingAt(right);
  const arcs = chainArcs(subdivision, cellOf, isEntrance);
  const taken = lattice.footprints.filter((_, footprint) => sites.siteOfFootprint[footprint]! >= 0);
  smoothArcs(
    arcs,
    lattice.community,
    taken.flatMap((footprint) => footprint.rings),
  );
  const fabric = assembleFabric(ground, lattice, rawCellsOf(subdivision, lattice, facts, cellOf, sites, borders), arcs);
  return { fabric, issues: [...footprintIssues(ground, lattice, overlaps), ...issues] };
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
    const tag = tagOf(barrier.class);
    if (!(tag & ATTRACTING_TAGS)) continue;
    for (const line of barrier.lines) {
      if (boxesMeet(boxOf([line]), lattice.communityBox)) addLine(segments, line, tag);
    }
    for (const ring of barrier.areas) addRing(segments, ring, tag);
  }
  for (const { rings } of lattice.compounds) for (const ring of rings) addRing(segments, ring, TAG.wall);
  bridges.tags.forEach((tag, i) => {
    if (tag & ATTRACTING_TAGS) addLine(segments, bridges.coordinates.slice(i * 4, i * 4 + 4), tag);
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
