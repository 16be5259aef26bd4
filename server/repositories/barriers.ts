import type { Barrier } from '../../geodata/model/index.ts';
import { asGeoJson, type Box, fromGeoJson, meetsBox } from '../database/geometry.ts';
import { type Connection, chunksOf, type Scope, within } from './scope.ts';

/** Barriers whose bounding box meets the box: one may pass through many communities. */
export async function readBarriers(connection: Connection, scope: Scope, box: Box): Promise<readonly Barrier[]> {
  return await connection
    .selectFrom('barrier')
    .where(({ ref }) => within(ref('county_code'), { prefix: scope.prefix.slice(0, 6) }))
    .where(({ ref }) => meetsBox(ref('shape'), box))
    .select(({ ref }) => ['id', 'class', 'name', asGeoJson<Barrier['shape']>(ref('shape')).as('shape')])
    .orderBy('id')
    .execute();
}

export async function saveBarriers(
  connection: Connection,
  county: string,
  barriers: readonly Barrier[],
): Promise<void> {
  for (const part of chunksOf(barriers))
    await connection
      .insertInto('barrier')
      .values(
        part.map((barrier) => ({
          county_code: county,
          id: barrier.id,
          class: barrier.class,
          name: barrier.name,
          shape: fromGeoJson(barrier.shape),
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['county_code', 'id']).doUpdateSet(({ ref }) => ({
          class: ref('excluded.class'),
          name: ref('excluded.name'),
          shape: ref('excluded.shape'),
        })),
      )
      .execute();
}
