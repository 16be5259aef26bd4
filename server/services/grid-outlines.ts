import type { MultiPolygon, Polygon } from 'geojson';
import { tallyGrids } from '../../geodata/check/index.ts';
import type { Building, Community, PlanId, PlanState } from '../../geodata/model/index.ts';
import { outlinesOf } from '../../geodata/pipeline/grid-features.ts';
import { readBuildings } from '../repositories/buildings.ts';
import { findCommunity } from '../repositories/communities.ts';
import { type MaterialisedGrid, readGrids, replaceGrids } from '../repositories/grids.ts';
import { type Connection, EVERYWHERE, type Scope } from '../repositories/scope.ts';
import { type Context, inTransaction } from './context.ts';
import type { PlanStates } from './plan-states.ts';
import { mustFindPlan } from './plans.ts';

/** Long enough for a planner's next stroke to come first, short enough for a reader of the tables not to notice. */
const REST_MS = 5000;

/**
 * Plans' outlines in the `grid` table, for exports and for readers such as QGIS. They are drawn when a plan has rested for a
 * moment, or when somebody asks for them sooner.
 */
export class GridOutlines {
  readonly #waiting = new Map<PlanId, NodeJS.Timeout>();
  readonly #context: Context;
  readonly #states: PlanStates;

  constructor(context: Context, states: PlanStates) {
    this.#context = context;
    this.#states = states;
  }

  /** The plan has changed: it will be drawn once it rests. */
  touch(plan: PlanId): void {
    clearTimeout(this.#waiting.get(plan));
    const timer = setTimeout(() => {
      this.#waiting.delete(plan);
      inTransaction(this.#context, (connection) => this.read(connection, EVERYWHERE, plan)).catch((error: unknown) =>
        this.#context.log.error({ err: error, plan }, 'the outlines of a plan could not be drawn'),
      );
    }, REST_MS);
    timer.unref();
    this.#waiting.set(plan, timer);
  }

  close(): void {
    for (const timer of this.#waiting.values()) clearTimeout(timer);
    this.#waiting.clear();
  }

  /** The grids of a plan as it is now, drawn anew when it has changed since. */
  async read(connection: Connection, scope: Scope, id: PlanId): Promise<readonly MaterialisedGrid[]> {
    const plan = await mustFindPlan(connection, scope, id, true);
    const { version, communityCode } = plan.header;
    if (plan.gridsVersion === version) return readGrids(connection, scope, id);
    const { state } = await this.#states.read(connection, scope, plan);
    const buildings = await readBuildings(connection, scope, communityCode);
    const community = await findCommunity(connection, scope, communityCode);
    if (community === null) throw new Error(`plan ${id} is of community ${communityCode}, which is not stored`);
    const grids = materialise(community, state, buildings);
    await replaceGrids(connection, scope, id, communityCode, version, grids);
    return readGrids(connection, scope, id);
  }
}

function materialise(
  community: Community,
  state: PlanState,
  buildings: readonly Building[],
): readonly MaterialisedGrid[] {
  const outlines = outlinesOf(community, state, buildings);
  return [...tallyGrids(state).values()].map(({ grid, ...tally }) => ({
    id: grid.id,
    code: grid.code,
    name: grid.name,
    kind: grid.kind,
    locked: grid.locked,
    detachedReason: grid.detachedReason,
    householdCount: tally.householdCount,
    estimatedHouseholdCount: tally.estimatedHouseholdCount,
    buildingCount: tally.buildingCount,
    areaM2: tally.areaM2,
    area: multiPolygonFrom(outlines.get(grid.id)),
  }));
}

function multiPolygonFrom(outline: Polygon | MultiPolygon | undefined): MultiPolygon | null {
  if (outline === undefined) return null;
  return outline.type === 'MultiPolygon' ? outline : { type: 'MultiPolygon', coordinates: [outline.coordinates] };
}
