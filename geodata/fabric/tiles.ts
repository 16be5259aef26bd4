import { insideRings } from '../geometry/lattice.ts';
import { pointInFace, polygonize, type Subdivision } from '../geometry/polygonize.ts';
import { addRing, noSegments } from '../geometry/segments.ts';
import { snapRound } from '../geometry/snap-round.ts';
import type { Fabric, Ground, Issue } from '../model/index.ts';
import { assembleFabric, type RawCell } from './assemble.ts';
import { buildFabric } from './build.ts';
import { chainArcs } from './chain-arcs.ts';
import { classifyByBarriers } from './classify-by-barriers.ts';
import { edgeLengths, keepLargestPieces, piecesOfFaces } from './face-pieces.ts';
import { footprintIssues } from './footprint-issues.ts';
import { latticeGroundOf } from './lattice-ground.ts';
import { isSplitting, neighboursOf } from './neighbours.ts';
import { FootprintFinder, overlapsOf } from './overlaps.ts';
import { sitesOf } from './sites.ts';
import { smoothArcs } from './smooth-arcs.ts';
import { TAG } from './tags.ts';

/** Gaps and overlaps of drawing: smaller or narrower ground joins the tile beside it. */
const SLIVER_AREA_MM2 = 50e6;
const SLIVER_WIDTH_MM = 2000;
/** Streets left out between tiles: narrower than this, with at least so many tiles beside them, and more than a crack. */
const STREET_WIDTH_MM = 60_000;
const STREET_LEAST_TILES = 8;
const STREET_AREA_MM2 = 2000e6;

/**
 * A fabric whose cells are the buildings' polygons themselves. Ground that none covers becomes cells without households; barriers cut
 * nothing, but borders that run along one take its class, and road blocks follow from that. Throws when the community has no area.
 */
export function fabricFromTiles(ground: Ground): { fabric: Fabric; issues: Issue[] } {
  const lattice = latticeGroundOf(ground);
  const overlaps = overlapsOf(lattice);
  const sites = sitesOf(ground, lattice, overlaps, Infinity);
  const isTaken = (footprint: number): boolean => sites.siteOfFootprint[footprint]! >= 0;
  const taken = lattice.footprints.filter((_, footprint) => isTaken(footprint));
  const segments = noSegments();
  for (const ring of lattice.community) addRing(segments, ring, TAG.community);
  for (const { rings } of taken) for (const ring of rings) addRing(segments, ring, TAG.footprint);
  const subdivision = polygonize(snapRound(segments));

  const finder = new FootprintFinder(lattice.footprints);
  const points: [number, number][] = [];
  const tileOf = new Int32Array(subdivision.faceCount).fill(-1);
  const inside = new Uint8Array(subdivision.faceCount);
  for (let face = 0; face < subdivision.faceCount; face++) {
    const [x, y] = pointInFace(subdivision, face);
    points.push([x, y]);
    if (!insideRings(lattice.community, x, y)) continue;
    inside[face] = 1;
    const tile = finder.covering(x, y).find(isTaken);
    if (tile !== undefined) tileOf[face] = sites.siteOfFootprint[tile]!;
  }
  // Blocks drawn up to the kerb leave the streets between them: those belong to the blocks, up to their middle.
  if (hasStreetsBetween(subdivision, tileOf, inside)) return buildFabric(ground, { divideAboveHouseholds: Infinity });
  const cellOf = cellsOfTiles(subdivision, tileOf, inside, sites.sites.length);
  const arcs = chainArcs(subdivision, cellOf, () => false);
  smoothArcs(
    arcs,
    lattice.community,
    taken.flatMap(({ rings }) => rings),
  );
  const largest = new Map<number, number>();
  for (let face = 0; face < cellOf.length; face++) {
    if (cellOf[face]! < 0) continue;
    const rival = largest.get(cellOf[face]!);
    if (rival === undefined || subdivision.areaMm2[face]! > subdivision.areaMm2[rival]!)
      largest.set(cellOf[face]!, face);
  }
  const cells = [...largest]
    .sort(([a], [b]) => a - b)
    .map(([number, face]): RawCell => {
      const [x, y] = points[face]!;
      return { number, buildings: sites.sites[number]?.buildings ?? [], roadBlock: 0, x, y };
    });
  const fabric = assembleFabric(ground, lattice, cells, classifyByBarriers(arcs, lattice.barriers));
  return { fabric: withRoadBlocks(fabric), issues: footprintIssues(ground, lattice, overlaps) };
}

/** Is there an uncovered piece that is narrow and lies between many tiles? */
function hasStreetsBetween(subdivision: Subdivision, tileOf: Int32Array, inside: Uint8Array): boolean {
  const { pieceOf, count } = piecesOfFaces(
    subdivision,
    (face) => inside[face] === 1 && tileOf[face]! < 0,
    () => true,
  );
  const area = new Float64Array(count);
  const outline = new Float64Array(count);
  const tiles: Set<number>[] = Array.from({ length: count }, () => new Set());
  for (let face = 0; face < tileOf.length; face++) {
    if (pieceOf[face]! >= 0) area[pieceOf[face]!]! += subdivision.areaMm2[face]!;
  }
  edgeLengths(subdivision).forEach((length, edge) => {
    const left = subdivision.faceOf[edge * 2]!;
    const right = subdivision.faceOf[edge * 2 + 1]!;
    for (const [face, other] of [
      [left, right],
      [right, left],
    ] as const) {
      const piece = face < 0 ? -1 : pieceOf[face]!;
      if (piece < 0 || (other >= 0 && pieceOf[other] === piece)) continue;
      outline[piece]! += length;
      if (other >= 0 && tileOf[other]! >= 0) tiles[piece]!.add(tileOf[other]!);
    }
  });
  return tiles.some(
    (beside, piece) =>
      beside.size >= STREET_LEAST_TILES &&
      (2 * area[piece]!) / outline[piece]! < STREET_WIDTH_MM &&
      area[piece]! > STREET_AREA_MM2,
  );
}

/** Every tile's largest piece is its cell; other pieces and uncovered ground are empty cells, or join the cell beside when slivers. */
function cellsOfTiles(subdivision: Subdivision, tileOf: Int32Array, inside: Uint8Array, tileCount: number): Int32Array {
  const { pieceOf, count } = piecesOfFaces(
    subdivision,
    (face) => inside[face] === 1,
    (_, left, right) => tileOf[left] === tileOf[right],
  );
  const lengths = edgeLengths(subdivision);
  const area = new Float64Array(count);
  const outline = new Float64Array(count);
  const tile = new Int32Array(count).fill(-1);
  for (let face = 0; face < tileOf.length; face++) {
    if (pieceOf[face]! < 0) continue;
    area[pieceOf[face]!]! += subdivision.areaMm2[face]!;
    tile[pieceOf[face]!] = tileOf[face]!;
  }
  for (let edge = 0; edge < lengths.length; edge++) {
    const a = pieceAt(edge * 2);
    const b = pieceAt(edge * 2 + 1);
    if (a === b) continue;
    if (a >= 0) outline[a]! += lengths[edge]!;
    if (b >= 0) outline[b]! += lengths[edge]!;
  }
  const main = new Int32Array(tileCount).fill(-1);
  for (let piece = 0; piece < count; piece++) {
    const rival = tile[piece]! < 0 ? -1 : main[tile[piece]!]!;
    if (tile[piece]! >= 0 && (rival < 0 || area[piece]! > area[rival]!)) main[tile[piece]!] = piece;
  }
  const numbers = new Int32Array(count);
  const isSliver = new Uint8Array(count);
  let next = tileCount;
  for (let piece = 0; piece < count; piece++) {
    const isMain = tile[piece]! >= 0 && main[tile[piece]!] === piece;
    numbers[piece] = isMain ? tile[piece]! : next++;
    isSliver[piece] =
      !isMain && (area[piece]! < SLIVER_AREA_MM2 || (2 * area[piece]!) / outline[piece]! < SLIVER_WIDTH_MM) ? 1 : 0;
  }
  joinSlivers();
  const cellOf = pieceOf.map((piece) => (piece < 0 ? -1 : numbers[piece]!));
  keepLargestPieces(subdivision, cellOf);
  return cellOf;

  function pieceAt(half: number): number {
    return subdivision.faceOf[half]! < 0 ? -1 : pieceOf[subdivision.faceOf[half]!]!;
  }

  function joinSlivers(): void {
    const borders = new Map<number, Map<number, number>>();
    for (let edge = 0; edge < lengths.length; edge++) {
      const a = pieceAt(edge * 2);
      const b = pieceAt(edge * 2 + 1);
      if (a < 0 || b < 0 || a === b) continue;
      for (const [sliver, other] of [
        [a, b],
        [b, a],
      ] as const) {
        if (!isSliver[sliver] || isSliver[other]) continue;
        const sums = borders.get(sliver) ?? new Map<number, number>();
        borders.set(sliver, sums);
        sums.set(other, (sums.get(other) ?? 0) + lengths[edge]!);
      }
    }
    for (const [sliver, sums] of borders) {
      let best = -1;
      for (const [other, length] of sums) {
        if (best < 0 || length > sums.get(best)! || (length === sums.get(best) && other < best)) best = other;
      }
      numbers[sliver] = numbers[best]!;
    }
  }
}

/** Cells between which one can walk without crossing a splitting barrier share a road block. */
function withRoadBlocks(fabric: Fabric): Fabric {
  const parent = new Map<number, number>(fabric.cells.map(({ id }) => [id, id]));
  const root = (id: number): number => {
    let at = id;
    while (parent.get(at) !== at) at = parent.get(at)!;
    return at;
  };
  for (const { a, b, crosses } of neighboursOf(fabric)) {
    if (crosses !== null && isSplitting(crosses)) continue;
    const [low, high] = [root(a), root(b)].sort((p, q) => p - q) as [number, number];
    parent.set(high, low);
  }
  const numbers = new Map<number, number>();
  const cells = fabric.cells.map((cell) => {
    const first = root(cell.id);
    if (!numbers.has(first)) numbers.set(first, numbers.size);
    return { ...cell, roadBlock: numbers.get(first)! };
  });
  return { ...fabric, cells };
}
