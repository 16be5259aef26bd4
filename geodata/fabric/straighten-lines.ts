import { distanceToSegment, type Obstacle } from './straighten-obstacles.ts';

/** An end of the line sought: at a place, or anywhere on a zone it may slide along (a border it meets). */
export interface PathEnd {
  readonly x: number;
  readonly y: number;
  /** Flat coordinates; null when the end is pinned to its place. */
  readonly zone: readonly number[] | null;
}

/** What to straighten: a wiggly line that is known to be right about who stands on which side. */
export interface PathProblem {
  readonly line: readonly number[];
  readonly start: PathEnd;
  readonly end: PathEnd;
  readonly obstacles: readonly { readonly obstacle: Obstacle; readonly clearanceMm: number }[];
  /** Other borders that must not be crossed: x0, y0, x1, y1 of each segment. */
  readonly blockers: readonly number[];
  readonly toleranceMm: number;
}

/** A piece of an infinite line that is clear of everything: point(t) = t·u + d·n with n = u turned left. */
export interface Track {
  readonly ux: number;
  readonly uy: number;
  readonly d: number;
  readonly from: number;
  readonly to: number;
  /** Runs along the rows of buildings, or square to a border it ends on. */
  readonly aligned: boolean;
  /** Metres of cost for being a worse candidate than others of its direction. */
  readonly surcharge: number;
  /** Where it may begin or end a path: t and at which end. */
  readonly startsAt: readonly number[];
  readonly endsAt: readonly number[];
}

interface CandidateLine {
  readonly ux: number;
  readonly uy: number;
  readonly d: number;
  readonly aligned: boolean;
  readonly surcharge: number;
}

const SAME_DIRECTION = (2.5 / 180) * Math.PI;
const SAME_OFFSET_MM = 900;
const SHORTEST_TRACK_MM = 2500;

export function tracksOf(problem: PathProblem): Track[] {
  const spokes = spokesOf(problem);
  return candidateLines(problem).flatMap((line) => clearPieces(line, problem, spokes));
}

// ---- candidate lines

function candidateLines(problem: PathProblem): CandidateLine[] {
  const { line, obstacles, start, end } = problem;
  const keys = keyPoints(line, 8000);
  const lines: CandidateLine[] = [];
  const seen = new Map<string, number[]>();
  const add = (angle: number, d: number, aligned: boolean, surcharge: number) => {
    const key = angle.toFixed(5);
    const offsets = seen.get(key) ?? [];
    if (offsets.some((other) => Math.abs(other - d) < (aligned ? SAME_OFFSET_MM : 1))) return;
    offsets.push(d);
    seen.set(key, offsets);
    lines.push({ ux: Math.cos(angle), uy: Math.sin(angle), d, aligned, surcharge });
  };

  const sides = obstacles.map(({ obstacle }) => nearestOnLine(line, obstacle.middleX, obstacle.middleY));
  const pins = [start, end].filter(({ zone }) => zone === null);
  for (const angle of rowDirections(problem)) {
    const [ux, uy] = [Math.cos(angle), Math.sin(angle)];
    const offset = (x: number, y: number) => -uy * x + ux * y;
    let [low, high] = [Infinity, -Infinity];
    for (let i = 0; i < line.length; i += 2) {
      const d = offset(line[i]!, line[i + 1]!);
      low = Math.min(low, d - problem.toleranceMm);
      high = Math.max(high, d + problem.toleranceMm);
    }
    for (const pin of pins) add(angle, offset(pin.x, pin.y), true, 0);
    // gaps between the projections of ground plans: their middles, and as close to each as clearance allows
    const spans = obstacles.map(({ obstacle: { ring }, clearanceMm }, i) => {
      let [from, to] = [Infinity, -Infinity];
      for (let k = 0; k < ring.length; k += 2) {
        const d = offset(ring[k]!, ring[k + 1]!);
        from = Math.min(from, d);
        to = Math.max(to, d);
      }
      const { left, x, y } = sides[i]!;
      return { from, to, clearanceMm, left, border: offset(x, y) };
    });
    const within = (d: number) => d > low && d < high;
    /** Would the border, where it passes the building, be moved there? */
    const isNear = (d: number, { border }: { border: number }) => Math.abs(d - border) < problem.toleranceMm;
    const middles: { d: number; gap: number }[] = [];
    for (const a of spans)
      for (const b of spans) {
        const gap = b.from - a.to;
        if (a.left === b.left || gap < 500 || gap > 40_000) continue;
        const d = (a.to + b.from) / 2;
        if (within(d) && isNear(d, a) && isNear(d, b)) middles.push({ d, gap });
      }
    // where two nearly agree, the narrower gap needs its middle more
    for (const { d } of middles.sort((a, b) => a.gap - b.gap || a.d - b.d)) add(angle, d, true, 0);
    for (const { x, y } of keys) if (within(offset(x, y))) add(angle, offset(x, y), true, 1);
    for (const span of spans) {
      const d =
        span.border < (span.from + span.to) / 2 ? span.from - span.clearanceMm - 150 : span.to + span.clearanceMm + 150;
      if (within(d) && isNear(d, span)) add(angle, d, true, 3);
    }
  }
  const anchors = keyPoints(line, 5000).slice(0, 12);
  for (let i = 0; i < anchors.length; i++)
    for (let k = i + 1; k < anchors.length; k++) {
      const [a, b] = [anchors[i]!, anchors[k]!];
      const length = Math.hypot(b.x - a.x, b.y - a.y);
      if (length < 8000) continue;
      const angle = Math.atan2(b.y - a.y, b.x - a.x);
      add(angle, -Math.sin(angle) * a.x + Math.cos(angle) * a.y, false, 0);
    }
  return lines;
}

/** Directions of the rows of buildings along the line (both ways), and square to the borders it ends on. */
function rowDirections({ obstacles, start, end }: PathProblem): number[] {
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
  for (const { obstacle } of obstacles)
    note(obstacle.axis, obstacle.maxX - obstacle.minX + obstacle.maxY - obstacle.minY);
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

// ---- what is clear of a line

/** From each ground plan away from the wiggly line: crossing one would change the building's side. */
function spokesOf({ line, obstacles, toleranceMm }: PathProblem): number[] {
  const spokes: number[] = [];
  for (const { obstacle } of obstacles) {
    const { middleX, middleY } = obstacle;
    const { x: nearX, y: nearY } = nearestOnLine(line, middleX, middleY);
    const away = Math.atan2(middleY - nearY, middleX - nearX);
    const reach = toleranceMm + 40_000;
    for (const turn of [0, 0.6, -0.6, 1.2, -1.2, 1.8, -1.8]) {
      const [x, y] = [middleX + reach * Math.cos(away + turn), middleY + reach * Math.sin(away + turn)];
      if (crossesLine(line, middleX, middleY, x, y)) continue;
      spokes.push(middleX, middleY, x, y);
      break;
    }
  }
  return spokes;
}

/** The point of the line nearest to (x, y), and whether (x, y) lies to its left. */
export function nearestOnLine(line: readonly number[], x: number, y: number): { x: number; y: number; left: boolean } {
  let least = Infinity;
  const nearest = { x: line[0]!, y: line[1]!, left: false };
  for (let i = 0; i + 3 < line.length; i += 2) {
    const [x0, y0, dx, dy] = [line[i]!, line[i + 1]!, line[i + 2]! - line[i]!, line[i + 3]! - line[i + 1]!];
    const t = Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy)));
    const [px, py] = [x0 + t * dx, y0 + t * dy];
    const off = (x - px) ** 2 + (y - py) ** 2;
    if (off >= least) continue;
    least = off;
    nearest.x = px;
    nearest.y = py;
    nearest.left = dx * (y - y0) - dy * (x - x0) > 0;
  }
  return nearest;
}

function crossesLine(line: readonly number[], x0: number, y0: number, x1: number, y1: number): boolean {
  for (let i = 0; i + 3 < line.length; i += 2)
    if (segmentsCross(x0, y0, x1, y1, line[i]!, line[i + 1]!, line[i + 2]!, line[i + 3]!)) return true;
  return false;
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
  const side = (px: number, py: number, qx: number, qy: number, x: number, y: number) =>
    (qx - px) * (y - py) - (qy - py) * (x - px);
  return (
    side(ax, ay, bx, by, cx, cy) > 0 !== side(ax, ay, bx, by, dx, dy) > 0 &&
    side(cx, cy, dx, dy, ax, ay) > 0 !== side(cx, cy, dx, dy, bx, by) > 0
  );
}

type Span = [from: number, to: number];

function clearPieces(line: CandidateLine, problem: PathProblem, spokes: readonly number[]): Track[] {
  const { ux, uy, d } = line;
  const free = mergedSpans(capsuleSpans(problem.line, problem.toleranceMm, ux, uy, d));
  if (free.length === 0) return [];
  const blocked: Span[] = [];
  for (const { obstacle, clearanceMm } of problem.obstacles) {
    const reach = Math.hypot(obstacle.maxX - obstacle.minX, obstacle.maxY - obstacle.minY) + clearanceMm;
    if (Math.abs(-uy * obstacle.middleX + ux * obstacle.middleY - d) > reach) continue;
    const spans = capsuleSpans(obstacle.ring, clearanceMm, ux, uy, d);
    if (spans.length === 0) continue;
    blocked.push([Math.min(...spans.map(([from]) => from)), Math.max(...spans.map(([, to]) => to))]);
  }
  const splits: number[] = [];
  for (const segments of [problem.blockers, spokes])
    for (let i = 0; i < segments.length; i += 4) {
      const t = crossingT(ux, uy, d, segments[i]!, segments[i + 1]!, segments[i + 2]!, segments[i + 3]!);
      if (t !== null) splits.push(t);
    }
  const startsAt = endTs(line, problem.start);
  const endsAt = endTs(line, problem.end);
  splits.push(...startsAt, ...endsAt);
  splits.sort((a, b) => a - b);

  const tracks: Track[] = [];
  for (const [from, to] of withoutSpans(free, mergedSpans(blocked))) {
    const cuts = [from, ...splits.filter((t) => t > from && t < to), to];
    for (let i = 1; i < cuts.length; i++) {
      const [a, b] = [cuts[i - 1]!, cuts[i]!];
      if (b - a < SHORTEST_TRACK_MM) continue;
      const touches = (t: number) => Math.abs(t - a) < 1 || Math.abs(t - b) < 1;
      tracks.push({ ...line, from: a, to: b, startsAt: startsAt.filter(touches), endsAt: endsAt.filter(touches) });
    }
  }
  return tracks;
}

/** Where a line passes an end: its pin, or the zone. */
function endTs({ ux, uy, d }: CandidateLine, { x, y, zone }: PathEnd): number[] {
  if (!zone) return Math.abs(-uy * x + ux * y - d) < 1 ? [ux * x + uy * y] : [];
  const ts: number[] = [];
  for (let i = 0; i + 3 < zone.length; i += 2) {
    const t = crossingT(ux, uy, d, zone[i]!, zone[i + 1]!, zone[i + 2]!, zone[i + 3]!);
    if (t !== null) ts.push(t);
  }
  return ts;
}

function crossingT(ux: number, uy: number, d: number, x0: number, y0: number, x1: number, y1: number): number | null {
  const [p, q] = [-uy * x0 + ux * y0 - d, -uy * x1 + ux * y1 - d];
  if (p > 0 === q > 0) return null;
  const share = p / (p - q);
  return ux * (x0 + share * (x1 - x0)) + uy * (y0 + share * (y1 - y0));
}

/** Where a line is nearer than `radius` to the segments of a polyline, a span a segment. */
function capsuleSpans(points: readonly number[], radius: number, ux: number, uy: number, d: number): Span[] {
  const spans: Span[] = [];
  let ta = ux * points[0]! + uy * points[1]!;
  let da = -uy * points[0]! + ux * points[1]! - d;
  for (let i = 2; i + 1 < points.length; i += 2) {
    const tb = ux * points[i]! + uy * points[i + 1]!;
    const db = -uy * points[i]! + ux * points[i + 1]! - d;
    if (!((da > radius && db > radius) || (da < -radius && db < -radius))) {
      let [from, to] = [Infinity, -Infinity];
      if (Math.abs(da) < radius) {
        const half = Math.sqrt(radius * radius - da * da);
        from = ta - half;
        to = ta + half;
      }
      if (Math.abs(db) < radius) {
        const half = Math.sqrt(radius * radius - db * db);
        from = Math.min(from, tb - half);
        to = Math.max(to, tb + half);
      }
      const length = Math.hypot(tb - ta, db - da);
      if (length > 0) {
        const [mt, md] = [(-(db - da) / length) * radius, ((tb - ta) / length) * radius];
        for (const sign of [1, -1]) {
          const [p, q] = [da + sign * md, db + sign * md];
          if (p > 0 === q > 0) continue;
          const t = ta + sign * mt + (p / (p - q)) * (tb - ta);
          from = Math.min(from, t);
          to = Math.max(to, t);
        }
      }
      if (from < to) spans.push([from, to]);
    }
    ta = tb;
    da = db;
  }
  return spans;
}

function mergedSpans(spans: Span[]): Span[] {
  spans.sort((a, b) => a[0] - b[0]);
  const merged: Span[] = [];
  for (const [from, to] of spans) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

function withoutSpans(free: readonly Span[], blocked: readonly Span[]): Span[] {
  const clear: Span[] = [];
  for (const [from, to] of free) {
    let at = from;
    for (const [a, b] of blocked) {
      if (b <= at || a >= to) continue;
      if (a > at) clear.push([at, a]);
      at = Math.max(at, b);
    }
    if (at < to) clear.push([at, to]);
  }
  return clear;
}
