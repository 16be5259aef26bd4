import type { BuildingId, CellId, Fabric, GridId } from '../model/index.ts';
import type { GridBorder } from './dissolve.ts';
import type { PolygonMm } from './outline-rings.ts';

/** A building's ground plan in millimetres of the fabric's frame; empty for a building known as a point. */
export interface FootprintMm {
  readonly buildingId: BuildingId;
  readonly polygons: readonly PolygonMm[];
}

/** What straightening works with. */
export interface Straightening {
  readonly footprints: readonly FootprintMm[];
}

export function straightenBorders(
  _fabric: Fabric,
  _assignment: ReadonlyMap<CellId, GridId>,
  borders: readonly GridBorder[],
  _straightening: Straightening,
): readonly GridBorder[] {
  return borders;
}
