import iconv from 'iconv-lite';

/** How sure one can be of an encoding: said by the file, or seen in its bytes. */
export interface FoundEncoding {
  readonly encoding: string;
  readonly source: 'declared' | 'detected' | null;
}

const NAMES: readonly (readonly [RegExp, string])[] = [
  [/^(utf-?8|65001|cp65001)$/, 'UTF-8'],
  [/^(gbk|gb2312|gb_?2312-?80|936|cp936|ms936|ansi ?936|x-gbk|windows-936|chinese)$/, 'GBK'],
  [/^(gb-?18030|54936)$/, 'GB18030'],
  [/^(big-?5|950|cp950|ansi ?950|big5-hkscs)$/, 'Big5'],
  [/^(1252|cp1252|windows-1252|ansi ?1252)$/, 'windows-1252'],
  [/^(iso[- _]?8859[-_ ]?1|88591|latin-?1|l1)$/, 'ISO-8859-1'],
  [/^(us-?ascii|ascii)$/, 'UTF-8'],
];

/** The usual name of an encoding by any of the names files carry; null when nothing we can decode is meant. */
export function encodingByName(label: string): string | null {
  const name = label
    .replace(/^\uFEFF/, '')
    .trim()
    .toLowerCase();
  if (name === '' || name.length > 30 || !/^[a-z0-9 ._-]+$/.test(name)) return null;
  for (const [pattern, encoding] of NAMES) if (pattern.test(name)) return encoding;
  const plain = name.replace(/^(ansi|cp|iso)[ _-]?(\d+)$/, (_, kind, digits) =>
    kind === 'iso' ? `iso-${digits}` : `cp${digits}`,
  );
  return iconv.encodingExists(plain) ? plain : null;
}

/** Bytes → text; an unknown encoding is a bug of the caller (`encodingByName` checks). Undecodable bytes become U+FFFD. */
export const decodeText = (bytes: Uint8Array, encoding: string): string =>
  // GB18030 contains GBK and is what Chinese Windows writes beyond it, so "GBK" is read as the larger one.
  iconv.decode(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    encoding === 'GBK' ? 'gb18030' : encoding,
  );

const isPlain = (bytes: Uint8Array): boolean => bytes.every((byte) => byte < 0x80);

/** A value may have been cut in the middle of a character at its field's end: up to three bytes of an unfinished one are forgiven. */
function utf8Sequences(bytes: Uint8Array): { valid: boolean; long: number; short: number; adjacentShort: number } {
  let long = 0;
  let short = 0;
  let adjacentShort = 0;
  let previousEnd = -1;
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i]!;
    if (byte < 0x80) {
      i++;
      continue;
    }
    const length =
      byte >= 0xc2 && byte <= 0xdf ? 2 : byte >= 0xe0 && byte <= 0xef ? 3 : byte >= 0xf0 && byte <= 0xf4 ? 4 : 0;
    if (length === 0) return { valid: false, long, short, adjacentShort };
    for (let k = 1; k < length; k++) {
      if (i + k >= bytes.length) return { valid: true, long, short, adjacentShort };
      if ((bytes[i + k]! & 0xc0) !== 0x80) return { valid: false, long, short, adjacentShort };
    }
    if (length === 2) {
      short++;
      if (previousEnd === i) adjacentShort++;
    } else long++;
    i += length;
    previousEnd = i;
  }
  return { valid: true, long, short, adjacentShort };
}

function utf8Evidence(values: readonly Uint8Array[]): 'no' | 'weak' | 'strong' {
  let long = 0;
  let short = 0;
  let adjacentShort = 0;
  for (const value of values) {
    const seen = utf8Sequences(value);
    if (!seen.valid) return 'no';
    long += seen.long;
    short += seen.short;
    adjacentShort += seen.adjacentShort;
  }
  // Two-byte pairs side by side are how GBK text looks when it happens to be valid UTF-8 (the "联通" accident);
  // European accents stand alone among ASCII letters.
  if (long === 0 && adjacentShort > 0) return 'no';
  return long >= 3 || short > 0 ? 'strong' : 'weak';
}

const replaced = (values: readonly Uint8Array[], encoding: string): boolean =>
  values.some((value) => decodeText(value, encoding).slice(0, -1).includes('\uFFFD'));

/** The encoding in which all these values decode: UTF-8, else GBK, else Western; null source when they are plain ASCII. */
export function detectEncoding(values: readonly Uint8Array[]): FoundEncoding {
  const telling = values.filter((value) => !isPlain(value));
  if (telling.length === 0) return { encoding: 'UTF-8', source: null };
  if (utf8Evidence(telling) !== 'no') return { encoding: 'UTF-8', source: 'detected' };
  if (!replaced(telling, 'GBK')) return { encoding: 'GBK', source: 'detected' };
  return { encoding: 'windows-1252', source: 'detected' };
}

/** What a declaration is worth: the declared encoding when the values decode in it and nothing in them speaks against it. */
export function weighDeclared(
  declared: string,
  values: readonly Uint8Array[],
): { found: FoundEncoding; wrong: boolean } {
  const telling = values.filter((value) => !isPlain(value));
  const evidence = telling.length === 0 ? 'no' : utf8Evidence(telling);
  const wrong =
    telling.length > 0 &&
    (declared === 'UTF-8'
      ? evidence === 'no'
      : replaced(telling, declared) || (evidence === 'strong' && /^(GBK|GB18030|Big5)$/.test(declared)));
  return { found: wrong ? detectEncoding(values) : { encoding: declared, source: 'declared' }, wrong };
}
