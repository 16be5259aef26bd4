import type { BarrierClass } from '../model/index.ts';
import { type PartitionOptions, type PartitionScore, weightsOf } from './options.ts';
import type { GridOfCell, PartitionProblem } from './problem.ts';
import { scorePlan } from './score.ts';

/** What a stretch of border lies on: a barrier, else the edge between two compounds, else open ground. */
export type BorderGround = BarrierClass | 'compoundEdge' | 'open';

/** Change of the objective's terms; positive is worse. Metres but for the counts and households. */
export interface ScoreChange {
  readonly totalM: number;
  readonly householdsOver: number;
  readonly householdsUnder: number;
  readonly compoundSplits: number;
  readonly straddles: number;
  readonly deviationM: number;
  readonly cutLengthM: number;
  readonly disagreementM: number;
  readonly movedHouseholds: number;
}

/** Why the border between two grids is where it is, in the objective's own terms. */
export interface BorderExplanation {
  readonly lengthM: number;
  /** What it lies on, the longest first. */
  readonly along: readonly { readonly ground: BorderGround; readonly lengthM: number }[];
  /** Compounds that end at the border and lie in one of the two grids only: it keeps them whole. */
  readonly compoundsKept: readonly string[];
  /** Compounds that it splits. */
  readonly compoundsSplit: readonly string[];
  readonly householdsA: number;
  readonly householdsB: number;
  /** What joining the two grids would change; with more than one grid holds, that shows in `householdsOver`. */
  readonly ifJoined: ScoreChange;
  /** The best that moving one cell across could do; null where no cell can move without leaving a grid in pieces or empty. */
  readonly bestMove: BorderMove | null;
}

export interface BorderMove {
  /** Position in the problem's cells. */
  readonly cell: number;
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly householdCount: number;
  readonly change: ScoreChange;
}

/**
 * Explains the border between two grids of a plan; null where they don't touch.
 * A forbidden barrier explains itself: nothing moves over it, and its length isn't a price.
 */
export function explainBorder(
  problem: PartitionProblem,
  options: PartitionOptions,
  gridOfCell: GridOfCell,
  gridA: number,
  gridB: number,
): BorderExplanation | null {
  const { cells, edges } = problem;
  const between = edges.filter(({ a, b }) => {
    const [left, right] = [gridOfCell[a], gridOfCell[b]];
    return (left === gridA && right === gridB) || (left === gridB && right === gridA);
  });
  if (between.length === 0 || gridA === gridB) return null;

  const lengths = new Map<BorderGround, number>();
  for (const { a, b, lengthM, crosses } of between) {
    const ground = crosses ?? (cells[a]!.compoundId === cells[b]!.compoundId ? 'open' : 'compoundEdge');
    lengths.set(ground, (lengths.get(ground) ?? 0) + lengthM);
  }
  const gridsOf = (compound: string) =>
    new Set(cells.flatMap(({ compoundId }, cell) => (compoundId === compound ? [gridOfCell[cell]!] : [])));
  const touching = [...new Set(between.flatMap(({ a, b }) => [cells[a]!.compoundId, cells[b]!.compoundId]))]
    .filter((compound) => compound !== null)
    .sort();
  const inBoth = (compound: string) => gridsOf(compound).has(gridA) && gridsOf(compound).has(gridB);
  const now = scorePlan(problem, options, gridOfCell);
  const changeTo = (plan: GridOfCell) => difference(now, scorePlan(problem, options, plan));
  const [low, high] = [Math.min(gridA, gridB), Math.max(gridA, gridB)];
  const joined = gridOfCell.map((grid) => (grid === high ? low : grid > high ? grid - 1 : grid));

  return {
    lengthM: between.reduce((sum, { lengthM }) => sum + lengthM, 0),
    along: [...lengths]
      .map(([ground, lengthM]) => ({ ground, lengthM }))
      .sort((p, q) => q.lengthM - p.lengthM || (p.ground < q.ground ? -1 : 1)),
    compoundsKept: touching.filter((compound) => gridsOf(compound).size === 1),
    compoundsSplit: touching.filter(inBoth),
    householdsA: householdsOf(problem, gridOfCell, gridA),
    householdsB: householdsOf(problem, gridOfCell, gridB),
    ifJoined: changeTo(joined),
    bestMove: bestMove(),
  };

  function bestMove(): BorderMove | null {
    const locked = new Set(options.lockedGrids ?? []);
    const forbidden = new Set(options.forbiddenBarriers);
    const connecting = between.filter(({ crosses }) => crosses === null || !forbidden.has(crosses));
    let best: BorderMove | null = null;
    for (const cell of [...new Set(connecting.flatMap(({ a, b }) => [a, b]))].sort((p, q) => p - q)) {
      if (locked.has(options.existing?.[cell] ?? -1)) continue;
      const from = gridOfCell[cell]!;
      const to = from === gridA ? gridB : gridA;
      if (!staysWhole(problem, forbidden, gridOfCell, from, cell)) continue;
      const plan = gridOfCell.map((grid, other) => (other === cell ? to : grid));
      const { label, householdCount } = cells[cell]!;
      const move = { cell, label, from, to, householdCount, change: changeTo(plan) };
      if (!best || isBetter(move.change, best.change, options)) best = move;
    }
    return best;
  }
}

function difference(before: PartitionScore, after: PartitionScore): ScoreChange {
  return {
    totalM: after.totalM - before.totalM,
    householdsOver: after.householdsOver - before.householdsOver,
    householdsUnder: after.householdsUnder - before.householdsUnder,
    compoundSplits: after.compoundSplits - before.compoundSplits,
    straddles: after.straddles - before.straddles,
    deviationM: after.deviationM - before.deviationM,
    cutLengthM: after.cutLengthM - before.cutLengthM,
    disagreementM: after.disagreementM - before.disagreementM,
    movedHouseholds: after.movedHouseholds - before.movedHouseholds,
  };
}

/** The solver's order: validity, the upper limit first; then, adjusting, households moved with everything else. */
function isBetter(a: ScoreChange, b: ScoreChange, options: PartitionOptions): boolean {
  const movedM = options.mode === 'adjust' ? weightsOf(options).movedHouseholdM : 0;
  const price = (change: ScoreChange) => change.totalM + movedM * change.movedHouseholds;
  return (
    a.householdsOver < b.householdsOver ||
    (a.householdsOver === b.householdsOver &&
      (a.householdsUnder < b.householdsUnder || (a.householdsUnder === b.householdsUnder && price(a) < price(b))))
  );
}

function householdsOf({ cells }: PartitionProblem, gridOfCell: GridOfCell, grid: number): number {
  return cells.reduce((sum, cell, i) => sum + (gridOfCell[i] === grid ? cell.householdCount : 0), 0);
}

/** Whether a grid without one of its cells is still there and in as many pieces as before. */
function staysWhole(
  { edges }: PartitionProblem,
  forbidden: ReadonlySet<BarrierClass>,
  gridOfCell: GridOfCell,
  grid: number,
  without: number,
): boolean {
  const members = gridOfCell.flatMap((of, cell) => (of === grid ? [cell] : []));
  if (members.length < 2) return false;
  const pieces = (cells: readonly number[]): number => {
    const root = new Map(cells.map((cell) => [cell, cell]));
    const find = (cell: number): number => {
      let at = cell;
      while (root.get(at) !== at) at = root.get(at)!;
      return at;
    };
    for (const { a, b, crosses } of edges)
      if (root.has(a) && root.has(b) && (crosses === null || !forbidden.has(crosses))) root.set(find(a), find(b));
    return cells.filter((cell) => root.get(cell) === cell).length;
  };
  return pieces(members.filter((cell) => cell !== without)) <= pieces(members);
}
