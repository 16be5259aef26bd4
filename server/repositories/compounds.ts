import type { CommunityCode, Compound } from '../../geodata/model/index.ts';
import { asGeoJson, multiFromGeoJson } from '../database/geometry.ts';
import { singlePart } from './communities.ts';
import { type Connection, chunksOf, type Scope, within } from './scope.ts';

export async function readCompounds(
  connection: Connection,
  scope: Scope,
  community: CommunityCode,
): Promise<readonly Compound[]> {
  const rows = await connection
    .selectFrom('compound')
    .where('community_code', '=', community)
    .where(({ ref }) => within(ref('community_code'), scope))
    .select(({ ref }) => ['id', 'name', asGeoJson<NonNullable<Compound['area']>>(ref('area')).as('area')])
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ id: row.id, name: row.name, area: row.area && singlePart(row.area) }));
}

export async function saveCompounds(
  connection: Connection,
  community: CommunityCode,
  compounds: readonly Compound[],
): Promise<void> {
  for (const part of chunksOf(compounds))
    await connection
      .insertInto('compound')
      .values(
        part.map((compound) => ({
          community_code: community,
          id: compound.id,
          name: compound.name,
          area: multiFromGeoJson(compound.area),
        })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['community_code', 'id'])
          // A compound known by name only must not lose the area it was given before.
          .doUpdateSet(({ ref, fn }) => ({
            name: ref('excluded.name'),
            area: fn.coalesce(ref('excluded.area'), ref('compound.area')),
          })),
      )
      .execute();
}
