import type { Geometry } from 'geojson';
import { multiPolygonOf } from '../../../geodata/fabric/outline.ts';
import type { PolygonMm } from '../../../geodata/fabric/outline-rings.ts';
import type { Building, CellId, Issue, LocalFrame, PlanState } from '../../../geodata/model/index.ts';

/** Where some cells are, as areas to fly to. */
export function placesOfCells(
  frame: LocalFrame,
  cellIds: Iterable<CellId>,
  polygons: ReadonlyMap<CellId, readonly PolygonMm[]> | null,
): Geometry[] {
  return [...cellIds].flatMap((id) => {
    const parts = polygons?.get(id);
    return parts ? [multiPolygonOf(frame, parts)] : [];
  });
}

/** Where an issue is: its point, else its cells, else its buildings, else its grids. */
export function placesOfIssue(
  { location, cellIds = [], buildingIds = [], gridIds = [] }: Issue,
  { fabric, assignment }: PlanState,
  buildings: ReadonlyMap<string, Building>,
  polygons: ReadonlyMap<CellId, readonly PolygonMm[]> | null,
): Geometry[] {
  if (location) return [{ type: 'Point', coordinates: [...location] }];
  if (cellIds.length > 0) return placesOfCells(fabric.frame, cellIds, polygons);
  const standing = buildingIds.flatMap((id) => buildings.get(id)?.footprint ?? []);
  if (standing.length > 0) return standing;
  const wanted = new Set(gridIds);
  const cells = fabric.cells.flatMap(({ id }) => {
    const grid = assignment.get(id);
    return grid !== undefined && wanted.has(grid) ? [id] : [];
  });
  return placesOfCells(fabric.frame, cells, polygons);
}
