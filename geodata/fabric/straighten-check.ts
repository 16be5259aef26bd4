import { segmentsCross } from './straighten-lines.ts';
import { distanceToSegment, type Obstacle } from './straighten-obstacles.ts';

/**
 * May `next` take the place of `line`? Both run (nearly) from and to the same places; flat coordinates. It may cross no
 * blocker, enter no ground plan and have none on another side than before, nor any of the first `fence` / 4 blockers.
 */
export function isValidReplacement(
  line: readonly number[],
  next: readonly number[],
  obstacles: readonly Obstacle[],
  blockers: readonly number[],
  fence = blockers.length,
): boolean {
  if (next.length < 4 || crossesItself(next)) return false;
  const last = next.length - 2;
  for (let i = 0; i + 3 < next.length; i += 2) {
    const [x0, y0, x1, y1] = [next[i]!, next[i + 1]!, next[i + 2]!, next[i + 3]!];
    for (let k = 0; k < blockers.length; k += 4) {
      const [px, py, qx, qy] = [blockers[k]!, blockers[k + 1]!, blockers[k + 2]!, blockers[k + 3]!];
      if (Math.max(px, qx) < Math.min(x0, x1) || Math.min(px, qx) > Math.max(x0, x1)) continue;
      if (Math.max(py, qy) < Math.min(y0, y1) || Math.min(py, qy) > Math.max(y0, y1)) continue;
      if (!segmentsCross(x0, y0, x1, y1, px, py, qx, qy)) continue;
      // an end lies on another border as nearly as the lattice allows
      const touchesEnd =
        (i === 0 && distanceToSegment(x0, y0, px, py, qx, qy) < 2) ||
        (i + 2 === last && distanceToSegment(x1, y1, px, py, qx, qy) < 2);
      if (!touchesEnd) return false;
    }
    if (obstacles.some((obstacle) => segmentEnters(x0, y0, x1, y1, obstacle))) return false;
  }
  for (let k = 0; k < fence; k += 4) {
    const [x, y] = [(blockers[k]! + blockers[k + 2]!) / 2, (blockers[k + 1]! + blockers[k + 3]!) / 2];
    if (isBetween(line, next, x, y)) return false;
  }
  return obstacles.every((obstacle) => !isBetween(line, next, obstacle.middleX, obstacle.middleY));
}

/** Does a segment cross the outline of a ground plan? (Its ends are known to be outside.) */
export function segmentEnters(x0: number, y0: number, x1: number, y1: number, obstacle: Obstacle): boolean {
  if (Math.max(x0, x1) < obstacle.minX || Math.min(x0, x1) > obstacle.maxX) return false;
  if (Math.max(y0, y1) < obstacle.minY || Math.min(y0, y1) > obstacle.maxY) return false;
  const { ring } = obstacle;
  for (let i = 0; i + 3 < ring.length; i += 2)
    if (segmentsCross(x0, y0, x1, y1, ring[i]!, ring[i + 1]!, ring[i + 2]!, ring[i + 3]!)) return true;
  return false;
}

/** Does (x, y) lie between the two lines: inside the loop out along one and back along the other? */
export function isBetween(line: readonly number[], next: readonly number[], x: number, y: number): boolean {
  let inside = false;
  const pass = (x0: number, y0: number, x1: number, y1: number) => {
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside;
  };
  for (const points of [line, next])
    for (let i = 0; i + 3 < points.length; i += 2) pass(points[i]!, points[i + 1]!, points[i + 2]!, points[i + 3]!);
  pass(line[0]!, line[1]!, next[0]!, next[1]!);
  pass(line.at(-2)!, line.at(-1)!, next.at(-2)!, next.at(-1)!);
  return inside;
}

function crossesItself(points: readonly number[]): boolean {
  for (let i = 0; i + 3 < points.length; i += 2)
    for (let k = i + 4; k + 3 < points.length; k += 2)
      if (
        segmentsCross(
          points[i]!,
          points[i + 1]!,
          points[i + 2]!,
          points[i + 3]!,
          points[k]!,
          points[k + 1]!,
          points[k + 2]!,
          points[k + 3]!,
        )
      )
        return true;
  return false;
}

/** Which of these lines cross, touch or cover another (or themselves) other than by sharing an end of a segment. */
export function meetingLines(lines: readonly (readonly number[])[]): Set<number> {
  const segments: number[] = [];
  const owner: number[] = [];
  let length = 0;
  lines.forEach((points, line) => {
    for (let i = 0; i + 3 < points.length; i += 2) {
      segments.push(points[i]!, points[i + 1]!, points[i + 2]!, points[i + 3]!);
      owner.push(line);
      length += Math.hypot(points[i + 2]! - points[i]!, points[i + 3]! - points[i + 1]!);
    }
  });
  const square = Math.max(1000, length / Math.max(1, owner.length));
  const squares = new Map<number, number[]>();
  const meeting = new Set<number>();
  for (let i = 0; i < owner.length; i++) {
    const [x0, y0, x1, y1] = [segments[4 * i]!, segments[4 * i + 1]!, segments[4 * i + 2]!, segments[4 * i + 3]!];
    const seen = new Set<number>();
    for (const key of squaresAlong(x0, y0, x1, y1, square)) {
      const there = squares.get(key);
      if (!there) {
        squares.set(key, [i]);
        continue;
      }
      for (const k of there) {
        if (seen.has(k)) continue;
        seen.add(k);
        if (!segmentsMeet(x0, y0, x1, y1, segments, 4 * k)) continue;
        meeting.add(owner[i]!);
        meeting.add(owner[k]!);
      }
      there.push(i);
    }
  }
  return meeting;
}

function* squaresAlong(x0: number, y0: number, x1: number, y1: number, square: number): Generator<number> {
  const [low, high] = x0 < x1 ? [x0, x1] : [x1, x0];
  for (let cx = Math.floor((low - 1) / square); cx <= Math.floor((high + 1) / square); cx++) {
    // only the rows that the segment passes within this column
    const [left, right] = [Math.max(low, cx * square - 1), Math.min(high, (cx + 1) * square + 1)];
    const at = (x: number) => (x1 === x0 ? null : y0 + ((x - x0) / (x1 - x0)) * (y1 - y0));
    const [ya, yb] = [at(left) ?? y0, at(right) ?? y1];
    for (let cy = Math.floor((Math.min(ya, yb) - 1) / square); cy <= Math.floor((Math.max(ya, yb) + 1) / square); cy++)
      yield cx * 1_000_003 + cy;
  }
}

/** Do two segments have a point in common, other than an end of both? Segments on one line from one end count when they overlap. */
function segmentsMeet(x0: number, y0: number, x1: number, y1: number, segments: readonly number[], k: number): boolean {
  const [px, py, qx, qy] = [segments[k]!, segments[k + 1]!, segments[k + 2]!, segments[k + 3]!];
  if (Math.max(px, qx) < Math.min(x0, x1) || Math.min(px, qx) > Math.max(x0, x1)) return false;
  if (Math.max(py, qy) < Math.min(y0, y1) || Math.min(py, qy) > Math.max(y0, y1)) return false;
  const cross = (ax: number, ay: number, bx: number, by: number, cx: number, cy: number) =>
    (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
  const sharesHead = (px === x0 && py === y0) || (qx === x0 && qy === y0);
  const sharesTail = (px === x1 && py === y1) || (qx === x1 && qy === y1);
  if (sharesHead && sharesTail) return true;
  if (sharesHead || sharesTail) {
    const [sx, sy, ox, oy] = sharesHead ? [x0, y0, x1, y1] : [x1, y1, x0, y0];
    const [rx, ry] = px === sx && py === sy ? [qx, qy] : [px, py];
    return cross(sx, sy, ox, oy, rx, ry) === 0 && (ox - sx) * (rx - sx) + (oy - sy) * (ry - sy) > 0;
  }
  const [p, q] = [cross(x0, y0, x1, y1, px, py), cross(x0, y0, x1, y1, qx, qy)];
  if ((p > 0 && q > 0) || (p < 0 && q < 0)) return false;
  const [a, b] = [cross(px, py, qx, qy, x0, y0), cross(px, py, qx, qy, x1, y1)];
  return !((a > 0 && b > 0) || (a < 0 && b < 0));
}
