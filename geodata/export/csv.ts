import type { ExportTable, TableValue } from './table.ts';

/** A leading = + - @ would be run as a formula by a spreadsheet; text that begins so gets an apostrophe. */
const cell = (value: TableValue): string => {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** A table as CSV text for Excel: a byte order mark so that it takes it for UTF-8, headings in one row, CRLF. */
export function csvOf({ columns, rows, totals }: ExportTable): string {
  const heading = columns.map(({ heading }) => heading.join(''));
  const lines = [heading, ...rows, ...(totals === null ? [] : [totals])];
  return `\uFEFF${lines.map((line) => line.map(cell).join(',')).join('\r\n')}\r\n`;
}
