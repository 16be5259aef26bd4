import { awayFrom, headOf, SLIDE_MM, type Slide, type Stem, stemReach, TOLERANCE_MM } from './straighten-ends.ts';
import {
  type Box,
  boxOf,
  boxOfChain,
  type Chain,
  lengthOf,
  type Network,
  reversed,
  type Stroke,
} from './straighten-network.ts';
import type { Obstacle, ObstacleIndex } from './straighten-obstacles.ts';

/** A border stays within its tolerance, and so do the borders that can be in its way. */
const BLOCKER_REACH_MM = TOLERANCE_MM + 1000;
/** More than a border has moved from where it was when it was put in its place. */
const MOST_MOVED_MM = 2 * (TOLERANCE_MM + SLIDE_MM);

/** Ground plans about as near to the line as `reach`, in a fixed order. */
export function obstaclesNear(index: ObstacleIndex, line: readonly number[], reach: number): Obstacle[] {
  const [minX, minY, maxX, maxY] = boxOf(line);
  return index
    .within(minX - reach, minY - reach, maxX + reach, maxY + reach)
    .filter((obstacle) => passesBy(line, obstacle.minX, obstacle.minY, obstacle.maxX, obstacle.maxY, reach));
}

/** Does the box around one of the line's segments come within reach of this box? */
function passesBy(
  line: readonly number[],
  minX: number,
  minY: number,
  maxX: number,
  maxY: number,
  reach: number,
): boolean {
  const [left, bottom, right, top] = [minX - reach, minY - reach, maxX + reach, maxY + reach];
  for (let i = 0; i + 3 < line.length; i += 2) {
    const x0 = line[i]!;
    const x1 = line[i + 2]!;
    if ((x0 < left && x1 < left) || (x0 > right && x1 > right)) continue;
    const y0 = line[i + 1]!;
    const y1 = line[i + 3]!;
    if ((y0 < bottom && y1 < bottom) || (y0 > top && y1 > top)) continue;
    return true;
  }
  return false;
}

/**
 * Segments of other borders near the line, x0, y0, x1, y1 each. The first `fence` of these numbers are of what
 * the line must not go around either.
 */
export function blockersOf(
  { places }: Network,
  { steps }: Stroke,
  stems: readonly Stem[],
  line: readonly number[],
  slides: readonly (Slide | null)[],
): { blockers: number[]; fence: number } {
  const own = new Set(steps.map(({ chain }) => chain));
  const slid = new Set<Chain>();
  for (const slide of slides) {
    if (!slide) continue;
    slid.add(slide.before.chain);
    if (slide.after) slid.add(slide.after.chain);
  }
  const around = boxOf(line);
  const blockers: number[] = [];
  for (const chain of places.near(around, BLOCKER_REACH_MM + MOST_MOVED_MM)) {
    const box = boxOfChain(chain);
    if (!boxesMeet(box, around, BLOCKER_REACH_MM) || own.has(chain) || slid.has(chain)) continue;
    const stem = stems.find(({ end }) => end.chain === chain);
    if (stem) {
      // the stem's own end gives way to the stroke
      const away = awayFrom(stem.end);
      addNear(blockers, headOf(reversed(away), lengthOf(away) - stemReach(stem)), line, around);
    } else {
      const before = blockers.length;
      addNear(blockers, chain.points, line, around);
      // one that keeps its distance could still be enclosed by the line and what takes its place
      if (blockers.length === before && isWithin(box, around)) blockers.push(...chain.points.slice(0, 4));
    }
  }
  // nor may the far part of what it slides along come to lie on its other side
  for (const { points } of slid) {
    const middle = headOf(points, lengthOf(points) / 2).slice(-2);
    blockers.push(...middle, ...middle);
  }
  const fence = blockers.length;
  for (const chain of slid) addNear(blockers, chain.points, line, around);
  return { blockers, fence };
}

function addNear(blockers: number[], points: readonly number[], line: readonly number[], around: Box): void {
  const reach = BLOCKER_REACH_MM;
  const [minX, minY, maxX, maxY] = around;
  for (let i = 0; i + 3 < points.length; i += 2) {
    const x0 = points[i]!;
    const y0 = points[i + 1]!;
    const x1 = points[i + 2]!;
    const y1 = points[i + 3]!;
    const [left, right] = x0 < x1 ? [x0, x1] : [x1, x0];
    if (right < minX - reach || left > maxX + reach) continue;
    const [bottom, top] = y0 < y1 ? [y0, y1] : [y1, y0];
    if (top < minY - reach || bottom > maxY + reach) continue;
    if (passesBy(line, left, bottom, right, top, reach)) blockers.push(x0, y0, x1, y1);
  }
}

const boxesMeet = (a: Box, b: Box, reach: number) =>
  a[0] <= b[2] + reach && a[2] >= b[0] - reach && a[1] <= b[3] + reach && a[3] >= b[1] - reach;
const isWithin = (a: Box, b: Box) => a[0] >= b[0] && a[1] >= b[1] && a[2] <= b[2] && a[3] <= b[3];
