import type { CommunityCode, PlanId } from '../../geodata/model/index.ts';
import { type Connection, chunksOf, type Scope, within } from './scope.ts';

export interface StoredPassage {
  readonly oldCode: string;
  readonly newCode: string;
  readonly householdCount: number;
  readonly areaM2: number;
}

/** How the grids of a plan came to be: each step from an old code to a new one. */
export async function readLineage(
  connection: Connection,
  scope: Scope,
  plan: PlanId,
): Promise<readonly StoredPassage[]> {
  const rows = await connection
    .selectFrom('lineage')
    .where('plan_id', '=', plan)
    .where(({ ref }) => within(ref('community_code'), scope))
    .selectAll()
    .orderBy('old_code')
    .orderBy('new_code')
    .execute();
  return rows.map((row) => ({
    oldCode: row.old_code,
    newCode: row.new_code,
    householdCount: row.household_count,
    areaM2: row.area_m2,
  }));
}

/**
 * Adds passages to a plan's lineage. One that leads back the way an earlier one came is that one undone: both go.
 */
export async function addLineage(
  connection: Connection,
  scope: Scope,
  plan: PlanId,
  community: CommunityCode,
  passages: readonly StoredPassage[],
  at: Date,
): Promise<void> {
  if (passages.length === 0) return;
  const known = new Set(
    (await readLineage(connection, scope, plan)).map(({ oldCode, newCode }) => `${oldCode} ${newCode}`),
  );
  const isUndone = ({ oldCode, newCode }: StoredPassage) => known.has(`${newCode} ${oldCode}`);
  for (const { oldCode, newCode } of passages.filter(isUndone))
    await connection
      .deleteFrom('lineage')
      .where('plan_id', '=', plan)
      .where(({ ref }) => within(ref('community_code'), scope))
      .where('old_code', '=', newCode)
      .where('new_code', '=', oldCode)
      .execute();
  for (const part of chunksOf(passages.filter((passage) => !isUndone(passage))))
    await connection
      .insertInto('lineage')
      .values(
        part.map(({ oldCode, newCode, householdCount, areaM2 }) => ({
          plan_id: plan,
          community_code: community,
          old_code: oldCode,
          new_code: newCode,
          household_count: householdCount,
          area_m2: areaM2,
          made_at: at,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['plan_id', 'old_code', 'new_code']).doUpdateSet(({ ref }) => ({
          household_count: ref('excluded.household_count'),
          area_m2: ref('excluded.area_m2'),
          made_at: ref('excluded.made_at'),
        })),
      )
      .execute();
}
