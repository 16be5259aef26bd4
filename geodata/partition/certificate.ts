import type { CellGraph } from './cell-graph.ts';
import type { Certificate, CertificateCode } from './options.ts';
import type { PartitionProblem } from './problem.ts';

const MOST_NAMED = 10;

/** Makes a certificate about some nodes of the graph, the ones with the most households named first. */
export function certificate(
  problem: PartitionProblem,
  graph: CellGraph,
  code: CertificateCode,
  nodes: ArrayLike<number>,
  values: Certificate['values'],
): Certificate {
  const heaviest = Array.from(nodes).sort((a, b) => graph.households[b]! - graph.households[a]! || a - b);
  const cells = heaviest.slice(0, MOST_NAMED).map((node) => graph.cellOf[node]!);
  return { code, cells, labels: cells.map((cell) => problem.cells[cell]!.label), values };
}
