import type { Arc } from '../model/index.ts';

/** A hand is not exact to less than this: nearer points of arcs are meant. Also keeps slivers from being cut. */
export const SNAP_MM = 400;

interface Snap {
  readonly x: number;
  readonly y: number;
  readonly along: number;
}

/**
 * The drawn line as it is meant: its points pulled onto vertices or arcs within `SNAP_MM`, and the line itself pulled onto
 * vertices of arcs it passes that near. Flat coordinates, without repeated points.
 */
export function snapLine(line: readonly number[], arcs: readonly Arc[]): number[] {
  const pulled: number[] = [];
  for (let i = 0; i < line.length; i += 2) append(pulled, ...snapPoint(line[i]!, line[i + 1]!, arcs));
  const through: number[] = pulled.slice(0, 2);
  for (let i = 0; i + 3 < pulled.length; i += 2) {
    const [x0, y0, x1, y1] = pulled.slice(i, i + 4) as [number, number, number, number];
    for (const { x, y } of verticesNear(x0, y0, x1, y1, arcs)) append(through, x, y);
    append(through, x1, y1);
  }
  return through;
}

function snapPoint(x: number, y: number, arcs: readonly Arc[]): [number, number] {
  let best = SNAP_MM;
  let vertex: [number, number] | null = null;
  let bestOnArc = SNAP_MM;
  let onArc: [number, number] | null = null;
  for (const { points } of arcs)
    for (let i = 0; i < points.length; i += 2) {
      const [px, py] = [points[i]!, points[i + 1]!];
      const distance = Math.hypot(px - x, py - y);
      if (distance < best) [best, vertex] = [distance, [px, py]];
      if (i + 3 >= points.length) continue;
      const [dx, dy] = [points[i + 2]! - px, points[i + 3]! - py];
      const t = ((x - px) * dx + (y - py) * dy) / (dx * dx + dy * dy);
      if (t <= 0 || t >= 1) continue;
      const [fx, fy] = [Math.round(px + t * dx), Math.round(py + t * dy)];
      const off = Math.hypot(fx - x, fy - y);
      if (off < bestOnArc) [bestOnArc, onArc] = [off, [fx, fy]];
    }
  return vertex ?? onArc ?? [Math.round(x), Math.round(y)];
}

function verticesNear(x0: number, y0: number, x1: number, y1: number, arcs: readonly Arc[]): Snap[] {
  const length = Math.hypot(x1 - x0, y1 - y0);
  if (length === 0) return [];
  const [ux, uy] = [(x1 - x0) / length, (y1 - y0) / length];
  const near: Snap[] = [];
  for (const { points } of arcs)
    for (let i = 0; i < points.length; i += 2) {
      const [x, y] = [points[i]!, points[i + 1]!];
      const along = (x - x0) * ux + (y - y0) * uy;
      const off = Math.abs((x - x0) * uy - (y - y0) * ux);
      if (off < SNAP_MM && along > 0 && along < length) near.push({ x, y, along });
    }
  return near.sort((a, b) => a.along - b.along || a.x - b.x || a.y - b.y);
}

function append(points: number[], x: number, y: number): void {
  if (points.at(-2) !== x || points.at(-1) !== y) points.push(x, y);
}

/** An end that crosses an arc within this share of the line's length has come from beyond it and is long enough. */
const OVERSHOT_SHARE = 0.3;

/** The line with both ends drawn on straight to the next of the arcs, where there is one within `reachMm`. A closed line stays. */
export function extendEnds(
  line: readonly number[],
  arcs: readonly Arc[],
  reachMm: number,
  mayOvershoot: boolean,
): number[] {
  const count = line.length;
  if (line[0] === line[count - 2] && line[1] === line[count - 1]) return [...line];
  const shares = mayOvershoot ? crossingShares(line, arcs) : [];
  const head =
    (shares[0] ?? 1) < OVERSHOT_SHARE ? null : hitAhead(line[2]!, line[3]!, line[0]!, line[1]!, arcs, reachMm);
  const tail =
    (shares.at(-1) ?? 0) > 1 - OVERSHOT_SHARE
      ? null
      : hitAhead(line[count - 4]!, line[count - 3]!, line[count - 2]!, line[count - 1]!, arcs, reachMm);
  return [...(head ?? []), ...line, ...(tail ?? [])];
}

/** Where along the line (0 … 1) arcs cross it, ascending. */
function crossingShares(line: readonly number[], arcs: readonly Arc[]): number[] {
  const shares: number[] = [];
  let before = 0;
  for (let i = 0; i + 3 < line.length; i += 2) {
    const [x0, y0, x1, y1] = line.slice(i, i + 4) as [number, number, number, number];
    const length = Math.hypot(x1 - x0, y1 - y0);
    for (const { points } of arcs)
      for (let k = 0; k + 3 < points.length; k += 2) {
        const t = meetingShare(x0, y0, x1, y1, points[k]!, points[k + 1]!, points[k + 2]!, points[k + 3]!);
        if (t !== null && t >= 0 && t <= 1) shares.push(before + t * length);
      }
    before += length;
  }
  return shares.map((along) => along / before).sort((a, b) => a - b);
}

/** Where the line through p0 and p1 (0 at p0, 1 at p1) meets the segment from q to r; null when it doesn't. */
function meetingShare(
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  qx: number,
  qy: number,
  rx: number,
  ry: number,
): number | null {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const sideQ = dx * (qy - y0) - dy * (qx - x0);
  const sideR = dx * (ry - y0) - dy * (rx - x0);
  if (sideQ > 0 === sideR > 0) return null;
  const share = sideQ / (sideQ - sideR);
  const [x, y] = [qx + share * (rx - qx) - x0, qy + share * (ry - qy) - y0];
  return (x * dx + y * dy) / (dx * dx + dy * dy);
}

/** A point a little beyond the first arc on the way on from (x1, y1) as seen from (x0, y0). */
function hitAhead(
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  arcs: readonly Arc[],
  reachMm: number,
): [number, number] | null {
  const length = Math.hypot(x1 - x0, y1 - y0);
  let first = reachMm;
  for (const { points } of arcs)
    for (let i = 0; i + 3 < points.length; i += 2) {
      const t = meetingShare(x0, y0, x1, y1, points[i]!, points[i + 1]!, points[i + 2]!, points[i + 3]!);
      const ahead = t === null ? Number.POSITIVE_INFINITY : (t - 1) * length;
      // an end that lies on an arc is where it should be
      if (Math.abs(ahead) < 2) return null;
      if (ahead > 0 && ahead < first) first = ahead;
    }
  if (first === reachMm) return null;
  const share = 1 + (first + 3) / length;
  return [Math.round(x0 + (x1 - x0) * share), Math.round(y0 + (y1 - y0) * share)];
}
