import type { CommunityCode, Worker } from '../../geodata/model/index.ts';
import { type Connection, chunksOf, type Scope, within } from './scope.ts';

/** The roster of the scope, by community and id. */
export async function readWorkers(connection: Connection, scope: Scope): Promise<readonly Worker[]> {
  const rows = await connection
    .selectFrom('worker')
    .where(({ ref }) => within(ref('community_code'), scope))
    .selectAll()
    .orderBy('community_code')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    category: row.category,
    fullTime: row.full_time,
    communityCode: row.community_code,
    gridLabel: row.grid_label,
  }));
}

/** Puts a roster in the place of the one its communities had. */
export async function replaceWorkers(connection: Connection, scope: Scope, workers: readonly Worker[]): Promise<void> {
  const communities = [...new Set(workers.map((worker) => worker.communityCode))].sort() as CommunityCode[];
  for (const part of chunksOf(communities, 5000))
    await connection
      .deleteFrom('worker')
      .where(({ ref }) => within(ref('community_code'), scope))
      .where('community_code', 'in', part)
      .execute();
  for (const part of chunksOf(workers))
    await connection
      .insertInto('worker')
      .values(
        part.map((worker) => ({
          community_code: worker.communityCode,
          id: worker.id,
          name: worker.name,
          category: worker.category,
          full_time: worker.fullTime,
          grid_label: worker.gridLabel,
          grid_id: null,
        })),
      )
      .execute();
}
