import type { CellGraph, CompiledProblem } from './cell-graph.ts';
import { certificate } from './certificate.ts';
import type { Certificate, PartitionOptions } from './options.ts';
import type { PartitionProblem } from './problem.ts';
import { isDivisible, nearestDivisible } from './totals.ts';

/** OVERSIZE: a building that alone is over the upper limit fits no grid; it must be divided by entrance. */
export function certifyBuildings(
  problem: PartitionProblem,
  graph: CellGraph,
  options: PartitionOptions,
): Certificate[] {
  const found: Certificate[] = [];
  for (let node = 0; node < graph.count; node++) {
    const householdCount = graph.households[node]!;
    if (householdCount > options.most)
      found.push(
        certificate(problem, graph, 'OVERSIZE', [node], {
          householdCount,
          most: options.most,
          entranceParts: Math.ceil(householdCount / options.most),
        }),
      );
  }
  return found;
}

/**
 * COMPONENT_BELOW, COMPONENT_GAP: no number of grids fits the households of a connected part (under the least, or between
 * the most of k grids and the least of k + 1). Says which totals would do, and which forbidden barrier to open, if one helps.
 */
export function certifyParts(
  problem: PartitionProblem,
  compiled: CompiledProblem,
  options: PartitionOptions,
  parts: readonly { readonly part: CellGraph; readonly nodes: Int32Array }[],
): Certificate[] {
  const partOfNode = new Int32Array(compiled.graph.count);
  parts.forEach(({ nodes }, i) => {
    for (const node of nodes) partOfNode[node] = i;
  });
  const found: Certificate[] = [];
  parts.forEach(({ part, nodes }, i) => {
    if (isDivisible(part.total, options)) return;
    found.push(
      certificate(problem, compiled.graph, part.total < options.least ? 'COMPONENT_BELOW' : 'COMPONENT_GAP', nodes, {
        householdCount: part.total,
        cellCount: part.count,
        partCount: parts.length,
        least: options.least,
        most: options.most,
        nearest: nearestDivisible(part.total, options),
        ...barrierToOpen(problem, compiled, options, parts, partOfNode, i),
      }),
    );
  });
  return found;
}

/** The forbidden border over which the part best joins another: to a divisible total if possible, then the longest. */
function barrierToOpen(
  problem: PartitionProblem,
  compiled: CompiledProblem,
  options: PartitionOptions,
  parts: readonly { readonly part: CellGraph }[],
  partOfNode: Int32Array,
  from: number,
): Certificate['values'] {
  let best: { helps: boolean; lengthM: number; values: Certificate['values'] } | null = null;
  for (const { a, b, crosses, lengthM } of problem.edges) {
    if (crosses === null || !options.forbiddenBarriers.includes(crosses)) continue;
    for (const [here, there] of [
      [a, b],
      [b, a],
    ] as const) {
      const nodeHere = compiled.nodeOfCell[here]!;
      const nodeThere = compiled.nodeOfCell[there]!;
      if (nodeHere < 0 || nodeThere < 0 || partOfNode[nodeHere] !== from || partOfNode[nodeThere] === from) continue;
      const beyond = parts[partOfNode[nodeThere]!]!.part.total;
      const helps = isDivisible(parts[from]!.part.total + beyond, options);
      if (best && (best.helps > helps || (best.helps === helps && best.lengthM >= lengthM))) continue;
      best = {
        helps,
        lengthM,
        values: {
          openBarrier: crosses,
          openFrom: problem.cells[here]!.label,
          openTo: problem.cells[there]!.label,
          householdsBeyond: beyond,
          openingHelps: helps ? 1 : 0,
        },
      };
    }
  }
  return best?.values ?? {};
}
