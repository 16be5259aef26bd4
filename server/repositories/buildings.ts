import { sql } from 'kysely';
import type { Building, BuildingId, CommunityCode } from '../../geodata/model/index.ts';
import { asGeoJson, type Box, boxOf, fromGeoJson } from '../database/geometry.ts';
import { type Connection, chunksOf, type Scope, within } from './scope.ts';

/** The buildings of one community, by id. */
export async function readBuildings(
  connection: Connection,
  scope: Scope,
  community: CommunityCode,
): Promise<readonly Building[]> {
  const rows = await connection
    .selectFrom('building')
    .where('community_code', '=', community)
    .where(({ ref }) => within(ref('community_code'), scope))
    .select(({ ref }) => [
      'id',
      'name',
      'compound_id',
      asGeoJson<Building['footprint']>(ref('footprint')).as('footprint'),
      'household_count',
      'count_source',
      'resident_count',
      'floor_count',
      'units',
    ])
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    compoundId: row.compound_id,
    footprint: row.footprint,
    householdCount: row.household_count,
    countSource: row.count_source,
    residentCount: row.resident_count,
    floorCount: row.floor_count,
    units: row.units,
  }));
}

export interface HouseholdSum {
  readonly householdCount: number;
  readonly estimatedHouseholdCount: number;
  readonly buildingCount: number;
}

/** Households and buildings of every community that has buildings. */
export async function sumHouseholds(
  connection: Connection,
  scope: Scope,
): Promise<ReadonlyMap<CommunityCode, HouseholdSum>> {
  const rows = await connection
    .selectFrom('building')
    .where(({ ref }) => within(ref('community_code'), scope))
    .groupBy('community_code')
    .select(({ fn }) => [
      'community_code',
      fn.sum<number>('household_count').as('households'),
      sql<number>`coalesce(sum(household_count) filter (where count_source = 'estimated'), 0)`.as('estimated'),
      fn.countAll<number>().as('buildings'),
    ])
    .execute();
  return new Map(
    rows.map((row) => [
      row.community_code,
      {
        householdCount: Number(row.households),
        estimatedHouseholdCount: Number(row.estimated),
        buildingCount: Number(row.buildings),
      },
    ]),
  );
}

/** Where buildings of those ids already are, to tell a building that moved to another community from one of the same name. */
export async function locateBuildings(
  connection: Connection,
  scope: Scope,
  ids: readonly BuildingId[],
): Promise<readonly { communityCode: CommunityCode; id: BuildingId; box: Box }[]> {
  const found: { communityCode: CommunityCode; id: BuildingId; box: Box }[] = [];
  for (const part of chunksOf(ids, 5000)) {
    const rows = await connection
      .selectFrom('building')
      .where(({ ref }) => within(ref('community_code'), scope))
      .where('id', 'in', part)
      .select(({ ref }) => ['community_code', 'id', boxOf(ref('footprint')).as('box')])
      .orderBy('community_code')
      .orderBy('id')
      .execute();
    for (const row of rows) if (row.box) found.push({ communityCode: row.community_code, id: row.id, box: row.box });
  }
  return found;
}

export async function deleteBuildings(
  connection: Connection,
  scope: Scope,
  community: CommunityCode,
  ids: readonly BuildingId[],
): Promise<void> {
  for (const part of chunksOf(ids, 5000))
    await connection
      .deleteFrom('building')
      .where(({ ref }) => within(ref('community_code'), scope))
      .where('community_code', '=', community)
      .where('id', 'in', part)
      .execute();
}

/** Inserts or replaces buildings of one community. */
export async function saveBuildings(
  connection: Connection,
  community: CommunityCode,
  buildings: readonly Building[],
): Promise<void> {
  for (const part of chunksOf(buildings))
    await connection
      .insertInto('building')
      .values(
        part.map((building) => ({
          community_code: community,
          id: building.id,
          name: building.name,
          compound_id: building.compoundId,
          footprint: fromGeoJson(building.footprint),
          household_count: building.householdCount,
          count_source: building.countSource,
          resident_count: building.residentCount,
          floor_count: building.floorCount,
          units: JSON.stringify(building.units),
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['community_code', 'id']).doUpdateSet(({ ref }) => ({
          name: ref('excluded.name'),
          compound_id: ref('excluded.compound_id'),
          footprint: ref('excluded.footprint'),
          household_count: ref('excluded.household_count'),
          count_source: ref('excluded.count_source'),
          resident_count: ref('excluded.resident_count'),
          floor_count: ref('excluded.floor_count'),
          units: ref('excluded.units'),
        })),
      )
      .execute();
}
