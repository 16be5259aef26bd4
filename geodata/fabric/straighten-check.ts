import { segmentsCross } from './straighten-lines.ts';
import { distanceToSegment, type Obstacle } from './straighten-obstacles.ts';

/** May `next` take the place of `line`? Both run (nearly) from and to the same places; flat coordinates. */
export function isValidReplacement(
  line: readonly number[],
  next: readonly number[],
  obstacles: readonly Obstacle[],
  blockers: readonly number[],
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
