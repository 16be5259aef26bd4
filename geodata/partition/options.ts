import type { BarrierClass } from '../model/index.ts';
import type { GridOfCell } from './problem.ts';

/** Prices of the soft terms, all in metres of border, so that a planner can say "a split compound is worth 500 m". */
export interface Weights {
  /** For every grid beyond the first that touches a compound. */
  readonly compoundSplitM: number;
  /** For every road block beyond the first that a grid touches. */
  readonly straddleM: number;
  /** For a grid that is 100 households off the target; grows with the square. */
  readonly deviationM: number;
  /** For every grid; what "fewest" raises. */
  readonly gridM: number;
  /** For every household that leaves its grid (adjust): more than any border could be worth. */
  readonly movedHouseholdM: number;
}

export interface PartitionOptions {
  /** Households of one grid: the range, and what "balanced" aims at. */
  readonly least: number;
  readonly most: number;
  readonly target: number;
  /** 'adjust' starts from `existing` and moves as few households as it can. */
  readonly mode: 'fresh' | 'adjust';
  /** Grid number of each cell in the plan as it is; −1 for a cell outside every grid. Needed by 'adjust' and `lockedGrids`. */
  readonly existing?: GridOfCell | undefined;
  readonly prefer: 'balanced' | 'fewest';
  readonly seed: number;
  /** How long to look: the work is proportional to it, whatever the machine. 1 is the default everywhere. */
  readonly effort: number;
  /** Borders that cross one of these do not connect. */
  readonly forbiddenBarriers: readonly BarrierClass[];
  /** Exactly so many grids (locked ones included); the target is then the mean. */
  readonly gridCount?: number | undefined;
  /** Numbers in `existing` of grids that stay as they are. */
  readonly lockedGrids?: readonly number[] | undefined;
  readonly weights?: Partial<Weights> | undefined;
  /** Merge: metres added to the price of a border, by position in `problem.edges`; negative where a border is wanted. */
  readonly affinity?: readonly number[] | undefined;
  /** Merge: pairs of cells, neighbours or not, that it costs `weightM` to put into different grids. */
  readonly pairs?: readonly { readonly a: number; readonly b: number; readonly weightM: number }[] | undefined;
}

export type CertificateCode =
  | 'OVERSIZE'
  | 'COMPONENT_BELOW'
  | 'COMPONENT_GAP'
  | 'ARTICULATION'
  | 'NO_VALID_GRID'
  | 'NO_COMPATIBLE_GRID'
  | 'NO_PARTITION'
  | 'GRID_COUNT';

/** A proof that no valid plan exists. `cells` are positions in the problem, `labels` their names in the same order (at most ten). */
export interface Certificate {
  readonly code: CertificateCode;
  readonly cells: readonly number[];
  readonly labels: readonly string[];
  readonly values: Readonly<Record<string, string | number | readonly (string | number)[]>>;
}

/** The terms of the objective in metres (`totalM` without the households moved and without violations). */
export interface PartitionScore {
  readonly gridCount: number;
  readonly householdsOver: number;
  readonly householdsUnder: number;
  readonly compoundSplits: number;
  readonly straddles: number;
  readonly deviationM: number;
  readonly cutLengthM: number;
  /** Sum of `affinity` over cut borders and of `pairs` put apart. */
  readonly disagreementM: number;
  readonly movedHouseholds: number;
  readonly totalM: number;
}

export interface PartitionOutcome {
  /** 'notFound': neither a valid plan nor a proof that there is none. The plan given then has the least violation found. */
  readonly status: 'feasible' | 'infeasible' | 'notFound';
  readonly reasons: readonly Certificate[];
  /** Grids are numbered by the first of their cells in order of label. */
  readonly gridOfCell: GridOfCell;
  /** For each new grid the number in `existing` of the grid it continues, −1 for a new one. Empty without `existing`. */
  readonly continues: readonly number[];
  readonly score: PartitionScore;
}

export interface Progress {
  readonly phase: 'start' | 'recombine' | 'refine' | 'repair' | 'cross';
  /** 0 … 1, by work, never going back. */
  readonly done: number;
  /** Households outside the range in the best plan so far. */
  readonly violation: number;
  /** Makes the best plan so far; valid until the generator is resumed. */
  readonly plan: () => GridOfCell;
}

/** The benchmark's weights are the defaults. */
const BALANCED: Weights = { compoundSplitM: 500, straddleM: 500, deviationM: 100, gridM: 0, movedHouseholdM: 10_000 };
/** A grid costs more than anything that could be gained by having it. */
const FEWEST: Weights = { ...BALANCED, deviationM: 20, gridM: 20_000 };

/** The prices a run uses: the preference's, with the caller's on top. */
export function weightsOf(options: PartitionOptions): Weights {
  return { ...(options.prefer === 'fewest' ? FEWEST : BALANCED), ...options.weights };
}
