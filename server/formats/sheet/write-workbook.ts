import type { Cell, CellStyle, CellValue, MergeRange, WriteSheet } from 'hucre/xlsx';
import { type ExportTable, headingCells } from '../../../geodata/export/table.ts';

const THIN = { style: 'thin' } as const;
const BORDER = { top: THIN, right: THIN, bottom: THIN, left: THIN };
const FONT = { name: '宋体', size: 11 };
const CENTRE = { horizontal: 'center', vertical: 'center', wrapText: true } as const;

const TITLE: CellStyle = { font: { name: '方正小标宋简体', size: 18, bold: true }, alignment: CENTRE };
const HEADING: CellStyle = { font: { ...FONT, bold: true }, alignment: CENTRE, border: BORDER };
const TEXT: CellStyle = { font: FONT, alignment: { vertical: 'center', wrapText: true }, border: BORDER };
const NUMBER: CellStyle = { font: FONT, alignment: { horizontal: 'center', vertical: 'center' }, border: BORDER };
const NOTE: CellStyle = { font: { ...FONT, size: 10 }, alignment: { vertical: 'center', wrapText: true } };

const columnLetters = (column: number): string =>
  (column >= 26 ? columnLetters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));

function sheetOf(table: ExportTable): WriteSheet {
  const { depth, cells: headings } = headingCells(table.columns);
  const width = table.columns.length;
  const rows: CellValue[][] = [];
  const cells = new Map<string, Partial<Cell>>();
  const merges: MergeRange[] = [];
  const put = (row: number, column: number, value: CellValue, style: CellStyle) => {
    while (rows.length <= row) rows.push(Array<CellValue>(width).fill(null));
    rows[row]![column] = value;
    cells.set(`${row},${column}`, { value, style });
  };
  const across = (row: number, text: string, style: CellStyle) => {
    put(row, 0, text, style);
    if (width > 1) merges.push({ startRow: row, startCol: 0, endRow: row, endCol: width - 1 });
  };
  across(0, table.title, TITLE);
  for (let row = 1; row <= depth; row++) for (let column = 0; column < width; column++) put(row, column, null, HEADING);
  for (const { text, row, column, rowSpan, columnSpan } of headings) {
    put(row + 1, column, text, HEADING);
    if (rowSpan > 1 || columnSpan > 1) {
      merges.push({ startRow: row + 1, startCol: column, endRow: row + rowSpan, endCol: column + columnSpan - 1 });
    }
  }
  const lines = [...table.rows, ...(table.totals === null ? [] : [table.totals])];
  lines.forEach((line, i) => {
    line.forEach((value, column) => {
      put(depth + 1 + i, column, value, typeof value === 'number' ? NUMBER : TEXT);
    });
  });
  const notesFrom = depth + 1 + lines.length;
  for (const [i, note] of table.notes.entries()) across(notesFrom + i, note, NOTE);
  const rowCount = rows.length;
  return {
    name: table.sheet,
    rows,
    cells,
    merges,
    // A Chinese character is two of the units Excel counts columns in.
    columns: table.columns.map((column) => ({ width: column.width * 2 + 1 })),
    rowDefs: new Map([[0, { height: 32 }]]),
    freezePane: { rows: depth + 1 },
    pageSetup: {
      paperSize: 'a4',
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      horizontalCentered: true,
      printTitlesRow: `$1:$${depth + 1}`,
      printArea: `$A$1:$${columnLetters(width - 1)}$${rowCount}`,
    },
    headerFooter: { oddFooter: '&C第 &P 页，共 &N 页' },
  };
}

/** Tables → an .xlsx, one sheet each: merged title and headings, borders, column widths, headings repeated on every printed page of landscape A4. */
export async function writeWorkbook(tables: readonly ExportTable[]): Promise<Uint8Array> {
  const { writeXlsx } = await import('hucre/xlsx');
  return new Uint8Array(await writeXlsx({ sheets: tables.map(sheetOf), defaultFont: FONT }));
}
