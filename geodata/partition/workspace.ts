import type { CellGraph } from './cell-graph.ts';
import type { Objective } from './objective.ts';
import { Random } from './random.ts';
import { RandomTree } from './random-tree.ts';
import { Region } from './region.ts';
import { WorkingPlan } from './working-plan.ts';

/** Everything the search of one connected part works with, allocated once. */
export class Workspace {
  readonly plan: WorkingPlan;
  readonly region: Region;
  readonly tree: RandomTree;
  readonly random: Random;
  /** Scratch: a node is marked if it holds the current `stamp`. */
  readonly mark: Int32Array;
  readonly stack: Int32Array;
  private readonly gridMark: Int32Array;
  private stamp = 0;
  private gridStamp = 0;

  constructor(
    readonly graph: CellGraph,
    readonly objective: Objective,
    /** The number of grids may not change. */
    readonly countFixed: boolean,
    seed: number,
    stream: number,
  ) {
    this.plan = new WorkingPlan(graph);
    this.region = new Region(graph);
    this.tree = new RandomTree(this.region);
    this.random = new Random(seed, stream);
    this.mark = new Int32Array(graph.count);
    this.stack = new Int32Array(graph.count + 1);
    this.gridMark = new Int32Array(graph.count + 1);
  }

  nextStamp(): number {
    return ++this.stamp;
  }

  /** Writes into `found` the grids that border on the first `count` of `grids`; returns how many. */
  neighbourGrids(grids: readonly number[], count: number, found: number[]): number {
    const { gridMark, plan, graph } = this;
    const stamp = ++this.gridStamp;
    for (let i = 0; i < count; i++) gridMark[grids[i]!] = stamp;
    let length = 0;
    for (let i = 0; i < count; i++)
      for (let v = plan.first[grids[i]!]!; v >= 0; v = plan.next[v]!)
        for (let e = graph.rowStart[v]!; e < graph.rowConnect[v]!; e++) {
          const grid = plan.gridOf[graph.neighbour[e]!]!;
          if (gridMark[grid] !== stamp) {
            gridMark[grid] = stamp;
            found[length++] = grid;
          }
        }
    return length;
  }

  /** Households outside the range over the whole plan. */
  violation(): number {
    let sum = 0;
    for (let grid = 0; grid < this.plan.gridCount; grid++) sum += this.objective.violation(this.plan.households[grid]!);
    return sum;
  }

  /** The whole plan's cost, from scratch. */
  cost(): number {
    const { graph, plan, objective } = this;
    let cost = 0;
    for (let v = 0; v < graph.count; v++)
      for (let e = graph.rowStart[v]!; e < graph.rowStart[v + 1]!; e++) {
        const u = graph.neighbour[e]!;
        if (u > v && plan.gridOf[u] !== plan.gridOf[v]) cost += graph.price[e]!;
      }
    const compoundIn = new Int32Array(graph.compoundCount).fill(-1);
    const blockIn = new Int32Array(graph.blockCount).fill(-1);
    for (let grid = 0; grid < plan.gridCount; grid++) {
      cost += objective.size(plan.households[grid]!) - objective.straddle;
      for (let v = plan.first[grid]!; v >= 0; v = plan.next[v]!) {
        const c = graph.compound[v]!;
        if (c >= 0 && compoundIn[c] !== grid) {
          compoundIn[c] = grid;
          cost += objective.split;
        }
        const b = graph.block[v]!;
        if (blockIn[b] !== grid) {
          blockIn[b] = grid;
          cost += objective.straddle;
        }
        const home = graph.origin[v]!;
        if (home >= 0 && plan.claim[grid] !== home) cost += objective.moved * graph.households[v]!;
      }
    }
    return cost - objective.split * graph.compoundCount;
  }
}
