import type { MultiPolygon, Polygon, Position } from 'geojson';
import { areaLocator } from '../geometry/area-locator.ts';
import { toLonLat } from '../geometry/local-frame.ts';
import { spreadPoints } from '../geometry/spread-points.ts';
import type { Building, BuildingId, CellId, Fabric } from '../model/index.ts';
import { ringsByCell } from './rings.ts';

/** How one cell lies under the areas of a layer; keys are positions in the layer, −1 stands for "under none of them". */
export interface CellOverlay {
  readonly cellId: CellId;
  /** Households by the area that holds most of each building's ground plan. */
  readonly households: ReadonlyMap<number, number>;
  /** Square metres; sums up to the cell's area. */
  readonly areaM2: ReadonlyMap<number, number>;
}

const POINTS_A_FOOTPRINT = 9;
const POINTS_A_CELL = 36;

/**
 * Lays areas drawn by somebody else (old grids, a department's) over the cells. Buildings count whole, where most of their ground
 * lies; ground is measured by points spread evenly over each cell, so overlaps in the layer count for the first of the areas.
 */
export function overlayAreas(
  fabric: Fabric,
  buildings: readonly Building[],
  areas: readonly (Polygon | MultiPolygon)[],
): CellOverlay[] {
  const locator = areaLocator(areas);
  const areaOfBuilding = new Map<BuildingId, number>(
    buildings.map((building) => [building.id, mostCommon(pointsOf(building), locator.firstAt)]),
  );
  const rings = ringsByCell(fabric);
  return fabric.cells.map((cell) => {
    const positions = (rings.get(cell.id) ?? []).map(({ points }) => pairsOf(points));
    const spread = spreadPoints(positions, POINTS_A_CELL);
    const areaM2 = new Map<number, number>();
    for (const [xMm, yMm] of spread) {
      const [longitude, latitude] = toLonLat(fabric.frame, xMm!, yMm!);
      add(areaM2, locator.firstAt(longitude, latitude), cell.areaM2 / spread.length);
    }
    const households = new Map<number, number>();
    for (const { buildingId, unitId, householdCount } of cell.buildings) {
      // Entrances have no plan of their own: they lie where their cell lies.
      const area = unitId === null ? areaOfBuilding.get(buildingId) : largest(areaM2);
      add(households, area ?? -1, householdCount);
    }
    return { cellId: cell.id, households, areaM2 };
  });
}

/** The area most of a cell lies under: by households where it has any, else by ground; −1 for none. */
export function areaOver({ households, areaM2 }: CellOverlay): number {
  return largest(households) ?? largest(areaM2) ?? -1;
}

/** The key with the most; the lowest key among equals; null where nothing is counted. */
function largest(amounts: ReadonlyMap<number, number>): number | null {
  let best: number | null = null;
  for (const [key, amount] of amounts) {
    const most = best === null ? 0 : amounts.get(best)!;
    if (amount > most || (amount === most && amount > 0 && best !== null && key < best)) best = key;
  }
  return best;
}

const add = (sums: Map<number, number>, key: number, amount: number) => sums.set(key, (sums.get(key) ?? 0) + amount);

/** About `wanted` points spread over a building's ground plan; the point itself where there is no plan. */
export function pointsOf({ footprint }: Building, wanted = POINTS_A_FOOTPRINT): Position[] {
  if (footprint.type === 'Point') return [footprint.coordinates];
  const polygons = footprint.type === 'Polygon' ? [footprint.coordinates] : footprint.coordinates;
  return polygons.flatMap((rings) => spreadPoints(rings, wanted));
}

/** What `find` says of most of the points (the lowest answer of equals). */
export function mostCommon(points: readonly Position[], find: (longitude: number, latitude: number) => number): number {
  const votes = new Map<number, number>();
  for (const [longitude, latitude] of points) add(votes, find(longitude!, latitude!), 1);
  return largest(votes) ?? -1;
}

function pairsOf(points: readonly number[]): Position[] {
  const pairs: Position[] = [];
  for (let i = 0; i + 1 < points.length; i += 2) pairs.push([points[i]!, points[i + 1]!]);
  return pairs;
}
