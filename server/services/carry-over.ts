import { outlineGrids } from '../../geodata/fabric/outline.ts';
import type { CommunityCode, PlanState } from '../../geodata/model/index.ts';
import { planFromExistingGrids } from '../../geodata/pipeline/plan-from-existing-grids.ts';
import { readBuildings } from '../repositories/buildings.ts';
import { insertSnapshot, moveToFabric, readPlans } from '../repositories/plans.ts';
import type { Connection } from '../repositories/scope.ts';
import type { Context } from './context.ts';
import type { Fabrics } from './fabrics.ts';
import { type PlanStates, snapshotOf } from './plan-states.ts';

/**
 * Lays the drafts of a community onto its newly cut fabric: every cell goes to the grid that holds most of its buildings (without
 * any, of its ground). Households that were counted anew show in the plans at once; a plan that has left the planner's hands stays.
 */
export async function carryOver(
  context: Context,
  fabrics: Fabrics,
  states: PlanStates,
  connection: Connection,
  code: CommunityCode,
  fabricVersion: number,
): Promise<void> {
  const here = { prefix: code };
  const plans = (await readPlans(connection, here)).filter(
    (plan) => plan.header.status === 'draft' && plan.fabricVersion < fabricVersion,
  );
  if (plans.length === 0) return;
  const fabric = await fabrics.read(connection, here, code, fabricVersion);
  const buildings = await readBuildings(connection, here, code);
  for (const plan of plans) {
    const { state: before } = await states.read(connection, here, plan);
    const outlines = outlineGrids(before.fabric, before.assignment);
    const drawn = [...before.grids.values()].flatMap((grid) => {
      const area = outlines.get(grid.id);
      return area ? [{ grid, area }] : [];
    });
    const { assignment } = planFromExistingGrids(fabric, buildings, drawn);
    const state: PlanState = { fabric, grids: before.grids, assignment };
    const version = plan.header.version + 1;
    await moveToFabric(connection, here, plan.header.id, fabricVersion, version, context.now());
    await insertSnapshot(connection, plan.header.id, { ...snapshotOf({ state, cut: false }), version });
  }
}
