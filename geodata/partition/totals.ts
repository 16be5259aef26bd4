/** Arithmetic of household totals: which can be divided into grids at all, whatever the map looks like. */
export interface GridRange {
  readonly least: number;
  readonly most: number;
}

/** True if some number of grids k has k·least ≤ total ≤ k·most. */
export function isDivisible(total: number, range: GridRange): boolean {
  return total >= range.least && Math.ceil(total / range.most) <= Math.floor(total / range.least);
}

/** The fewest households that must leave a part so that nothing or a divisible total remains. */
export function leastShed(total: number, range: GridRange): number {
  let remaining = total;
  while (remaining > 0 && !isDivisible(remaining, range)) {
    // Between two divisible stretches: fall to the end of the next lower one, ⌊total/most⌋·most, or to nothing.
    const lower = Math.floor(remaining / range.most) * range.most;
    remaining = lower < remaining ? lower : remaining - 1;
  }
  return total - Math.max(0, remaining);
}

/** The nearest divisible totals below and above, for advice ("550: 500 or 600 would do"). */
export function nearestDivisible(total: number, range: GridRange): number[] {
  const below = total - leastShed(total, range);
  let above = total;
  while (!isDivisible(above, range)) above++;
  return below > 0 ? [below, above] : [above];
}
