import type { Community, CommunityCode } from '../../geodata/model/index.ts';
import { asGeoJson, type Box, boxOf, meetsBox, multiFromGeoJson } from '../database/geometry.ts';
import type { PlaceTable } from '../database/tables.ts';
import { type Connection, chunksOf, type Scope, within } from './scope.ts';

const selectCommunities = (connection: Connection, scope: Scope) =>
  connection
    .selectFrom('place as community')
    .leftJoin('place as street', 'street.code', 'community.parent_code')
    .where('community.level', '=', 'community')
    .where(({ ref }) => within(ref('community.code'), scope))
    .select(({ ref }) => [
      'community.code',
      'community.name',
      'street.name as street_name',
      asGeoJson<Community['area']>(ref('community.area')).as('area'),
    ])
    .orderBy('community.code');

const communityOf = (row: {
  code: string;
  name: string;
  street_name: string | null;
  area: Community['area'] | null;
}): Community => {
  if (row.area === null) throw new Error(`community ${row.code} has no area`);
  return { code: row.code as CommunityCode, name: row.name, streetName: row.street_name, area: singlePart(row.area) };
};

/** Areas are stored as multi-polygons; one part goes out as the polygon it was. */
export function singlePart(area: Community['area']): Community['area'] {
  return area.type === 'MultiPolygon' && area.coordinates.length === 1
    ? { type: 'Polygon', coordinates: area.coordinates[0]! }
    : area;
}

/** All communities of the scope, by code. */
export async function readCommunities(connection: Connection, scope: Scope): Promise<readonly Community[]> {
  const rows = await selectCommunities(connection, scope).execute();
  return rows.map(communityOf);
}

/** Longitude and latitude of the middle of all communities of the scope; null without any. */
export async function middleOfCommunities(
  connection: Connection,
  scope: Scope,
): Promise<readonly [number, number] | null> {
  const rows = await connection
    .selectFrom('place')
    .where('level', '=', 'community')
    .where(({ ref }) => within(ref('code'), scope))
    .select(({ ref }) => boxOf(ref('area')).as('box'))
    .execute();
  const boxes = rows.flatMap(({ box }) => (box ? [box] : []));
  if (boxes.length === 0) return null;
  const mean = (low: 0 | 1) => boxes.reduce((sum, box) => sum + box[low] + box[low + 2]!, 0) / (2 * boxes.length);
  return [mean(0), mean(1)];
}

export async function findCommunity(
  connection: Connection,
  scope: Scope,
  code: CommunityCode,
): Promise<Community | null> {
  const row = await selectCommunities(connection, scope).where('community.code', '=', code).executeTakeFirst();
  return row ? communityOf(row) : null;
}

export async function countCommunities(connection: Connection, scope: Scope): Promise<number> {
  const { count } = await connection
    .selectFrom('place')
    .where('level', '=', 'community')
    .where(({ ref }) => within(ref('code'), scope))
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

export async function boxOfCommunity(connection: Connection, scope: Scope, code: CommunityCode): Promise<Box | null> {
  const row = await connection
    .selectFrom('place')
    .where('code', '=', code)
    .where(({ ref }) => within(ref('code'), scope))
    .select(({ ref }) => boxOf(ref('area')).as('box'))
    .executeTakeFirst();
  return row?.box ?? null;
}

/** Communities around a box, the given one left out: to draw greyed, so not narrowed by scope beyond the county. */
export async function communitiesAround(
  connection: Connection,
  scope: Scope,
  code: CommunityCode,
  box: Box,
): Promise<readonly Community[]> {
  const rows = await selectCommunities(connection, { prefix: scope.prefix.slice(0, 6) })
    .where('community.code', '!=', code)
    .where(({ ref }) => meetsBox(ref('community.area'), box))
    .limit(60)
    .execute();
  return rows.map(communityOf);
}

/** Inserts or replaces communities, with the streets they name. */
export async function saveCommunities(connection: Connection, communities: readonly Community[]): Promise<void> {
  const streets = new Map<string, string>();
  for (const { code, streetName } of communities) if (streetName) streets.set(code.slice(0, 9), streetName);
  for (const rows of chunksOf([...streets]))
    await connection
      .insertInto('place')
      .values(
        rows.map(
          ([code, name]) => ({ code, level: 'street', name, parent_code: code.slice(0, 6), area: null }) as const,
        ),
      )
      .onConflict((conflict) => conflict.column('code').doUpdateSet(({ ref }) => ({ name: ref('excluded.name') })))
      .execute();
  for (const rows of chunksOf(communities, 100))
    await connection
      .insertInto('place')
      .values(
        rows.map((community) => ({
          code: community.code,
          level: 'community' as const,
          name: community.name,
          parent_code: community.code.slice(0, 9),
          area: multiFromGeoJson(community.area),
        })),
      )
      .onConflict((conflict) =>
        conflict.column('code').doUpdateSet(({ ref }) => ({ name: ref('excluded.name'), area: ref('excluded.area') })),
      )
      .execute();
}

/** The place whose code is the scope's, or the one above that has a name: a county for a street without one. */
export async function findPlace(
  connection: Connection,
  scope: Scope,
): Promise<{ readonly code: string; readonly name: string } | null> {
  const codes = [9, 6, 4, 2].map((digits) => scope.prefix.slice(0, digits)).filter((code) => code !== '');
  const named = await connection
    .selectFrom('place')
    .where('code', 'in', codes.length > 0 ? codes : [''])
    .select(['code', 'name'])
    .orderBy('code', 'desc')
    .executeTakeFirst();
  if (named || scope.prefix !== '') return named ?? null;
  // All there is: when that is one county, it is meant.
  const counties = await connection
    .selectFrom('place')
    .where('level', '=', 'county')
    .select(['code', 'name'])
    .orderBy('code')
    .limit(2)
    .execute();
  return counties.length === 1 ? counties[0]! : null;
}

/** Places above the communities (province, city, county), which have names only. */
export async function savePlace(
  connection: Connection,
  place: { code: string; level: PlaceTable['level']; name: string; parentCode: string | null },
): Promise<void> {
  await connection
    .insertInto('place')
    .values({ code: place.code, level: place.level, name: place.name, parent_code: place.parentCode, area: null })
    .onConflict((conflict) => conflict.column('code').doUpdateSet(({ ref }) => ({ name: ref('excluded.name') })))
    .execute();
}
