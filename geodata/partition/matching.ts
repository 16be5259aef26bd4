/**
 * The heaviest matching of rows with columns, none used twice (Kuhn–Munkres on potentials, O(rows² · columns)).
 * `weight(row, column)` ≥ 0. Writes the column of each row into `columnOf` (−1 for none or weight 0); returns the weight.
 */
export function heaviestMatching(
  rows: number,
  columns: number,
  weight: (row: number, column: number) => number,
  columnOf: Int32Array,
): number {
  // Columns from `columns` on are "none" with weight 0, one for each row, so that every row finds a place.
  const width = columns + rows;
  const cost = (i: number, j: number): number => (j <= columns ? -weight(i - 1, j - 1) : 0);
  const u = new Float64Array(rows + 1);
  const v = new Float64Array(width + 1);
  const rowOf = new Int32Array(width + 1);
  const way = new Int32Array(width + 1);
  for (let i = 1; i <= rows; i++) {
    rowOf[0] = i;
    let column = 0;
    const least = new Float64Array(width + 1).fill(Infinity);
    const used = new Uint8Array(width + 1);
    do {
      used[column] = 1;
      const row = rowOf[column]!;
      let delta = Infinity;
      let nextColumn = 0;
      for (let j = 1; j <= width; j++) {
        if (used[j]) continue;
        const reduced = cost(row, j) - u[row]! - v[j]!;
        if (reduced < least[j]!) {
          least[j] = reduced;
          way[j] = column;
        }
        if (least[j]! < delta) {
          delta = least[j]!;
          nextColumn = j;
        }
      }
      for (let j = 0; j <= width; j++) {
        if (used[j]) {
          u[rowOf[j]!] = u[rowOf[j]!]! + delta;
          v[j] = v[j]! - delta;
        } else least[j] = least[j]! - delta;
      }
      column = nextColumn;
    } while (rowOf[column] !== 0);
    while (column !== 0) {
      const before = way[column]!;
      rowOf[column] = rowOf[before]!;
      column = before;
    }
  }
  let total = 0;
  columnOf.fill(-1, 0, rows);
  for (let j = 1; j <= columns; j++) {
    const row = rowOf[j]!;
    if (row > 0 && weight(row - 1, j - 1) > 0) {
      columnOf[row - 1] = j - 1;
      total += weight(row - 1, j - 1);
    }
  }
  return total;
}
