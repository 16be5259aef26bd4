import type { Geometry } from 'geojson';
import { boundingBox } from '../../geodata/geometry/bounding-box.ts';

/** West, south, east, north in degrees. */
export type BoundingBox = [number, number, number, number];

/** The box around some geometries; the whole of Jilin when there are none. */
export function boundsOf(geometries: Iterable<Geometry>): BoundingBox {
  const box = boundingBox(geometries);
  return box[0] <= box[2] ? [...box] : [121.6, 40.8, 131.3, 46.3];
}
