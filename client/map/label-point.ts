import type { MultiPolygon, Polygon, Position } from 'geojson';

/**
 * Where to put an area's label: far from its border (near the "pole of inaccessibility") and near what it holds. Of several pieces the one
 * with most of `anchors` is taken, without any the largest. Searched on a grid that is refined around the best point.
 * Degrees in, degrees out; longitudes are shortened by the latitude so that far means far on the map.
 */
export function labelPoint(area: Polygon | MultiPolygon, anchors: readonly Position[] = []): Position | null {
  const polygons = area.type === 'Polygon' ? [area.coordinates] : area.coordinates;
  const outer = polygons[0]?.[0];
  if (outer === undefined || outer.length < 4) return null;
  const shorten = Math.cos((outer[0]![1]! * Math.PI) / 180);
  const flat = ([lon, lat]: Position): Flat => [lon! * shorten, lat!];
  const held = anchors.map(flat);
  const pieces = polygons.map((polygon) => {
    const rings = polygon.map((ring) => thinned(ring).map(flat));
    const inside = held.filter(([x, y]) => signedClearance(rings.slice(0, 1), x, y) >= 0);
    return { rings, inside, area: ringArea(polygon[0]!) };
  });
  const { rings, inside } = pieces.reduce((best, piece) =>
    piece.inside.length > best.inside.length || (piece.inside.length === best.inside.length && piece.area > best.area)
      ? piece
      : best,
  );
  const wanted = inside.length > 0 ? [median(inside.map(([x]) => x)), median(inside.map(([, y]) => y))] : null;

  const xs = rings[0]!.map(([x]) => x);
  const ys = rings[0]!.map(([, y]) => y);
  let [west, east, south, north] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  let best = { x: (west + east) / 2, y: (south + north) / 2, score: Number.NEGATIVE_INFINITY };
  for (let pass = 0; pass < 3; pass++) {
    const stepX = (east - west) / STEPS;
    const stepY = (north - south) / STEPS;
    for (let i = 0; i < STEPS; i++) {
      for (let j = 0; j < STEPS; j++) {
        const x = west + (i + 0.5) * stepX;
        const y = south + (j + 0.5) * stepY;
        const away = wanted ? Math.hypot(x - wanted[0]!, y - wanted[1]!) : 0;
        const score = signedClearance(rings, x, y) - TOWARDS_ANCHORS * away;
        if (score > best.score) best = { x, y, score };
      }
    }
    [west, east, south, north] = [best.x - stepX, best.x + stepX, best.y - stepY, best.y + stepY];
  }
  return [best.x / shorten, best.y];
}

type Flat = [number, number];
const STEPS = 9;
/** How much clearance a label gives up to be nearer to the middle of what its area holds. */
const TOWARDS_ANCHORS = 0.25;
const MOST_POINTS = 80;

const median = (values: number[]) => values.sort((one, other) => one - other)[values.length >> 1]!;

/** A label needs no more than the ring's rough shape. */
function thinned(ring: readonly Position[]): readonly Position[] {
  const every = Math.ceil(ring.length / MOST_POINTS);
  return every === 1 ? ring : ring.filter((_, i) => i % every === 0 || i === ring.length - 1);
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
