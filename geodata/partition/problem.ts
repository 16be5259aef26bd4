import type { BarrierClass } from '../model/index.ts';

/** The partition problem of one community as a graph: what the solver needs and nothing else. Indices are positions in `cells`. */
export interface PartitionProblem {
  readonly cells: readonly {
    /** For reports and certificates: a building's id or name, or the cell's number. */
    readonly label: string;
    readonly householdCount: number;
    readonly compoundId: string | null;
    readonly roadBlock: number;
  }[];
  /** Neighbouring cells, each pair once. A pair that crosses a forbidden barrier does not connect. */
  readonly edges: readonly {
    readonly a: number;
    readonly b: number;
    readonly lengthM: number;
    readonly crosses: BarrierClass | null;
  }[];
}

/** A partition by index: grid number of each cell, grids numbered 0 … n−1; −1 for a cell outside every grid. */
export type GridOfCell = readonly number[];
