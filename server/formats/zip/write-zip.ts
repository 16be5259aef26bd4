import { ZipFile } from 'yazl';
import type { NamedBytes } from '../layer.ts';

/** Members → one zip; names carry the UTF-8 flag where they need it. */
export function writeZip(members: readonly NamedBytes[], modified: Date): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const zip = new ZipFile();
    for (const { name, bytes } of members) {
      zip.addBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), name, { mtime: modified });
    }
    const chunks: Buffer[] = [];
    zip.outputStream.on('data', (chunk: Buffer) => chunks.push(chunk));
    zip.outputStream.on('end', () => resolve(Buffer.concat(chunks)));
    zip.outputStream.on('error', reject);
    zip.end();
  });
}
