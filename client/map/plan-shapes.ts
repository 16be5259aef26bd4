import type { Feature, FeatureCollection, Point, Position } from 'geojson';
import { multiPolygonOf } from '../../geodata/fabric/outline.ts';
import { type PolygonMm, polygonsOfBorders } from '../../geodata/fabric/outline-rings.ts';
import type { Building, CellId, Fabric, GridId, LocalFrame } from '../../geodata/model/index.ts';

/** The polygons of every cell in the frame's millimetres, exactly as the arcs say. */
export function cellPolygons(fabric: Fabric): ReadonlyMap<CellId, readonly PolygonMm[]> {
  // A cell is outlined the way a grid is: the tracing asks only for something to tell the two sides of a line apart.
  const side = (cell: CellId | null) => (cell === null ? null : (String(cell) as GridId));
  const traced = polygonsOfBorders(
    fabric.arcs.map(({ left, right, points }) => ({ left: side(left), right: side(right), points })),
  );
  return new Map([...traced].map(([id, polygons]) => [Number(id) as CellId, polygons]));
}

export function cellCollection(
  frame: LocalFrame,
  polygons: ReadonlyMap<CellId, readonly PolygonMm[]>,
): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: [...polygons].map(([id, parts]) => ({
      type: 'Feature',
      id,
      properties: {},
      geometry: multiPolygonOf(frame, parts),
    })),
  };
}

/** Buildings by their position in the list (which is their feature id), with the label that is shown at close zoom. */
export function buildingCollection(buildings: readonly Building[]): FeatureCollection {
  return {
    type: 'FeatureCollection',
    features: buildings.map(
      (building, index): Feature => ({
        type: 'Feature',
        id: index,
        properties: {
          label:
            building.countSource === 'missing'
              ? '?'
              : building.householdCount === 0
                ? ''
                : `${building.countSource === 'estimated' ? '≈' : ''}${building.householdCount}`,
        },
        geometry: building.footprint,
      }),
    ),
  };
}

/** One point a building for its label: a polygon's label would be repeated in every tile it touches. */
export function buildingLabelCollection(buildings: readonly Building[]): FeatureCollection<Point> {
  return {
    type: 'FeatureCollection',
    features: buildingCollection(buildings).features.map((feature, index) => ({
      type: 'Feature',
      properties: feature.properties,
      geometry: { type: 'Point', coordinates: centreOf(buildings[index]!) },
    })),
  };
}

/** The middle of a building's bounding box; its point where it has no footprint. Degrees. */
export function centreOf({ footprint }: Building): Position {
  if (footprint.type === 'Point') return footprint.coordinates;
  const ring = footprint.type === 'Polygon' ? footprint.coordinates[0]! : footprint.coordinates[0]![0]!;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of ring) {
    west = Math.min(west, lon!);
    east = Math.max(east, lon!);
    south = Math.min(south, lat!);
    north = Math.max(north, lat!);
  }
  return [(west + east) / 2, (south + north) / 2];
}
