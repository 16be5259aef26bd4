import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { notFound } from '../../plugins/failure.ts';

/** A file of an import as it came, kept for as long as what was made of it. */
export interface KeptFile {
  readonly name: string;
  /** Below the data directory. */
  readonly path: string;
}

const INDEX = 'files.json';
const DAY_MS = 24 * 3600_000;
/** Longer than any upload takes: another server may be at it in the same directory. */
const UPLOAD_MS = 3600_000;

/** Uploaded files on disk: `<data>/imports/<import>/<n>`, with their names in an index, for a name may hold anything. */
export class ImportFiles {
  readonly #dataDir: string;

  constructor(dataDir: string) {
    this.#dataDir = dataDir;
  }

  /** Writes files to disk; they are not an import until they are kept. */
  async receive(
    importId: string,
    files: AsyncIterable<{ name: string; content: Readable }>,
  ): Promise<readonly KeptFile[]> {
    const folder = join('imports', importId);
    await mkdir(join(this.#dataDir, folder), { recursive: true });
    const kept: KeptFile[] = [];
    try {
      for await (const { name, content } of files) {
        const path = join(folder, String(kept.length + 1));
        await pipeline(content, createWriteStream(join(this.#dataDir, path)));
        kept.push({ name, path });
      }
    } catch (error) {
      await this.discard(importId);
      throw error;
    }
    return kept;
  }

  /** Of what was received these are the import's files; the others are removed. */
  async keep(importId: string, files: readonly KeptFile[]): Promise<void> {
    const folder = join(this.#dataDir, 'imports', importId);
    const kept = new Set(files.map(({ path }) => basename(path)));
    for (const name of await readdir(folder)) if (!kept.has(name)) await rm(join(folder, name));
    await writeFile(join(folder, INDEX), JSON.stringify(files));
  }

  async discard(importId: string): Promise<void> {
    await rm(join(this.#dataDir, 'imports', importId), { recursive: true, force: true });
  }

  /** @throws Refusal 404 for an import whose files are not there (any more). */
  async list(importId: string): Promise<readonly KeptFile[]> {
    try {
      return JSON.parse(await readFile(join(this.#dataDir, 'imports', importId, INDEX), 'utf8')) as KeptFile[];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw notFound('import', importId);
      throw error;
    }
  }

  async fingerprints(importId: string): Promise<readonly (KeptFile & { byteCount: number; sha256: string })[]> {
    const kept = await this.list(importId);
    return Promise.all(
      kept.map(async (file) => {
        const path = join(this.#dataDir, file.path);
        const hash = createHash('sha256');
        await pipeline(createReadStream(path), hash);
        return { ...file, byteCount: (await stat(path)).size, sha256: hash.digest('hex') };
      }),
    );
  }

  /**
   * Removes what was looked at but never stored, once it is older than a day; sooner what was never looked at, because the server
   * stopped: nobody knows what is in it.
   */
  async sweep(committed: ReadonlySet<string>, now: Date): Promise<void> {
    const root = join(this.#dataDir, 'imports');
    const ids = await readdir(root).catch(() => [] as string[]);
    for (const id of ids) {
      if (committed.has(id)) continue;
      const { mtime } = await stat(join(root, id));
      const isKept = await stat(join(root, id, INDEX)).then(
        () => true,
        () => false,
      );
      if (now.getTime() - mtime.getTime() > (isKept ? DAY_MS : UPLOAD_MS)) await this.discard(id);
    }
  }
}
