import * as Comlink from 'comlink';
import { drawPlan, type PlanDrawing } from '../../geodata/fabric/outline.ts';
import type { FootprintMm } from '../../geodata/fabric/outline-footprints.ts';
import { StraighteningCache } from '../../geodata/fabric/straighten-cache.ts';
import type { CellId, Fabric, GridId } from '../../geodata/model/index.ts';
import type { drawOutlines, useFabric } from './draw-outlines.ts';
import OutlineWorker from './outline.worker.ts?worker';

/** A drawing that takes longer than this would be felt while painting. */
const WITHIN_A_FRAME_MS = 14;

type Remote = Comlink.Remote<{ useFabric: typeof useFabric; drawOutlines: typeof drawOutlines }>;

/**
 * Draws plans with straightened borders without holding up the page: at once as long as that is quick; when a drawing took longer than a
 * frame, the next ones show the cells' own borders at once and the straightened ones, from a worker, when they are ready.
 */
export class PlanDrawer {
  private worker: { readonly thread: Worker; readonly remote: Remote } | null = null;
  private workerFabric: Fabric | null = null;
  private readonly cache = new StraighteningCache();
  private lastMs = 0;
  private latest: { fabric: Fabric; assignment: ReadonlyMap<CellId, GridId>; drawing: PlanDrawing } | null = null;
  private wanted: ReadonlyMap<CellId, GridId> | null = null;
  private busy = false;

  /** `onReady` is called when a better drawing of the plan last asked for can be had by asking again. */
  constructor(private readonly onReady: () => void) {}

  /** What is known of borders is kept as long as `footprints` is the same array. */
  draw(fabric: Fabric, assignment: ReadonlyMap<CellId, GridId>, footprints: readonly FootprintMm[]): PlanDrawing {
    if (this.latest?.fabric === fabric && this.latest.assignment === assignment) return this.latest.drawing;
    if (this.lastMs <= WITHIN_A_FRAME_MS) {
      const startedAt = performance.now();
      const drawing = drawPlan(fabric, assignment, { footprints, cache: this.cache });
      this.lastMs = performance.now() - startedAt;
      this.latest = { fabric, assignment, drawing };
      return drawing;
    }
    this.wanted = assignment;
    if (!this.busy) void this.drawInWorker(fabric, assignment, footprints);
    return drawPlan(fabric, assignment);
  }

  destroy(): void {
    this.worker?.thread.terminate();
  }

  private async drawInWorker(
    fabric: Fabric,
    assignment: ReadonlyMap<CellId, GridId>,
    footprints: readonly FootprintMm[],
  ): Promise<void> {
    this.busy = true;
    this.worker ??= startWorker();
    const { remote } = this.worker;
    if (this.workerFabric !== fabric) await remote.useFabric(fabric, footprints);
    this.workerFabric = fabric;
    const { drawing, ms } = await remote.drawOutlines(assignment);
    this.busy = false;
    this.lastMs = ms;
    if (this.wanted === assignment) this.latest = { fabric, assignment, drawing };
    this.onReady();
  }
}

function startWorker() {
  const thread = new OutlineWorker();
  return { thread, remote: Comlink.wrap<{ useFabric: typeof useFabric; drawOutlines: typeof drawOutlines }>(thread) };
}
