import type { MultiPolygon, Polygon, Position } from 'geojson';

/** Finds which of many areas hold a point. Plane geometry on longitude and latitude: exact enough inside one county. */
export interface AreaLocator {
  /** Positions in the list of areas, ascending; several where areas overlap. */
  at(longitude: number, latitude: number): readonly number[];
  /** The first of them, −1 for none. */
  firstAt(longitude: number, latitude: number): number;
}

interface Indexed {
  readonly box: readonly [west: number, south: number, east: number, north: number];
  readonly rings: readonly (readonly Position[])[];
}

export function areaLocator(areas: readonly (Polygon | MultiPolygon)[]): AreaLocator {
  const indexed = areas.map((area): Indexed => {
    const rings = area.type === 'Polygon' ? area.coordinates : area.coordinates.flat();
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const ring of rings) {
      for (const [x, y] of ring) {
        west = Math.min(west, x!);
        south = Math.min(south, y!);
        east = Math.max(east, x!);
        north = Math.max(north, y!);
      }
    }
    return { box: [west, south, east, north], rings };
  });
  const holds = ({ box, rings }: Indexed, x: number, y: number) =>
    x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3] && isWithin(rings, x, y);
  return {
    at: (x, y) => indexed.flatMap((area, index) => (holds(area, x, y) ? [index] : [])),
    firstAt: (x, y) => indexed.findIndex((area) => holds(area, x, y)),
  };
}

/** Even–odd over all rings, so holes and several parts need no care. */
export function isWithin(rings: readonly (readonly Position[])[], x: number, y: number): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const xi = ring[i]![0]!;
      const yi = ring[i]![1]!;
      const xj = ring[j]![0]!;
      const yj = ring[j]![1]!;
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
}
