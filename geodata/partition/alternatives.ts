import { type PartitionOptions, type PartitionOutcome, type Progress, weightsOf } from './options.ts';
import type { GridOfCell, PartitionProblem } from './problem.ts';
import { compareWithExisting, scorePlan } from './score.ts';
import { solve } from './solve.ts';

/** What a plan was made for: as asked, or with one thing wanted more. */
export const ALTERNATIVE_WISHES = ['asAsked', 'fewerGrids', 'moreGrids', 'compoundsKept', 'evenSizes'] as const;
export type AlternativeWish = (typeof ALTERNATIVE_WISHES)[number];

/** The numbers that tell plans apart. */
export interface PlanFigures {
  readonly gridCount: number;
  readonly compoundSplits: number;
  readonly straddles: number;
  /** Households of the smallest and the largest grid. */
  readonly smallest: number;
  readonly largest: number;
  readonly cutLengthM: number;
  readonly movedHouseholds: number;
  /** The whole objective as it was asked for, so that plans made with other prices compare. */
  readonly totalM: number;
}

export interface Alternative {
  readonly wish: AlternativeWish;
  readonly outcome: PartitionOutcome;
  readonly figures: PlanFigures;
  /** Households that would live with other neighbours than in the first plan; 0 for the first. */
  readonly differingHouseholds: number;
}

/** How much more the wish is worth than by default. */
const URGED = 5;
/** A spread of sizes that differs by less, in households, is the same to a planner. */
const SPREAD_STEP = 30;

/**
 * Up to `count` plans that differ in substance: in the number of grids, the compounds kept whole or the spread of sizes. The
 * first is the one asked for; the others follow by what they cost in its terms. Only the first is given when it isn't valid.
 */
export function* alternatives(
  problem: PartitionProblem,
  options: PartitionOptions,
  count: number,
): Generator<Progress, Alternative[], void> {
  const share = count > 1 ? 1 / ALTERNATIVE_WISHES.length : 1;
  const asked = yield* shared(solve(problem, options), 0, share);
  const first = alternativeOf('asAsked', asked);
  if (first.outcome.status !== 'feasible' || count < 2) return [first];
  const others: Alternative[] = [];
  for (const [i, wish] of ALTERNATIVE_WISHES.slice(1).entries()) {
    const wished = optionsFor(wish, problem, options, first.figures.gridCount);
    if (!wished) continue;
    const outcome = yield* shared(solve(problem, wished), (i + 1) * share, share);
    if (outcome.status === 'feasible') others.push(alternativeOf(wish, outcome));
  }
  others.sort((a, b) => a.figures.totalM - b.figures.totalM);
  const kept = [first];
  for (const other of others)
    if (kept.length < count && kept.every(({ figures }) => differInSubstance(figures, other.figures))) kept.push(other);
  return kept;

  function alternativeOf(wish: AlternativeWish, outcome: PartitionOutcome): Alternative {
    const figures = figuresOf(problem, options, outcome.gridOfCell);
    const { movedHouseholds } = compareWithExisting(problem, asked.gridOfCell, outcome.gridOfCell);
    return { wish, outcome, figures, differingHouseholds: movedHouseholds };
  }
}

/** The figures of any plan, in the terms of `options`. */
export function figuresOf(problem: PartitionProblem, options: PartitionOptions, gridOfCell: GridOfCell): PlanFigures {
  const score = scorePlan(problem, options, gridOfCell);
  const households = new Array<number>(score.gridCount).fill(0);
  gridOfCell.forEach((grid, cell) => {
    if (grid >= 0) households[grid] = households[grid]! + problem.cells[cell]!.householdCount;
  });
  return {
    gridCount: score.gridCount,
    compoundSplits: score.compoundSplits,
    straddles: score.straddles,
    smallest: Math.min(...households),
    largest: Math.max(...households),
    cutLengthM: score.cutLengthM,
    movedHouseholds: score.movedHouseholds,
    totalM: score.totalM,
  };
}

function differInSubstance(a: PlanFigures, b: PlanFigures): boolean {
  const spread = ({ largest, smallest }: PlanFigures) => largest - smallest;
  return (
    a.gridCount !== b.gridCount ||
    a.compoundSplits !== b.compoundSplits ||
    Math.abs(spread(a) - spread(b)) >= SPREAD_STEP
  );
}

/** Options that urge one wish; null where it can't be had or is settled already. */
function optionsFor(
  wish: AlternativeWish,
  problem: PartitionProblem,
  options: PartitionOptions,
  gridCount: number,
): PartitionOptions | null {
  const weights = weightsOf(options);
  const urge = (urged: Partial<typeof weights>) => ({ ...options, weights: { ...weights, ...urged } });
  switch (wish) {
    case 'asAsked':
      return options;
    case 'compoundsKept':
      return urge({ compoundSplitM: weights.compoundSplitM * URGED });
    case 'evenSizes':
      return urge({ deviationM: weights.deviationM * URGED * 2 });
    default: {
      if (options.gridCount !== undefined) return null;
      const wanted = gridCount + (wish === 'fewerGrids' ? -1 : 1);
      const total = problem.cells.reduce((sum, cell) => sum + cell.householdCount, 0);
      // Locked grids may hold anything: with them the arithmetic says nothing.
      const settled = (options.lockedGrids ?? []).length > 0;
      const fits = settled || (wanted * options.least <= total && total <= wanted * options.most);
      return wanted >= 1 && fits ? { ...options, gridCount: wanted } : null;
    }
  }
}

/** Part of a longer run: its progress runs from `from` to `from + share`. */
function* shared(
  run: Generator<Progress, PartitionOutcome, void>,
  from: number,
  share: number,
): Generator<Progress, PartitionOutcome, void> {
  for (let step = run.next(); ; step = run.next()) {
    if (step.done) return step.value;
    yield { ...step.value, done: from + share * step.value.done };
  }
}
