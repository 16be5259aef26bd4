import { placeLayers } from '../../geodata/merge/index.ts';
import type { GridId, PlanState } from '../../geodata/model/index.ts';
import { readBuildings } from '../repositories/buildings.ts';
import { readCrosswalk } from '../repositories/crosswalks.ts';
import { readDepartmentLayers } from '../repositories/departments.ts';
import { firstGrids, type StoredPlan } from '../repositories/plans.ts';
import type { Connection, Scope } from '../repositories/scope.ts';
import type { CrosswalkRow } from '../wire.ts';

/** The crosswalk of a merged plan, made when it was merged, with the codes and names its grids bear today. */
export async function crosswalkNow(
  connection: Connection,
  scope: Scope,
  { header }: StoredPlan,
  state: PlanState,
): Promise<readonly CrosswalkRow[]> {
  const rows = await readCrosswalk(connection, scope, header.id);
  if (rows.length === 0) return rows;
  const idOfCode = new Map((await firstGrids(connection, header.id)).map(({ code, id }) => [code, id]));
  return rows.map((row) => {
    const grid = row.gridCode === null ? undefined : state.grids.get(idOfCode.get(row.gridCode)!);
    return grid ? { ...row, gridCode: grid.code, gridName: grid.name } : row;
  });
}

/**
 * R4: a general grid carries the duties of every department that had a grid over any of its households. Found anew from the
 * departments' grids, so that grids that were split, joined, redrawn or renumbered since the merging have theirs too.
 */
export async function dutiesNow(
  connection: Connection,
  scope: Scope,
  { header }: StoredPlan,
  state: PlanState,
): Promise<ReadonlyMap<GridId, readonly string[]>> {
  const merged = new Set((await readCrosswalk(connection, scope, header.id)).map(({ departmentId }) => departmentId));
  const stored = await readDepartmentLayers(connection, scope, header.communityCode);
  const layers = stored.filter(({ id }) => merged.has(id)).map((layer) => ({ ...layer, weight: 1 }));
  const buildings = await readBuildings(connection, scope, header.communityCode);
  const duties = new Map<GridId, Set<string>>();
  for (const { layer, overlays } of placeLayers(state.fabric, buildings, layers))
    for (const { cellId, households } of overlays) {
      const grid = state.assignment.get(cellId);
      const isOver = [...households].some(([department, count]) => department >= 0 && count > 0);
      if (grid === undefined || !isOver) continue;
      const own = duties.get(grid) ?? new Set<string>();
      for (const duty of layer.duties) own.add(duty);
      duties.set(grid, own);
    }
  return new Map([...duties].map(([grid, own]) => [grid, [...own]]));
}
