import iconv from 'iconv-lite';

/** The encodings written: what ArcGIS, QGIS and WPS in China open without being told. */
export type WrittenEncoding = 'UTF-8' | 'GBK' | 'GB18030';

/** The first character of a text an encoding has no bytes for; null when it has for all. */
export function unencodable(text: string, encoding: WrittenEncoding): string | null {
  if (encoding === 'UTF-8' || /^[\x20-\x7e]*$/.test(text)) return null;
  for (const character of text) {
    const bytes = iconv.encode(character, encoding);
    if (iconv.decode(bytes, encoding) !== character) return character;
  }
  return null;
}

/** Text → at most `mostBytes` bytes, cut between characters, never within one. */
export function encodeWithin(
  text: string,
  encoding: WrittenEncoding,
  mostBytes: number,
): { bytes: Uint8Array; cut: boolean } {
  const whole = iconv.encode(text, encoding);
  if (whole.byteLength <= mostBytes) return { bytes: whole, cut: false };
  const kept: Buffer[] = [];
  let size = 0;
  for (const character of text) {
    const bytes = iconv.encode(character, encoding);
    if (size + bytes.byteLength > mostBytes) break;
    kept.push(bytes);
    size += bytes.byteLength;
  }
  return { bytes: Buffer.concat(kept), cut: true };
}
