import type { MultiPolygon } from 'geojson';
import type { CommunityCode, GridId, GridKind, PlanId } from '../../geodata/model/index.ts';
import { asGeoJson, multiFromGeoJson } from '../database/geometry.ts';
import { type Connection, chunksOf, type Scope, within } from './scope.ts';

/** A grid as last materialised from its plan: its outline and what it holds. */
export interface MaterialisedGrid {
  readonly id: GridId;
  readonly code: string;
  readonly name: string;
  readonly kind: GridKind;
  readonly locked: boolean;
  readonly detachedReason: string | null;
  readonly householdCount: number;
  readonly estimatedHouseholdCount: number;
  readonly buildingCount: number;
  readonly areaM2: number;
  /** null for a grid without cells. */
  readonly area: MultiPolygon | null;
}

export async function readGrids(
  connection: Connection,
  scope: Scope,
  plan: PlanId,
): Promise<readonly MaterialisedGrid[]> {
  const rows = await connection
    .selectFrom('grid')
    .where('plan_id', '=', plan)
    .where(({ ref }) => within(ref('community_code'), scope))
    .select(({ ref }) => [
      'id',
      'code',
      'name',
      'kind',
      'locked',
      'detached_reason',
      'household_count',
      'estimated_household_count',
      'building_count',
      'area_m2',
      asGeoJson<MultiPolygon>(ref('area')).as('area'),
    ])
    .orderBy('code')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    code: row.code,
    name: row.name,
    kind: row.kind,
    locked: row.locked,
    detachedReason: row.detached_reason,
    householdCount: row.household_count,
    estimatedHouseholdCount: row.estimated_household_count,
    buildingCount: row.building_count,
    areaM2: row.area_m2,
    area: row.area,
  }));
}

/** Puts the grids of one version of a plan in the place of those of an earlier one. */
export async function replaceGrids(
  connection: Connection,
  scope: Scope,
  plan: PlanId,
  community: CommunityCode,
  version: number,
  grids: readonly MaterialisedGrid[],
): Promise<void> {
  await connection
    .deleteFrom('grid')
    .where('plan_id', '=', plan)
    .where(({ ref }) => within(ref('community_code'), scope))
    .execute();
  for (const part of chunksOf(grids, 200))
    await connection
      .insertInto('grid')
      .values(
        part.map((grid) => ({
          plan_id: plan,
          id: grid.id,
          community_code: community,
          code: grid.code,
          name: grid.name,
          kind: grid.kind,
          locked: grid.locked,
          detached_reason: grid.detachedReason,
          household_count: grid.householdCount,
          estimated_household_count: grid.estimatedHouseholdCount,
          building_count: grid.buildingCount,
          area_m2: grid.areaM2,
          area: multiFromGeoJson(grid.area),
        })),
      )
      .execute();
  await connection
    .updateTable('plan')
    .set({ grids_version: version })
    .where('id', '=', plan)
    .where(({ ref }) => within(ref('community_code'), scope))
    .execute();
}
