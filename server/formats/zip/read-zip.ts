import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { fail, type InputIssue, type Result, succeed } from '../../../geodata/model/index.ts';
import type { NamedBytes } from '../layer.ts';
import { decodeText, detectEncoding } from '../text-encoding.ts';

/** What one upload may unpack to: a county's shapefiles are some tens of megabytes. */
export interface ZipLimits {
  readonly memberBytes: number;
  readonly totalBytes: number;
  readonly memberCount: number;
  /** Unpacked to packed; deflate can't pass 1032, honest geometry seldom passes 20. */
  readonly ratio: number;
}
export const ZIP_LIMITS: ZipLimits = { memberBytes: 512e6, totalBytes: 1024e6, memberCount: 5000, ratio: 300 };

const UTF8_FLAG = 0x800;
const ENCRYPTED_FLAG = 1;

const opened = (bytes: Uint8Array): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    fromBuffer(buffer, { lazyEntries: true, decodeStrings: false, validateEntrySizes: true }, (error, zip) =>
      error ? reject(error) : resolve(zip),
    );
  });

const entriesOf = (zip: ZipFile, most: number): Promise<Entry[]> =>
  new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      if (entries.length > most) resolve(entries);
      else zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', reject);
    zip.readEntry();
  });

const unpacked = (zip: ZipFile, entry: Entry, most: number): Promise<Uint8Array | 'tooLarge'> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) {
        reject(error);
        return;
      }
      const chunks: Buffer[] = [];
      let size = 0;
      stream.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > most) {
          stream.destroy();
          resolve('tooLarge');
        } else chunks.push(chunk);
      });
      stream.on('end', () => resolve(Buffer.concat(chunks)));
      stream.on('error', reject);
    });
  });

/** Names without the UTF-8 flag are what the packer's Windows wrote: GBK here, unless all of them are valid UTF-8. */
function namesOf(entries: readonly Entry[]): string[] {
  const raw = entries.map((entry) => entry.fileName as unknown as Buffer);
  const { encoding } = detectEncoding(raw);
  return entries.map((entry, i) =>
    decodeText(raw[i]!, entry.generalPurposeBitFlag & UTF8_FLAG ? 'UTF-8' : encoding).replaceAll('\\', '/'),
  );
}

/** System litter that every Mac zip carries along. */
const isLitter = (name: string): boolean => /(^|\/)(__MACOSX\/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)/i.test(name);

/**
 * The files in a zip that `wanted` picks by name, names decoded. Refused as a whole: what is no zip, an encrypted one, more members or bytes than
 * `limits` (checked while unpacking, whatever the directory claims), a path that leaves the archive.
 */
export async function readZip(
  { name: file, bytes }: NamedBytes,
  wanted: (name: string) => boolean,
  limits: ZipLimits = ZIP_LIMITS,
): Promise<Result<readonly NamedBytes[], InputIssue>> {
  const refuse = (code: string, values: Record<string, string | number> = {}) =>
    fail<InputIssue>({ code, severity: 'error', file, values });
  let zip: ZipFile;
  let entries: Entry[];
  try {
    zip = await opened(bytes);
    entries = await entriesOf(zip, limits.memberCount);
  } catch (error) {
    return refuse('zipUnreadable', { message: error instanceof Error ? error.message : '' });
  }
  if (entries.length > limits.memberCount)
    return refuse('zipTooLarge', { members: entries.length, most: limits.memberCount });
  const names = namesOf(entries);
  const members: NamedBytes[] = [];
  let total = 0;
  for (const [i, entry] of entries.entries()) {
    const name = names[i]!;
    if (name.endsWith('/') || isLitter(name)) continue;
    if (name.startsWith('/') || /^[a-z]:/i.test(name) || name.split('/').includes('..'))
      return refuse('zipMemberUnsafe', { name });
    if (!wanted(name)) continue;
    if (entry.generalPurposeBitFlag & ENCRYPTED_FLAG) return refuse('zipEncrypted', { name });
    const most = Math.min(
      limits.memberBytes,
      limits.totalBytes - total,
      Math.max(1e6, entry.compressedSize * limits.ratio),
    );
    if (entry.uncompressedSize > most)
      return refuse('zipTooLarge', { name, bytes: entry.uncompressedSize, most: Math.round(most) });
    try {
      const content = await unpacked(zip, entry, most);
      if (content === 'tooLarge') return refuse('zipTooLarge', { name, most: Math.round(most) });
      total += content.byteLength;
      members.push({ name, bytes: content });
    } catch (error) {
      return refuse('zipMemberUnreadable', { name, message: error instanceof Error ? error.message : '' });
    }
  }
  return succeed(members);
}
