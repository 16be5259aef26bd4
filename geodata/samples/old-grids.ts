import { extentOf, type ParcelTree, streetAngle } from './parcels.ts';
import {
  areaOf,
  type Block,
  isInside,
  middleOf,
  type Point,
  type Ring,
  ringOf,
  type Split,
  splitBlock,
} from './planar.ts';
import type { RandomStream } from './random.ts';

/** Where households are, as the grids' makers would have counted them. */
export interface HouseholdPoint {
  readonly at: Point;
  readonly households: number;
}

const householdsIn = (block: Block, points: readonly HouseholdPoint[]) => {
  const ring = ringOf(block);
  return points.reduce((sum, point) => sum + (isInside(ring, point.at) ? point.households : 0), 0);
};

/**
 * Grids of the old style: whole street blocks where they hold no more than `most` households, and where a block holds more,
 * a straight line across it that halves its households, through whatever compound stands there.
 */
export function gridsByStreets(
  tree: ParcelTree,
  points: readonly HouseholdPoint[],
  least: number,
  most: number,
): Ring[] {
  const total = householdsIn(tree.block, points);
  if (total <= most) return [ringOf(tree.block)];
  if (tree.halves?.every((half) => householdsIn(half.block, points) >= least)) {
    return tree.halves.flatMap((half) => gridsByStreets(half, points, least, most));
  }
  return gridsByLines(tree.block, most, (block) => householdsIn(block, points));
}

/** Halves a block by straight lines until each piece weighs at most `most`. */
export function gridsByLines(block: Block, most: number, weigh: (block: Block) => number, depth = 0): Ring[] {
  if (weigh(block) <= most || depth > 8) return [ringOf(block)];
  const split = halvingLine(block, weigh);
  if (split === null) return [ringOf(block)];
  return [split.left, split.right].flatMap((half) => gridsByLines(half, most, weigh, depth + 1));
}

function halvingLine(block: Block, weigh: (block: Block) => number): Split | null {
  const ring = ringOf(block);
  const angle = streetAngle(block);
  const { along, across } = extentOf(ring, angle);
  const isWide = along[1] - along[0] > across[1] - across[0];
  const direction = isWide ? angle : angle + Math.PI / 2;
  const longSide = isWide ? along[1] - along[0] : across[1] - across[0];
  const middle = middleOf(ring);
  let best: Split | null = null;
  let bestDifference = Number.POSITIVE_INFINITY;
  for (let share = -0.3; share <= 0.3; share += 0.02) {
    const through: Point = [
      middle[0] + Math.cos(direction) * share * longSide,
      middle[1] + Math.sin(direction) * share * longSide,
    ];
    const split = splitBlock(block, through, direction + Math.PI / 2, 0.01, 0);
    if (split === null) continue;
    const difference = Math.abs(weigh(split.left) - weigh(split.right));
    if (difference < bestDifference) {
      best = split;
      bestDifference = difference;
    }
  }
  return best;
}

export const areaOfBlock = (block: Block): number => areaOf(ringOf(block));

/** Moves every corner by up to `metres`, smoothly over the town: how one office's drawing differs from another's. */
export function handDrawn(random: RandomStream, metres: number): (ring: Ring) => Ring {
  const phases = Array.from({ length: 4 }, () => random.between(0, 6.28));
  const move = ([x, y]: Point): Point => [
    x + (metres / 2) * (Math.sin(x / 143 + y / 211 + phases[0]!) + Math.sin(y / 67 + phases[1]!)),
    y + (metres / 2) * (Math.sin(y / 151 - x / 233 + phases[2]!) + Math.sin(x / 71 + phases[3]!)),
  ];
  return (ring) => ring.map(move);
}
