import type { Geometry, Position } from 'geojson';
import type { Box } from '../database/geometry.ts';

/** The bounding box of a geometry, wider by `marginDegrees` on every side. */
export function boxAround(geometry: Geometry, marginDegrees = 0): Box {
  if (geometry.type === 'GeometryCollection') throw new Error('no box of a GeometryCollection');
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  const visit = (coordinates: Position | Position[] | Position[][] | Position[][][]): void => {
    if (typeof coordinates[0] === 'number') {
      const [longitude, latitude] = coordinates as Position;
      west = Math.min(west, longitude!);
      east = Math.max(east, longitude!);
      south = Math.min(south, latitude!);
      north = Math.max(north, latitude!);
    } else for (const inner of coordinates as Position[]) visit(inner);
  };
  visit(geometry.coordinates);
  return [west - marginDegrees, south - marginDegrees, east + marginDegrees, north + marginDegrees];
}
