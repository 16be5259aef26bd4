import type { MultiPolygon, Polygon } from 'geojson';
import { areaOver, overlayAreas } from '../fabric/overlay.ts';
import type { Building, CellId, Fabric, Grid, GridId, PlanState } from '../model/index.ts';

/** A grid as somebody drew it, before it stands on a fabric. */
export interface DrawnGrid {
  readonly grid: Grid;
  readonly area: Polygon | MultiPolygon;
}

/**
 * The plan that drawn grids amount to on a fabric: each cell belongs to the grid that most of its households (without any, most of
 * its ground) lie in. Grids that get no cell are left out; cells under no grid stay unassigned.
 */
export function planFromExistingGrids(
  fabric: Fabric,
  buildings: readonly Building[],
  drawn: readonly DrawnGrid[],
): PlanState {
  const overlays = overlayAreas(
    fabric,
    buildings,
    drawn.map(({ area }) => area),
  );
  const assignment = new Map<CellId, GridId>();
  const used = new Set<GridId>();
  for (const overlay of overlays) {
    const index = areaOver(overlay);
    if (index < 0) continue;
    const { id } = drawn[index]!.grid;
    assignment.set(overlay.cellId, id);
    used.add(id);
  }
  const grids = new Map(drawn.filter(({ grid }) => used.has(grid.id)).map(({ grid }) => [grid.id, grid]));
  return { fabric, grids, assignment };
}
