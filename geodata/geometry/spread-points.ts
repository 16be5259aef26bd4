import type { Position } from 'geojson';
import { isWithin } from './area-locator.ts';

/**
 * Points spread evenly over a polygon (rings in any plane coordinates), about `wanted` of them: each stands for an equal share of
 * its area. At least one; deterministic. Shapes too thin to hold a lattice point are stood for by a point on their inner side.
 */
export function spreadPoints(rings: readonly (readonly Position[])[], wanted: number): Position[] {
  const outer = rings[0] ?? [];
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of rings.flat()) {
    west = Math.min(west, x!);
    south = Math.min(south, y!);
    east = Math.max(east, x!);
    north = Math.max(north, y!);
  }
  let columns = Math.max(2, Math.ceil(Math.sqrt(wanted)));
  for (let attempt = 0; attempt < 3; attempt++) {
    const points: Position[] = [];
    for (let row = 0; row < columns; row++) {
      const y = south + ((row + 0.5) / columns) * (north - south);
      for (let column = 0; column < columns; column++) {
        const x = west + ((column + 0.5 + (row % 2 === 0 ? 0.2 : -0.2)) / columns) * (east - west);
        if (isWithin(rings, x, y)) points.push([x, y]);
      }
    }
    if (points.length * 3 >= wanted || (attempt === 2 && points.length > 0)) return points;
    columns *= 2;
  }
  const first = outer[0] ?? [NaN, NaN];
  const middle = outer[Math.floor(outer.length / 2)] ?? first;
  return [[(first[0]! + middle[0]!) / 2, (first[1]! + middle[1]!) / 2]];
}
