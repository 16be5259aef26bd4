import type { GridTally } from '../../../geodata/check/index.ts';
import type { Grid, GridId, RuleSet, Worker } from '../../../geodata/model/index.ts';

export type Fit = 'fits' | 'over' | 'under' | 'exempt';

/** How a grid's households stand to the range (R1). */
export function fitOf(grid: Grid, householdCount: number, { gridRange }: RuleSet): Fit {
  if (grid.kind === 'dedicated') return 'exempt';
  return householdCount > gridRange.most ? 'over' : householdCount < gridRange.least ? 'under' : 'fits';
}

/** A line of the list of grids. */
export interface GridRow {
  readonly id: GridId;
  readonly grid: Grid;
  readonly tally: GridTally;
  readonly fit: Fit;
  readonly workers: readonly string[];
}

export function gridRows(
  tallies: ReadonlyMap<GridId, GridTally>,
  ruleSet: RuleSet,
  workers: readonly Worker[],
): readonly GridRow[] {
  const names = new Map(workers.map(({ id, name }) => [id, name]));
  return [...tallies]
    .map(([id, tally]) => ({
      id,
      grid: tally.grid,
      tally,
      fit: fitOf(tally.grid, tally.householdCount, ruleSet),
      workers: tally.grid.workerIds.flatMap((worker) => names.get(worker) ?? []),
    }))
    .sort((one, other) => one.grid.code.localeCompare(other.grid.code));
}
