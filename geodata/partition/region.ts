import type { CellGraph } from './cell-graph.ts';
import type { Objective } from './objective.ts';
import { RegionOrigins } from './region-origins.ts';
import type { WorkingPlan } from './working-plan.ts';

/** Most grids one region is ever made of or divided into. */
export const MOST_LABELS = 30;

/**
 * A few neighbouring grids lifted out of the plan to be divided anew: their nodes and the edges among them, renumbered
 * from 0, in arrays that are allocated once. `label[i]` is the part node i is in; labels 0 … are positions in `grids`.
 */
export class Region {
  count = 0;
  edgeCount = 0;
  /** Of the edges, the first `connectCount` connect; the rest only cost when cut. */
  connectCount = 0;
  households = 0;
  readonly node: Int32Array;
  readonly local: Int32Array;
  readonly edgeA: Int32Array;
  readonly edgeB: Int32Array;
  readonly edgePrice: Int32Array;
  readonly edgeTier: Uint8Array;
  readonly label: Int32Array;
  /** The existing grid each label continues, after `cost` (adjust only; −1 otherwise). */
  readonly claims = new Int32Array(MOST_LABELS).fill(-1);
  readonly origins: RegionOrigins;
  private readonly partHouseholds = new Float64Array(MOST_LABELS);
  private readonly compoundSeen: Int32Array;
  private readonly blockSeen: Int32Array;

  constructor(readonly graph: CellGraph) {
    const n = graph.count;
    const e = graph.neighbour.length / 2;
    this.node = new Int32Array(n);
    this.local = new Int32Array(n).fill(-1);
    this.label = new Int32Array(n);
    this.edgeA = new Int32Array(e);
    this.edgeB = new Int32Array(e);
    this.edgePrice = new Int32Array(e);
    this.edgeTier = new Uint8Array(e);
    this.compoundSeen = new Int32Array(graph.compoundCount);
    this.blockSeen = new Int32Array(graph.blockCount);
    this.origins = new RegionOrigins(this);
  }

  /** Lifts out the members of some grids, labelled by position in `grids`. `close` must follow before the next one. */
  openGrids(plan: WorkingPlan, grids: readonly number[], gridCount: number): void {
    const { node, local, label } = this;
    let count = 0;
    let households = 0;
    for (let i = 0; i < gridCount; i++) {
      for (let v = plan.first[grids[i]!]!; v >= 0; v = plan.next[v]!) {
        node[count] = v;
        local[v] = count;
        label[count] = i;
        count++;
      }
      households += plan.households[grids[i]!]!;
    }
    this.count = count;
    this.households = households;
    this.collectEdges();
    if (this.graph.originCount > 0) this.origins.collect(plan, grids, gridCount);
  }

  /** Lifts out a set of nodes; labels are left as they were. */
  openNodes(nodes: ArrayLike<number>): void {
    this.count = nodes.length;
    this.households = 0;
    for (let i = 0; i < nodes.length; i++) {
      const v = nodes[i]!;
      this.node[i] = v;
      this.local[v] = i;
      this.households += this.graph.households[v]!;
    }
    this.collectEdges();
  }

  close(): void {
    for (let i = 0; i < this.count; i++) this.local[this.node[i]!] = -1;
  }

  private collectEdges(): void {
    const { node, local, edgeA, edgeB, edgePrice, edgeTier, count } = this;
    const { rowStart, rowConnect, neighbour, price, tier } = this.graph;
    let edges = 0;
    let pulls = false;
    for (let i = 0; i < count; i++) {
      const v = node[i]!;
      const end = rowConnect[v]!;
      for (let e = rowStart[v]!; e < end; e++) {
        const j = local[neighbour[e]!]!;
        if (j > i) {
          edgeA[edges] = i;
          edgeB[edges] = j;
          edgePrice[edges] = price[e]!;
          edgeTier[edges] = tier[e]!;
          edges++;
        }
      }
      if (end < rowStart[v + 1]!) pulls = true;
    }
    this.connectCount = edges;
    if (pulls)
      for (let i = 0; i < count; i++) {
        const v = node[i]!;
        for (let e = rowConnect[v]!; e < rowStart[v + 1]!; e++) {
          const j = local[neighbour[e]!]!;
          if (j > i) {
            edgeA[edges] = i;
            edgeB[edges] = j;
            edgePrice[edges] = price[e]!;
            edges++;
          }
        }
      }
    this.edgeCount = edges;
  }

  /** The cost of the labels as they stand (borders to the rest of the community and a constant left out). */
  cost(labelCount: number, objective: Objective): number {
    const { node, label, edgeA, edgeB, edgePrice, count, edgeCount, partHouseholds, compoundSeen, blockSeen } = this;
    const { households, compound, block } = this.graph;
    let cost = -objective.straddle * labelCount;
    partHouseholds.fill(0, 0, labelCount);
    for (let e = 0; e < edgeCount; e++) if (label[edgeA[e]!] !== label[edgeB[e]!]) cost += edgePrice[e]!;
    for (let i = 0; i < count; i++) {
      const v = node[i]!;
      const part = label[i]!;
      const bit = 1 << part;
      partHouseholds[part] = partHouseholds[part]! + households[v]!;
      const c = compound[v]!;
      if (c >= 0 && (compoundSeen[c]! & bit) === 0) {
        if (compoundSeen[c] !== 0) cost += objective.split;
        compoundSeen[c] = compoundSeen[c]! | bit;
      }
      const b = block[v]!;
      if ((blockSeen[b]! & bit) === 0) {
        cost += objective.straddle;
        blockSeen[b] = blockSeen[b]! | bit;
      }
    }
    for (let i = 0; i < count; i++) {
      const v = node[i]!;
      if (compound[v]! >= 0) compoundSeen[compound[v]!] = 0;
      blockSeen[block[v]!] = 0;
    }
    for (let part = 0; part < labelCount; part++) cost += objective.size(partHouseholds[part]!);
    if (objective.moved > 0) cost += objective.moved * this.origins.moved(labelCount);
    return cost;
  }
}
