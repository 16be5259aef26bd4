import type { Change, CommunityCode, PlanId } from '../../geodata/model/index.ts';
import type { Database } from '../../server/database/database.ts';

const COMMUNITY = '220103001001' as CommunityCode;
const PLAN = 'plan-1' as PlanId;
const AT = '2026-03-01T00:00:00.000Z';

/** A plan to be changed, as a repository would make it. */
export async function makePlan(database: Database): Promise<void> {
  await database.transaction(async (transaction) => {
    const fabric = { community_code: COMMUNITY, version: 1, payload: '{}', issues: '[]', made_at: AT };
    await transaction.insertInto('fabric').values(fabric).execute();
    await transaction
      .insertInto('plan')
      .values({
        ...{ id: PLAN, community_code: COMMUNITY, name: '一稿', origin: 'planner', status: 'draft', rule_set_id: 'r' },
        ...{ fabric_version: 1, version: 0, grids_version: 0, branch_of: null, created_at: AT, updated_at: AT },
      })
      .execute();
  });
}

/** Makes the next change. Resolves with its version when the store has acknowledged it. */
export function makeChange(database: Database): Promise<number> {
  return database.transaction(async (transaction) => {
    const plan = await transaction
      .selectFrom('plan')
      .select('version')
      .where('id', '=', PLAN)
      .executeTakeFirstOrThrow();
    const version = plan.version + 1;
    const change: Change = { id: `change-${version}`, verb: 'assignCells', fabric: null, grids: [], cells: [] };
    const row = { plan_id: PLAN, version, id: change.id, verb: change.verb, made_by: '规划员', made_at: AT };
    await transaction
      .insertInto('change')
      .values({ ...row, change: JSON.stringify(change) })
      .execute();
    await transaction.updateTable('plan').set({ version }).where('id', '=', PLAN).execute();
    return version;
  });
}

/** The versions of all changes the store has, ascending, and the version the plan says. */
export function readPlan(database: Database): Promise<{ version: number | null; changes: number[] }> {
  return database.transaction(async (transaction) => {
    const plan = await transaction.selectFrom('plan').select('version').executeTakeFirst();
    const changes = await transaction.selectFrom('change').select('version').orderBy('version').execute();
    return { version: plan?.version ?? null, changes: changes.map((row) => row.version) };
  });
}

/** 1 … n. */
export const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index + 1);
