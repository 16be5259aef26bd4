import type { MultiPolygon, Polygon, Position } from 'geojson';

const EARTH_RADIUS_M = 6_371_000;
const LATTICE_M = 0.0015;
const RADIANS = Math.PI / 180;

interface Edge {
  readonly from: Position;
  readonly to: Position;
  /** How far a line straight in the metric frame bows away from one straight in degrees, and the lattice's own rounding. */
  readonly reachM: number;
}

/**
 * Puts positions that came back from a metric frame onto the boundary they were cut from. A border meeting the boundary between two of
 * its corners lies on a line that is straight in metres; the boundary as people gave it is straight in degrees: over a kilometre the
 * two are centimetres apart, which shows as slivers where grids are compared with their community. Corners become the very corners given.
 * Positions elsewhere come back as they are.
 */
export function ontoBoundary(area: Polygon | MultiPolygon): (position: Position) => Position {
  const rings = area.type === 'Polygon' ? area.coordinates : area.coordinates.flat();
  const cos = Math.cos((rings[0]?.[0]?.[1] ?? 0) * RADIANS);
  const metresX = EARTH_RADIUS_M * RADIANS * cos;
  const metresY = EARTH_RADIUS_M * RADIANS;
  const edges = rings.flatMap((ring) =>
    ring.slice(1).map((to, i): Edge => {
      const from = ring[i]!;
      const lengthM = Math.hypot((to[0]! - from[0]!) * metresX, (to[1]! - from[1]!) * metresY);
      return { from, to, reachM: LATTICE_M + (1.2 * lengthM ** 2) / (8 * EARTH_RADIUS_M * Math.max(cos, 0.2)) };
    }),
  );
  return (position) => {
    const [x, y] = position as [number, number];
    let best: Position = position;
    let bestM = Infinity;
    for (const { from, to, reachM } of edges) {
      const reachX = reachM / metresX;
      const reachY = reachM / metresY;
      if (x < Math.min(from[0]!, to[0]!) - reachX || x > Math.max(from[0]!, to[0]!) + reachX) continue;
      if (y < Math.min(from[1]!, to[1]!) - reachY || y > Math.max(from[1]!, to[1]!) + reachY) continue;
      for (const corner of [from, to]) {
        const apartM = Math.hypot((x - corner[0]!) * metresX, (y - corner[1]!) * metresY);
        if (apartM < LATTICE_M) return [corner[0]!, corner[1]!];
      }
      const dx = (to[0]! - from[0]!) * metresX;
      const dy = (to[1]! - from[1]!) * metresY;
      const share = ((x - from[0]!) * metresX * dx + (y - from[1]!) * metresY * dy) / (dx * dx + dy * dy || 1);
      if (share < 0 || share > 1) continue;
      const foot: Position = [from[0]! + (to[0]! - from[0]!) * share, from[1]! + (to[1]! - from[1]!) * share];
      const apartM = Math.hypot((x - foot[0]!) * metresX, (y - foot[1]!) * metresY);
      if (apartM > reachM || apartM >= bestM) continue;
      best = [round9(foot[0]!), round9(foot[1]!)];
      bestM = apartM;
    }
    return best;
  };
}

const round9 = (degrees: number) => Math.round(degrees * 1e9) / 1e9;
