import type { Region } from './region.ts';
import { MOST_LABELS } from './region.ts';
import type { Workspace } from './workspace.ts';

/** A finished plan of one connected part, kept aside. */
export interface Solution {
  readonly gridOf: Int32Array;
  readonly gridCount: number;
  readonly claim: Int32Array;
  readonly violation: number;
  readonly cost: number;
}

/**
 * Partition crossover: where two plans agree on the outline of a set of grids, either may be used inside, and the cheaper
 * is. The regions are the connected parts of the graph "grid of A – grid of B" with a link for every shared cell.
 * Loads the result into the workspace's plan; returns true if it is better than `a`.
 */
export function cross(workspace: Workspace, a: Solution, b: Solution): boolean {
  const { plan, region, objective, graph, countFixed } = workspace;
  plan.load(a.gridOf, a.gridCount, a.claim);
  const regions = sharedRegions(a, b, graph.count);
  let improved = false;
  for (const nodes of regions) {
    const gridsA = distinct(nodes, plan.gridOf);
    const gridsB = distinct(nodes, b.gridOf);
    if (gridsA.length > MOST_LABELS || gridsB.length > MOST_LABELS) continue;
    if (countFixed && gridsA.length !== gridsB.length) continue;
    region.openGrids(plan, gridsA, gridsA.length);
    const costA = region.cost(gridsA.length, objective);
    relabelAs(region, b, gridsB);
    const costB = region.cost(gridsB.length, objective);
    if (costB < costA) {
      plan.relabel(
        region.node,
        region.count,
        Int32Array.from(region.label.subarray(0, region.count)),
        gridsA,
        gridsA.length,
        gridsB.length,
        region.claims,
      );
      improved = true;
    }
    region.close();
  }
  return improved;
}

function relabelAs(region: Region, solution: Solution, grids: readonly number[]): void {
  for (let i = 0; i < region.count; i++) region.label[i] = grids.indexOf(solution.gridOf[region.node[i]!]!);
}

function distinct(nodes: readonly number[], gridOf: Int32Array): number[] {
  return [...new Set(nodes.map((v) => gridOf[v]!))];
}

/** Sets of nodes that are unions of whole grids in both plans, as small as possible and with a difference inside. */
function sharedRegions(a: Solution, b: Solution, count: number): number[][] {
  const root = Int32Array.from({ length: a.gridCount + b.gridCount }, (_, i) => i);
  const find = (x: number): number => {
    let at = x;
    while (root[at] !== at) {
      root[at] = root[root[at]!]!;
      at = root[at]!;
    }
    return at;
  };
  for (let v = 0; v < count; v++) root[find(a.gridOf[v]!)] = find(a.gridCount + b.gridOf[v]!);
  const regions = new Map<number, number[]>();
  for (let v = 0; v < count; v++) {
    const key = find(a.gridOf[v]!);
    const nodes = regions.get(key);
    if (nodes) nodes.push(v);
    else regions.set(key, [v]);
  }
  return [...regions.values()];
}
