import { tallyGrids } from '../../geodata/check/index.ts';
import { drawPlan, multiPolygonOf } from '../../geodata/fabric/outline.ts';
import { footprintsMm } from '../../geodata/fabric/outline-footprints.ts';
import type { Building, PlanId, PlanState } from '../../geodata/model/index.ts';
import { readBuildings } from '../repositories/buildings.ts';
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
    const grids = materialise(state, buildings);
    await replaceGrids(connection, scope, id, communityCode, version, grids);
    return readGrids(connection, scope, id);
  }
}

function materialise(state: PlanState, buildings: readonly Building[]): readonly MaterialisedGrid[] {
  const { frame } = state.fabric;
  const { outlines } = drawPlan(state.fabric, state.assignment, { footprints: footprintsMm(frame, buildings) });
  return [...tallyGrids(state).values()].map(({ grid, ...tally }) => {
    const outline = outlines.get(grid.id);
    return {
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
      area: outline ? multiPolygonOf(frame, outline.polygons) : null,
    };
  });
}
