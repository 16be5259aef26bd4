import type { MultiPolygon, Polygon, Position } from 'geojson';
import type { Ground } from '../model/index.ts';

/** Even the densest old quarter leaves more than this share of its ground to lanes and yards; blocks leave nearly none. */
const LEAST_SHARE = 0.85;

/** Whether the "buildings" of a ground are really blocks that tile it (census blocks, land-use parcels). */
export function tilesTheLand({ community, buildings }: Ground): boolean {
  if (buildings.length < 3) return false;
  const covered = buildings.reduce(
    (sum, { footprint }) => sum + (footprint.type === 'Point' ? 0 : planeArea(footprint)),
    0,
  );
  return covered > LEAST_SHARE * planeArea(community.area);
}

/** In square degrees: only for comparing areas of one place. */
function planeArea(area: Polygon | MultiPolygon): number {
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
  let total = 0;
  for (const [outer, ...holes] of polygons) {
    total += holes.reduce((left, hole) => left - ringArea(hole), ringArea(outer ?? []));
  }
  return total;
}

function ringArea(ring: readonly Position[]): number {
  const [x0, y0] = ring[0] ?? [0, 0];
  let twice = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    const [xa, ya] = ring[i]!;
    const [xb, yb] = ring[i + 1]!;
    twice += (xa! - x0!) * (yb! - y0!) - (xb! - x0!) * (ya! - y0!);
  }
  return Math.abs(twice / 2);
}
