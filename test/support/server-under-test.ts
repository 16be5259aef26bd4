import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { buildApp } from '../../server/app.ts';
import type { Database } from '../../server/database/database.ts';
import { workHere } from '../../server/services/work-here.ts';
import type { ImportCommitted, ImportReading, ImportSession } from '../../server/wire.ts';

export interface TextFile {
  readonly name: string;
  readonly text: string | Uint8Array;
}

/** The whole server without a socket, on a real database, with a data directory of its own. */
export async function serverUnderTest(database: Database) {
  const dataDir = await mkdtemp(join(tmpdir(), 'grid-planner-'));
  const work = workHere();
  // A fault in a route is a 500 to the page; here its stack is wanted.
  const built = await buildApp({ database, dataDir, work, logger: pino({ level: 'error' }) });
  const { app } = built;
  const call = async <Answer>(method: 'GET' | 'POST' | 'DELETE', url: string, payload?: unknown) => {
    const response = await app.inject({
      method,
      url,
      ...(payload === undefined ? {} : { payload: payload as object }),
    });
    return { status: response.statusCode, body: response.json() as Answer, response };
  };
  const upload = async (files: readonly TextFile[]) => {
    const form = new FormData();
    for (const { name, text } of files) form.append('files', new Blob([text as never]), name);
    const request = new Request('http://localhost', { method: 'POST', body: form });
    const response = await app.inject({
      method: 'POST',
      url: '/api/imports',
      headers: { 'content-type': request.headers.get('content-type')! },
      payload: Buffer.from(await request.arrayBuffer()),
    });
    return { status: response.statusCode, body: response.json() as ImportSession };
  };
  return {
    ...built,
    dataDir,
    call,
    upload,
    /** Imports files as a user would who takes every suggestion. */
    importFiles: async (files: readonly TextFile[], change: Partial<ImportReading['layers'][number]> = {}) => {
      const { status, body } = await upload(files);
      if (status !== 201) throw new Error(`upload refused: ${JSON.stringify(body)}`);
      return call<ImportCommitted>('POST', `/api/imports/${body.id}/commit`, readingAsSuggested(body, change));
    },
    close: async () => {
      await app.close();
      await work.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export type ServerUnderTest = Awaited<ReturnType<typeof serverUnderTest>>;

export function readingAsSuggested(
  session: ImportSession,
  change: Partial<ImportReading['layers'][number]> = {},
): ImportReading {
  return {
    layers: session.layers.map((layer) => ({
      file: layer.file,
      layer: layer.layer,
      target: layer.suggestedTarget!,
      mapping: layer.suggestedMapping,
      encoding: null,
      crs: layer.crs,
      datum: 'none',
      departmentName: null,
      estimateM2PerHousehold: null,
      ...change,
    })),
  };
}
