import type { LineString, Polygon, Position } from 'geojson';
import type { Point, Ring } from './planar.ts';

const ORIGIN = { lon: 125.86, lat: 44.212 } as const;
/** The town's streets are turned by so much against north, as towns along a railway are. */
const TURN_RAD = (6.5 * Math.PI) / 180;
/** Metres of a degree of longitude and latitude at the origin (CGCS2000 ellipsoid). */
const METRES_PER_DEGREE = (() => {
  const a = 6378137;
  const e2 = 0.0066943800229;
  const lat = (ORIGIN.lat * Math.PI) / 180;
  const w = Math.sqrt(1 - e2 * Math.sin(lat) ** 2);
  const rad = Math.PI / 180;
  return { lon: (a / w) * Math.cos(lat) * rad, lat: ((a * (1 - e2)) / w ** 3) * rad };
})();

export interface Placer {
  position(point: Point): Position;
  polygon(ring: Ring): Polygon;
  line(points: readonly Point[]): LineString;
}

/** Lays the sample town's plane (metres) on the globe: CGCS2000 longitude and latitude to 1e-8° (about a millimetre). */
export function globePlacer(): Placer {
  const [cos, sin] = [Math.cos(TURN_RAD), Math.sin(TURN_RAD)];
  const round = (degrees: number) => Math.round(degrees * 1e8) / 1e8;
  const position = ([x, y]: Point): Position => [
    round(ORIGIN.lon + (x * cos - y * sin) / METRES_PER_DEGREE.lon),
    round(ORIGIN.lat + (x * sin + y * cos) / METRES_PER_DEGREE.lat),
  ];
  return {
    position,
    polygon: (ring) => ({ type: 'Polygon', coordinates: [[...ring, ring[0]!].map(position)] }),
    line: (points) => ({ type: 'LineString', coordinates: points.map(position) }),
  };
}
