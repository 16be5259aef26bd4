import { heaviestMatching } from './matching.ts';
import { type PartitionOptions, type PartitionScore, weightsOf } from './options.ts';
import type { GridOfCell, PartitionProblem } from './problem.ts';

/**
 * Measures a plan by the objective's terms, from the problem itself and independently of the solver's bookkeeping.
 * Locked grids are measured like all others, except that being outside the range is not held against the plan.
 */
export function scorePlan(
  problem: PartitionProblem,
  options: PartitionOptions,
  gridOfCell: GridOfCell,
): PartitionScore {
  const weights = weightsOf(options);
  const { cells, edges } = problem;
  const gridCount = gridOfCell.reduce((most, grid) => Math.max(most, grid + 1), 0);
  const households = new Array<number>(gridCount).fill(0);
  const locked = new Array<boolean>(gridCount).fill(false);
  const lockedGrids = new Set(options.lockedGrids ?? []);
  const compounds = new Map<string, Set<number>>();
  const blocks = Array.from({ length: gridCount }, () => new Set<number>());
  cells.forEach((cell, i) => {
    const grid = gridOfCell[i]!;
    if (grid < 0) return;
    households[grid] = households[grid]! + cell.householdCount;
    if (lockedGrids.has(options.existing?.[i] ?? -1)) locked[grid] = true;
    blocks[grid]!.add(cell.roadBlock);
    if (cell.compoundId !== null)
      compounds.set(cell.compoundId, (compounds.get(cell.compoundId) ?? new Set()).add(grid));
  });
  const forbidden = new Set(options.forbiddenBarriers);
  let cutLengthM = 0;
  let disagreementM = 0;
  edges.forEach(({ a, b, lengthM, crosses }, i) => {
    if (gridOfCell[a] === gridOfCell[b] || (crosses !== null && forbidden.has(crosses))) return;
    cutLengthM += lengthM;
    disagreementM += options.affinity?.[i] ?? 0;
  });
  for (const { a, b, weightM } of options.pairs ?? []) if (gridOfCell[a] !== gridOfCell[b]) disagreementM += weightM;

  const compoundSplits = [...compounds.values()].reduce((sum, grids) => sum + grids.size - 1, 0);
  const straddles = blocks.reduce((sum, touched) => sum + Math.max(0, touched.size - 1), 0);
  const target = targetOf(
    options,
    households.reduce((sum, h) => sum + h, 0),
  );
  const free = households.filter((_, grid) => !locked[grid]);
  const deviationM = households.reduce((sum, h) => sum + weights.deviationM * ((h - target) / 100) ** 2, 0);
  return {
    gridCount,
    householdsOver: free.reduce((sum, h) => sum + Math.max(0, h - options.most), 0),
    householdsUnder: free.reduce((sum, h) => sum + Math.max(0, options.least - h), 0),
    compoundSplits,
    straddles,
    deviationM,
    cutLengthM,
    disagreementM,
    movedHouseholds: options.existing ? compareWithExisting(problem, options.existing, gridOfCell).movedHouseholds : 0,
    totalM:
      weights.compoundSplitM * compoundSplits +
      weights.straddleM * straddles +
      weights.gridM * gridCount +
      deviationM +
      cutLengthM +
      disagreementM,
  };
}

/** What "balanced" aims at: the rule set's target, or the mean where the number of grids is given. */
export function targetOf(options: PartitionOptions, total: number): number {
  return options.gridCount === undefined ? options.target : total / options.gridCount;
}

/**
 * Which existing grid each grid of a plan continues (each at most once; −1 for a new grid), chosen so that the fewest
 * households move, and how many that are: those of cells whose grid doesn't continue the grid they were in.
 */
export function compareWithExisting(
  problem: PartitionProblem,
  existing: GridOfCell,
  gridOfCell: GridOfCell,
): { readonly movedHouseholds: number; readonly continues: number[] } {
  const gridCount = gridOfCell.reduce((most, grid) => Math.max(most, grid + 1), 0);
  const known = [...new Set(existing.filter((grid) => grid >= 0))].sort((a, b) => a - b);
  const column = new Map(known.map((grid, i) => [grid, i]));
  // Cells without households decide between otherwise equal choices, and keep empty grids their own.
  const PRECISION = 2 ** 20;
  const shared = new Float64Array(gridCount * known.length);
  let settled = 0;
  problem.cells.forEach((cell, i) => {
    const from = existing[i]!;
    const to = gridOfCell[i]!;
    if (from < 0) return;
    settled += cell.householdCount;
    if (to < 0) return;
    const at = to * known.length + column.get(from)!;
    shared[at] = shared[at]! + cell.householdCount * PRECISION + 1;
  });
  const columnOf = new Int32Array(gridCount);
  const weight = (grid: number, old: number): number => shared[grid * known.length + old]!;
  heaviestMatching(gridCount, known.length, weight, columnOf);
  let staying = 0;
  const continues = Array.from(columnOf, (old, grid) => {
    if (old >= 0) staying += Math.floor(weight(grid, old) / PRECISION);
    return old < 0 ? -1 : known[old]!;
  });
  return { movedHouseholds: settled - staying, continues };
}
