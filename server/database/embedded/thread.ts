import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import type { StatementFailure } from '../errors.ts';
import { runStatement, type StatementResult } from './statement.ts';

// The thread the embedded engine lives in: it can be ended from outside in the middle of a statement that takes too long.

export type Request =
  /** `dataDir` null: in memory. `loadFrom`: a dump to begin with. */
  | { readonly kind: 'open'; readonly dataDir: string | null; readonly loadFrom: string | null }
  | { readonly kind: 'run'; readonly text: string; readonly values: readonly (string | Uint8Array | null)[] }
  /** Writes the data directory as .tar.gz, with a real fsync. */
  | { readonly kind: 'dump'; readonly path: string }
  | { readonly kind: 'close' };
export type Answer =
  | { readonly ok: true; readonly value: StatementResult | DumpResult | null }
  | { readonly ok: false; readonly failure: StatementFailure };
export type Reply = { readonly id: number } & Answer;
export interface DumpResult {
  readonly byteCount: number;
  readonly sha256: string;
}

let engine: PGlite | null = null;
const port = parentPort;
port?.on('message', async ({ id, request }: { id: number; request: Request }) => {
  try {
    port.postMessage({ id, ...(await answer(request)) });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    port.postMessage({ id, ok: false, failure: { message, code: 'XX000' } } satisfies Reply);
  }
});

async function answer(request: Request): Promise<Answer> {
  if (request.kind === 'open') {
    const loadDataDir = request.loadFrom
      ? new Blob([await readFile(request.loadFrom)], { type: 'application/x-gzip' })
      : undefined;
    engine = await PGlite.create({
      ...(request.dataDir ? { dataDir: request.dataDir } : {}),
      ...(loadDataDir ? { loadDataDir } : {}),
      extensions: { postgis },
    });
    return { ok: true, value: null };
  }
  if (!engine) throw new Error('the embedded engine is not open');
  switch (request.kind) {
    case 'run':
      return runStatement(engine, request.text, request.values);
    case 'dump':
      return { ok: true, value: await dump(engine, request.path) };
    case 'close':
      await engine.close();
      engine = null;
      return { ok: true, value: null };
  }
}

async function dump(from: PGlite, path: string): Promise<DumpResult> {
  await from.query('checkpoint');
  const bytes = Buffer.from(await (await from.dumpDataDir('gzip')).arrayBuffer());
  const file = await open(path, 'w');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  return { byteCount: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
