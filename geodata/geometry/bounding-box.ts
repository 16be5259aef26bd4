import type { Geometry } from 'geojson';
import { positionsOf } from './map-positions.ts';

/** In the geometries' own coordinates, degrees mostly. */
export type BoundingBox = readonly [west: number, south: number, east: number, north: number];

/** The box around some geometries; around none it is turned inside out, and meets nothing. */
export function boundingBox(shapes: Iterable<Geometry>): BoundingBox {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const shape of shapes) {
    for (const [x, y] of positionsOf(shape)) {
      west = Math.min(west, x!);
      east = Math.max(east, x!);
      south = Math.min(south, y!);
      north = Math.max(north, y!);
    }
  }
  return [west, south, east, north];
}

export const boxesMeet = (a: BoundingBox, b: BoundingBox): boolean =>
  a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
