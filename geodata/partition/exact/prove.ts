import { CM_PER_M, type CompiledProblem, compileProblem } from '../cell-graph.ts';
import { Objective } from '../objective.ts';
import { type PartitionOptions, weightsOf } from '../options.ts';
import type { GridOfCell, PartitionProblem } from '../problem.ts';
import { compareWithExisting, scorePlan, targetOf } from '../score.ts';
import { type CandidateGrid, candidateGrids } from './candidate-grids.ts';
import { coverAtLeastCost } from './cover-at-least-cost.ts';
import type { Column, SolveLinear } from './linear-program.ts';

/** What is proven about all plans of a problem: costs in metres, or households where fewest moved are asked for. */
export interface Proof {
  /** No valid plan is better. */
  readonly bound: number;
  /** A best plan; null when only the bound is proven. */
  readonly gridOfCell: GridOfCell | null;
}

/** Grids listed before giving up: some hundred megabytes. */
const MOST_GRIDS = 400_000;

/**
 * The least that a valid plan can cost (`totalM`, whatever the mode), from all grids there could be and an integer program.
 * Made for up to about 120 cells of tower-like communities; null when there are too many grids to list.
 * @param plan a valid plan, the better the faster
 */
export function proveLeastCost(
  problem: PartitionProblem,
  options: PartitionOptions,
  plan: GridOfCell,
  solveLinear: SolveLinear,
): Proof | null {
  const listed = listGrids(problem, options);
  if (!listed) return null;
  const { grids, compiled, objective } = listed;
  const columns = grids.map(({ nodes, cost }): Column => ({ rows: nodes, claim: -1, cost: cost / 2 / CM_PER_M }));
  const known = positionsOf(grids, compiled, plan);
  const least = coverAtLeastCost(
    { rowCount: compiled.graph.count, claimCount: 0, columnCount: options.gridCount ?? null },
    columns,
    known,
    solveLinear,
  );
  // A compound in one grid is no split: candidates count it once each.
  const unsplitM = (objective.split * compiled.graph.compoundCount) / CM_PER_M;
  const gridOfCell = least.chosen && planOf(problem, compiled, grids, least.chosen);
  return {
    bound: gridOfCell ? scorePlan(problem, options, gridOfCell).totalM : least.bound - unsplitM,
    gridOfCell,
  };
}

/**
 * The fewest households that must leave their grid of `options.existing` for a valid plan. A candidate comes once for every
 * existing grid it could continue, which it then claims.
 */
export function proveFewestMoved(
  problem: PartitionProblem,
  options: PartitionOptions,
  plan: GridOfCell,
  solveLinear: SolveLinear,
): Proof | null {
  const listed = listGrids(problem, options);
  if (!listed) return null;
  const { grids, compiled } = listed;
  const { graph } = compiled;
  const candidateOf: number[] = [];
  const columns = grids.flatMap(({ nodes }, at): Column[] => {
    const staying = new Map<number, number>();
    let settled = 0;
    for (const node of nodes) {
      const origin = graph.origin[node]!;
      if (origin < 0) continue;
      settled += graph.households[node]!;
      staying.set(origin, (staying.get(origin) ?? 0) + graph.households[node]!);
    }
    const own = [[-1, 0] as const, ...staying].map(([claim, stay]) => ({ rows: nodes, claim, cost: settled - stay }));
    for (const _ of own) candidateOf.push(at);
    return own;
  });
  const { continues } = compareWithExisting(problem, options.existing!, plan);
  const originOf = new Map<number, number>();
  graph.cellOf.forEach((cell, node) => {
    originOf.set(options.existing![cell]!, graph.origin[node]!);
  });
  const gridAt = positionsOf(grids, compiled, plan);
  const claimed = gridAt.map((at) => {
    const claim = originOf.get(continues[plan[graph.cellOf[grids[at]!.nodes[0]!]!]!]!) ?? -1;
    const found = columns.findIndex((column, i) => candidateOf[i] === at && column.claim === claim);
    return found < 0 ? candidateOf.indexOf(at) : found;
  });
  const least = coverAtLeastCost(
    { rowCount: graph.count, claimCount: graph.originCount, columnCount: options.gridCount ?? null },
    columns,
    claimed,
    solveLinear,
  );
  const gridOfCell =
    least.chosen &&
    planOf(
      problem,
      compiled,
      grids,
      least.chosen.map((column) => candidateOf[column]!),
    );
  return { bound: Math.ceil(least.bound - 1e-6), gridOfCell };
}

function listGrids(problem: PartitionProblem, options: PartitionOptions) {
  if (options.lockedGrids?.length) throw new Error('proofs are for problems without locked grids');
  const compiled = compileProblem(problem, options, true);
  const objective = new Objective(options, targetOf(options, compiled.graph.total), weightsOf(options), false);
  const grids = candidateGrids(compiled.graph, objective, MOST_GRIDS);
  return grids && { grids, compiled, objective };
}

/** Where the grids of a plan are in the list. */
function positionsOf(grids: readonly CandidateGrid[], { graph }: CompiledProblem, plan: GridOfCell): number[] {
  const members = new Map<number, number[]>();
  graph.cellOf.forEach((cell, node) => {
    const grid = plan[cell]!;
    members.set(grid, [...(members.get(grid) ?? []), node]);
  });
  const keyOf = (nodes: readonly number[]) => [...nodes].sort((a, b) => a - b).join();
  const missing = new Set([...members.values()].map(keyOf));
  const found = grids.flatMap(({ nodes }, at) => (missing.has(keyOf(nodes)) ? [at] : []));
  if (found.length !== missing.size)
    throw new Error(`the plan to start from has ${missing.size - found.length} invalid grids`);
  return found;
}

function planOf(
  problem: PartitionProblem,
  { graph, nodeOfCell }: CompiledProblem,
  grids: readonly CandidateGrid[],
  chosen: readonly number[],
): GridOfCell {
  const gridOfNode = new Int32Array(graph.count);
  chosen.forEach((at, grid) => {
    for (const node of grids[at]!.nodes) gridOfNode[node] = grid;
  });
  return problem.cells.map((_, cell) => (nodeOfCell[cell]! < 0 ? -1 : gridOfNode[nodeOfCell[cell]!]!));
}
