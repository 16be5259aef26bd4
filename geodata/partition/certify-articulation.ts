import type { CellGraph } from './cell-graph.ts';
import { certificate } from './certificate.ts';
import type { Certificate, PartitionOptions } from './options.ts';
import type { PartitionProblem } from './problem.ts';
import { leastShed } from './totals.ts';

/**
 * ARTICULATION: a cell v that is the only link of several pockets. A grid without v lies in one pocket; what a pocket cannot
 * divide among such grids must join v's grid, at least `leastShed` of it. If w(v) + Σ leastShed(pocket) exceeds the upper
 * limit, no plan exists.
 *
 * Pockets come from one depth-first search (Tarjan): a child subtree of v hangs on v alone if nothing in it reaches above v.
 */
export function certifyArticulations(
  problem: PartitionProblem,
  graph: CellGraph,
  options: PartitionOptions,
  part: CellGraph,
  nodes: Int32Array,
): Certificate[] {
  const n = part.count;
  const entered = new Int32Array(n).fill(-1);
  const lowest = new Int32Array(n);
  const parent = new Int32Array(n).fill(-1);
  const cursor = Int32Array.from(part.rowStart);
  const below = Int32Array.from(part.households);
  const pockets: number[][] = Array.from({ length: n }, () => []);
  let clock = 0;
  const stack = [0];
  entered[0] = lowest[0] = clock++;
  while (stack.length > 0) {
    const v = stack[stack.length - 1]!;
    if (cursor[v]! < part.rowConnect[v]!) {
      const u = part.neighbour[cursor[v]!]!;
      cursor[v] = cursor[v]! + 1;
      if (entered[u]! < 0) {
        parent[u] = v;
        entered[u] = lowest[u] = clock++;
        stack.push(u);
      } else if (u !== parent[v]) lowest[v] = Math.min(lowest[v]!, entered[u]!);
      continue;
    }
    stack.pop();
    const up = parent[v]!;
    if (up < 0) continue;
    lowest[up] = Math.min(lowest[up]!, lowest[v]!);
    below[up] = below[up]! + below[v]!;
    if (lowest[v]! >= entered[up]!) pockets[up]!.push(below[v]!);
  }

  const found: Certificate[] = [];
  for (let v = 0; v < n; v++) {
    const own = part.households[v]!;
    const hanging = pockets[v]!;
    const above = part.total - own - hanging.reduce((sum, h) => sum + h, 0);
    const all = above > 0 ? [...hanging, above] : hanging;
    if (all.length < 2 || own > options.most) continue;
    const needed = own + all.reduce((sum, h) => sum + leastShed(h, options), 0);
    if (needed > options.most)
      found.push(
        certificate(problem, graph, 'ARTICULATION', [nodes[v]!], {
          householdCount: own,
          pockets: all,
          needed,
          most: options.most,
        }),
      );
  }
  return found;
}
