import { CM_PER_M } from './cell-graph.ts';
import type { Weights } from './options.ts';
import type { GridRange } from './totals.ts';

/**
 * What a plan costs, in centimetres of border. Every term is a sum over grids (a cut counts half for each of its sides),
 * so that two plans of one region can be compared without looking at the rest:
 *
 *   Σ border cut + split·Σ(grids of a compound − 1) + straddle·Σ(road blocks of a grid − 1) + Σ size(households of a grid)
 *   + moved·(households that left their grid)
 *
 * size(W) = deviation·((W − target)/100)² + price of a grid, and outside the range a price for every household too many
 * or too few. That price rises while the search cools, so that it ends lexicographic: validity first, beauty after.
 */
export class Objective {
  readonly split: number;
  readonly straddle: number;
  readonly moved: number;
  private readonly deviation: number;
  private readonly grid: number;
  private underPrice = 0;
  private overPrice = 0;
  private outsidePrice = 0;
  /** size(W) for every W that occurs in practice. */
  private readonly sizes: Float64Array;

  constructor(
    readonly range: GridRange,
    readonly target: number,
    weights: Weights,
    adjusting: boolean,
  ) {
    this.split = Math.round(weights.compoundSplitM * CM_PER_M);
    this.straddle = Math.round(weights.straddleM * CM_PER_M);
    this.deviation = weights.deviationM * CM_PER_M;
    this.grid = Math.round(weights.gridM * CM_PER_M);
    this.moved = adjusting ? Math.round(weights.movedHouseholdM * CM_PER_M) : 0;
    this.sizes = new Float64Array(4 * range.most + 1);
    this.setViolationPrice(1000);
  }

  /**
   * Metres for each household outside the range, and seven times as much for a grid being outside at all.
   * `upperFirst` makes one household too many worse than a whole grid of households too few (R1: the upper limit wins).
   */
  setViolationPrice(metres: number, upperFirst = false): void {
    this.underPrice = Math.round(metres * CM_PER_M);
    this.overPrice = this.underPrice * (upperFirst ? this.range.least : 1);
    this.outsidePrice = this.underPrice * 7;
    for (let households = 0; households < this.sizes.length; households++)
      this.sizes[households] = this.computeSize(households);
  }

  /** The price of a grid with so many households. */
  size(households: number): number {
    return households < this.sizes.length ? this.sizes[households]! : this.computeSize(households);
  }

  /** Households outside the range. */
  violation(households: number): number {
    return Math.max(0, this.range.least - households, households - this.range.most);
  }

  private computeSize(households: number): number {
    const off = households - this.target;
    const price = Math.round((this.deviation * off * off) / 10_000) + this.grid;
    if (households < this.range.least)
      return price + this.outsidePrice + this.underPrice * (this.range.least - households);
    if (households > this.range.most)
      return price + this.outsidePrice + this.overPrice * (households - this.range.most);
    return price;
  }
}
