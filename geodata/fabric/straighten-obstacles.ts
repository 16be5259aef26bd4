import type { FootprintMm } from './outline-footprints.ts';
import type { RingMm } from './outline-rings.ts';

/** A ground plan as a border meets it. */
export interface Obstacle {
  readonly ring: RingMm;
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
  readonly middleX: number;
  readonly middleY: number;
  /** Direction of its longest edge, radians in [0, π/2): rows of buildings share it. */
  readonly axis: number;
  /** Its number among the community's ground plans. */
  readonly index: number;
  /** Distances to others of a higher number, as far as they were asked for. */
  readonly distances: Map<number, number>;
}

const CELL_MM = 50_000;

/** Ground plans by place. */
export class ObstacleIndex {
  readonly #squares = new Map<number, Obstacle[]>();

  constructor(readonly all: readonly Obstacle[]) {
    for (const obstacle of all)
      for (let cx = Math.floor(obstacle.minX / CELL_MM); cx <= Math.floor(obstacle.maxX / CELL_MM); cx++)
        for (let cy = Math.floor(obstacle.minY / CELL_MM); cy <= Math.floor(obstacle.maxY / CELL_MM); cy++) {
          const key = cx * 100_003 + cy;
          const there = this.#squares.get(key);
          if (there) there.push(obstacle);
          else this.#squares.set(key, [obstacle]);
        }
  }

  /** Those whose bounding box meets this box, in a fixed order. */
  within(minX: number, minY: number, maxX: number, maxY: number): Obstacle[] {
    const found = new Set<Obstacle>();
    for (let cx = Math.floor(minX / CELL_MM); cx <= Math.floor(maxX / CELL_MM); cx++)
      for (let cy = Math.floor(minY / CELL_MM); cy <= Math.floor(maxY / CELL_MM); cy++)
        for (const obstacle of this.#squares.get(cx * 100_003 + cy) ?? [])
          if (obstacle.minX <= maxX && obstacle.maxX >= minX && obstacle.minY <= maxY && obstacle.maxY >= minY)
            found.add(obstacle);
    return [...found];
  }
}

const indexes = new WeakMap<readonly FootprintMm[], ObstacleIndex>();

/** The ground plans by place; built once for each list of footprints. */
export function obstacleIndexOf(footprints: readonly FootprintMm[]): ObstacleIndex {
  const known = indexes.get(footprints);
  if (known) return known;
  const rings = footprints.flatMap(({ polygons }) => polygons.map((polygon) => polygon[0]!));
  const made = new ObstacleIndex(rings.map(shapeOf));
  indexes.set(footprints, made);
  return made;
}

function shapeOf(ring: RingMm, index: number): Obstacle {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  let [sumX, sumY, length, longest, axis] = [0, 0, 0, 0, 0];
  for (let i = 0; i + 3 < ring.length; i += 2) {
    const [x0, y0, x1, y1] = [ring[i]!, ring[i + 1]!, ring[i + 2]!, ring[i + 3]!];
    minX = Math.min(minX, x0);
    maxX = Math.max(maxX, x0);
    minY = Math.min(minY, y0);
    maxY = Math.max(maxY, y0);
    const edge = Math.hypot(x1 - x0, y1 - y0);
    sumX += ((x0 + x1) / 2) * edge;
    sumY += ((y0 + y1) / 2) * edge;
    length += edge;
    if (edge > longest) {
      longest = edge;
      axis = Math.atan2(y1 - y0, x1 - x0);
    }
  }
  const quarter = Math.PI / 2;
  const folded = ((axis % quarter) + quarter) % quarter;
  return {
    ring,
    minX,
    minY,
    maxX,
    maxY,
    middleX: sumX / length,
    middleY: sumY / length,
    axis: folded,
    index,
    distances: new Map(),
  };
}

/** Distance between two ground plans that don't overlap, millimetres. Remembered, since ground plans don't move. */
export function distanceBetween(one: Obstacle, other: Obstacle): number {
  const [a, b] = one.index < other.index ? [one, other] : [other, one];
  const known = a.distances.get(b.index);
  if (known !== undefined) return known;
  const distance = measuredDistance(a.ring, b.ring);
  a.distances.set(b.index, distance);
  return distance;
}

function measuredDistance(a: RingMm, b: RingMm): number {
  let least = Infinity;
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const)
    for (let i = 0; i + 2 < from.length; i += 2)
      for (let k = 0; k + 3 < to.length; k += 2)
        least = Math.min(least, distanceToSegment(from[i]!, from[i + 1]!, to[k]!, to[k + 1]!, to[k + 2]!, to[k + 3]!));
  return least;
}

export function distanceToSegment(x: number, y: number, x0: number, y0: number, x1: number, y1: number): number {
  const dx = x1 - x0;
  const dy = y1 - y0;
  const squared = dx * dx + dy * dy;
  const share = squared === 0 ? 0 : ((x - x0) * dx + (y - y0) * dy) / squared;
  const t = share > 1 ? 1 : Math.max(share, 0);
  const offX = x - x0 - t * dx;
  const offY = y - y0 - t * dy;
  return Math.sqrt(offX * offX + offY * offY);
}
