import { decodeFabric } from '../../geodata/fabric/codec.ts';
import type { CellId, GridId, PlanState } from '../../geodata/model/index.ts';
import type { PlanDetail } from '../../server/wire.ts';

/** A plan as it came over the wire, as what the core works on. */
export function readPlan({ fabric, grids, assignment }: PlanDetail): PlanState {
  return {
    fabric: decodeFabric(fabric),
    grids: new Map(grids.map((grid) => [grid.id, grid])),
    assignment: new Map(assignment as readonly (readonly [CellId, GridId])[]),
  };
}
