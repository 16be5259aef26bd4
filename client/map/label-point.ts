import type { MultiPolygon, Polygon, Position } from 'geojson';

/**
 * Where to put an area's label: the point inside that is farthest from its border (the "pole of inaccessibility"), searched on a grid that is
 * refined around the best point. Degrees in, degrees out; longitudes are shortened by the latitude so that far means far on the map.
 */
export function labelPoint(area: Polygon | MultiPolygon): Position | null {
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
  const largest = polygons.reduce<Position[][] | null>(
    (best, polygon) => (best === null || ringArea(polygon[0]!) > ringArea(best[0]!) ? polygon : best),
    null,
  );
  if (largest === null || largest[0] === undefined || largest[0].length < 4) return null;
  const shorten = Math.cos((largest[0][0]![1]! * Math.PI) / 180);
  const rings = largest.map((ring) => ring.map(([lon, lat]): [number, number] => [lon! * shorten, lat!]));
  const xs = rings[0]!.map(([x]) => x);
  const ys = rings[0]!.map(([, y]) => y);
  let [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  let best = { x: (west + east) / 2, y: (south + north) / 2, clearance: Number.NEGATIVE_INFINITY };
  const STEPS = 9;
  for (let pass = 0; pass < 3; pass++) {
    const stepX = (east - west) / STEPS;
    const stepY = (north - south) / STEPS;
    for (let i = 0; i < STEPS; i++) {
      for (let j = 0; j < STEPS; j++) {
        const x = west + (i + 0.5) * stepX;
        const y = south + (j + 0.5) * stepY;
        const clearance = signedClearance(rings, x, y);
        if (clearance > best.clearance) best = { x, y, clearance };
      }
    }
    [west, east, south, north] = [best.x - stepX, best.x + stepX, best.y - stepY, best.y + stepY];
  }
  return [best.x / shorten, best.y];
}

function ringArea(ring: readonly Position[]): number {
  let sum = 0;
  for (let i = 1; i < ring.length; i++) sum += ring[i - 1]![0]! * ring[i]![1]! - ring[i]![0]! * ring[i - 1]![1]!;
  return Math.abs(sum) / 2;
}

/** Distance to the nearest border, negative outside. */
function signedClearance(rings: readonly (readonly [number, number])[][], x: number, y: number): number {
  let inside = false;
  let nearest = Number.POSITIVE_INFINITY;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [ax, ay] = ring[i - 1]!;
      const [bx, by] = ring[i]!;
      if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
      const dx = bx - ax;
      const dy = by - ay;
      const along =
        dx === 0 && dy === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy)));
      nearest = Math.min(nearest, Math.hypot(ax + along * dx - x, ay + along * dy - y));
    }
  }
  return inside ? nearest : -nearest;
}
