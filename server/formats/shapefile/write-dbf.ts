import type { ExportField } from '../../../geodata/export/fields.ts';
import type { InputIssue } from '../../../geodata/model/index.ts';
import { encodeWithin, unencodable, type WrittenEncoding } from '../encode-text.ts';

const MOST_TEXT_BYTES = 254;
/** dBASE's number fields hold 20 characters at most in ArcGIS. */
const MOST_NUMBER_BYTES = 20;

type Row = Readonly<Record<string, unknown>>;

interface Column {
  readonly field: ExportField;
  readonly type: 'C' | 'N' | 'L';
  readonly width: number;
  readonly decimals: number;
  readonly cells: readonly Uint8Array[];
}

const asText = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);

/** Plain digits, never an exponent, which dBASE readers take for text. */
const asDecimal = (value: number, decimals: number): string => {
  const fixed = value.toFixed(decimals);
  return fixed.length <= MOST_NUMBER_BYTES ? fixed : value.toFixed(0);
};

function columnOf(
  field: ExportField,
  rows: readonly Row[],
  encoding: WrittenEncoding,
  issues: InputIssue[],
  file: string,
): Column {
  const values = rows.map((row) => row[field.name]);
  if (field.type === 'text') {
    let width = 1;
    const cells = values.map((value, row) => {
      const text = asText(value);
      const character = unencodable(text, encoding);
      if (character !== null) {
        issues.push({
          code: 'characterUnencodable',
          severity: 'error',
          file,
          feature: row + 1,
          field: field.name,
          values: { character, codePoint: `U+${character.codePointAt(0)!.toString(16).toUpperCase()}`, encoding, text },
        });
      }
      const { bytes, cut } = encodeWithin(text, encoding, MOST_TEXT_BYTES);
      if (cut) {
        issues.push({
          code: 'textCut',
          severity: 'warning',
          file,
          feature: row + 1,
          field: field.name,
          values: { bytes: MOST_TEXT_BYTES },
        });
      }
      width = Math.max(width, bytes.byteLength);
      return bytes;
    });
    return { field, type: 'C', width, decimals: 0, cells };
  }
  if (field.type === 'boolean') {
    const cells = values.map((value) => Buffer.from(value === true ? 'T' : value === false ? 'F' : '?'));
    return { field, type: 'L', width: 1, decimals: 0, cells };
  }
  const decimals = field.type === 'integer' ? 0 : (field.decimals ?? 6);
  const texts = values.map((value) =>
    typeof value === 'number' && Number.isFinite(value) ? asDecimal(value, decimals) : '',
  );
  const width = Math.max(decimals > 0 ? decimals + 2 : 1, ...texts.map((text) => text.length));
  return { field, type: 'N', width, decimals, cells: texts.map((text) => Buffer.from(text.padStart(width))) };
}

/** The dBASE language byte; 0 says "see the .cpg". */
const LANGUAGE_BYTE: Readonly<Record<WrittenEncoding, number>> = { 'UTF-8': 0, GBK: 0x4d, GB18030: 0 };

/**
 * Rows → the bytes of a .dbf. Widths are counted in bytes of the encoding and a text that must be cut is cut between characters (`textCut`); a character
 * the encoding lacks is an error that names it (`characterUnencodable`). Field names must be ASCII of at most 10 bytes: others are the caller's bug.
 */
export function writeDbf(
  file: string,
  rows: readonly Row[],
  fields: readonly ExportField[],
  encoding: WrittenEncoding,
  modified: Date,
): { readonly bytes: Uint8Array; readonly issues: readonly InputIssue[] } {
  const issues: InputIssue[] = [];
  for (const { name } of fields) {
    if (!/^[A-Za-z_][A-Za-z0-9_]{0,9}$/.test(name))
      throw new Error(`field name is not ASCII of 1 to 10 bytes: ${name}`);
  }
  // A table without any column is no dBASE file: QGIS and ArcGIS refuse it.
  const wanted = fields.length > 0 ? fields : [{ name: 'fid', label: '序号', type: 'integer' as const }];
  const numbered = fields.length > 0 ? rows : rows.map((_, i) => ({ fid: i + 1 }));
  const columns = wanted.map((field) => columnOf(field, numbered, encoding, issues, file));
  const headerBytes = 32 + 32 * columns.length + 1;
  const recordBytes = 1 + columns.reduce((sum, { width }) => sum + width, 0);
  const bytes = new Uint8Array(headerBytes + recordBytes * rows.length + 1).fill(0x20, headerBytes);
  const view = new DataView(bytes.buffer);
  bytes[0] = 3;
  bytes[1] = modified.getUTCFullYear() - 1900;
  bytes[2] = modified.getUTCMonth() + 1;
  bytes[3] = modified.getUTCDate();
  view.setUint32(4, rows.length, true);
  view.setUint16(8, headerBytes, true);
  view.setUint16(10, recordBytes, true);
  bytes[29] = LANGUAGE_BYTE[encoding];
  let offset = 1;
  columns.forEach(({ field, type, width, decimals, cells }, i) => {
    const at = 32 + 32 * i;
    bytes.set(Buffer.from(field.name, 'ascii'), at);
    bytes[at + 11] = type.charCodeAt(0);
    bytes[at + 16] = width;
    bytes[at + 17] = decimals;
    cells.forEach((cell, row) => {
      bytes.set(cell, headerBytes + row * recordBytes + offset);
    });
    offset += width;
  });
  bytes[headerBytes - 1] = 0x0d;
  bytes[bytes.length - 1] = 0x1a;
  return { bytes, issues };
}
