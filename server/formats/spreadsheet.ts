import type { InputRow } from '../../geodata/import/input.ts';
import type { InputIssue } from '../../geodata/model/index.ts';
import { type NamedBytes, samplesOf } from './layer.ts';
import { readDbf } from './shapefile/read-dbf.ts';
import { findHeader, type Merge, type SheetValue } from './sheet/find-header.ts';
import { parseCsv } from './sheet/parse-csv.ts';
import { decodeText, detectEncoding, encodingByName } from './text-encoding.ts';
import { readZip } from './zip/read-zip.ts';

export { writeWorkbook } from './sheet/write-workbook.ts';

/** One sheet of a workbook, or a CSV, as rows under named columns. */
export interface SheetTable {
  readonly file: string;
  readonly layer: string;
  readonly format: 'xlsx' | 'csv';
  readonly encoding: string | null;
  readonly encodingSource: 'declared' | 'detected' | null;
  /** 1-based row of the last heading. */
  readonly headerRow: number;
  readonly fields: readonly { readonly name: string; readonly samples: readonly string[] }[];
  readonly rows: readonly InputRow[];
}

export interface OpenedSheets {
  readonly sheets: readonly SheetTable[];
  readonly issues: readonly InputIssue[];
}

interface RawSheet {
  readonly name: string;
  readonly rows: readonly (readonly SheetValue[])[];
  readonly merges: readonly Merge[];
}

const WORKBOOK_LIMITS = { memberBytes: 300e6, totalBytes: 400e6, memberCount: 5000, ratio: 200 };

const isBlank = (value: SheetValue | undefined): boolean =>
  value === null || value === undefined || (typeof value === 'string' && value.trim() === '');

/** Dates come as their day: nothing here needs a time. */
const plain = (value: unknown): SheetValue =>
  value instanceof Date
    ? value.toISOString().slice(0, 10)
    : typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : null;

async function xlsxSheets(bytes: Uint8Array): Promise<RawSheet[]> {
  const { readXlsx } = await import('hucre/xlsx');
  const book = await readXlsx(bytes);
  return book.sheets.map(({ name, rows, merges = [] }) => ({
    name,
    rows: rows.map((row) => [...row].map(plain)),
    merges,
  }));
}

/** Old .xls, which hucre doesn't read. */
async function xlsSheets(bytes: Uint8Array): Promise<RawSheet[]> {
  const { read, utils } = await import('@e965/xlsx');
  const book = read(bytes, { type: 'array', cellDates: true });
  return book.SheetNames.map((name) => {
    const sheet = book.Sheets[name]!;
    return {
      name,
      rows: utils
        .sheet_to_json<unknown[]>(sheet, { header: 1, blankrows: true, defval: null })
        .map((row) => row.map(plain)),
      merges: (sheet['!merges'] ?? []).map(({ s, e }) => ({ startRow: s.r, startCol: s.c, endRow: e.r, endCol: e.c })),
    };
  });
}

function tableOf(
  file: NamedBytes,
  raw: RawSheet,
  about: Pick<SheetTable, 'format' | 'encoding' | 'encodingSource'>,
): SheetTable | null {
  const header = findHeader(raw.rows, raw.merges);
  if (header === null) return null;
  const rows: InputRow[] = [];
  for (let i = header.last + 1; i < raw.rows.length; i++) {
    const cells = raw.rows[i]!;
    if (cells.every(isBlank)) continue;
    const values: Record<string, SheetValue> = {};
    header.names.forEach((name, column) => {
      if (name !== null) values[name] = isBlank(cells[column]) ? null : cells[column]!;
    });
    rows.push({ number: i + 1, values });
  }
  const names = header.names.filter((name) => name !== null);
  return {
    file: file.name,
    layer: raw.name,
    ...about,
    headerRow: header.last + 1,
    fields: samplesOf(
      names,
      rows.map(({ values }) => values),
    ),
    rows,
  };
}

/**
 * The tables of an .xlsx, .xls, .dbf or .csv (UTF-8 with or without BOM, GBK, UTF-16): one for each sheet that has a header. What
 * can't be read is an issue. `cpg` is the text of the .cpg beside a .dbf.
 */
export async function openSpreadsheet(
  file: NamedBytes,
  options: { readonly encoding?: string | null; readonly cpg?: string | null } = {},
): Promise<OpenedSheets> {
  const refuse = (code: string, values: Record<string, string> = {}): OpenedSheets => ({
    sheets: [],
    issues: [{ code, severity: 'error', file: file.name, values }],
  });
  const extension = /\.([^.]+)$/.exec(file.name)?.[1]?.toLowerCase();
  const { bytes } = file;
  if (extension === 'csv' || extension === 'txt' || extension === 'tsv') {
    const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
    const override = options.encoding ? encodingByName(options.encoding) : null;
    const found = isUtf16 ? ({ encoding: 'utf-16le', source: 'detected' } as const) : detectEncoding([bytes]);
    const encoding = override ?? found.encoding;
    const text = decodeText(bytes, encoding).replace(/^\uFEFF/, '');
    const name = file.name.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '');
    const table = tableOf(
      file,
      { name, rows: parseCsv(text), merges: [] },
      { format: 'csv', encoding, encodingSource: override ? 'declared' : found.source },
    );
    return table === null ? refuse('headerMissing') : { sheets: [table], issues: [] };
  }
  if (extension === 'dbf') {
    // A register kept in dBASE, or the table of a shapefile that lost its shapes.
    const override = options.encoding ? encodingByName(options.encoding) : null;
    const table = readDbf(file.name, bytes, { cpg: options.cpg ?? null, cpgFile: file.name, override });
    const { encoding, source } = table.encoding;
    const rows = table.rows.flatMap((values, i) => (values === null ? [] : [{ number: i + 1, values }]));
    const fields = samplesOf(
      table.fields,
      rows.map(({ values }) => values),
    );
    const layer = file.name.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, '');
    const about = { file: file.name, layer, format: 'csv', encoding, encodingSource: source, headerRow: 0 } as const;
    return { sheets: table.fields.length === 0 ? [] : [{ ...about, fields, rows }], issues: table.issues };
  }
  if (extension !== 'xlsx' && extension !== 'xls' && extension !== 'xlsm') return refuse('formatUnknown');
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b;
  const isOle = bytes[0] === 0xd0 && bytes[1] === 0xcf;
  if (!isZip && !isOle) return refuse('workbookUnreadable', { message: 'neither xlsx nor xls' });
  if (isZip) {
    const checked = await readZip(file, () => true, WORKBOOK_LIMITS);
    if (!checked.ok) return { sheets: [], issues: [checked.failure] };
  }
  let raw: RawSheet[];
  try {
    // The name may lie: many an ".xls" is an xlsx, and what begins as OLE may be a workbook with a password.
    raw = isZip ? await xlsxSheets(bytes) : await xlsSheets(bytes);
  } catch (error) {
    return refuse('workbookUnreadable', { message: error instanceof Error ? error.message.slice(0, 200) : '' });
  }
  const about = { format: 'xlsx', encoding: null, encodingSource: null } as const;
  const sheets = raw.map((sheet) => tableOf(file, sheet, about)).filter((sheet) => sheet !== null);
  return sheets.length === 0 ? refuse('headerMissing') : { sheets, issues: [] };
}
