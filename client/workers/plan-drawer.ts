import * as Comlink from 'comlink';
import { drawPlan, type PlanDrawing } from '../../geodata/fabric/outline.ts';
import type { FootprintMm } from '../../geodata/fabric/outline-footprints.ts';
import type { CellId, Fabric, GridId } from '../../geodata/model/index.ts';
import type { drawOutlines, useFabric } from './draw-outlines.ts';
import OutlineWorker from './outline.worker.ts?worker';

/** A drawing that takes longer than this would be felt while painting. */
const WITHIN_A_FRAME_MS = 14;

/**
 * Draws plans with straightened borders without ever holding up the page: at once where the last one was quick, otherwise the cells' own
 * borders at once and the straightened ones from a worker when they are ready.
 */
export class PlanDrawer {
  private readonly worker = new OutlineWorker();
  private readonly remote = Comlink.wrap<{ useFabric: typeof useFabric; drawOutlines: typeof drawOutlines }>(
    this.worker,
  );
  private workerFabric: Fabric | null = null;
  private lastMs = Number.POSITIVE_INFINITY;
  private latest: { fabric: Fabric; assignment: ReadonlyMap<CellId, GridId>; drawing: PlanDrawing } | null = null;
  private wanted: ReadonlyMap<CellId, GridId> | null = null;
  private busy = false;

  /** `onReady` is called when a better drawing of the plan last asked for can be had by asking again. */
  constructor(private readonly onReady: () => void) {}

  draw(fabric: Fabric, assignment: ReadonlyMap<CellId, GridId>, footprints: readonly FootprintMm[]): PlanDrawing {
    if (this.latest?.fabric === fabric && this.latest.assignment === assignment) return this.latest.drawing;
    if (this.lastMs <= WITHIN_A_FRAME_MS) {
      const startedAt = performance.now();
      const drawing = drawPlan(fabric, assignment, { footprints });
      this.lastMs = performance.now() - startedAt;
      this.latest = { fabric, assignment, drawing };
      return drawing;
    }
    this.wanted = assignment;
    if (!this.busy) void this.drawInWorker(fabric, assignment, footprints);
    return drawPlan(fabric, assignment);
  }

  destroy(): void {
    this.worker.terminate();
  }

  private async drawInWorker(
    fabric: Fabric,
    assignment: ReadonlyMap<CellId, GridId>,
    footprints: readonly FootprintMm[],
  ): Promise<void> {
    this.busy = true;
    if (this.workerFabric !== fabric) await this.remote.useFabric(fabric, footprints);
    this.workerFabric = fabric;
    const { drawing, ms } = await this.remote.drawOutlines(assignment);
    this.busy = false;
    this.lastMs = ms;
    if (this.wanted === assignment) this.latest = { fabric, assignment, drawing };
    this.onReady();
  }
}
