import { distanceToSegment, type Obstacle } from './straighten-obstacles.ts';

/** An end of the line sought: at a place, or anywhere on a zone it may slide along (a border it meets). */
export interface PathEnd {
  readonly x: number;
  readonly y: number;
  /** Flat coordinates; null when the end is pinned to its place. */
  readonly zone: readonly number[] | null;
}

/** A ground plan beside the wiggly line, which is right about the side it stands on. */
export interface Beside {
  readonly obstacle: Obstacle;
  /** The point of the line nearest to its middle. */
  readonly nearX: number;
  readonly nearY: number;
  readonly left: boolean;
}

/** What to straighten: a wiggly line that is known to be right about who stands on which side. */
export interface PathProblem {
  readonly line: readonly number[];
  readonly start: PathEnd;
  readonly end: PathEnd;
  readonly beside: readonly Beside[];
  /** What to keep from each ground plan, in the order of `beside`. */
  readonly clearancesMm: readonly number[];
  /** Other borders that must not be crossed: x0, y0, x1, y1 of each segment. */
  readonly blockers: readonly number[];
  readonly toleranceMm: number;
}

/** Candidate lines of one direction: all points with −uy·x + ux·y = d for one of the offsets. */
export interface CandidateDirection {
  readonly ux: number;
  readonly uy: number;
  /** Runs along the rows of buildings, or square to a border it ends on. */
  readonly aligned: boolean;
  /** By offset; the surcharge is metres of cost for being a worse candidate than others of its direction. */
  readonly lines: readonly { readonly d: number; readonly surcharge: number }[];
}

const SAME_DIRECTION = (2.5 / 180) * Math.PI;
const SAME_OFFSET_MM = 900;

export function besideLine(line: readonly number[], obstacles: readonly Obstacle[]): Beside[] {
  return obstacles.map((obstacle) => {
    const { x, y, left } = nearestOnLine(line, obstacle.middleX, obstacle.middleY);
    return { obstacle, nearX: x, nearY: y, left };
  });
}

/** Lines that the straightened border may run on: along rows of buildings and between them, and from bend to bend. */
export function candidateDirections(problem: PathProblem): CandidateDirection[] {
  const keys = keyPoints(problem.line, 8000);
  return [
    ...rowDirections(problem).map((angle) => alignedLines(problem, keys, angle)),
    ...skewLines(keyPoints(problem.line, 5000).slice(0, 12)),
  ];
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly clearanceMm: number;
  readonly left: boolean;
  readonly border: number;
}

function alignedLines(
  { line, start, end, beside, clearancesMm, toleranceMm }: PathProblem,
  keys: readonly { x: number; y: number }[],
  angle: number,
): CandidateDirection {
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)];
  const lines: { d: number; surcharge: number }[] = [];
  const add = (d: number, surcharge: number) => {
    for (const other of lines) if (Math.abs(other.d - d) < SAME_OFFSET_MM) return;
    lines.push({ d, surcharge });
  };
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < line.length; i += 2) {
    const d = -uy * line[i]! + ux * line[i + 1]!;
    if (d < low) low = d;
    if (d > high) high = d;
  }
  low -= toleranceMm;
  high += toleranceMm;
  for (const { x, y, zone } of [start, end]) if (zone === null) add(-uy * x + ux * y, 0);
  // gaps between the projections of ground plans: their middles, and as close to each as clearance allows
  const spans = beside.map(({ obstacle: { ring }, nearX, nearY, left }, i): Span => {
    let [from, to] = [Infinity, -Infinity];
    for (let k = 0; k < ring.length; k += 2) {
      const d = -uy * ring[k]! + ux * ring[k + 1]!;
      if (d < from) from = d;
      if (d > to) to = d;
    }
    return { from, to, clearanceMm: clearancesMm[i]!, left, border: -uy * nearX + ux * nearY };
  });
  const middles: { d: number; gap: number }[] = [];
  for (const a of spans)
    for (const b of spans) {
      const gap = b.from - a.to;
      if (a.left === b.left || gap < 500 || gap > 40_000) continue;
      const d = (a.to + b.from) / 2;
      // would the border, where it passes the buildings, be moved there?
      if (d <= low || d >= high || Math.abs(d - a.border) >= toleranceMm || Math.abs(d - b.border) >= toleranceMm)
        continue;
      middles.push({ d, gap });
    }
  // where two nearly agree, the narrower gap needs its middle more
  for (const { d } of middles.sort((a, b) => a.gap - b.gap || a.d - b.d)) add(d, 0);
  for (const { x, y } of keys) {
    const d = -uy * x + ux * y;
    if (d > low && d < high) add(d, 1);
  }
  for (const { from, to, clearanceMm, border } of spans) {
    const d = border < (from + to) / 2 ? from - clearanceMm - 150 : to + clearanceMm + 150;
    if (d > low && d < high && Math.abs(d - border) < toleranceMm) add(d, 3);
  }
  return { ux, uy, aligned: true, lines: lines.sort((a, b) => a.d - b.d) };
}

function skewLines(anchors: readonly { x: number; y: number }[]): CandidateDirection[] {
  const directions: CandidateDirection[] = [];
  const seen = new Map<number, number[]>();
  for (let i = 0; i < anchors.length; i++)
    for (let k = i + 1; k < anchors.length; k++) {
      const [a, b] = [anchors[i]!, anchors[k]!];
      const [dx, dy] = [b.x - a.x, b.y - a.y];
      const length = Math.sqrt(dx * dx + dy * dy);
      if (length < 8000) continue;
      const [ux, uy] = [dx / length, dy / length];
      const d = -uy * a.x + ux * a.y;
      const key = Math.round(Math.atan2(dy, dx) * 1e5);
      const offsets = seen.get(key) ?? [];
      if (offsets.some((other) => Math.abs(other - d) < 1)) continue;
      offsets.push(d);
      seen.set(key, offsets);
      directions.push({ ux, uy, aligned: false, lines: [{ d, surcharge: 0 }] });
    }
  return directions;
}

/** Directions of the rows of buildings along the line (both ways), and square to the borders it ends on. */
function rowDirections({ beside, start, end }: PathProblem): number[] {
  const quarter = Math.PI / 2;
  const clusters: { angle: number; weight: number }[] = [];
  const note = (axis: number, weight: number) => {
    for (const cluster of clusters) {
      let difference = (axis - cluster.angle) % quarter;
      if (difference > quarter / 2) difference -= quarter;
      if (difference < -quarter / 2) difference += quarter;
      if (Math.abs(difference) > SAME_DIRECTION) continue;
      cluster.weight += weight;
      cluster.angle += (difference * weight) / cluster.weight;
      return;
    }
    clusters.push({ angle: axis, weight });
  };
  for (const { obstacle } of beside) note(obstacle.axis, obstacle.maxX - obstacle.minX + obstacle.maxY - obstacle.minY);
  for (const { zone } of [start, end]) if (zone && zone.length >= 4) note(directionAtMiddle(zone), 20_000);
  clusters.sort((a, b) => b.weight - a.weight);
  return clusters.slice(0, 4).flatMap(({ angle }) => [angle, angle + quarter]);
}

function directionAtMiddle(zone: readonly number[]): number {
  const i = 2 * Math.floor((zone.length / 2 - 1) / 2);
  return Math.atan2(zone[i + 3]! - zone[i + 1]!, zone[i + 2]! - zone[i]!);
}

/** The points that matter of a line (Douglas–Peucker). */
function keyPoints(line: readonly number[], toleranceMm: number): { x: number; y: number }[] {
  const keep = new Set([0, line.length / 2 - 1]);
  const visit = (from: number, to: number) => {
    let [worst, at] = [toleranceMm, -1];
    for (let i = from + 1; i < to; i++) {
      const off = distanceToSegment(
        line[2 * i]!,
        line[2 * i + 1]!,
        line[2 * from]!,
        line[2 * from + 1]!,
        line[2 * to]!,
        line[2 * to + 1]!,
      );
      if (off > worst) [worst, at] = [off, i];
    }
    if (at < 0) return;
    keep.add(at);
    visit(from, at);
    visit(at, to);
  };
  visit(0, line.length / 2 - 1);
  return [...keep]
    .sort((a, b) => a - b)
    .slice(0, 24)
    .map((i) => ({ x: line[2 * i]!, y: line[2 * i + 1]! }));
}

/** The point of the line nearest to (x, y), and whether (x, y) lies to its left. */
export function nearestOnLine(line: readonly number[], x: number, y: number): { x: number; y: number; left: boolean } {
  let [least, nearX, nearY, left] = [Infinity, line[0]!, line[1]!, false];
  for (let i = 0; i + 3 < line.length; i += 2) {
    const x0 = line[i]!;
    const y0 = line[i + 1]!;
    const dx = line[i + 2]! - x0;
    const dy = line[i + 3]! - y0;
    const share = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy);
    const t = share > 1 ? 1 : Math.max(share, 0);
    const px = x0 + t * dx;
    const py = y0 + t * dy;
    const off = (x - px) * (x - px) + (y - py) * (y - py);
    if (off >= least) continue;
    least = off;
    nearX = px;
    nearY = py;
    left = dx * (y - y0) - dy * (x - x0) > 0;
  }
  return { x: nearX, y: nearY, left };
}

export function segmentsCross(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
  dx: number,
  dy: number,
): boolean {
  const ux = bx - ax;
  const uy = by - ay;
  if (ux * (cy - ay) - uy * (cx - ax) > 0 === ux * (dy - ay) - uy * (dx - ax) > 0) return false;
  const vx = dx - cx;
  const vy = dy - cy;
  return vx * (ay - cy) - vy * (ax - cx) > 0 !== vx * (by - cy) - vy * (bx - cx) > 0;
}
