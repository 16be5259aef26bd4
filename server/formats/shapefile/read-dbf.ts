import type { InputIssue } from '../../../geodata/model/index.ts';
import { decodeText, detectEncoding, encodingByName, type FoundEncoding, weighDeclared } from '../text-encoding.ts';

export interface DbfRows {
  readonly fields: readonly string[];
  /** By record, in file order; null for a record flagged as deleted. */
  readonly rows: readonly (Readonly<Record<string, unknown>> | null)[];
  readonly encoding: FoundEncoding;
  readonly truncated: boolean;
  readonly issues: readonly InputIssue[];
}

interface DbfField {
  readonly nameBytes: Uint8Array;
  readonly type: string;
  readonly at: number;
  readonly length: number;
}

/** dBASE language bytes that name a Chinese encoding; the others are so often left at their default that they say nothing. */
const LANGUAGE_ENCODINGS: Readonly<Record<number, string>> = { 77: 'GBK', 122: 'GBK', 79: 'Big5', 120: 'Big5' };

const SPACE = 0x20;

function trimmed(bytes: Uint8Array, from: number, to: number): Uint8Array {
  let end = from;
  for (let i = from; i < to && bytes[i] !== 0; i++) if (bytes[i] !== SPACE) end = i + 1;
  return bytes.subarray(from, end);
}

const ascii = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1').trim();

function cellValue(field: DbfField, bytes: Uint8Array, encoding: string): unknown {
  if (bytes.length === 0) return null;
  switch (field.type) {
    case 'N':
    case 'F': {
      const text = ascii(bytes);
      if (text === '' || text.startsWith('*')) return null;
      const number = Number(text);
      // Codes of 16 digits and more don't survive as numbers.
      return Number.isNaN(number) || (Number.isInteger(number) && !Number.isSafeInteger(number)) ? text : number;
    }
    case 'L': {
      const text = ascii(bytes).toUpperCase();
      return text === 'T' || text === 'Y' ? true : text === 'F' || text === 'N' ? false : null;
    }
    case 'D': {
      const text = ascii(bytes);
      return /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text || null;
    }
    case 'I':
    case '+':
      return bytes.length >= 4 ? new DataView(bytes.buffer, bytes.byteOffset, 4).getInt32(0, true) : null;
    case 'O':
    case 'B':
      return bytes.length === 8 ? new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0, true) : null;
    default: {
      const text = decodeText(bytes, encoding);
      return text === '' ? null : text;
    }
  }
}

const BINARY_TYPES = new Set(['I', '+', 'O', 'B']);

/**
 * The rows of a .dbf. The encoding is the `override`, else what the .cpg or the language byte declare if the bytes bear it out, else found
 * by decoding. Names that come twice are told apart by a suffix; deleted rows keep their place as null so that rows stay beside their shapes.
 */
export function readDbf(
  file: string,
  bytes: Uint8Array,
  {
    cpg,
    cpgFile,
    override,
  }: { readonly cpg: string | null; readonly cpgFile: string; readonly override: string | null },
): DbfRows {
  const issues: InputIssue[] = [];
  const nothing = (code: string): DbfRows => ({
    fields: [],
    rows: [],
    encoding: { encoding: 'UTF-8', source: null },
    truncated: false,
    issues: [...issues, { code, severity: 'error', file }],
  });
  if (bytes.byteLength < 33) return nothing('dbfUnreadable');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const said = view.getUint32(4, true);
  const headerBytes = view.getUint16(8, true);
  const recordBytes = view.getUint16(10, true);
  if (headerBytes < 33 || headerBytes > bytes.byteLength || recordBytes < 1) return nothing('dbfUnreadable');
  const fields: DbfField[] = [];
  let offset = 1;
  for (let at = 32; at + 32 <= headerBytes && bytes[at] !== 0x0d; at += 32) {
    const type = String.fromCharCode(bytes[at + 11]!);
    // A character field longer than 255 bytes keeps the high byte where others keep the decimals.
    const length = bytes[at + 16]! + (type === 'C' ? bytes[at + 17]! * 256 : 0);
    fields.push({ nameBytes: trimmed(bytes, at, at + 11), type, at: offset, length });
    offset += length;
  }
  if (offset > recordBytes) return nothing('dbfUnreadable');
  const held = Math.floor((bytes.byteLength - headerBytes) / recordBytes);
  const count = Math.min(said, held);
  const cell = (row: number, field: DbfField): Uint8Array => {
    const at = headerBytes + row * recordBytes + field.at;
    return BINARY_TYPES.has(field.type) ? bytes.subarray(at, at + field.length) : trimmed(bytes, at, at + field.length);
  };

  const texts: Uint8Array[] = fields.map(({ nameBytes }) => nameBytes);
  for (const field of fields) {
    if (field.type !== 'C') continue;
    for (let row = 0; row < count && texts.length < 200_000; row++) texts.push(cell(row, field));
  }
  let encoding: FoundEncoding;
  const declaredBy = cpg === null ? null : encodingByName(cpg);
  if (cpg !== null && declaredBy === null) {
    issues.push({
      code: 'encodingDeclarationUnreadable',
      severity: 'warning',
      file: cpgFile,
      values: { text: cpg.slice(0, 20) },
    });
  }
  const declared = declaredBy ?? LANGUAGE_ENCODINGS[bytes[29]!] ?? null;
  if (override !== null) encoding = { encoding: override, source: 'declared' };
  else if (declared === null) encoding = detectEncoding(texts);
  else {
    const weighed = weighDeclared(declared, texts);
    encoding = weighed.found;
    if (weighed.wrong) {
      issues.push({
        code: 'encodingDeclarationWrong',
        severity: 'warning',
        file: declaredBy === null ? file : cpgFile,
        values: { declared, used: encoding.encoding },
      });
    }
  }

  const names: string[] = [];
  for (const { nameBytes } of fields) {
    const name = decodeText(nameBytes, encoding.encoding).trim() || `field${names.length + 1}`;
    let unique = name;
    for (let n = 2; names.includes(unique); n++) unique = `${name}_${n}`;
    if (unique !== name) {
      issues.push({ code: 'fieldRenamed', severity: 'notice', file, field: name, values: { name: unique } });
    }
    names.push(unique);
  }
  let undecodable = 0;
  const rows: (Record<string, unknown> | null)[] = [];
  for (let row = 0; row < count; row++) {
    if (bytes[headerBytes + row * recordBytes] === 0x2a) {
      rows.push(null);
      continue;
    }
    const values: Record<string, unknown> = {};
    fields.forEach((field, i) => {
      let value = cellValue(field, cell(row, field), encoding.encoding);
      if (typeof value === 'string' && /[^\uFFFD]\uFFFD{1,3}$/.test(value)) {
        // The writer counted characters where the field counts bytes: half of the last one is gone.
        value = value.replace(/\uFFFD+$/, '');
        issues.push({
          code: 'textCut',
          severity: 'warning',
          file,
          feature: row + 1,
          field: names[i]!,
          values: { text: String(value) },
        });
      }
      if (typeof value === 'string' && value.includes('\uFFFD')) {
        undecodable++;
        issues.push({
          code: 'textUndecodable',
          severity: 'warning',
          file,
          feature: row + 1,
          field: names[i]!,
          values: { text: value },
        });
      }
      values[names[i]!] = value;
    });
    rows.push(values);
    if (undecodable > 100) break;
  }
  if (undecodable > 100) {
    // So much that doesn't decode is one wrong encoding, not a hundred damaged values.
    const rest = issues.filter(({ code }) => code !== 'textUndecodable');
    rest.push({ code: 'encodingWrong', severity: 'error', file, values: { encoding: encoding.encoding } });
    return { fields: names, rows: [], encoding, truncated: false, issues: rest };
  }
  return { fields: names, rows, encoding, truncated: held < said, issues };
}
