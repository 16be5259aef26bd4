import { type GridOfCell, type PartitionProblem, scorePlan } from '../../geodata/partition/index.ts';
import { type BenchInstance, optionsOfInstance } from '../commands/bench.ts';

/** A plan by the benchmark's rules. `costM` (J) means something only where `valid`. */
export interface Judgement {
  readonly valid: boolean;
  readonly gridCount: number;
  readonly compoundSplits: number;
  readonly costM: number;
}

/** Judges anybody's plan the same way: every grid in one piece and within the range, the number of grids as asked. */
export function judge(instance: BenchInstance, problem: PartitionProblem, gridOfCell: GridOfCell): Judgement {
  const options = optionsOfInstance(instance, 1, 1);
  const score = scorePlan(problem, options, gridOfCell);
  const valid =
    score.householdsOver === 0 &&
    score.householdsUnder === 0 &&
    !gridOfCell.includes(-1) &&
    (options.gridCount === undefined || options.gridCount === score.gridCount) &&
    piecesOf(problem, instance, gridOfCell) === score.gridCount;
  return { valid, gridCount: score.gridCount, compoundSplits: score.compoundSplits, costM: score.totalM };
}

/** Connected pieces of a plan's grids; without a plan, of the community. */
export function componentsOf(problem: PartitionProblem, instance: BenchInstance, gridOfCell?: GridOfCell): number[] {
  const forbidden = new Set(optionsOfInstance(instance, 1, 1).forbiddenBarriers);
  const root = problem.cells.map((_, i) => i);
  const find = (cell: number): number => {
    let at = cell;
    while (root[at] !== at) at = root[at] = root[root[at]!]!;
    return at;
  };
  for (const { a, b, crosses } of problem.edges) {
    if (crosses !== null && forbidden.has(crosses)) continue;
    if (!gridOfCell || gridOfCell[a] === gridOfCell[b]) root[find(a)] = find(b);
  }
  return problem.cells.map((_, i) => find(i));
}

const piecesOf = (problem: PartitionProblem, instance: BenchInstance, gridOfCell: GridOfCell): number =>
  new Set(componentsOf(problem, instance, gridOfCell)).size;
