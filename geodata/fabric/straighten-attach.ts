import type { Attached } from './straighten-cache.ts';
import { segmentEnters } from './straighten-check.ts';
import { awayFrom, firstEnd, lastEnd, nodeOf, type Slide, type Stem, TOLERANCE_MM } from './straighten-ends.ts';
import { lengthOf, type Node, reversed, type Stroke } from './straighten-network.ts';
import { distanceToSegment, type Obstacle } from './straighten-obstacles.ts';

/** A stem's line from the stroke outwards, and whether it has been straightened already. */
export interface StemLine {
  readonly away: readonly number[];
  readonly settled: boolean;
}

/** Shortens or lengthens the stems so that they end on the stroke's new line; null when one can't. */
export function reattached(
  stems: readonly StemLine[],
  next: readonly number[],
  obstacles: readonly Obstacle[],
): Attached[] | null {
  const attached: Attached[] = [];
  let before = 500;
  const total = lengthOf(next);
  for (const { away, settled } of stems) {
    const found = trimmed(away, next) ?? extended(away, next, obstacles, settled);
    if (!found || found.along < before || found.along > total - 500) return null;
    before = found.along + 500;
    attached.push(found);
  }
  return attached;
}

export function trimmed(away: readonly number[], next: readonly number[]): Attached | null {
  for (let i = away.length - 4; i >= 0; i -= 2) {
    const [x0, y0, x1, y1] = [away[i]!, away[i + 1]!, away[i + 2]!, away[i + 3]!];
    let [best, found] = [-1, null as Attached | null];
    let along = 0;
    for (let k = 0; k + 3 < next.length; k += 2) {
      const [px, py, qx, qy] = [next[k]!, next[k + 1]!, next[k + 2]!, next[k + 3]!];
      const length = Math.hypot(qx - px, qy - py);
      const [sideP, sideQ] = [
        (x1 - x0) * (py - y0) - (y1 - y0) * (px - x0),
        (x1 - x0) * (qy - y0) - (y1 - y0) * (qx - x0),
      ];
      if (sideP > 0 !== sideQ > 0) {
        const share = sideP / (sideP - sideQ);
        const [x, y] = [px + share * (qx - px), py + share * (qy - py)];
        const t = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / ((x1 - x0) ** 2 + (y1 - y0) ** 2);
        if (t >= 0 && t <= 1 && t > best) {
          best = t;
          const points = [Math.round(x), Math.round(y), ...away.slice(i + 2)];
          if (points.length >= 4 && (points[0] !== points[2] || points[1] !== points[3]))
            found = { points, along: along + share * length };
        }
      }
      along += length;
    }
    if (found) return found;
  }
  return null;
}

export function extended(
  away: readonly number[],
  next: readonly number[],
  obstacles: readonly Obstacle[],
  straightOn: boolean,
): Attached | null {
  const [x0, y0] = [away[0]!, away[1]!];
  const options: { x: number; y: number; along: number; distance: number; straight: boolean }[] = [];
  let along = 0;
  const [ux, uy] = [x0 - away[2]!, y0 - away[3]!];
  for (let k = 0; k + 3 < next.length; k += 2) {
    const [px, py, qx, qy] = [next[k]!, next[k + 1]!, next[k + 2]!, next[k + 3]!];
    const [dx, dy] = [qx - px, qy - py];
    const length = Math.hypot(dx, dy);
    const t = Math.max(0, Math.min(1, ((x0 - px) * dx + (y0 - py) * dy) / (length * length)));
    const [x, y] = [px + t * dx, py + t * dy];
    options.push({ x, y, along: along + t * length, distance: Math.hypot(x - x0, y - y0) + 1e6, straight: false });
    const [sideP, sideQ] = [ux * (py - y0) - uy * (px - x0), ux * (qy - y0) - uy * (qx - x0)];
    if (straightOn && sideP > 0 !== sideQ > 0) {
      const share = sideP / (sideP - sideQ);
      const [hx, hy] = [px + share * dx, py + share * dy];
      const ahead = (hx - x0) * ux + (hy - y0) * uy;
      const distance = Math.hypot(hx - x0, hy - y0);
      if (ahead > 0 && distance < 2 * TOLERANCE_MM)
        options.push({ x: hx, y: hy, along: along + share * length, distance, straight: true });
    }
    along += length;
  }
  options.sort((a, b) => a.distance - b.distance);
  for (const option of options) {
    const [x, y] = [Math.round(option.x), Math.round(option.y)];
    if (obstacles.some((obstacle) => segmentEnters(x, y, x0, y0, obstacle))) continue;
    const rest = option.straight || (x === x0 && y === y0) ? away.slice(2) : away;
    if (rest.length >= 2 && (rest[0] !== x || rest[1] !== y)) return { points: [x, y, ...rest], along: option.along };
  }
  return null;
}

export function apply(
  stroke: Stroke,
  next: readonly number[],
  slides: readonly [Slide | null, Slide | null],
  stems: readonly Stem[],
  attached: readonly Attached[],
): void {
  moveEnd(nodeOf(firstEnd(stroke)), slides[0], next[0]!, next[1]!);
  moveEnd(nodeOf(lastEnd(stroke)), slides[1], next.at(-2)!, next.at(-1)!);
  let rest = [...next];
  let taken = 0;
  stroke.steps.forEach(({ chain, forward }, i) => {
    const at = attached[i];
    let piece = rest;
    if (at) {
      const [x, y] = [at.points[0]!, at.points[1]!];
      const head = cutAt(rest, at.along - taken, x, y);
      [piece, rest] = head;
      taken = at.along;
      const { node, end } = stems[i]!;
      node.x = x;
      node.y = y;
      end.chain.points = end.atStart ? [...at.points] : reversed(at.points);
    }
    chain.points = forward ? piece : reversed(piece);
  });
}

export function cutAt(points: readonly number[], along: number, x: number, y: number): [number[], number[]] {
  let left = along;
  let i = 0;
  for (; i + 5 < points.length; i += 2) {
    const length = Math.hypot(points[i + 2]! - points[i]!, points[i + 3]! - points[i + 1]!);
    if (left <= length) break;
    left -= length;
  }
  const head = [...points.slice(0, i + 2)];
  if (head.at(-2) !== x || head.at(-1) !== y) head.push(x, y);
  const tail = points.slice(i + 2);
  return [head, tail[0] === x && tail[1] === y ? tail : [x, y, ...tail]];
}

/** Puts the node at a place on what it slides along, lengthening one line and shortening the other. */
export function moveEnd(node: Node, slide: Slide | null, x: number, y: number): void {
  node.x = x;
  node.y = y;
  if (!slide) return;
  const { before, after } = slide;
  const towards = reversed(awayFrom(before));
  const combined = after ? [...towards, ...awayFrom(after).slice(2)] : towards;
  let [best, along, sum] = [Infinity, 0, 0];
  for (let i = 0; i + 3 < combined.length; i += 2) {
    const [x0, y0, x1, y1] = [combined[i]!, combined[i + 1]!, combined[i + 2]!, combined[i + 3]!];
    const off = distanceToSegment(x, y, x0, y0, x1, y1);
    if (off < best) [best, along] = [off, sum + Math.hypot(x - x0, y - y0)];
    sum += Math.hypot(x1 - x0, y1 - y0);
  }
  const [head, tail] = cutAt(combined, along, x, y);
  before.chain.points = before.atStart ? reversed(head) : head;
  if (after) after.chain.points = after.atStart ? tail : reversed(tail);
}
