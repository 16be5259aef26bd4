import type { MultiPolygon, Polygon, Position } from 'geojson';

const A = 6378137;
const E2 = 0.00669438002290079;

/** Metres per degree of longitude and of latitude at a latitude, on the CGCS2000 ellipsoid. */
export function metresPerDegree(latDeg: number): readonly [east: number, north: number] {
  const lat = (latDeg * Math.PI) / 180;
  const w2 = 1 - E2 * Math.sin(lat) ** 2;
  const degree = Math.PI / 180;
  return [(A / Math.sqrt(w2)) * Math.cos(lat) * degree, ((A * (1 - E2)) / w2 ** 1.5) * degree];
}

/** Signed area in m² of a lon/lat ring (counter-clockwise positive), true to a few millionths for anything the size of a community. */
export function ringAreaM2(ring: readonly Position[]): number {
  if (ring.length < 3) return 0;
  const [lon0, lat0] = ring[0] as [number, number];
  let sum = 0;
  for (let i = 1; i + 1 < ring.length; i++) {
    const [ax, ay] = ring[i] as [number, number];
    const [bx, by] = ring[i + 1] as [number, number];
    sum += (ax - lon0) * (by - lat0) - (bx - lon0) * (ay - lat0);
  }
  const middle = ring.reduce((total, at) => total + at[1]!, 0) / ring.length;
  const [east, north] = metresPerDegree(middle);
  return (sum / 2) * east * north;
}

/** Area in m² of a lon/lat polygon, holes taken off. */
export function polygonAreaM2(shape: Polygon | MultiPolygon): number {
  const parts = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;
  return parts.reduce(
    (total, [shell, ...holes]) =>
      total + Math.abs(ringAreaM2(shell ?? [])) - holes.reduce((sum, hole) => sum + Math.abs(ringAreaM2(hole)), 0),
    0,
  );
}

/** 1 inside, 0 on the edge, −1 outside; for lon/lat or any plane numbers. */
export function sideOfRing([px, py]: Position, ring: readonly Position[]): 1 | 0 | -1 {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i] as [number, number];
    const [bx, by] = ring[j] as [number, number];
    const cross = (bx - ax) * (py! - ay) - (by - ay) * (px! - ax);
    const withinBox =
      Math.min(ax, bx) <= px! && px! <= Math.max(ax, bx) && Math.min(ay, by) <= py! && py! <= Math.max(ay, by);
    if (cross === 0 && withinBox) return 0;
    if (ay > py! !== by > py! && px! < ((bx - ax) * (py! - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside ? 1 : -1;
}
