import type { GridOfCell, PartitionOptions, PartitionProblem } from '../../../geodata/partition/index.ts';

/** Number of connected pieces that some cells form over edges that may be crossed. */
export function piecesOf(problem: PartitionProblem, options: PartitionOptions, members: readonly number[]): number {
  const left = new Set(members);
  let pieces = 0;
  for (const first of members) {
    if (!left.delete(first)) continue;
    pieces++;
    const open = [first];
    for (let v = open.pop(); v !== undefined; v = open.pop())
      for (const { a, b, crosses } of problem.edges) {
        if (crosses !== null && options.forbiddenBarriers.includes(crosses)) continue;
        const next = a === v ? b : b === v ? a : -1;
        if (left.delete(next)) open.push(next);
      }
  }
  return pieces;
}

/** Calls `visit` with every valid plan of a small problem: every way into connected grids within the range. */
export function everyPlan(
  problem: PartitionProblem,
  options: PartitionOptions,
  visit: (plan: GridOfCell) => void,
): void {
  const n = problem.cells.length;
  const fits: number[] = [];
  for (let mask = 1; mask < 1 << n; mask++) {
    const members = problem.cells.flatMap((_, i) => (mask & (1 << i) ? [i] : []));
    const households = members.reduce((sum, i) => sum + problem.cells[i]!.householdCount, 0);
    if (households < options.least || households > options.most) continue;
    if (piecesOf(problem, options, members) === 1) fits.push(mask);
  }
  const gridOfCell = new Array<number>(n).fill(-1);
  const place = (covered: number, grid: number): void => {
    if (covered === (1 << n) - 1) {
      if (options.gridCount === undefined || options.gridCount === grid) visit(gridOfCell);
      return;
    }
    const lowest = ~covered & (covered + 1);
    for (const mask of fits) {
      if ((mask & lowest) === 0 || (mask & covered) !== 0) continue;
      for (let i = 0; i < n; i++) if (mask & (1 << i)) gridOfCell[i] = grid;
      place(covered | mask, grid + 1);
    }
  };
  place(0, 0);
}
