import { accepts } from './cooling.ts';
import type { Workspace } from './workspace.ts';

/** Single cells changing sides, and pairs changing places: the finest moves, for polishing and for tight totals. */
export class BoundaryMoves {
  constructor(private readonly workspace: Workspace) {}

  /** Moves single nodes as long as it pays (at most `passes` times over all of them). */
  descend(passes = 10): void {
    const { graph, plan } = this.workspace;
    for (let pass = 0, improved = true; improved && pass < passes; pass++) {
      improved = false;
      for (let v = 0; v < graph.count; v++) {
        const from = plan.gridOf[v]!;
        if (plan.size[from] === 1) continue;
        let best = 0;
        let target = -1;
        for (let e = graph.rowStart[v]!; e < graph.rowConnect[v]!; e++) {
          const to = plan.gridOf[graph.neighbour[e]!]!;
          if (to === from || to === target) continue;
          const change = this.change(v, to);
          if (change < best) {
            best = change;
            target = to;
          }
        }
        if (target >= 0 && this.staysWhole(from, v, -1)) {
          plan.move(v, target);
          improved = true;
        }
      }
    }
  }

  /** One step of annealing: a node changes sides, or two nodes change places; grids outside the range go first. */
  step(temperature: number): void {
    const { graph, plan, objective, random } = this.workspace;
    const from = this.pickGrid();
    const u = this.pickMember(from);
    const degree = graph.rowConnect[u]! - graph.rowStart[u]!;
    if (degree === 0) return;
    const offset = random.below(degree);
    let to = -1;
    for (let i = 0; i < degree && to < 0; i++) {
      const grid = plan.gridOf[graph.neighbour[graph.rowStart[u]! + ((offset + i) % degree)]!]!;
      if (grid !== from) to = grid;
    }
    if (to < 0) return;
    if (random.chance(35)) {
      if (plan.size[from] === 1 || !accepts(this.change(u, to), temperature, random)) return;
      if (this.staysWhole(from, u, -1)) plan.move(u, to);
      return;
    }
    const v = this.pickPartner(to, from, u);
    if (v < 0) return;
    const shift = graph.households[v]! - graph.households[u]!;
    const sizes =
      objective.size(plan.households[from]! + shift) +
      objective.size(plan.households[to]! - shift) -
      objective.size(plan.households[from]!) -
      objective.size(plan.households[to]!);
    if (sizes > 0 && sizes > 6 * temperature) return;
    if (!this.staysWhole(from, u, v) || !this.staysWhole(to, v, u)) return;
    const first = this.change(u, to);
    plan.move(u, to);
    if (accepts(first + this.change(v, from), temperature, random)) plan.move(v, from);
    else plan.move(u, from);
  }

  private pickGrid(): number {
    const { plan, objective, random } = this.workspace;
    let grid = random.below(plan.gridCount);
    for (let t = 0; t < 4 && objective.violation(plan.households[grid]!) === 0; t++)
      grid = random.below(plan.gridCount);
    return grid;
  }

  private pickMember(grid: number): number {
    const { plan, random } = this.workspace;
    let v = plan.first[grid]!;
    for (let skip = random.below(plan.size[grid]!); skip > 0; skip--) v = plan.next[v]!;
    return v;
  }

  /** A member of `grid` that touches `other` without counting u. */
  private pickPartner(grid: number, other: number, u: number): number {
    const { graph, plan } = this.workspace;
    for (let t = 0; t < 6; t++) {
      const v = this.pickMember(grid);
      if (plan.size[other] === 1) return v;
      for (let e = graph.rowStart[v]!; e < graph.rowConnect[v]!; e++) {
        const x = graph.neighbour[e]!;
        if (x !== u && plan.gridOf[x] === other) return v;
      }
    }
    return -1;
  }

  /** What moving node v to grid `to` changes. */
  private change(v: number, to: number): number {
    const { graph, plan, objective } = this.workspace;
    const from = plan.gridOf[v]!;
    let change = 0;
    for (let e = graph.rowStart[v]!; e < graph.rowStart[v + 1]!; e++) {
      const grid = plan.gridOf[graph.neighbour[e]!]!;
      if (grid === from) change += graph.price[e]!;
      else if (grid === to) change -= graph.price[e]!;
    }
    const c = graph.compound[v]!;
    const b = graph.block[v]!;
    let compoundLeft = 0;
    let blockLeft = 0;
    let compoundThere = 0;
    let blockThere = 0;
    for (let x = plan.first[from]!; x >= 0; x = plan.next[x]!) {
      if (x === v) continue;
      if (graph.compound[x] === c) compoundLeft = 1;
      if (graph.block[x] === b) blockLeft = 1;
    }
    for (let x = plan.first[to]!; x >= 0; x = plan.next[x]!) {
      if (graph.compound[x] === c) compoundThere = 1;
      if (graph.block[x] === b) blockThere = 1;
    }
    if (c >= 0) change += objective.split * (compoundLeft - compoundThere);
    change += objective.straddle * (blockLeft - blockThere);
    const w = graph.households[v]!;
    const home = graph.origin[v]!;
    if (home >= 0) {
      if (plan.claim[from] === home) change += objective.moved * w;
      if (plan.claim[to] === home) change -= objective.moved * w;
    }
    const inFrom = plan.households[from]!;
    const inTo = plan.households[to]!;
    return (
      change + objective.size(inFrom - w) + objective.size(inTo + w) - objective.size(inFrom) - objective.size(inTo)
    );
  }

  /** Is `grid` without node `minus` and with node `plus` (−1: none) in one piece? */
  private staysWhole(grid: number, minus: number, plus: number): boolean {
    const { graph, plan, mark, stack } = this.workspace;
    const wanted = plan.size[grid]! - 1 + (plus >= 0 ? 1 : 0);
    if (wanted <= 0) return false;
    if (plus < 0) {
      // A node with one neighbour in its grid is never a link.
      let inside = 0;
      for (let e = graph.rowStart[minus]!; e < graph.rowConnect[minus]!; e++)
        if (plan.gridOf[graph.neighbour[e]!] === grid) inside++;
      if (inside === 1) return true;
    }
    const stamp = this.workspace.nextStamp();
    let start = plus;
    if (start < 0) start = plan.first[grid] === minus ? plan.next[minus]! : plan.first[grid]!;
    mark[start] = stamp;
    stack[0] = start;
    let depth = 1;
    let reached = 0;
    while (depth > 0) {
      const v = stack[--depth]!;
      reached++;
      for (let e = graph.rowStart[v]!; e < graph.rowConnect[v]!; e++) {
        const x = graph.neighbour[e]!;
        if (mark[x] === stamp || x === minus || (plan.gridOf[x] !== grid && x !== plus)) continue;
        mark[x] = stamp;
        stack[depth++] = x;
      }
    }
    return reached === wanted;
  }
}
