import { along, areaOf, type Block, middleOf, type Point, ringOf, type Split, splitBlock } from './planar.ts';
import type { RandomStream } from './random.ts';
import { BANK_ROAD_M, SETBACK_M } from './streets.ts';

const MINOR_ROAD_SETBACK_M = 6.5;

/** A piece of town as minor roads divide it: a parcel at the leaves. Old grids follow the same tree. */
export interface ParcelTree {
  readonly block: Block;
  readonly road: readonly Point[] | null;
  readonly halves: readonly [ParcelTree, ParcelTree] | null;
}

/** Extent of a ring along and across the direction `angle`. */
export function extentOf(
  points: readonly Point[],
  angle: number,
): { along: [number, number]; across: [number, number] } {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const u = points.map(([x, y]) => x * cos + y * sin);
  const v = points.map(([x, y]) => y * cos - x * sin);
  return { along: [Math.min(...u), Math.max(...u)], across: [Math.min(...v), Math.max(...v)] };
}

/** The direction of the block's longest side that runs more east–west than north–south, in (−45°, 45°]. */
export function streetAngle(block: Block): number {
  let best = 0;
  let bestLength = 0;
  block.forEach((corner, i) => {
    const next = block[(i + 1) % block.length]!.at;
    let angle = Math.atan2(next[1] - corner.at[1], next[0] - corner.at[0]);
    if (angle > Math.PI / 2) angle -= Math.PI;
    if (angle <= -Math.PI / 2) angle += Math.PI;
    const length = Math.hypot(next[0] - corner.at[0], next[1] - corner.at[1]);
    if (Math.abs(angle) < Math.PI / 4 && length > bestLength) {
      best = angle;
      bestLength = length;
    }
  });
  return best;
}

/** Divides a block by minor roads until no piece is larger than about `parcelHa` hectares. */
export function divide(random: RandomStream, block: Block, parcelHa: number): ParcelTree {
  const ring = ringOf(block);
  if (areaOf(ring) < parcelHa * 10_000 * random.between(1.15, 1.7)) return { block, road: null, halves: null };
  const split = trySplits(random, block);
  if (split === null) return { block, road: null, halves: null };
  return {
    block,
    road: shortOfObstacles(split.path, block),
    halves: [divide(random, split.left, parcelHa), divide(random, split.right, parcelHa)],
  };
}

/** Ends a minor road at the bank road and before the railway, where the block itself reaches to their middle lines. */
function shortOfObstacles(path: readonly Point[], block: Block): readonly Point[] {
  const stopAt = (end: Point, towards: Point): Point => {
    const edge = block.find((corner, i) => isOnSegment(end, corner.at, block[(i + 1) % block.length]!.at));
    const stopM = edge?.setbackM === SETBACK_M.river ? BANK_ROAD_M : edge?.setbackM === SETBACK_M.railway ? 17 : 0;
    return along(end, towards, stopM / Math.hypot(towards[0] - end[0], towards[1] - end[1]));
  };
  const [from, bend, to] = path as [Point, Point, Point];
  return [stopAt(from, bend), bend, stopAt(to, bend)];
}

const isOnSegment = (p: Point, a: Point, b: Point) =>
  Math.hypot(p[0] - a[0], p[1] - a[1]) + Math.hypot(p[0] - b[0], p[1] - b[1]) <
  Math.hypot(b[0] - a[0], b[1] - a[1]) + 1e-6;

function trySplits(random: RandomStream, block: Block): Split | null {
  const ring = ringOf(block);
  const angle = streetAngle(block);
  const extent = extentOf(ring, angle);
  const isWide = extent.along[1] - extent.along[0] > (extent.across[1] - extent.across[0]) * 1.15;
  const middle = middleOf(ring);
  const longSide = isWide ? extent.along[1] - extent.along[0] : extent.across[1] - extent.across[0];
  const direction = isWide ? angle : angle + Math.PI / 2;
  for (let attempt = 0; attempt < 12; attempt++) {
    const shift = random.between(-0.11, 0.11) * longSide;
    const through: Point = [middle[0] + Math.cos(direction) * shift, middle[1] + Math.sin(direction) * shift];
    const skew = random.between(-0.07, 0.07);
    const bendM = random.chance(0.6) ? random.between(-7, 7) : 0.01;
    const split = splitBlock(block, through, direction + Math.PI / 2 + skew, bendM, MINOR_ROAD_SETBACK_M);
    if (split !== null && areaOf(ringOf(split.left)) > 2500 && areaOf(ringOf(split.right)) > 2500) return split;
  }
  return null;
}

export const parcelsOf = (tree: ParcelTree): Block[] =>
  tree.halves === null ? [tree.block] : tree.halves.flatMap(parcelsOf);

export const roadsOf = (tree: ParcelTree): (readonly Point[])[] =>
  tree.halves === null ? [] : [tree.road!, ...tree.halves.flatMap(roadsOf)];
