import type { RandomTree } from './random-tree.ts';
import type { Workspace } from './workspace.ts';

const VIOLATION_CM = 100_000;

interface Cut {
  readonly position: number;
  readonly partsInside: number;
  readonly cost: number;
}

/**
 * A start: the part is cut in two along the best edge of several random trees, each side again, until `gridCount` grids
 * remain. Each side is given the number of grids its households call for.
 */
export function* bisect(workspace: Workspace, gridCount: number, trees: number): Generator<void, void> {
  const { graph, region, tree, random, plan } = workspace;
  const gridOf = new Int32Array(graph.count);
  let grids = 0;
  const open = [{ nodes: Int32Array.from(gridOf, (_, i) => i), parts: gridCount }];
  for (let job = open.pop(); job; job = open.pop()) {
    const { nodes, parts } = job;
    let best: Cut | null = null;
    let inside: Uint8Array | null = null;
    if (parts > 1 && nodes.length > 1) {
      region.openNodes(nodes);
      const tries = nodes.length < 60 ? 2 * trees : trees;
      for (let t = 0; t < tries; t++) {
        if (!tree.draw(t % 4 === 3 ? 'blocks' : 'compounds', random)) throw new Error('bisecting a part in pieces');
        const cut = bestCut(workspace, tree, parts);
        if (cut && (!best || cut.cost < best.cost)) {
          best = cut;
          inside = new Uint8Array(nodes.length);
          for (let p = cut.position; p < tree.end[cut.position]!; p++) inside[tree.nodeAt[p]!] = 1;
        }
        if (nodes.length > 500) yield;
      }
      region.close();
    }
    if (!best || !inside) {
      for (const v of nodes) gridOf[v] = grids;
      grids++;
      continue;
    }
    const side = inside;
    open.push(
      { nodes: nodes.filter((_, i) => side[i] === 0), parts: parts - best.partsInside },
      { nodes: nodes.filter((_, i) => side[i] === 1), parts: best.partsInside },
    );
  }
  plan.load(gridOf, grids);
}

/** The cheapest cut per (square root of) grids on its smaller side: a cut deep inside must serve more grids. */
function bestCut(workspace: Workspace, tree: RandomTree, parts: number): Cut | null {
  const { region, objective } = workspace;
  const { least, most } = objective.range;
  const total = region.households;
  const mean = total / parts;
  let best: Cut | null = null;
  for (let p = 1; p < region.count; p++) {
    const inside = tree.households[p]!;
    const outside = total - inside;
    const k = Math.min(parts - 1, Math.max(1, Math.round((parts * inside) / total)));
    const rest = parts - k;
    const violation =
      Math.max(0, least * k - inside, inside - most * k) + Math.max(0, least * rest - outside, outside - most * rest);
    const offInside = inside / k - mean;
    const offOutside = outside / rest - mean;
    const soft =
      tree.cut[p]! +
      objective.split * tree.compoundsCut[p]! +
      objective.straddle * (tree.blocks[p]! - tree.blocksWhole[p]!) +
      2.8 * (offInside * offInside * k + offOutside * offOutside * rest);
    const cost = soft / Math.sqrt(Math.min(k, rest) / parts) + violation * VIOLATION_CM;
    if (!best || cost < best.cost) best = { position: p, partsInside: k, cost };
  }
  return best;
}
