import { sql } from 'kysely';
import type { CommunityCode, Issue } from '../../geodata/model/index.ts';
import { type Connection, type Scope, within } from './scope.ts';

export interface StoredFabric {
  readonly communityCode: CommunityCode;
  readonly version: number;
  /** What `encodeFabric` made. */
  readonly payload: unknown;
  readonly issues: readonly Issue[];
}

export async function newestFabricVersion(
  connection: Connection,
  scope: Scope,
  community: CommunityCode,
): Promise<number | null> {
  const row = await connection
    .selectFrom('fabric')
    .where('community_code', '=', community)
    .where(({ ref }) => within(ref('community_code'), scope))
    .select(({ fn }) => fn.max<number | null>('version').as('version'))
    .executeTakeFirst();
  return row?.version ?? null;
}

export async function findFabric(
  connection: Connection,
  scope: Scope,
  community: CommunityCode,
  version: number,
): Promise<StoredFabric | null> {
  const row = await connection
    .selectFrom('fabric')
    .where('community_code', '=', community)
    .where('version', '=', version)
    .where(({ ref }) => within(ref('community_code'), scope))
    .select(['payload', 'issues'])
    .executeTakeFirst();
  return row ? { communityCode: community, version, payload: row.payload, issues: row.issues } : null;
}

/** Fabrics are never changed: an existing version stays as it is. */
export async function saveFabric(connection: Connection, fabric: StoredFabric, madeAt: Date): Promise<void> {
  await connection
    .insertInto('fabric')
    .values({
      community_code: fabric.communityCode,
      version: fabric.version,
      payload: JSON.stringify(fabric.payload),
      issues: JSON.stringify(fabric.issues),
      made_at: madeAt,
    })
    .execute();
}

/** Two builders of the same community's fabric go one after the other. */
export async function lockCommunity(connection: Connection, community: CommunityCode): Promise<void> {
  await sql`select code from place where code = ${community} for update`.execute(connection);
}
