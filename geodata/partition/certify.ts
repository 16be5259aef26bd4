import { type CompiledProblem, compileProblem, connectedParts } from './cell-graph.ts';
import { certifyArticulations } from './certify-articulation.ts';
import { certifyCoverage } from './certify-coverage.ts';
import { certifyBuildings, certifyParts } from './certify-parts.ts';
import type { Certificate, PartitionOptions } from './options.ts';
import type { PartitionProblem } from './problem.ts';

/**
 * Proofs that no valid plan exists, each naming the building, part or pocket it is about; found in milliseconds.
 * An empty list proves nothing: most impossible cases beyond these are settled by the search itself (`NO_PARTITION`).
 */
export function certify(problem: PartitionProblem, options: PartitionOptions): Certificate[] {
  return certifyCompiled(problem, options, compileProblem(problem, options, true));
}

/** The same on a problem that is compiled already, with its empty cells kept: a proof must hold wherever a park goes. */
export function certifyCompiled(
  problem: PartitionProblem,
  options: PartitionOptions,
  compiled: CompiledProblem,
): Certificate[] {
  const parts = connectedParts(compiled.graph);
  const found = [
    ...certifyBuildings(problem, compiled.graph, options),
    ...certifyParts(problem, compiled, options, parts),
  ];
  for (const { part, nodes } of parts)
    found.push(
      ...certifyArticulations(problem, compiled.graph, options, part, nodes),
      ...certifyCoverage(problem, compiled.graph, options, part, nodes),
    );
  if (options.gridCount !== undefined) {
    const wanted = options.gridCount - new Set(options.lockedGrids).size;
    const fewest = parts.reduce((sum, { part }) => sum + Math.ceil(part.total / options.most), 0);
    const most = parts.reduce((sum, { part }) => sum + Math.floor(part.total / options.least), 0);
    if (wanted < fewest || wanted > most)
      found.push({
        code: 'GRID_COUNT',
        cells: [],
        labels: [],
        values: { gridCount: wanted, fewest, most, householdCount: compiled.graph.total },
      });
  }
  return found;
}
