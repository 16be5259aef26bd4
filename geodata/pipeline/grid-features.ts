import type { Feature, MultiPolygon, Polygon, Position } from 'geojson';
import { type GridTally, tallyGrids } from '../check/index.ts';
import { drawPlan, multiPolygonOf } from '../fabric/outline.ts';
import { footprintsMm } from '../fabric/outline-footprints.ts';
import { ontoBoundary } from '../geometry/onto-boundary.ts';
import type { Building, Community, GridId, PlanState } from '../model/index.ts';

/** Attributes of an exported grid: ASCII names of at most ten bytes, so that they pass through a DBF unchanged. */
export interface GridProperties {
  readonly code: string;
  readonly name: string;
  readonly community: string;
  readonly kind: string;
  readonly households: number;
  /** The part of `households` that was estimated. */
  readonly estimated: number;
  readonly buildings: number;
  readonly area_m2: number;
  /** Ids of the grid's workers, separated by commas. */
  readonly workers: string;
}

export type GridFeature = Feature<Polygon | MultiPolygon, GridProperties>;

export interface PlanExport {
  /** In the order of codes. */
  readonly features: readonly GridFeature[];
  readonly perimeterM: ReadonlyMap<GridId, number>;
  readonly parts: ReadonlyMap<GridId, number>;
}

/**
 * A plan as features: straightened outlines in longitude and latitude, together exactly the community's area where every cell is
 * assigned, with what is counted in each grid.
 */
export function exportGridFeatures(
  community: Pick<Community, 'code' | 'area'>,
  state: PlanState,
  buildings: readonly Building[],
  tallies: ReadonlyMap<GridId, GridTally> = tallyGrids(state),
): PlanExport {
  const { frame } = state.fabric;
  const { outlines } = drawPlan(state.fabric, state.assignment, { footprints: footprintsMm(frame, buildings) });
  const place = ontoBoundary(community.area);
  const drawn = [...tallies.values()]
    .filter(({ grid }) => outlines.has(grid.id))
    .sort((a, b) => (a.grid.code < b.grid.code ? -1 : 1));
  return {
    features: drawn.map(({ grid, householdCount, estimatedHouseholdCount, buildingCount, areaM2 }) => ({
      type: 'Feature',
      properties: {
        code: grid.code,
        name: grid.name,
        community: community.code,
        kind: grid.kind,
        households: householdCount,
        estimated: estimatedHouseholdCount,
        buildings: buildingCount,
        area_m2: Math.round(areaM2),
        workers: grid.workerIds.join(','),
      },
      geometry: singlePartWhereOne(multiPolygonOf(frame, outlines.get(grid.id)!.polygons), place),
    })),
    perimeterM: new Map([...outlines].map(([id, outline]) => [id, outline.perimeterM])),
    parts: new Map([...outlines].map(([id, outline]) => [id, outline.polygons.length])),
  };
}

function singlePartWhereOne(
  { coordinates }: MultiPolygon,
  place: (position: Position) => Position,
): Polygon | MultiPolygon {
  const placed = coordinates.map((rings) => rings.map((ring) => ring.map(place)));
  return placed.length === 1
    ? { type: 'Polygon', coordinates: placed[0]! }
    : { type: 'MultiPolygon', coordinates: placed };
}
