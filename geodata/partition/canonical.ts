import type { PartitionProblem } from './problem.ts';

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Positions of the cells in order of label (by code unit, so that no locale matters; households and position break ties).
 * The solver only ever sees this order: two inputs that differ in nothing but order get the same plan.
 */
export function canonicalOrder(problem: PartitionProblem): Int32Array {
  const { cells } = problem;
  const order = Array.from(cells, (_, i) => i);
  order.sort((i, j) => {
    const a = cells[i]!;
    const b = cells[j]!;
    return compare(a.label, b.label) || a.householdCount - b.householdCount || i - j;
  });
  return Int32Array.from(order);
}

/** Throws on a malformed problem: that is a bug of the caller, never of the data. */
export function assertWellFormed(problem: PartitionProblem): void {
  const { cells, edges } = problem;
  for (const [i, cell] of cells.entries())
    if (!Number.isInteger(cell.householdCount) || cell.householdCount < 0)
      throw new Error(`cell ${i} (${cell.label}) has ${cell.householdCount} households`);
  for (const [i, edge] of edges.entries()) {
    const inside = (end: number) => Number.isInteger(end) && end >= 0 && end < cells.length;
    if (!inside(edge.a) || !inside(edge.b) || edge.a === edge.b || !(edge.lengthM >= 0))
      throw new Error(`edge ${i} joins ${edge.a} and ${edge.b} over ${edge.lengthM} m among ${cells.length} cells`);
  }
}
