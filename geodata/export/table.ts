export type TableValue = string | number | null;

/** A table as people hand it up: a title, headings that may be grouped under a common one, lines, perhaps a line of sums. */
export interface ExportTable {
  readonly sheet: string;
  readonly title: string;
  readonly columns: readonly TableColumn[];
  readonly rows: readonly (readonly TableValue[])[];
  readonly totals: readonly TableValue[] | null;
  readonly notes: readonly string[];
}

export interface TableColumn {
  /** From the top heading down: ['户数', '合计'] stands under 户数 beside its sisters. */
  readonly heading: readonly string[];
  /** In Chinese characters, roughly. */
  readonly width: number;
}

/** A heading cell and how far it spreads, 0-based from the first heading row. */
export interface HeadingCell {
  readonly text: string;
  readonly row: number;
  readonly column: number;
  readonly rowSpan: number;
  readonly columnSpan: number;
}

/** The heading cells of a table's columns: equal neighbours under the same parent become one wide cell, a short heading reaches down. */
export function headingCells(columns: readonly TableColumn[]): {
  readonly depth: number;
  readonly cells: readonly HeadingCell[];
} {
  const depth = Math.max(1, ...columns.map(({ heading }) => heading.length));
  const cells: HeadingCell[] = [];
  const sameUpTo = (a: number, b: number, level: number): boolean => {
    for (let i = 0; i <= level; i++) if (columns[a]!.heading[i] !== columns[b]!.heading[i]) return false;
    return true;
  };
  for (let row = 0; row < depth; row++) {
    for (let column = 0; column < columns.length; ) {
      const { heading } = columns[column]!;
      if (row >= heading.length) {
        column++;
        continue;
      }
      const isLast = row === heading.length - 1;
      let end = column + 1;
      while (!isLast && end < columns.length && columns[end]!.heading.length > row + 1 && sameUpTo(column, end, row))
        end++;
      cells.push({ text: heading[row]!, row, column, rowSpan: isLast ? depth - row : 1, columnSpan: end - column });
      column = end;
    }
  }
  return { depth, cells };
}
