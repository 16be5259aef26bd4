import type { PlanId } from '../../geodata/model/index.ts';
import type { CrosswalkRow } from '../wire.ts';
import { type Connection, chunksOf, type Scope, within } from './scope.ts';

export async function readCrosswalk(
  connection: Connection,
  scope: Scope,
  plan: PlanId,
): Promise<readonly CrosswalkRow[]> {
  const rows = await connection
    .selectFrom('crosswalk')
    .innerJoin('plan', 'plan.id', 'crosswalk.plan_id')
    .where('plan_id', '=', plan)
    .where(({ ref }) => within(ref('plan.community_code'), scope))
    .selectAll('crosswalk')
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
    departmentId: row.department_id,
    departmentName: row.department_name,
    departmentGridCode: row.department_grid_code,
    departmentGridName: row.department_grid_name,
    gridCode: row.grid_code,
    gridName: row.grid_name,
    householdCount: row.household_count,
    areaM2: row.area_m2,
    shareOfDepartmentGrid: row.share_of_department_grid,
    shareOfGrid: row.share_of_grid,
  }));
}

export async function insertCrosswalk(
  connection: Connection,
  plan: PlanId,
  rows: readonly CrosswalkRow[],
): Promise<void> {
  const numbered = rows.map((row, position) => ({ row, position }));
  for (const part of chunksOf(numbered))
    await connection
      .insertInto('crosswalk')
      .values(
        part.map(({ row, position }) => ({
          plan_id: plan,
          position,
          department_id: row.departmentId,
          department_name: row.departmentName,
          department_grid_code: row.departmentGridCode,
          department_grid_name: row.departmentGridName,
          grid_code: row.gridCode,
          grid_name: row.gridName,
          household_count: row.householdCount,
          area_m2: row.areaM2,
          share_of_department_grid: row.shareOfDepartmentGrid,
          share_of_grid: row.shareOfGrid,
        })),
      )
      .execute();
}
