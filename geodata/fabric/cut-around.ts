import type { FootprintMm } from './outline-footprints.ts';
import { doubledAreaMm2, type RingMm, sideOfRing } from './outline-rings.ts';

/** Clearances to try, widest first: between close buildings there is less room. */
const CLEARANCES_MM = [1500, 800, 400, 150, 40];
const PASSES = 6;

/**
 * Leads a line (flat coordinates, millimetres) around the buildings it would divide, on the side where less of the
 * building is cut off. Where it can't (buildings that touch each other), the line still divides one.
 */
export function bendAround(line: readonly number[], footprints: readonly FootprintMm[]): number[] {
  const outers = footprints.flatMap(({ polygons }) => polygons.map((rings) => counterClockwise(rings[0]!)));
  let bent = outsideStart(line, outers);
  for (let pass = 0; pass < PASSES; pass++) {
    const before = bent.length;
    let changed = false;
    outers.forEach((ring, at) => {
      if (!passesThrough(bent, ring)) return;
      const clearance = CLEARANCES_MM[Math.min(CLEARANCES_MM.length - 1, pass)]!;
      const others = outers.filter((_, other) => other !== at);
      bent = around(bent, obstacleOf(ring, clearance, others));
      changed = true;
    });
    if (!changed || (pass > 0 && bent.length > 50 * before)) break;
  }
  return bent;
}

/** The convex hull with clearance where it is free of other buildings, otherwise the ground plan itself with clearance. */
function obstacleOf(ring: RingMm, clearanceMm: number, others: readonly RingMm[]): RingMm {
  for (const clearance of CLEARANCES_MM.filter((tried) => tried <= clearanceMm))
    for (const shape of [hullOf(ring), ring]) {
      const grown = offset(shape, clearance);
      if (others.every((other) => !passesThrough(grown, other) && sideOfRing(grown, other[0]!, other[1]!) <= 0))
        return grown;
    }
  return offset(ring, CLEARANCES_MM.at(-1)!);
}

const counterClockwise = (ring: RingMm): RingMm => {
  if (doubledAreaMm2(ring) > 0) return ring;
  const reversed: number[] = [];
  for (let i = ring.length - 2; i >= 0; i -= 2) reversed.push(ring[i]!, ring[i + 1]!);
  return reversed;
};

/** Does the line run through the inside of the ring? Touching its edge doesn't count. */
function passesThrough(line: readonly number[], ring: RingMm): boolean {
  for (let i = 0; i + 3 < line.length; i += 2) {
    const [x0, y0, x1, y1] = line.slice(i, i + 4) as [number, number, number, number];
    const cuts = [0, ...crossings(x0, y0, x1, y1, ring), 1];
    for (let k = 1; k < cuts.length; k++) {
      if ((cuts[k]! - cuts[k - 1]!) * Math.hypot(x1 - x0, y1 - y0) < 20) continue;
      const middle = (cuts[k]! + cuts[k - 1]!) / 2;
      if (sideOfRing(ring, x0 + middle * (x1 - x0), y0 + middle * (y1 - y0)) > 0) return true;
    }
  }
  return false;
}

interface Place {
  /** Position on the ring: edge number and share of it. */
  readonly onRing: number;
  readonly x: number;
  readonly y: number;
}

/** Where a ring's edges cross a segment, as shares of it, ascending. */
function crossings(x0: number, y0: number, x1: number, y1: number, ring: RingMm): number[] {
  const found: number[] = [];
  const [dx, dy] = [x1 - x0, y1 - y0];
  for (let i = 0; i + 3 < ring.length; i += 2) {
    const sideP = dx * (ring[i + 1]! - y0) - dy * (ring[i]! - x0);
    const sideQ = dx * (ring[i + 3]! - y0) - dy * (ring[i + 2]! - x0);
    if (sideP > 0 === sideQ > 0) continue;
    const share = sideP / (sideP - sideQ);
    const x = ring[i]! + share * (ring[i + 2]! - ring[i]!);
    const y = ring[i + 1]! + share * (ring[i + 3]! - ring[i + 1]!);
    const t = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy);
    if (t >= 0 && t <= 1) found.push(t);
  }
  return found.sort((a, b) => a - b);
}

/** Replaces every passage through a ring by the way around it that cuts off less of it. Ends inside it are left out. */
function around(line: readonly number[], ring: RingMm): number[] {
  const bent: number[] = [];
  const append = (x: number, y: number) => {
    const [toX, toY] = [Math.round(x), Math.round(y)];
    if (bent.at(-2) !== toX || bent.at(-1) !== toY) bent.push(toX, toY);
  };
  let entry: Place | null = null;
  let inside = true;
  for (let i = 0; i + 3 < line.length; i += 2) {
    const [x0, y0, x1, y1] = line.slice(i, i + 4) as [number, number, number, number];
    const at = [...crossings(x0, y0, x1, y1, ring), 1];
    let from = 0;
    for (const to of at) {
      if ((to - from) * Math.hypot(x1 - x0, y1 - y0) < 1e-3) continue;
      // by the middle between two crossings, as a line that runs along an edge or turns on it may cross it or not
      const middle = (from + to) / 2;
      const nowInside = sideOfRing(ring, x0 + middle * (x1 - x0), y0 + middle * (y1 - y0)) > 0;
      const [x, y] = [x0 + from * (x1 - x0), y0 + from * (y1 - y0)];
      if (nowInside && !inside) entry = placeOn(ring, x, y);
      if (!nowInside && inside) {
        if (entry) bent.push(...shorterWay(ring, entry, placeOn(ring, x, y)));
        append(x, y);
      }
      inside = nowInside;
      from = to;
      if (!inside) append(x0 + to * (x1 - x0), y0 + to * (y1 - y0));
    }
  }
  return bent;
}

/** The place on a ring that is nearest to a point. */
function placeOn(ring: RingMm, x: number, y: number): Place {
  let best: Place = { onRing: 0, x, y };
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i + 3 < ring.length; i += 2) {
    const [dx, dy] = [ring[i + 2]! - ring[i]!, ring[i + 3]! - ring[i + 1]!];
    const share = ((x - ring[i]!) * dx + (y - ring[i + 1]!) * dy) / (dx * dx + dy * dy || 1);
    const clamped = Math.min(1, Math.max(0, share));
    const off = Math.hypot(ring[i]! + clamped * dx - x, ring[i + 1]! + clamped * dy - y);
    // the end of an edge is the start of the next
    if (off < least && clamped < 1) [least, best] = [off, { onRing: i / 2 + clamped, x, y }];
  }
  return best;
}

/** The vertices between two positions on a ring, on the side of the chord where less of the ring's area lies. */
function shorterWay(ring: RingMm, from: Place, to: Place): number[] {
  const count = ring.length / 2 - 1;
  const walk = (step: 1 | -1): number[] => {
    const points: number[] = [];
    const first = step > 0 ? Math.floor(from.onRing) + 1 : Math.floor(from.onRing);
    const edgeEnd = step > 0 ? Math.floor(to.onRing) : Math.floor(to.onRing) + 1;
    const sameEdge = Math.floor(from.onRing) === Math.floor(to.onRing);
    if (sameEdge && to.onRing > from.onRing === step > 0) return points;
    for (let i = first, guard = 0; guard <= count; i += step, guard++) {
      const at = ((i % count) + count) % count;
      points.push(ring[2 * at]!, ring[2 * at + 1]!);
      if (at === ((edgeEnd % count) + count) % count) break;
    }
    return points;
  };
  const area = (way: readonly number[]) =>
    Math.abs(doubledAreaMm2([from.x, from.y, ...way, to.x, to.y, from.x, from.y]));
  const [ahead, back] = [walk(1), walk(-1)];
  return area(ahead) <= area(back) ? ahead : back;
}

/** A closed line is turned so that it starts outside every building; an open one that starts in one is left to `around`. */
function outsideStart(line: readonly number[], rings: readonly RingMm[]): number[] {
  const count = line.length;
  const closed = line[0] === line[count - 2] && line[1] === line[count - 1];
  if (!closed) return [...line];
  for (let i = 0; i + 2 < count; i += 2)
    if (rings.every((ring) => sideOfRing(offset(ring, CLEARANCES_MM[0]!), line[i]!, line[i + 1]!) < 0))
      return [...line.slice(i, count - 2), ...line.slice(0, i + 2)];
  return [...line];
}

/** A ring moved outwards by a distance; corners are mitred, sharp ones cut off. */
function offset(ring: RingMm, distanceMm: number): RingMm {
  const count = ring.length / 2 - 1;
  const grown: number[] = [];
  for (let i = 0; i < count; i++) {
    const [px, py] = at(ring, i - 1, count);
    const [x, y] = at(ring, i, count);
    const [qx, qy] = at(ring, i + 1, count);
    const [inLength, outLength] = [Math.hypot(x - px, y - py), Math.hypot(qx - x, qy - y)];
    if (inLength === 0 || outLength === 0) continue;
    const [nx0, ny0] = [(y - py) / inLength, (px - x) / inLength];
    const [nx1, ny1] = [(qy - y) / outLength, (x - qx) / outLength];
    const dot = 1 + nx0 * nx1 + ny0 * ny1;
    const reach = distanceMm / Math.max(dot, 0.5);
    grown.push(Math.round(x + (nx0 + nx1) * reach), Math.round(y + (ny0 + ny1) * reach));
  }
  grown.push(grown[0]!, grown[1]!);
  return grown;
}

const at = (ring: RingMm, i: number, count: number): [number, number] => {
  const index = 2 * (((i % count) + count) % count);
  return [ring[index]!, ring[index + 1]!];
};

/** Counter-clockwise convex hull (Andrew's monotone chain). */
function hullOf(ring: RingMm): RingMm {
  const points: [number, number][] = [];
  for (let i = 0; i + 2 < ring.length; i += 2) points.push([ring[i]!, ring[i + 1]!]);
  points.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (ordered: readonly [number, number][]) => {
    const chain: [number, number][] = [];
    for (const p of ordered) {
      while (chain.length > 1 && turn(chain.at(-2)!, chain.at(-1)!, p) <= 0) chain.pop();
      chain.push(p);
    }
    return chain.slice(0, -1);
  };
  const hull = [...half(points), ...half([...points].reverse())];
  return [...hull, hull[0]!].flat();
}

const turn = (a: [number, number], b: [number, number], c: [number, number]) =>
  (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
