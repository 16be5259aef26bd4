import type { CommunityCode } from '../../geodata/model/index.ts';
import { type Connection, chunksOf, likePrefix, type Scope } from './scope.ts';

// Kept in the same transaction as the import that changed the ground: whatever happens to the job that cuts anew,
// nobody is handed a fabric of buildings that are no longer there.

const NAME = 'staleFabric:';

export async function markStale(connection: Connection, communities: readonly CommunityCode[]): Promise<void> {
  for (const part of chunksOf(communities))
    await connection
      .insertInto('setting')
      .values(part.map((code) => ({ name: `${NAME}${code}`, value: 'true' })))
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
}

export async function isStale(connection: Connection, community: CommunityCode): Promise<boolean> {
  const row = await connection
    .selectFrom('setting')
    .where('name', '=', `${NAME}${community}`)
    .select('name')
    .executeTakeFirst();
  return row !== undefined;
}

export async function staleCommunities(connection: Connection, scope: Scope): Promise<readonly CommunityCode[]> {
  const rows = await connection
    .selectFrom('setting')
    .where('name', 'like', likePrefix(`${NAME}${scope.prefix}`))
    .select('name')
    .orderBy('name')
    .execute();
  return rows.map(({ name }) => name.slice(NAME.length) as CommunityCode);
}

export async function markFresh(connection: Connection, community: CommunityCode): Promise<void> {
  await connection.deleteFrom('setting').where('name', '=', `${NAME}${community}`).execute();
}
