import type { RuleSet } from '../model/index.ts';

/**
 * How many grids a number of households can make (R1): k with least·k ≤ H ≤ most·k; null when no k does.
 * With 300–500: H < 300 and 501 ≤ H ≤ 599 are impossible, every H ≥ 600 is possible.
 */
export function possibleGridCounts(
  householdCount: number,
  { gridRange }: Pick<RuleSet, 'gridRange'>,
): { readonly fewest: number; readonly most: number } | null {
  const fewest = Math.ceil(householdCount / gridRange.most);
  const most = Math.floor(householdCount / gridRange.least);
  return most >= 1 && fewest <= most ? { fewest, most } : null;
}
