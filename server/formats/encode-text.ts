import iconv from 'iconv-lite';

/** The encodings written: what ArcGIS, QGIS and WPS in China open without being told. */
export type WrittenEncoding = 'UTF-8' | 'GBK' | 'GB18030';

const encodable: Readonly<Record<WrittenEncoding, Map<string, boolean>>> = {
  'UTF-8': new Map(),
  GBK: new Map(),
  GB18030: new Map(),
};

/** Remembered: a layer uses some hundred characters a hundred thousand times. The Unicode range bounds the memory. */
function hasBytes(character: string, encoding: WrittenEncoding): boolean {
  const known = encodable[encoding].get(character);
  if (known !== undefined) return known;
  const has = iconv.decode(iconv.encode(character, encoding), encoding) === character;
  encodable[encoding].set(character, has);
  return has;
}

/** The first character of a text an encoding has no bytes for; null when it has for all. */
export function unencodable(text: string, encoding: WrittenEncoding): string | null {
  if (encoding === 'UTF-8' || /^[\x20-\x7e]*$/.test(text)) return null;
  for (const character of text) if (!hasBytes(character, encoding)) return character;
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
