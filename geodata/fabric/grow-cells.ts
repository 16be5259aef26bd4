import type { Subdivision } from '../geometry/polygonize.ts';
import type { FaceFacts } from './face-facts.ts';
import { edgeLengths, keepLargestPieces, piecesOfFaces } from './face-pieces.ts';
import { BARRIER_TAGS, TAG } from './tags.ts';

/** Ground behind a minor road joins the cell on its side when it shares at least this share of its outline with it. */
const JOINING_SHARE = 0.2;
/** The same for ground behind a compound's wall: a long pavement has much outline for what it shares. */
const WALL_JOINING_SHARE = 0.1;
/** Ground that minor roads cut off from every building is a cell of its own when it is larger and wider than this. */
const EMPTY_AREA_MM2 = 3000e6;
const EMPTY_WIDTH_MM = 15_000;
/** Less compact than this (1 is a disc) it is street ground, not a park. */
const EMPTY_COMPACTNESS = 0.25;

/**
 * Grows cells from footprints: first over the ground nearest to each footprint that can be reached without crossing a road, then the
 * ground behind roads joins the cells on its own side, so that minor roads attract borders. Numbers below `siteCount` are sites'
 * cells, numbers from there on are empty ground; −1 is outside.
 */
export function growCells(subdivision: Subdivision, facts: FaceFacts, siteCount: number): Int32Array {
  const { faceCount } = subdivision;
  const { block, core, nearest } = facts;
  const cellOf = new Int32Array(faceCount).fill(-1);
  settleMainGround(subdivision, facts, siteCount, cellOf);

  let emptyCount = 0;
  const emptyOfBlock = new Map<number, number>();
  for (let face = 0; face < faceCount; face++) {
    if (block[face]! < 0 || cellOf[face]! >= 0 || nearest[face]! >= 0 || core[face]! >= 0) continue;
    if (!emptyOfBlock.has(block[face]!)) emptyOfBlock.set(block[face]!, siteCount + emptyCount++);
    cellOf[face] = emptyOfBlock.get(block[face]!)!;
  }
  for (let round = 0; round < 6; round++) {
    const share = round === 0 ? JOINING_SHARE : 2 * JOINING_SHARE;
    if (!joinAcross(subdivision, facts, siteCount, cellOf, share, BARRIER_TAGS)) break;
  }
  // The pavement between a compound's wall and the middle of the street is the compound's: a border there follows the street.
  for (let round = 0; round < 6; round++) {
    if (!joinAcross(subdivision, facts, siteCount, cellOf, WALL_JOINING_SHARE, BARRIER_TAGS & ~TAG.wall)) break;
  }
  emptyCount = foundEmptyCells(subdivision, facts, siteCount, cellOf, emptyCount);
  // What is left goes back across the road it came from.
  for (let face = 0; face < faceCount; face++) {
    if (cellOf[face]! < 0 && block[face]! >= 0) cellOf[face] = core[face]! >= 0 ? core[face]! : nearest[face]!;
  }
  // A cell stays where its building stands, however much ground it was given elsewhere.
  const ownGround = (face: number): number => subdivision.areaMm2[face]! * (core[face] === cellOf[face] ? 1e6 : 1);
  keepLargestPieces(subdivision, cellOf, ownGround);
  return cellOf;
}

/** A cell's main ground: the largest piece of its footprint, and what hangs on to it without a road between. */
function settleMainGround(
  subdivision: Subdivision,
  { block, core, nearest }: FaceFacts,
  siteCount: number,
  cellOf: Int32Array,
): void {
  const { edges, areaMm2, faceCount } = subdivision;
  const cores = piecesOfFaces(
    subdivision,
    (face) => core[face]! >= 0,
    (_, left, right) => core[left] === core[right],
  );
  const coreArea = new Float64Array(cores.count);
  const siteOfPiece = new Int32Array(cores.count);
  for (let face = 0; face < faceCount; face++) {
    if (cores.pieceOf[face]! < 0) continue;
    coreArea[cores.pieceOf[face]!]! += areaMm2[face]!;
    siteOfPiece[cores.pieceOf[face]!] = core[face]!;
  }
  const mainPiece = new Int32Array(siteCount).fill(-1);
  for (let piece = 0; piece < cores.count; piece++) {
    const site = siteOfPiece[piece]!;
    if (mainPiece[site]! < 0 || coreArea[piece]! > coreArea[mainPiece[site]!]!) mainPiece[site] = piece;
  }
  const isMainCore = (face: number): boolean => core[face]! >= 0 && mainPiece[core[face]!] === cores.pieceOf[face];
  const label = Int32Array.from({ length: faceCount }, (_, face) => (core[face]! >= 0 ? core[face]! : nearest[face]!));
  const ground = piecesOfFaces(
    subdivision,
    (face) => block[face]! >= 0 && (core[face]! < 0 || isMainCore(face)),
    (edge, left, right) => {
      if (label[left] !== label[right] || label[left]! < 0) return false;
      if (core[left]! >= 0 && core[right]! >= 0) return true;
      return !(edges.tags[edge]! & BARRIER_TAGS) && block[left] === block[right];
    },
  );
  const mainGround = new Set<number>();
  for (let face = 0; face < faceCount; face++)
    if (isMainCore(face) && ground.pieceOf[face]! >= 0) mainGround.add(ground.pieceOf[face]!);
  // A site whose footprint left no face (it is thinner than the lattice) grows from its largest ground.
  const groundArea = new Map<number, { piece: number; areaMm2: number }>();
  const areas = new Float64Array(ground.count);
  for (let face = 0; face < faceCount; face++)
    if (ground.pieceOf[face]! >= 0) areas[ground.pieceOf[face]!]! += areaMm2[face]!;
  for (let face = 0; face < faceCount; face++) {
    const piece = ground.pieceOf[face]!;
    const site = label[face]!;
    if (piece < 0 || site < 0 || mainPiece[site]! >= 0) continue;
    const largest = groundArea.get(site);
    if (!largest || areas[piece]! > largest.areaMm2) groundArea.set(site, { piece, areaMm2: areas[piece]! });
  }
  for (const { piece } of groundArea.values()) mainGround.add(piece);
  for (let face = 0; face < faceCount; face++) {
    if (ground.pieceOf[face]! >= 0 && mainGround.has(ground.pieceOf[face]!)) cellOf[face] = label[face]!;
  }
}

/**
 * Unsettled pieces join the settled cell they share most border with that isn't closed, if that is enough; border on a wall counts half,
 * so that ground with a way to somebody outside stays outside. True when any did.
 */
function joinAcross(
  subdivision: Subdivision,
  { block, core, nearest }: FaceFacts,
  siteCount: number,
  cellOf: Int32Array,
  leastShare: number,
  closedTags: number,
): boolean {
  const { edges, faceOf } = subdivision;
  const lengths = edgeLengths(subdivision);
  const open = (edge: number, left: number, right: number): boolean =>
    !(edges.tags[edge]! & closedTags) && block[left] === block[right];
  const { pieceOf, count } = piecesOfFaces(
    subdivision,
    (face) => block[face]! >= 0 && cellOf[face]! < 0,
    (edge, left, right) => sameCore(core, left, right) || (nearest[left] === nearest[right] && open(edge, left, right)),
  );
  if (count === 0) return false;
  const outline = new Float64Array(count);
  const borders: Map<number, number>[] = Array.from({ length: count }, () => new Map());
  for (let edge = 0; edge < lengths.length; edge++) {
    const left = faceOf[edge * 2]!;
    const right = faceOf[edge * 2 + 1]!;
    const a = left < 0 ? -1 : pieceOf[left]!;
    const b = right < 0 ? -1 : pieceOf[right]!;
    if (a === b) continue;
    for (const [piece, other] of [
      [a, right],
      [b, left],
    ] as const) {
      if (piece < 0) continue;
      outline[piece]! += lengths[edge]!;
      if (other < 0 || cellOf[other]! < 0 || cellOf[other]! >= siteCount || !open(edge, left, right)) continue;
      const shared = edges.tags[edge]! & TAG.wall ? lengths[edge]! / 2 : lengths[edge]!;
      borders[piece]!.set(cellOf[other]!, (borders[piece]!.get(cellOf[other]!) ?? 0) + shared);
    }
  }
  const target = borders.map((sums, piece) => {
    let best = -1;
    for (const [cell, length] of sums) {
      if (best < 0 || length > sums.get(best)! || (length === sums.get(best) && cell < best)) best = cell;
    }
    return best >= 0 && sums.get(best)! >= leastShare * outline[piece]! ? best : -1;
  });
  let any = false;
  for (let face = 0; face < cellOf.length; face++) {
    if (pieceOf[face]! < 0 || target[pieceOf[face]!]! < 0) continue;
    cellOf[face] = target[pieceOf[face]!]!;
    any = true;
  }
  return any;
}

/** A part of a building that stands apart goes to a neighbour whole, whatever runs through it. */
function sameCore(core: Int32Array, left: number, right: number): boolean {
  return core[left]! >= 0 && core[left] === core[right];
}

/** Large ground between minor roads without a building becomes a cell without households. */
function foundEmptyCells(
  subdivision: Subdivision,
  { block, core }: FaceFacts,
  siteCount: number,
  cellOf: Int32Array,
  emptyCount: number,
): number {
  const { edges, faceOf, areaMm2 } = subdivision;
  const lengths = edgeLengths(subdivision);
  const { pieceOf, count } = piecesOfFaces(
    subdivision,
    (face) => block[face]! >= 0 && cellOf[face]! < 0,
    (edge, left, right) =>
      sameCore(core, left, right) || (!(edges.tags[edge]! & BARRIER_TAGS) && block[left] === block[right]),
  );
  const area = new Float64Array(count);
  const outline = new Float64Array(count);
  for (let face = 0; face < cellOf.length; face++) if (pieceOf[face]! >= 0) area[pieceOf[face]!]! += areaMm2[face]!;
  for (let edge = 0; edge < lengths.length; edge++) {
    const a = faceOf[edge * 2]! < 0 ? -1 : pieceOf[faceOf[edge * 2]!]!;
    const b = faceOf[edge * 2 + 1]! < 0 ? -1 : pieceOf[faceOf[edge * 2 + 1]!]!;
    if (a === b) continue;
    if (a >= 0) outline[a]! += lengths[edge]!;
    if (b >= 0) outline[b]! += lengths[edge]!;
  }
  const cellOfPiece = new Int32Array(count).fill(-1);
  for (let piece = 0; piece < count; piece++) {
    const widthMm = (2 * area[piece]!) / outline[piece]!;
    const compactness = (4 * Math.PI * area[piece]!) / outline[piece]! ** 2;
    if (area[piece]! >= EMPTY_AREA_MM2 && widthMm >= EMPTY_WIDTH_MM && compactness >= EMPTY_COMPACTNESS)
      cellOfPiece[piece] = siteCount + emptyCount++;
  }
  for (let face = 0; face < cellOf.length; face++) if (pieceOf[face]! >= 0) cellOf[face] = cellOfPiece[pieceOf[face]!]!;
  return emptyCount;
}
