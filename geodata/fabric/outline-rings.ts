import type { GridId } from '../model/index.ts';
import { pointKey } from './dissolve.ts';

/** A closed ring in millimetres of the frame: x0, y0 … with the first point repeated at the end. */
export type RingMm = readonly number[];
/** An outer ring, counter-clockwise, then its holes, clockwise. */
export type PolygonMm = readonly RingMm[];

/** What a ring is made of: a line with the grid on each side. */
export interface SidedLine {
  readonly left: GridId | null;
  readonly right: GridId | null;
  readonly points: readonly number[];
}

interface HalfLine {
  readonly points: readonly number[];
  readonly forward: boolean;
  readonly start: number;
  readonly end: number;
  used: boolean;
}

/** The polygons that each grid's borders enclose. Borders must meet at their ends only, and close up around every grid. */
export function polygonsOfBorders(lines: readonly SidedLine[]): Map<GridId, PolygonMm[]> {
  const halves = new Map<GridId, Map<number, HalfLine[]>>();
  const add = (grid: GridId | null, points: readonly number[], forward: boolean) => {
    if (grid === null) return;
    const byStart = halves.get(grid) ?? new Map<number, HalfLine[]>();
    halves.set(grid, byStart);
    const last = points.length - 2;
    const head = pointKey(points[0]!, points[1]!);
    const tail = pointKey(points[last]!, points[last + 1]!);
    const start = forward ? head : tail;
    const half = { points, forward, start, end: forward ? tail : head, used: false };
    const there = byStart.get(start);
    if (there) there.push(half);
    else byStart.set(start, [half]);
  };
  for (const { left, right, points } of lines) {
    add(left, points, true);
    add(right, points, false);
  }
  return new Map([...halves].map(([grid, byStart]) => [grid, polygonsOf(traceRings(grid, byStart))]));
}

function traceRings(grid: GridId, byStart: ReadonlyMap<number, readonly HalfLine[]>): RingMm[] {
  const rings: RingMm[] = [];
  for (const starts of byStart.values())
    for (const first of starts) {
      if (first.used) continue;
      // A walk that comes back to a point it has passed closes a ring there: rings touch themselves nowhere.
      const walk: HalfLine[] = [];
      let half: HalfLine | undefined = first;
      do {
        half.used = true;
        walk.push(half);
        const { end }: HalfLine = half;
        const seen = walk.findIndex((step) => step.start === end);
        if (seen >= 0) rings.push(ringOf(walk.splice(seen)));
        if (walk.length === 0) break;
        half = nextAround(half, byStart.get(end) ?? []);
      } while (half);
      if (walk.length > 0)
        throw new Error(`borders of grid ${grid} do not close at ${tailPoint(walk.at(-1)!).join(', ')}`);
    }
  return rings;
}

/** Of several lines leaving a point, the one that keeps the same ground on the left: the first clockwise from where we came. */
function nextAround(came: HalfLine, leaving: readonly HalfLine[]): HalfLine | undefined {
  const free = leaving.filter((half) => !half.used);
  if (free.length < 2) return free[0];
  const back = direction(came, true);
  let best: HalfLine | undefined;
  let bestTurn = Number.POSITIVE_INFINITY;
  for (const half of free) {
    let turn = back - direction(half, false);
    while (turn <= 1e-12) turn += 2 * Math.PI;
    if (turn < bestTurn) {
      bestTurn = turn;
      best = half;
    }
  }
  return best;
}

/** Angle in which a line leaves its first point, or looking back from its last. */
function direction({ points, forward }: HalfLine, fromEnd: boolean): number {
  const count = points.length;
  const atHead = forward !== fromEnd;
  const [x0, y0, x1, y1] = atHead
    ? [points[0]!, points[1]!, points[2]!, points[3]!]
    : [points[count - 2]!, points[count - 1]!, points[count - 4]!, points[count - 3]!];
  return Math.atan2(y1 - y0, x1 - x0);
}

const tailPoint = ({ points, forward }: HalfLine) => (forward ? points.slice(-2) : points.slice(0, 2));

function ringOf(halves: readonly HalfLine[]): RingMm {
  const ring: number[] = [];
  for (const { points, forward } of halves) {
    const count = points.length / 2;
    for (let i = ring.length === 0 ? 0 : 1; i < count; i++) {
      const at = 2 * (forward ? i : count - 1 - i);
      ring.push(points[at]!, points[at + 1]!);
    }
  }
  return ring;
}

/** Twice the signed area in mm²; counter-clockwise is positive. */
export function doubledAreaMm2(ring: RingMm): number {
  const x0 = ring[0]!;
  const y0 = ring[1]!;
  let sum = 0;
  for (let i = 0; i + 3 < ring.length; i += 2)
    sum += (ring[i]! - x0) * (ring[i + 3]! - y0) - (ring[i + 2]! - x0) * (ring[i + 1]! - y0);
  return sum;
}

/** Gives every hole to the smallest outer ring around it. Larger outer rings come first. */
function polygonsOf(rings: readonly RingMm[]): PolygonMm[] {
  const outers: { area: number; rings: RingMm[] }[] = [];
  const holes: RingMm[] = [];
  for (const ring of rings) {
    const area = doubledAreaMm2(ring);
    if (area > 0) outers.push({ area, rings: [ring] });
    else if (area < 0) holes.push(ring);
  }
  outers.sort((a, b) => b.area - a.area || a.rings[0]![0]! - b.rings[0]![0]! || a.rings[0]![1]! - b.rings[0]![1]!);
  for (const hole of holes) {
    const around = outers.findLast((outer) => -doubledAreaMm2(hole) <= outer.area && ringInside(hole, outer.rings[0]!));
    if (!around) throw new Error(`hole at ${hole[0]}, ${hole[1]} lies in no outer ring`);
    around.rings.push(hole);
  }
  return outers.map((outer) => outer.rings);
}

/** Rings that do not cross: decided by the first vertex of the inner one that is not on the outer one. */
function ringInside(inner: RingMm, outer: RingMm): boolean {
  for (let i = 0; i < inner.length; i += 2) {
    const side = sideOfRing(outer, inner[i]!, inner[i + 1]!);
    if (side !== 0) return side > 0;
  }
  return true;
}

/** 1 inside, 0 on the ring, −1 outside; exact on the lattice. */
export function sideOfRing(ring: RingMm, x: number, y: number): -1 | 0 | 1 {
  let inside = false;
  for (let i = 0; i + 3 < ring.length; i += 2) {
    const x0 = ring[i]! - x;
    const y0 = ring[i + 1]! - y;
    const x1 = ring[i + 2]! - x;
    const y1 = ring[i + 3]! - y;
    const cross = x0 * y1 - x1 * y0;
    if (cross === 0 && x0 * x1 <= 0 && y0 * y1 <= 0) return 0;
    if (y0 > 0 !== y1 > 0 && cross > 0 === y1 > y0) inside = !inside;
  }
  return inside ? 1 : -1;
}
