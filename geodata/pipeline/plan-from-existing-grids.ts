import type { MultiPolygon, Polygon } from 'geojson';
import { areaOver, overlayAreas } from '../fabric/overlay.ts';
import type { Building, CellId, Fabric, Grid, GridId, PlanState } from '../model/index.ts';
import { connectOverEmptyGround } from './connect-over-empty-ground.ts';

/** A grid as somebody drew it, before it stands on a fabric. */
export interface DrawnGrid {
  readonly grid: Grid;
  readonly area: Polygon | MultiPolygon;
}

/**
 * The plan that drawn grids amount to on a fabric: each cell belongs to the grid that most of its households (without any, most of
 * its ground) lie in. Empty ground that a grid drawn in one piece lies on in part goes to it where that keeps it in one. Grids that get no
 * cell are left out; cells under no grid stay unassigned.
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
  const groundOf = new Map(
    overlays.map(({ cellId, areaM2 }) => [cellId, new Set([...areaM2.keys()].map((index) => drawn[index]?.grid.id))]),
  );
  const inParts = new Set(drawn.filter(({ area }) => isInParts(area)).map(({ grid }) => grid.id));
  const connected = connectOverEmptyGround(
    { fabric, grids, assignment },
    (cell, grid) => !inParts.has(grid) && (groundOf.get(cell)?.has(grid) ?? false),
  );
  return { fabric, grids, assignment: connected };
}

const isInParts = (area: Polygon | MultiPolygon) => area.type === 'MultiPolygon' && area.coordinates.length > 1;
