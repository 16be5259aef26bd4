import type { Position } from 'geojson';

type Points = readonly Position[];

const same = (a: Position, b: Position): boolean => a[0] === b[0] && a[1] === b[1];

const turn = (a: Position, b: Position, c: Position): number =>
  Math.sign((b[0]! - a[0]!) * (c[1]! - a[1]!) - (b[1]! - a[1]!) * (c[0]! - a[0]!));

const cross = (a: Position, b: Position, c: Position, d: Position): boolean =>
  turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;

/** Two sides of a ring that cross (not merely touch), by the index of their first corner; null when it is simple. Sweeps by x. */
function firstCrossing(points: Points): readonly [number, number] | null {
  const n = points.length;
  const west = (i: number): number => Math.min(points[i]![0]!, points[(i + 1) % n]![0]!);
  const east = (i: number): number => Math.max(points[i]![0]!, points[(i + 1) % n]![0]!);
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => west(a) - west(b));
  let open: number[] = [];
  for (const i of order) {
    const from = west(i);
    open = open.filter((j) => east(j) >= from);
    for (const j of open) {
      if (cross(points[i]!, points[(i + 1) % n]!, points[j]!, points[(j + 1) % n]!)) {
        return i < j ? [i, j] : [j, i];
      }
    }
    open.push(i);
  }
  return null;
}

/** Drops repeated corners and spikes (out and back along one line's end). */
function withoutSpikes(ring: Points): Position[] {
  const points: Position[] = [];
  for (const point of ring) {
    if (points.length > 0 && same(points.at(-1)!, point)) continue;
    if (points.length > 1 && same(points.at(-2)!, point)) points.pop();
    else points.push(point);
  }
  for (;;) {
    const n = points.length;
    if (n > 1 && same(points[0]!, points[n - 1]!)) points.pop();
    else if (n > 2 && same(points[1]!, points[n - 1]!)) points.shift();
    else if (n > 2 && same(points[0]!, points[n - 2]!)) points.pop();
    else return points;
  }
}

export interface CleanRing {
  /** Closed, simple as far as crossings go; null when fewer than three corners remain or its crossings can't be undone. */
  readonly ring: Position[] | null;
  readonly closed: boolean;
  readonly uncrossed: boolean;
}

const MOST_CROSSINGS = 200;

/**
 * A ring as it should have been: closed, without repeated corners or spikes, and without crossing sides. A crossing is undone by walking
 * the stretch between the two sides the other way round, which gives back the rectangle whose corners a bow-tie lists in the wrong order
 * and takes no ground from a ring with a small loop. `closed` and `uncrossed` say what had to be done.
 */
export function cleanRing(ring: Points): CleanRing {
  const closed = ring.length > 1 && !same(ring[0]!, ring.at(-1)!);
  const points = withoutSpikes(ring);
  let uncrossed = false;
  for (let step = 0; points.length >= 3; step++) {
    const crossing = points.length === 3 ? null : firstCrossing(points);
    if (crossing === null) break;
    if (step === MOST_CROSSINGS) return { ring: null, closed, uncrossed: true };
    uncrossed = true;
    const [i, j] = crossing;
    const stretch = points.slice(i + 1, j + 1).reverse();
    points.splice(i + 1, stretch.length, ...stretch);
  }
  return { ring: points.length < 3 ? null : [...points, points[0]!], closed, uncrossed };
}
