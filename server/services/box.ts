import type { Geometry } from 'geojson';
import { boundingBox } from '../../geodata/geometry/bounding-box.ts';
import type { Box } from '../database/geometry.ts';

/** The bounding box of a geometry, wider by `marginDegrees` on every side. */
export function boxAround(geometry: Geometry, marginDegrees = 0): Box {
  if (geometry.type === 'GeometryCollection') throw new Error('no box of a GeometryCollection');
  const [west, south, east, north] = boundingBox([geometry]);
  return [west - marginDegrees, south - marginDegrees, east + marginDegrees, north + marginDegrees];
}
