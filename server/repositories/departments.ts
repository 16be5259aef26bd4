import type { Community, CommunityCode, DepartmentId, GridId } from '../../geodata/model/index.ts';
import { asGeoJson, multiFromGeoJson } from '../database/geometry.ts';
import type { DepartmentLayer } from '../wire.ts';
import { singlePart } from './communities.ts';
import { type Connection, chunksOf, type Scope, within } from './scope.ts';

export interface Department {
  readonly id: DepartmentId;
  readonly scopeCode: string;
  readonly name: string;
  readonly colour: string;
  readonly duties: readonly string[];
}

/** The departments that may have grids in the scope: those of it, of places above and of places below. */
export async function readDepartments(connection: Connection, scope: Scope): Promise<readonly Department[]> {
  const rows = await connection.selectFrom('department').selectAll().orderBy('id').execute();
  return rows
    .filter((row) => row.scope_code.startsWith(scope.prefix) || scope.prefix.startsWith(row.scope_code))
    .map((row) => ({
      id: row.id,
      scopeCode: row.scope_code,
      name: row.name,
      colour: row.colour,
      duties: row.duties,
    }));
}

export async function saveDepartment(connection: Connection, department: Department): Promise<void> {
  await connection
    .insertInto('department')
    .values({
      id: department.id,
      scope_code: department.scopeCode,
      name: department.name,
      colour: department.colour,
      duties: JSON.stringify(department.duties),
    })
    .onConflict((conflict) =>
      conflict.column('id').doUpdateSet(({ ref }) => ({ name: ref('excluded.name'), duties: ref('excluded.duties') })),
    )
    .execute();
}

/** Each department's grids over one community, as it handed them in; departments without any are left out. */
export async function readDepartmentLayers(
  connection: Connection,
  scope: Scope,
  community: CommunityCode,
): Promise<readonly DepartmentLayer[]> {
  const departments = await readDepartments(connection, { prefix: community.slice(0, 6) });
  const rows = await connection
    .selectFrom('department_grid')
    .where('community_code', '=', community)
    .where(({ ref }) => within(ref('community_code'), scope))
    .select(({ ref }) => ['department_id', 'id', 'code', 'name', asGeoJson<Community['area']>(ref('area')).as('area')])
    .orderBy('department_id')
    .orderBy('code')
    .orderBy('id')
    .execute();
  return departments
    .map(({ id, name, colour, duties }) => ({
      id,
      name,
      colour,
      duties,
      grids: rows
        .filter((row) => row.department_id === id)
        .map((row) => ({ id: row.id, code: row.code, name: row.name, area: singlePart(row.area) })),
    }))
    .filter((layer) => layer.grids.length > 0);
}

export interface DepartmentGrid {
  readonly id: GridId;
  readonly communityCode: CommunityCode;
  readonly code: string;
  readonly name: string;
  readonly area: Community['area'];
}

/** Puts a department's grids in the place of those it had in the same communities. */
export async function replaceDepartmentGrids(
  connection: Connection,
  scope: Scope,
  department: DepartmentId,
  grids: readonly DepartmentGrid[],
): Promise<void> {
  const communities = [...new Set(grids.map((grid) => grid.communityCode))].sort();
  for (const part of chunksOf(communities, 5000))
    await connection
      .deleteFrom('department_grid')
      .where('department_id', '=', department)
      .where(({ ref }) => within(ref('community_code'), scope))
      .where('community_code', 'in', part)
      .execute();
  for (const part of chunksOf(grids))
    await connection
      .insertInto('department_grid')
      .values(
        part.map((grid) => ({
          department_id: department,
          community_code: grid.communityCode,
          id: grid.id,
          code: grid.code,
          name: grid.name,
          area: multiFromGeoJson(grid.area),
        })),
      )
      .execute();
}
