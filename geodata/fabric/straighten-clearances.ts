import type { Beside, PathEnd } from './straighten-lines.ts';
import { distanceBetween, distanceToSegment, type Obstacle } from './straighten-obstacles.ts';

/** What a border keeps from ground plans where there is room. */
const CLEARANCE_MM = 3000;

/** Each building's clearance: what is wanted, or nearly half the gap to the nearest building across the line. */
export function clearancesOf(beside: readonly Beside[], ends: readonly PathEnd[]): number[] {
  const gaps = new Float64Array(beside.length).fill(Infinity);
  const reach = 2.2 * CLEARANCE_MM;
  for (let i = 0; i < beside.length; i++) {
    const { obstacle: a, left } = beside[i]!;
    for (let k = i + 1; k < beside.length; k++) {
      const { obstacle: b } = beside[k]!;
      if (left === beside[k]!.left || b.minX > a.maxX + reach || b.maxX < a.minX - reach) continue;
      if (b.minY > a.maxY + reach || b.maxY < a.minY - reach) continue;
      const gap = distanceBetween(a, b);
      gaps[i] = Math.min(gaps[i]!, gap);
      gaps[k] = Math.min(gaps[k]!, gap);
    }
  }
  return beside.map(({ obstacle }, i) => {
    let least = gaps[i]! > 2.1 * CLEARANCE_MM ? CLEARANCE_MM : 0.4 * gaps[i]!;
    // what starts at a place near a building can't keep away from it
    for (const { x, y, zone } of ends) if (!zone) least = Math.min(least, 0.9 * distanceToRing(obstacle, x, y));
    return least;
  });
}

function distanceToRing({ ring, minX, minY, maxX, maxY }: Obstacle, x: number, y: number): number {
  if (x < minX - CLEARANCE_MM || x > maxX + CLEARANCE_MM || y < minY - CLEARANCE_MM || y > maxY + CLEARANCE_MM)
    return 2 * CLEARANCE_MM;
  let least = Infinity;
  for (let i = 0; i + 3 < ring.length; i += 2)
    least = Math.min(least, distanceToSegment(x, y, ring[i]!, ring[i + 1]!, ring[i + 2]!, ring[i + 3]!));
  return least;
}
