import type { Change, CommunityCode, Grid, GridId, PlanHeader, PlanId, PlanStatus } from '../../geodata/model/index.ts';
import type { PlanTable } from '../database/tables.ts';
import { type Connection, type Scope, within } from './scope.ts';

export interface StoredPlan {
  readonly header: PlanHeader;
  readonly origin: PlanTable['origin'];
  readonly fabricVersion: number;
  /** The version the `grid` table shows. */
  readonly gridsVersion: number;
}

export interface Snapshot {
  readonly version: number;
  /** What `encodeFabric` made; null while it is the fabric of the plan's `fabricVersion`. */
  readonly fabric: unknown | null;
  readonly grids: readonly Grid[];
  readonly assignment: readonly (readonly [cell: number, grid: GridId])[];
}

const selectPlans = (connection: Connection, scope: Scope) =>
  connection
    .selectFrom('plan')
    .where(({ ref }) => within(ref('community_code'), scope))
    .select([
      'id',
      'community_code',
      'name',
      'origin',
      'status',
      'rule_set_id',
      'fabric_version',
      'version',
      'grids_version',
    ]);

const planOf = (row: {
  id: PlanId;
  community_code: CommunityCode;
  name: string;
  origin: PlanTable['origin'];
  status: PlanStatus;
  rule_set_id: string;
  fabric_version: number;
  version: number;
  grids_version: number;
}): StoredPlan => ({
  header: {
    id: row.id,
    communityCode: row.community_code,
    name: row.name,
    status: row.status,
    ruleSetId: row.rule_set_id,
    version: row.version,
  },
  origin: row.origin,
  fabricVersion: row.fabric_version,
  gridsVersion: row.grids_version,
});

/** Plans of the scope, the one saved last first; equal times by id, so that the order never depends on chance. */
export async function readPlans(connection: Connection, scope: Scope): Promise<readonly StoredPlan[]> {
  const rows = await selectPlans(connection, scope).orderBy('updated_at', 'desc').orderBy('id', 'desc').execute();
  return rows.map(planOf);
}

/** `lock` holds other writers of the same plan back until the transaction ends. */
export async function findPlan(
  connection: Connection,
  scope: Scope,
  id: PlanId,
  lock = false,
): Promise<StoredPlan | null> {
  const query = selectPlans(connection, scope).where('id', '=', id);
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  return row ? planOf(row) : null;
}

export interface PlanToStore {
  readonly header: PlanHeader;
  readonly origin: PlanTable['origin'];
  readonly fabricVersion: number;
  readonly branchOf: PlanId | null;
  readonly snapshot: Omit<Snapshot, 'version'>;
}

export async function insertPlan(connection: Connection, plan: PlanToStore, at: Date): Promise<void> {
  const { header } = plan;
  await connection
    .insertInto('plan')
    .values({
      id: header.id,
      community_code: header.communityCode,
      name: header.name,
      origin: plan.origin,
      status: header.status,
      rule_set_id: header.ruleSetId,
      fabric_version: plan.fabricVersion,
      version: header.version,
      grids_version: -1,
      branch_of: plan.branchOf,
      created_at: at,
      updated_at: at,
    })
    .execute();
  await insertSnapshot(connection, header.id, { ...plan.snapshot, version: header.version });
}

export async function insertSnapshot(connection: Connection, plan: PlanId, snapshot: Snapshot): Promise<void> {
  await connection
    .insertInto('plan_snapshot')
    .values({
      plan_id: plan,
      version: snapshot.version,
      fabric: snapshot.fabric === null ? null : JSON.stringify(snapshot.fabric),
      grids: JSON.stringify(snapshot.grids),
      assignment: JSON.stringify(snapshot.assignment),
    })
    .onConflict((conflict) => conflict.columns(['plan_id', 'version']).doNothing())
    .execute();
}

/** The newest snapshot; the changes after it lead to the plan's present state. */
export async function newestSnapshot(connection: Connection, plan: PlanId): Promise<Snapshot> {
  return await connection
    .selectFrom('plan_snapshot')
    .where('plan_id', '=', plan)
    .select(['version', 'fabric', 'grids', 'assignment'])
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
}

/** The grids a plan began with. */
export async function firstGrids(connection: Connection, plan: PlanId): Promise<readonly Grid[]> {
  const { grids } = await connection
    .selectFrom('plan_snapshot')
    .where('plan_id', '=', plan)
    .select('grids')
    .orderBy('version')
    .limit(1)
    .executeTakeFirstOrThrow();
  return grids;
}

/**
 * Codes of grids that are real or will be: of the grids that were handed in as those of today, and of plans that have left the
 * planner's hands. What a draft tries out is nobody's yet.
 */
export async function readIssuedCodes(connection: Connection, community: CommunityCode): Promise<readonly string[]> {
  const rows = await connection
    .selectFrom('plan_snapshot')
    .innerJoin('plan', 'plan.id', 'plan_snapshot.plan_id')
    .where('plan.community_code', '=', community)
    .where(({ or, and, eb, ref }) =>
      or([
        and([eb('plan.origin', '=', 'import'), eb('plan_snapshot.version', '=', 0)]),
        eb(ref('plan.status'), '<>', 'draft'),
      ]),
    )
    .select('plan_snapshot.grids')
    .execute();
  return [...new Set(rows.flatMap(({ grids }) => grids.map(({ code }) => code)))].sort();
}

export async function setPlanVersion(
  connection: Connection,
  scope: Scope,
  plan: PlanId,
  version: number,
  at: Date,
): Promise<void> {
  await connection
    .updateTable('plan')
    .set({ version, updated_at: at })
    .where('id', '=', plan)
    .where(({ ref }) => within(ref('community_code'), scope))
    .execute();
}

/** A plan that stands on a newly cut fabric: a version that no change led to, begun by a snapshot. */
export async function moveToFabric(
  connection: Connection,
  scope: Scope,
  plan: PlanId,
  fabricVersion: number,
  version: number,
  at: Date,
): Promise<void> {
  await connection
    .updateTable('plan')
    .set({ version, fabric_version: fabricVersion, updated_at: at })
    .where('id', '=', plan)
    .where(({ ref }) => within(ref('community_code'), scope))
    .execute();
}

export interface StoredChange {
  readonly version: number;
  readonly change: Change;
}

/** The changes after a version, oldest first. */
export async function changesAfter(
  connection: Connection,
  plan: PlanId,
  version: number,
): Promise<readonly StoredChange[]> {
  return await connection
    .selectFrom('change')
    .where('plan_id', '=', plan)
    .where('version', '>', version)
    .select(['version', 'change'])
    .orderBy('version')
    .execute();
}

/** The version that a change of this id led to; null when it was never accepted. */
export async function versionOfChange(connection: Connection, plan: PlanId, change: string): Promise<number | null> {
  const row = await connection
    .selectFrom('change')
    .where('plan_id', '=', plan)
    .where('id', '=', change)
    .select('version')
    .executeTakeFirst();
  return row?.version ?? null;
}

export async function insertChange(
  connection: Connection,
  plan: PlanId,
  { version, change }: StoredChange,
  madeBy: string,
  madeAt: Date,
): Promise<void> {
  await connection
    .insertInto('change')
    .values({
      plan_id: plan,
      version,
      id: change.id,
      verb: change.verb,
      made_by: madeBy,
      made_at: madeAt,
      change: JSON.stringify(change),
    })
    .execute();
}
