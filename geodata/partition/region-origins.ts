import { heaviestMatching } from './matching.ts';
import type { RandomTree } from './random-tree.ts';
import type { Region } from './region.ts';
import type { WorkingPlan } from './working-plan.ts';

const TREE_SLOTS = 4;

/**
 * Adjust mode: which existing grid each part of a region continues, and how many households thereby move.
 *
 * A part may continue any existing grid that lies in the region and that no grid outside continues; each is continued at
 * most once. Households move if their part doesn't continue their grid, so the best choice is a heaviest matching of parts
 * with existing grids by the households they share.
 */
export class RegionOrigins {
  /** The existing grids that may be continued, heaviest first, and the slot of each (−1: not available). */
  private readonly available: number[] = [];
  private readonly slotOf: Int32Array;
  private readonly weightOf: Int32Array;
  private overlap = new Float64Array(64);
  private settled = 0;
  private readonly inside: Int32Array[];
  private treeSlots = 0;

  constructor(private readonly region: Region) {
    const { originCount, count } = region.graph;
    this.slotOf = new Int32Array(originCount).fill(-1);
    this.weightOf = new Int32Array(originCount);
    this.inside = Array.from({ length: originCount > 0 ? TREE_SLOTS : 0 }, () => new Int32Array(count));
  }

  /** Finds the slots of the region as it is open now. */
  collect(plan: WorkingPlan, grids: readonly number[], gridCount: number): void {
    const { node, count, graph } = this.region;
    for (const origin of this.available) this.slotOf[origin] = -1;
    this.available.length = 0;
    this.settled = 0;
    for (let i = 0; i < count; i++) {
      const v = node[i]!;
      const origin = graph.origin[v]!;
      if (origin < 0) continue;
      this.settled += graph.households[v]!;
      if (this.slotOf[origin]! < 0) {
        const claimant = plan.claimant[origin]!;
        const position = claimant < 0 ? 0 : grids.indexOf(claimant);
        if (position < 0 || position >= gridCount) continue;
        this.slotOf[origin] = 0;
        this.weightOf[origin] = 0;
        this.available.push(origin);
      }
      this.weightOf[origin] = this.weightOf[origin]! + graph.households[v]!;
    }
    this.available.sort((a, b) => this.weightOf[b]! - this.weightOf[a]! || a - b);
    this.available.forEach((origin, slot) => {
      this.slotOf[origin] = slot;
    });
    this.treeSlots = Math.min(TREE_SLOTS, this.available.length);
  }

  get slotCount(): number {
    return this.available.length;
  }

  slotOfOrigin(origin: number): number {
    return this.slotOf[origin]!;
  }

  originOfSlot(slot: number): number {
    return this.available[slot]!;
  }

  /** Households that move under the region's labels; what each label continues goes into `region.claims`. */
  moved(labelCount: number): number {
    const { node, label, count, graph, claims } = this.region;
    const slots = this.available.length;
    if (this.overlap.length < labelCount * slots) this.overlap = new Float64Array(2 * labelCount * slots);
    this.overlap.fill(0, 0, labelCount * slots);
    for (let i = 0; i < count; i++) {
      const v = node[i]!;
      const origin = graph.origin[v]!;
      const slot = origin < 0 ? -1 : this.slotOf[origin]!;
      if (slot >= 0) {
        const at = label[i]! * slots + slot;
        this.overlap[at] = this.overlap[at]! + graph.households[v]!;
      }
    }
    const stay = heaviestMatching(labelCount, slots, (row, column) => this.overlap[row * slots + column]!, claims);
    for (let i = 0; i < labelCount; i++) claims[i] = claims[i]! < 0 ? -1 : this.available[claims[i]!]!;
    return this.settled - stay;
  }

  /** Prepares `movedByCut`: households of the heaviest existing grids in every subtree. */
  sumOver(tree: RandomTree): void {
    const { node, count, graph } = this.region;
    for (let slot = 0; slot < this.treeSlots; slot++) this.inside[slot]!.fill(0, 0, count);
    for (let p = count - 1; p >= 0; p--) {
      const v = node[tree.nodeAt[p]!]!;
      const origin = graph.origin[v]!;
      const own = origin < 0 ? -1 : this.slotOf[origin]!;
      for (let slot = 0; slot < this.treeSlots; slot++) {
        const sums = this.inside[slot]!;
        if (slot === own) sums[p] = sums[p]! + graph.households[v]!;
        if (p > 0) sums[tree.parent[p]!] = sums[tree.parent[p]!]! + sums[p]!;
      }
    }
  }

  /** Households that move if the region is cut into the subtree at p and the rest. */
  movedByCut(p: number): number {
    let stay = 0;
    for (let s = 0; s < this.treeSlots; s++) {
      const inside = this.inside[s]![p]!;
      if (inside > stay) stay = inside;
      for (let t = 0; t < this.treeSlots; t++) {
        if (t === s) continue;
        const outside = this.inside[t]![0]! - this.inside[t]![p]!;
        if (inside + outside > stay) stay = inside + outside;
      }
      const outside = this.inside[s]![0]! - inside;
      if (outside > stay) stay = outside;
    }
    return this.settled - stay;
  }
}
