import {
  type Column,
  type LinearSolution,
  linearProgram,
  type Partitioning,
  reducedCost,
  type SolveLinear,
} from './linear-program.ts';

/** Columns that enter the fractional program at a time, and per row at its beginning. */
const MOST_ENTERING = 2000;
const FIRST_PER_ROW = 20;
/** Above so many columns the whole program is left alone and the fractional bound has to do. */
const MOST_INTEGER_COLUMNS = 40_000;
const TOLERANCE = 1e-6;

export interface LeastCost {
  /** No choice of columns can cost less. */
  readonly bound: number;
  /** The cheapest choice, proven; null when only the bound is. Positions in `columns`. */
  readonly chosen: readonly number[] | null;
}

/**
 * The cheapest choice of columns that covers every row once. First fractions of columns, with columns that would make the
 * fractional plan cheaper brought in until none would (that plan's cost is a bound). A column whose reduced cost exceeds what lies
 * between the bound and a known plan can't be in any better plan, which leaves few enough for an integer program.
 * @param known positions of the columns of a plan that is there already
 */
export function coverAtLeastCost(
  partitioning: Partitioning,
  columns: readonly Column[],
  known: readonly number[],
  solveLinear: SolveLinear,
): LeastCost {
  const knownCost = known.reduce((total, at) => total + columns[at]!.cost, 0);
  const relaxed = relax(partitioning, columns, known, solveLinear);
  const room = knownCost - relaxed.objective + TOLERANCE * Math.max(1, knownCost);
  const left = columns.flatMap((column, at) => (reducedCost(column, relaxed.duals) <= room ? [at] : []));
  const chosenOnes = new Set([...left, ...known]);
  if (chosenOnes.size > MOST_INTEGER_COLUMNS) return { bound: relaxed.objective, chosen: null };
  const whole = solveLinear(linearProgram(partitioning, columns, [...chosenOnes], true));
  if (!whole.optimal) return { bound: relaxed.objective, chosen: null };
  return { bound: whole.objective, chosen: [...chosenOnes].filter((at) => (whole.values.get(`x${at}`) ?? 0) > 0.5) };
}

function relax(
  partitioning: Partitioning,
  columns: readonly Column[],
  known: readonly number[],
  solveLinear: SolveLinear,
): LinearSolution {
  const inside = new Set(known);
  const perRow = new Int32Array(partitioning.rowCount);
  const perNode = (at: number): number => columns[at]!.cost / columns[at]!.rows.length;
  for (const at of [...columns.keys()].sort((a, b) => perNode(a) - perNode(b))) {
    if (columns[at]!.rows.every((row) => perRow[row]! >= FIRST_PER_ROW)) continue;
    for (const row of columns[at]!.rows) perRow[row] = perRow[row]! + 1;
    inside.add(at);
  }
  for (;;) {
    const solution = solveLinear(linearProgram(partitioning, columns, [...inside], false));
    if (!solution.optimal) throw new Error('the fractional program has a plan and must have an optimum');
    const entering: { at: number; reduced: number }[] = [];
    columns.forEach((column, at) => {
      const reduced = reducedCost(column, solution.duals);
      if (reduced < -TOLERANCE * Math.max(1, column.cost) && !inside.has(at)) entering.push({ at, reduced });
    });
    if (entering.length === 0) return solution;
    entering.sort((a, b) => a.reduced - b.reduced || a.at - b.at);
    for (const { at } of entering.slice(0, MOST_ENTERING)) inside.add(at);
  }
}
