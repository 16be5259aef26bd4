import type { MultiPolygon, Polygon, Position } from 'geojson';
import { tallyGrids } from '../check/index.ts';
import { gridFeature } from '../export/grid-fields.ts';
import { drawPlan, multiPolygonOf } from '../fabric/outline.ts';
import { footprintsMm } from '../fabric/outline-footprints.ts';
import { ontoBoundary } from '../geometry/onto-boundary.ts';
import type { Building, Community, GridId, PlanState } from '../model/index.ts';

export type GridFeature = ReturnType<typeof gridFeature>;

export interface PlanExport {
  /** In the order of codes. */
  readonly features: readonly GridFeature[];
  readonly perimeterM: ReadonlyMap<GridId, number>;
  readonly parts: ReadonlyMap<GridId, number>;
}

/**
 * A plan as features: straightened outlines in longitude and latitude, together exactly the community's area where every cell is
 * assigned, with what is counted in each grid. @param duties of each grid, where departments' layers were merged
 */
export function exportGridFeatures(
  community: Pick<Community, 'code' | 'name' | 'area'>,
  state: PlanState,
  buildings: readonly Building[],
  duties?: ReadonlyMap<GridId, readonly string[]>,
): PlanExport {
  const { frame } = state.fabric;
  const tallies = tallyGrids(state);
  const { outlines } = drawPlan(state.fabric, state.assignment, { footprints: footprintsMm(frame, buildings) });
  const place = ontoBoundary(community.area);
  const drawn = [...tallies.values()]
    .filter(({ grid }) => outlines.has(grid.id))
    .sort((a, b) => (a.grid.code < b.grid.code ? -1 : 1));
  return {
    features: drawn.map(({ grid, householdCount, estimatedHouseholdCount, buildingCount, areaM2 }) =>
      gridFeature({
        code: grid.code,
        name: grid.name,
        communityName: community.name,
        communityCode: community.code,
        kind: grid.kind,
        householdCount,
        estimatedHouseholdCount,
        buildingCount,
        workerCount: grid.workerIds.length,
        areaM2,
        detachedReason: grid.detachedReason,
        ...(duties === undefined ? {} : { duties: duties.get(grid.id) ?? [] }),
        outline: singlePartWhereOne(multiPolygonOf(frame, outlines.get(grid.id)!.polygons), place),
      }),
    ),
    perimeterM: new Map([...outlines].map(([id, outline]) => [id, outline.perimeterM])),
    parts: new Map([...outlines].map(([id, outline]) => [id, outline.polygons.length])),
  };
}

/** Outlines alone, as above. */
export function outlinesOf(
  community: Pick<Community, 'area'>,
  { fabric, assignment }: PlanState,
  buildings: readonly Building[],
): Map<GridId, Polygon | MultiPolygon> {
  const { outlines } = drawPlan(fabric, assignment, { footprints: footprintsMm(fabric.frame, buildings) });
  const place = ontoBoundary(community.area);
  return new Map(
    [...outlines].map(([id, { polygons }]) => [id, singlePartWhereOne(multiPolygonOf(fabric.frame, polygons), place)]),
  );
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
