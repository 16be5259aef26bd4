import { ALIASES, plainName } from '../../../geodata/import/aliases.ts';

export type SheetValue = string | number | boolean | null;

/** 0-based, inclusive. */
export interface Merge {
  readonly startRow: number;
  readonly startCol: number;
  readonly endRow: number;
  readonly endCol: number;
}

export interface FoundHeader {
  /** 0-based rows of the header, inclusive. */
  readonly first: number;
  readonly last: number;
  /** Unique column names; columns without any heading are left out (null). */
  readonly names: readonly (string | null)[];
}

const KNOWN: ReadonlySet<string> = new Set(
  Object.values(ALIASES).flatMap((fields) =>
    Object.values(fields).flatMap((aliases) => aliases.filter((alias) => !alias.startsWith('*')).map(plainName)),
  ),
);

const isKnown = (text: string): boolean => KNOWN.has(plainName(text));
const textAt = (value: SheetValue | undefined): string =>
  value === null || value === undefined ? '' : String(value).replaceAll(/\s+/g, '').trim();

/** Titles and remarks come first in such sheets, but not more than this. */
const ROWS_SEARCHED = 20;

/** 户数 over 户籍 reads 户籍户数; where we know neither order, the parent comes first. */
function joined(parents: readonly string[]): string {
  const [top = '', ...below] = parents;
  if (below.length === 0) return top;
  const child = joined(below);
  if (child === top || isKnown(child)) return child;
  if (isKnown(`${child}${top}`)) return `${child}${top}`;
  return `${top}${child}`;
}

/**
 * The header of a sheet as people make them: below a merged title, perhaps of several rows with merged cells. The row with the most headings
 * we know, else the first with two texts or more; vertical merges say how many rows it has.
 */
export function findHeader(rows: readonly (readonly SheetValue[])[], merges: readonly Merge[]): FoundHeader | null {
  const width = Math.max(0, ...rows.slice(0, ROWS_SEARCHED + 5).map((row) => row.length));
  const headerAt = (row: number, column: number): string => {
    const own = textAt(rows[row]?.[column]);
    if (own !== '') return own;
    const merge = merges.find(
      ({ startRow, endRow, startCol, endCol }) =>
        row >= startRow && row <= endRow && column >= startCol && column <= endCol,
    );
    return merge === undefined ? '' : textAt(rows[merge.startRow]?.[merge.startCol]);
  };
  let best = -1;
  let bestKnown = 0;
  for (let row = 0; row < Math.min(rows.length, ROWS_SEARCHED); row++) {
    const texts = Array.from({ length: width }, (_, column) => headerAt(row, column));
    const known = new Set(texts.filter(isKnown)).size;
    if (known > bestKnown) {
      bestKnown = known;
      best = row;
    }
  }
  if (best < 0) {
    best = rows.findIndex((row) => {
      const texts = row.filter((value) => typeof value === 'string' && textAt(value) !== '');
      return new Set(texts).size >= 2;
    });
  }
  if (best < 0) return null;
  const vertical = merges.filter(({ startRow, endRow }) => endRow > startRow && endRow - startRow <= 4);
  let first = best;
  let last = best;
  for (const { startRow, endRow } of vertical) {
    if (startRow <= best && endRow >= best) {
      first = Math.min(first, startRow);
      last = Math.max(last, endRow);
    }
  }
  const taken = new Set<string>();
  const names = Array.from({ length: width }, (_, column): string | null => {
    const parents: string[] = [];
    for (let row = first; row <= last; row++) {
      const text = headerAt(row, column);
      if (text !== '' && text !== parents.at(-1)) parents.push(text);
    }
    const name = joined(parents);
    if (name === '') return null;
    let unique = name;
    for (let n = 2; taken.has(unique); n++) unique = `${name}_${n}`;
    taken.add(unique);
    return unique;
  });
  return { first, last, names };
}
