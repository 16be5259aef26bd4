import { isValidReplacement } from './straighten-check.ts';
import { distanceToSegment, type Obstacle } from './straighten-obstacles.ts';

/**
 * The fewest of a line's own vertices that still keep everything on its side: what is done where no straight path is found.
 * Falls back to the line itself.
 */
export function shortcut(
  line: readonly number[],
  obstacles: readonly Obstacle[],
  blockers: readonly number[],
  toleranceMm: number,
): number[] {
  const count = line.length / 2;
  const best: { cost: number; from: number }[] = [{ cost: 0, from: -1 }];
  for (let to = 1; to < count; to++) {
    let entry = { cost: best[to - 1]!.cost + 1, from: to - 1 };
    for (let from = Math.max(0, to - 40); from < to - 1; from++) {
      const cost = best[from]!.cost + 1;
      if (cost >= entry.cost) continue;
      const part = line.slice(2 * from, 2 * to + 2);
      const straight = [part[0]!, part[1]!, part.at(-2)!, part.at(-1)!];
      if (straight[0] === straight[2] && straight[1] === straight[3]) continue;
      if (farthest(part, straight) > toleranceMm) continue;
      if (isValidReplacement(part, straight, obstacles, blockers)) entry = { cost, from };
    }
    best.push(entry);
  }
  const kept: number[] = [];
  for (let at = count - 1; at >= 0; at = best[at]!.from) kept.unshift(line[2 * at]!, line[2 * at + 1]!);
  return isValidReplacement(line, kept, obstacles, blockers) ? kept : [...line];
}

function farthest(part: readonly number[], [x0, y0, x1, y1]: readonly number[]): number {
  let most = 0;
  for (let i = 0; i < part.length; i += 2)
    most = Math.max(most, distanceToSegment(part[i]!, part[i + 1]!, x0!, y0!, x1!, y1!));
  return most;
}
