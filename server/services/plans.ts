import { encodeFabric } from '../../geodata/fabric/codec.ts';
import type { Grid, GridId, PlanHeader, PlanId } from '../../geodata/model/index.ts';
import { DEFAULT_RULE_SET_ID } from '../../geodata/rules/index.ts';
import { notFound } from '../plugins/failure.ts';
import { findFabric } from '../repositories/fabrics.ts';
import { addLineage, readLineage } from '../repositories/lineage.ts';
import { findPlan, insertPlan, type PlanToStore, readIssuedCodes, type StoredPlan } from '../repositories/plans.ts';
import type { Connection, Scope } from '../repositories/scope.ts';
import type { CrosswalkRow, LineageRow, NewPlan, PlanDetail } from '../wire.ts';
import { type Context, inTransaction } from './context.ts';
import { crosswalkNow } from './crosswalk-now.ts';
import type { Fabrics } from './fabrics.ts';
import { type PlanStates, snapshotOf, type VersionedState } from './plan-states.ts';

export async function mustFindPlan(
  connection: Connection,
  scope: Scope,
  id: PlanId,
  lock = false,
): Promise<StoredPlan> {
  const plan = await findPlan(connection, scope, id, lock);
  if (plan === null) throw notFound('plan', id);
  return plan;
}

/** Reading plans and making new ones; what happens inside a plan is `changes.ts`. */
export class Plans {
  readonly #context: Context;
  readonly #fabrics: Fabrics;
  readonly #states: PlanStates;

  constructor(context: Context, fabrics: Fabrics, states: PlanStates) {
    this.#context = context;
    this.#fabrics = fabrics;
    this.#states = states;
  }

  read(scope: Scope, id: PlanId): Promise<PlanDetail> {
    return inTransaction(this.#context, async (connection) => {
      const plan = await mustFindPlan(connection, scope, id);
      return this.#detail(connection, scope, plan, await this.#states.read(connection, scope, plan));
    });
  }

  crosswalk(scope: Scope, id: PlanId): Promise<readonly CrosswalkRow[]> {
    return inTransaction(this.#context, async (connection) => {
      const plan = await mustFindPlan(connection, scope, id);
      const { state } = await this.#states.read(connection, scope, plan);
      return crosswalkNow(connection, scope, plan, state);
    });
  }

  /** How the plan's grids came out of those there were before. */
  lineage(scope: Scope, id: PlanId): Promise<readonly LineageRow[]> {
    return inTransaction(this.#context, async (connection) => {
      await mustFindPlan(connection, scope, id);
      return readLineage(connection, scope, id);
    });
  }

  async create(scope: Scope, wanted: NewPlan): Promise<PlanDetail> {
    // Cutting a community takes a while: before the transaction, not inside it.
    const current = wanted.branchOf === null ? await this.#fabrics.current(scope, wanted.communityCode) : 0;
    return inTransaction(this.#context, async (connection) => {
      const header: PlanHeader = {
        id: this.#context.newId() as PlanId,
        communityCode: wanted.communityCode,
        name: wanted.name,
        status: 'draft',
        ruleSetId: DEFAULT_RULE_SET_ID,
        version: 0,
      };
      const start =
        wanted.branchOf === null
          ? { fabricVersion: current, state: null, ruleSetId: DEFAULT_RULE_SET_ID }
          : await this.#branch(connection, scope, wanted, wanted.branchOf);
      const plan: PlanToStore = {
        header: { ...header, ruleSetId: start.ruleSetId },
        origin: 'planner',
        fabricVersion: start.fabricVersion,
        branchOf: wanted.branchOf,
        snapshot: start.state ? snapshotOf(start.state) : { fabric: null, grids: [], assignment: [] },
      };
      await insertPlan(connection, plan, this.#context.now());
      if (wanted.branchOf !== null) {
        const lineage = await readLineage(connection, scope, wanted.branchOf);
        await addLineage(connection, scope, header.id, wanted.communityCode, lineage, this.#context.now());
      }
      const stored = await mustFindPlan(connection, scope, header.id);
      return this.#detail(connection, scope, stored, await this.#states.read(connection, scope, stored));
    });
  }

  async #branch(connection: Connection, scope: Scope, wanted: NewPlan, branchOf: PlanId) {
    const trunk = await mustFindPlan(connection, scope, branchOf);
    if (trunk.header.communityCode !== wanted.communityCode) throw notFound('plan', branchOf);
    const state = await this.#states.read(connection, scope, trunk);
    return { fabricVersion: trunk.fabricVersion, state, ruleSetId: trunk.header.ruleSetId };
  }

  async #detail(
    connection: Connection,
    scope: Scope,
    plan: StoredPlan,
    { state, cut }: VersionedState,
  ): Promise<PlanDetail> {
    const { communityCode } = plan.header;
    const stored = cut ? null : await findFabric(connection, scope, communityCode, plan.fabricVersion);
    const assignment = [...state.assignment] as readonly (readonly [number, GridId])[];
    const grids: readonly Grid[] = [...state.grids.values()];
    const fabric = stored ? stored.payload : encodeFabric(state.fabric);
    const issuedCodes = await readIssuedCodes(connection, communityCode);
    return { plan: plan.header, fabric, grids, assignment, issuedCodes };
  }
}
