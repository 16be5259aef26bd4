import { accepts } from './cooling.ts';
import type { TreeKind } from './random-tree.ts';
import type { Workspace } from './workspace.ts';

/**
 * Recombination (ReCom): neighbouring grids are joined, random trees are drawn on the union, the best cut of them into
 * `after` parts is found exactly, and taken or not by Metropolis' rule. Returns the change of cost.
 */
export class Recombiner {
  private readonly bestLabel: Int32Array;
  private readonly bestClaims = new Int32Array(4);
  private bestCost = 0;
  private readonly grids: number[] = [];

  constructor(private readonly workspace: Workspace) {
    this.bestLabel = new Int32Array(workspace.graph.count);
  }

  run(grids: readonly number[], before: number, after: number, trees: number, temperature: number): number {
    const { plan, region, tree, random, objective } = this.workspace;
    region.openGrids(plan, grids, before);
    const current = region.cost(before, objective);
    this.bestCost = Infinity;
    if (after === 1) {
      region.label.fill(0, 0, region.count);
      this.keep(region.cost(1, objective), 1);
    }
    for (let t = after === 1 ? trees : 0; t < trees; t++) {
      if (!tree.draw(this.drawKind(), random)) break;
      if (objective.moved > 0) region.origins.sumOver(tree);
      if (after === 2) this.cutOnce();
      else this.cutTwice(current, temperature);
    }
    const change = this.bestCost - current;
    const taken = change !== 0 && this.bestCost < Infinity && accepts(change, temperature, random);
    if (taken) {
      for (let i = 0; i < before; i++) this.grids[i] = grids[i]!;
      plan.relabel(region.node, region.count, this.bestLabel, this.grids, before, after, this.bestClaims);
    }
    region.close();
    return taken ? change : 0;
  }

  private drawKind(): TreeKind {
    const roll = this.workspace.random.below(20);
    return roll < 11 ? 'compounds' : roll < 15 ? 'blocks' : 'free';
  }

  private keep(cost: number, labels: number): void {
    const { region } = this.workspace;
    this.bestCost = cost;
    for (let i = 0; i < region.count; i++) this.bestLabel[i] = region.label[i]!;
    for (let i = 0; i < labels; i++) this.bestClaims[i] = region.claims[i]!;
  }

  /** The best of all cuts of the tree into two. */
  private cutOnce(): void {
    const { region, tree, objective } = this.workspace;
    let best = this.bestCost;
    let at = -1;
    for (let p = 1; p < region.count; p++) {
      let cost = tree.cutCost(p, objective);
      if (objective.moved > 0) cost += objective.moved * region.origins.movedByCut(p);
      if (cost < best) {
        best = cost;
        at = p;
      }
    }
    if (at < 0) return;
    region.label.fill(0, 0, region.count);
    this.paint(at, 1);
    if (objective.moved > 0) best = region.cost(2, objective);
    if (best < this.bestCost) this.keep(best, 2);
  }

  /** The best of all pairs of cuts into three; pairs are costed in full only where a lower bound leaves hope. */
  private cutTwice(current: number, temperature: number): void {
    const { region, tree, objective } = this.workspace;
    const { households, end, cut, compoundsCut } = tree;
    const hopeless = current + 2 * temperature;
    for (let a = 1; a < region.count; a++) {
      const boundA = cut[a]! + objective.split * compoundsCut[a]!;
      for (let b = a + 1; b < region.count; b++) {
        const inB = households[b]!;
        const inA = b < end[a]! ? households[a]! - inB : households[a]!;
        const boundB = cut[b]! + objective.split * compoundsCut[b]!;
        const bound =
          objective.size(inA) +
          objective.size(inB) +
          objective.size(region.households - inA - inB) +
          Math.max(boundA, boundB);
        if (bound >= this.bestCost || bound > hopeless) continue;
        region.label.fill(0, 0, region.count);
        this.paint(a, 1);
        this.paint(b, 2);
        const cost = region.cost(3, objective);
        if (cost < this.bestCost) this.keep(cost, 3);
      }
    }
  }

  private paint(position: number, label: number): void {
    const { region, tree } = this.workspace;
    for (let p = position; p < tree.end[position]!; p++) region.label[tree.nodeAt[p]!] = label;
  }
}
