import { encodeFabric } from '../../geodata/fabric/codec.ts';
import type { CommunityCode, Grid, GridId, PlanId, PlanState } from '../../geodata/model/index.ts';
import { DEFAULT_RULE_SET_ID } from '../../geodata/rules/index.ts';
import { notFound } from '../plugins/failure.ts';
import { insertCrosswalk } from '../repositories/crosswalks.ts';
import { readDepartmentLayers } from '../repositories/departments.ts';
import { addLineage } from '../repositories/lineage.ts';
import { insertPlan, readIssuedCodes, readPlans, type StoredPlan } from '../repositories/plans.ts';
import type { Connection, Scope } from '../repositories/scope.ts';
import { readWorkers } from '../repositories/workers.ts';
import type { CrosswalkRow, JobRequest, JobResult } from '../wire.ts';
import { type Context, inTransaction } from './context.ts';
import type { Fabrics } from './fabrics.ts';
import { readGround } from './ground.ts';
import { passagesOf } from './lineage-of-change.ts';
import { type PlanStates, stateOf, type VersionedState } from './plan-states.ts';
import type { PlanOutcome, PlanParts, Work } from './work.ts';

type PartitionRequest = Extract<JobRequest, { kind: 'partition' }>;
type MergeRequest = Extract<JobRequest, { kind: 'merge' }>;
type Made = Omit<JobResult, 'communityCode' | 'ms'>;

/** What plans made by the server are called. A name is data: it is stored and shown as it is. */
const PARTITION_NAME = '自动划分';
const MERGE_NAME = '全科网格';

/** A server has time: more than the page takes for its instant answer. */
const EFFORT = 2;

interface Start {
  readonly fabricVersion: number;
  readonly state: VersionedState['state'];
  readonly cut: boolean;
  readonly branchOf: PlanId | null;
  readonly ruleSetId: string;
}

/** Plans made by the solver: always new ones, beside what the planner has. */
export class PlanMaking {
  readonly #context: Context;
  readonly #fabrics: Fabrics;
  readonly #states: PlanStates;
  readonly #work: Work;

  constructor(context: Context, fabrics: Fabrics, states: PlanStates, work: Work) {
    this.#context = context;
    this.#fabrics = fabrics;
    this.#states = states;
    this.#work = work;
  }

  /** 'adjust' starts from the plan in force; 'fresh' from nothing. */
  async partition(scope: Scope, code: CommunityCode, request: PartitionRequest, signal: AbortSignal): Promise<Made> {
    const { start, ground, plans, retiredCodes } = await this.#start(scope, code, request.mode === 'adjust');
    const id = this.#context.newId() as PlanId;
    const outcome = await this.#work.partition(
      {
        ground,
        before: partsOf(start),
        ruleSetId: start.ruleSetId,
        choices: { mode: request.mode, prefer: request.prefer, seed: request.seed, effort: EFFORT },
        idPrefix: id,
        retiredCodes,
      },
      signal,
    );
    signal.throwIfAborted();
    const name = numbered(PARTITION_NAME, plans);
    return this.#store(code, id, name, 'partition', start, outcome, []);
  }

  /** The departments' grids made into one layer; those not named in the request weigh nothing. */
  async merge(scope: Scope, code: CommunityCode, request: MergeRequest, signal: AbortSignal): Promise<Made> {
    const { start, ground, plans, retiredCodes } = await this.#start(scope, code, false);
    const id = this.#context.newId() as PlanId;
    const stored = await inTransaction(this.#context, (connection) => readDepartmentLayers(connection, scope, code));
    const weights = new Map(request.departments.map((department) => [department.id, department.weight]));
    const layers = stored.flatMap((layer) => {
      const weight = request.departments.length === 0 ? 1 : (weights.get(layer.id) ?? 0);
      return weight > 0 ? [{ layer, weight }] : [];
    });
    const task = {
      ground,
      before: partsOf(start),
      ruleSetId: start.ruleSetId,
      layers,
      seed: request.seed,
      idPrefix: id,
      retiredCodes,
    };
    const { crosswalk, ...outcome } = await this.#work.merge(task, signal);
    signal.throwIfAborted();
    return this.#store(code, id, numbered(MERGE_NAME, plans), 'merge', start, outcome, crosswalk);
  }

  async #start(scope: Scope, code: CommunityCode, fromPlan: boolean) {
    const current = await this.#fabrics.current(scope, code);
    return inTransaction(this.#context, async (connection) => {
      const ground = await readGround(connection, scope, code);
      if (ground === null) throw notFound('community', code);
      const plans = await readPlans(connection, { prefix: code });
      const plan = fromPlan ? plans[0] : undefined;
      const start = await this.#startingPoint(connection, scope, code, current, plan);
      return { ground, plans, start, retiredCodes: await readIssuedCodes(connection, code) };
    });
  }

  async #startingPoint(
    connection: Connection,
    scope: Scope,
    code: CommunityCode,
    current: number,
    plan: StoredPlan | undefined,
  ): Promise<Start> {
    if (plan) {
      const { state, cut } = await this.#states.read(connection, scope, plan);
      const { id, ruleSetId } = plan.header;
      return { fabricVersion: plan.fabricVersion, state, cut, branchOf: id, ruleSetId };
    }
    const fabric = await this.#fabrics.read(connection, scope, code, current);
    const state = { fabric, grids: new Map<GridId, Grid>(), assignment: new Map() };
    return { fabricVersion: current, state, cut: false, branchOf: null, ruleSetId: DEFAULT_RULE_SET_ID };
  }

  async #store(
    code: CommunityCode,
    id: PlanId,
    name: string,
    origin: 'partition' | 'merge',
    start: Start,
    { grids, assignment, feasible, issues }: PlanOutcome,
    crosswalk: readonly CrosswalkRow[],
  ): Promise<Made> {
    const at = this.#context.now();
    await inTransaction(this.#context, async (connection) => {
      const roster = new Set((await readWorkers(connection, { prefix: code })).map((worker) => worker.id));
      const staffed = grids.map((grid) => ({
        ...grid,
        workerIds: grid.workerIds.filter((worker) => roster.has(worker)),
      }));
      await insertPlan(
        connection,
        {
          header: { id, communityCode: code, name, status: 'draft', ruleSetId: start.ruleSetId, version: 0 },
          origin,
          fabricVersion: start.fabricVersion,
          branchOf: start.branchOf,
          snapshot: { fabric: start.cut ? encodeFabric(start.state.fabric) : null, grids: staffed, assignment },
        },
        at,
      );
      await insertCrosswalk(connection, id, crosswalk);
      const before = await this.#replaced(connection, code, start);
      if (before) {
        const after = stateOf({ grids, assignment }, start.state.fabric);
        await addLineage(connection, { prefix: code }, id, code, passagesOf({ before, after, patch: null }), at);
      }
    });
    return { planId: id, feasible, issues };
  }

  /** The plan that the new one takes the place of: the one it starts from, else the grids handed in last; both on one fabric. */
  async #replaced(connection: Connection, code: CommunityCode, start: Start): Promise<PlanState | null> {
    if (start.branchOf !== null) return start.state;
    const plans = await readPlans(connection, { prefix: code });
    const today = plans.find(
      ({ origin, fabricVersion }) => origin === 'import' && fabricVersion === start.fabricVersion,
    );
    if (today === undefined) return null;
    const { state, cut } = await this.#states.read(connection, { prefix: code }, today);
    return cut ? null : state;
  }
}

const partsOf = ({ state }: Start): PlanParts => ({
  fabric: encodeFabric(state.fabric),
  grids: [...state.grids.values()],
  assignment: [...state.assignment],
});

/** '自动划分', then '自动划分 2' … */
function numbered(name: string, plans: readonly StoredPlan[]): string {
  const taken = new Set(plans.map((plan) => plan.header.name));
  if (!taken.has(name)) return name;
  for (let number = 2; ; number++) if (!taken.has(`${name} ${number}`)) return `${name} ${number}`;
}
