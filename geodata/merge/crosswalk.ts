import type { MultiPolygon, Polygon } from 'geojson';
import { overlayLayers } from '../geometry/overlay-layers.ts';
import type { CellId, Community, DepartmentId, GridId, PlanState } from '../model/index.ts';
import type { PlacedLayer } from './agreement.ts';

/** How one departmental grid passes into one general grid. Null names the ground or households the other side has nothing for. */
export interface CrosswalkRow {
  readonly departmentId: DepartmentId;
  readonly departmentName: string;
  /** Position in the layer's grids; null for households of a general grid that no grid of this department held. */
  readonly departmentGrid: number | null;
  readonly departmentGridCode: string | null;
  readonly departmentGridName: string | null;
  readonly gridId: GridId | null;
  readonly householdCount: number;
  readonly areaM2: number;
  /** By households; by ground where the grid has none. */
  readonly shareOfDepartmentGrid: number;
  readonly shareOfGrid: number;
}

/** Slivers left by two hands drawing the same border. */
const LEAST_AREA_M2 = 1;

/**
 * Every department's grids against the general grids, both ways: for each department the households of all rows add up to those of
 * the community, and its ground to the community's. Rows without households and with less than 1 m² are left out.
 * @param outlines the general grids in longitude and latitude
 */
export function crosswalkOf(
  { area }: Pick<Community, 'area'>,
  state: PlanState,
  placed: readonly PlacedLayer[],
  outlines: ReadonlyMap<GridId, Polygon | MultiPolygon>,
): CrosswalkRow[] {
  return placed.flatMap((layer) => rowsOf(area, state, layer, outlines));
}

function rowsOf(
  community: Polygon | MultiPolygon,
  { assignment, grids }: PlanState,
  { layer, overlays }: PlacedLayer,
  outlines: ReadonlyMap<GridId, Polygon | MultiPolygon>,
): CrosswalkRow[] {
  const gridIds = [...grids.keys()];
  const numberOf = new Map(gridIds.map((id, number) => [id, number]));
  const meetings = new Map<string, { department: number; grid: number; households: number; areaM2: number }>();
  const meet = (department: number, grid: number) => {
    const key = `${department},${grid}`;
    const known = meetings.get(key) ?? { department, grid, households: 0, areaM2: 0 };
    meetings.set(key, known);
    return known;
  };
  const gridOf = (cellId: CellId): number => numberOf.get(assignment.get(cellId)!) ?? -1;
  for (const { cellId, households } of overlays) {
    for (const [department, count] of households) {
      if (count > 0) meet(department, gridOf(cellId)).households += count;
    }
  }
  const drawn = gridIds.filter((id) => outlines.has(id));
  const pieces = overlayLayers([
    layer.grids.map(({ area }) => area),
    drawn.map((id) => outlines.get(id)!),
    [community],
  ]);
  for (const { areaM2, holders } of pieces) {
    if (holders[2]!.length === 0) continue;
    const department = holders[0]![0] ?? -1;
    const grid = holders[1]![0];
    if (department < 0 && grid === undefined) continue;
    meet(department, grid === undefined ? -1 : numberOf.get(drawn[grid]!)!).areaM2 += areaM2;
  }
  const rows = [...meetings.values()].filter(({ households, areaM2 }) => households > 0 || areaM2 >= LEAST_AREA_M2);
  const last = (index: number) => (index < 0 ? Infinity : index);
  rows.sort((a, b) => last(a.department) - last(b.department) || last(a.grid) - last(b.grid));
  const total = (side: 'department' | 'grid', index: number, measure: 'households' | 'areaM2') =>
    rows.reduce((sum, row) => sum + (row[side] === index ? row[measure] : 0), 0);
  const share = (row: (typeof rows)[number], side: 'department' | 'grid') => {
    if (row[side] < 0) return 0;
    const measure = total(side, row[side], 'households') > 0 ? 'households' : 'areaM2';
    return row[measure] / total(side, row[side], measure);
  };
  return rows.map((row) => ({
    departmentId: layer.id,
    departmentName: layer.name,
    departmentGrid: row.department < 0 ? null : row.department,
    departmentGridCode: layer.grids[row.department]?.code ?? null,
    departmentGridName: layer.grids[row.department]?.name ?? null,
    gridId: row.grid < 0 ? null : gridIds[row.grid]!,
    householdCount: row.households,
    areaM2: row.areaM2,
    shareOfDepartmentGrid: share(row, 'department'),
    shareOfGrid: share(row, 'grid'),
  }));
}
