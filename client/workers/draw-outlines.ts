import { drawPlan, type PlanDrawing } from '../../geodata/fabric/outline.ts';
import type { FootprintMm } from '../../geodata/fabric/outline-footprints.ts';
import { StraighteningCache } from '../../geodata/fabric/straighten-cache.ts';
import type { CellId, Fabric, GridId } from '../../geodata/model/index.ts';

let ground: {
  readonly fabric: Fabric;
  readonly footprints: readonly FootprintMm[];
  readonly cache: StraighteningCache;
} | null = null;

/** The fabric that the next drawings are of; it is large, so it is handed over once. */
export function useFabric(fabric: Fabric, footprints: readonly FootprintMm[]): void {
  ground = { fabric, footprints, cache: new StraighteningCache() };
}

/** The plan with its borders straightened, and how long that took. */
export function drawOutlines(assignment: ReadonlyMap<CellId, GridId>): {
  readonly drawing: PlanDrawing;
  readonly ms: number;
} {
  if (ground === null) throw new Error('no fabric to draw on');
  const startedAt = performance.now();
  const drawing = drawPlan(ground.fabric, assignment, ground);
  return { drawing, ms: performance.now() - startedAt };
}
