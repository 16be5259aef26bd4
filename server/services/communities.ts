import { type Compliance, complianceOf } from '../../geodata/check/index.ts';
import type { Community, CommunityCode, PlanState, RuleSet, Worker } from '../../geodata/model/index.ts';
import { DEFAULT_RULE_SET_ID } from '../../geodata/rules/index.ts';
import { type CommunityStaffing, staffingOf } from '../../geodata/staff/index.ts';
import { notFound } from '../plugins/failure.ts';
import { type HouseholdSum, sumHouseholds } from '../repositories/buildings.ts';
import { communitiesAround, readCommunities } from '../repositories/communities.ts';
import { readDepartmentLayers } from '../repositories/departments.ts';
import { readPlans, type StoredPlan } from '../repositories/plans.ts';
import type { Connection, Scope } from '../repositories/scope.ts';
import { readWorkers } from '../repositories/workers.ts';
import type { CommunityDetail, CommunitySummary } from '../wire.ts';
import { type Context, inTransaction } from './context.ts';
import { boxOfArea, readGround } from './ground.ts';
import type { PlanStates } from './plan-states.ts';
import { RecentlyUsed } from './recently-used.ts';
import { ruleSetOf } from './rule-set-of.ts';

const NO_HOUSEHOLDS: HouseholdSum = { householdCount: 0, estimatedHouseholdCount: 0, buildingCount: 0 };

/** One community with what the schedule and the county page say of it. */
export interface CommunityStanding {
  readonly community: Community;
  readonly households: HouseholdSum;
  readonly plan: StoredPlan | null;
  readonly state: PlanState | null;
  readonly compliance: Compliance;
  readonly staffing: CommunityStaffing;
}

export class Communities {
  readonly #compliances = new RecentlyUsed<Compliance>(5000);
  readonly #context: Context;
  readonly #states: PlanStates;

  constructor(context: Context, states: PlanStates) {
    this.#context = context;
    this.#states = states;
  }

  async list(scope: Scope): Promise<readonly CommunitySummary[]> {
    const standings = await inTransaction(this.#context, (connection) => this.standings(connection, scope));
    return standings.map(({ community, households, plan, compliance, staffing }) => ({
      ...community,
      ...households,
      plan: plan?.header ?? null,
      compliance,
      posts: staffing.posts,
      filledPosts: staffing.filled,
      gridsWithoutWorker: staffing.gridsWithoutWorker.length,
    }));
  }

  /** Every community of the scope with its plan in force: the one saved last. */
  async standings(connection: Connection, scope: Scope): Promise<readonly CommunityStanding[]> {
    const communities = await readCommunities(connection, scope);
    const households = await sumHouseholds(connection, scope);
    const plans = await readPlans(connection, scope);
    const workers = new Map<CommunityCode, Worker[]>();
    for (const worker of await readWorkers(connection, scope)) {
      const colleagues = workers.get(worker.communityCode);
      if (colleagues) colleagues.push(worker);
      else workers.set(worker.communityCode, [worker]);
    }
    const inForce = new Map<CommunityCode, StoredPlan>();
    for (const plan of plans) if (!inForce.has(plan.header.communityCode)) inForce.set(plan.header.communityCode, plan);
    const standings: CommunityStanding[] = [];
    for (const community of communities)
      standings.push(
        await this.#standing(
          connection,
          scope,
          community,
          households.get(community.code) ?? NO_HOUSEHOLDS,
          inForce.get(community.code) ?? null,
          workers.get(community.code) ?? [],
        ),
      );
    return standings;
  }

  async #standing(
    connection: Connection,
    scope: Scope,
    community: Community,
    households: HouseholdSum,
    plan: StoredPlan | null,
    workers: readonly Worker[],
  ): Promise<CommunityStanding> {
    const ruleSet = ruleSetOf(plan?.header.ruleSetId ?? DEFAULT_RULE_SET_ID);
    const state = plan && (await this.#states.read(connection, scope, plan)).state;
    const grids = state?.grids.values() ?? [];
    return {
      community,
      households,
      plan,
      state,
      compliance: plan && state ? this.#compliance(plan, state, ruleSet) : noPlan(households),
      staffing: staffingOf(community.code, households.householdCount, grids, workers, ruleSet),
    };
  }

  #compliance(plan: StoredPlan, state: PlanState, ruleSet: RuleSet): Compliance {
    const key = `${plan.header.id}:${plan.header.version}`;
    const known = this.#compliances.get(key);
    if (known) return known;
    const compliance = complianceOf(state, ruleSet);
    this.#compliances.set(key, compliance);
    return compliance;
  }

  async read(scope: Scope, code: CommunityCode): Promise<CommunityDetail> {
    return inTransaction(this.#context, async (connection) => {
      const ground = await readGround(connection, scope, code);
      if (ground === null) throw notFound('community', code);
      const here: Scope = { prefix: code };
      const plans = await readPlans(connection, here);
      const around = await communitiesAround(connection, scope, code, boxOfArea(ground.community.area));
      return {
        ...ground,
        ruleSet: ruleSetOf(plans[0]?.header.ruleSetId ?? DEFAULT_RULE_SET_ID),
        workers: await readWorkers(connection, here),
        plans: plans.map((plan) => plan.header),
        departments: await readDepartmentLayers(connection, scope, code),
        neighbours: around.map(({ name, area, code: neighbour }) => ({ code: neighbour, name, area })),
      };
    });
  }
}

function noPlan({ householdCount }: HouseholdSum): Compliance {
  return {
    state: 'noPlan',
    gridCount: 0,
    over: 0,
    under: 0,
    unassignedHouseholdCount: householdCount,
    issues: [],
  };
}
