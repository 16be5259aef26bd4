import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { GDAL_WORKER_SOURCE } from './gdal-worker-source.ts';

/** One step for GDAL; files are named inside the job's own folder. */
export type GdalTask =
  | { readonly kind: 'readLayers'; readonly file: string }
  | { readonly kind: 'translate'; readonly file: string; readonly options: readonly string[]; readonly output: string };

/** What the worker answers; `layers` of readLayers carry ogrinfo's description and the features as GeoJSON bytes. */
export interface GdalAnswer {
  readonly error: string | null;
  readonly messages: readonly string[];
  readonly layers: readonly {
    readonly name: string;
    readonly featureCount: number;
    readonly geometryType: string | null;
    readonly wkt: string | null;
    readonly geojson: Uint8Array;
  }[];
  readonly bytes: Uint8Array | null;
}

const TIME_LIMIT_MS = 120_000;

const failed = (error: string): GdalAnswer => ({ error, messages: [], layers: [], bytes: null });

/**
 * Runs one task in a GDAL of its own: a worker thread that is thrown away afterwards, because the wasm build keeps state between jobs and can hang on
 * a hostile file; after `timeLimitMs` it is terminated. `prepare` puts the input into the folder the job gets. Never rejects.
 */
export async function runGdal(
  task: GdalTask,
  prepare: (folder: string) => Promise<void>,
  timeLimitMs = TIME_LIMIT_MS,
): Promise<GdalAnswer> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'gridplan-gdal-'));
  try {
    await prepare(folder);
    return await inWorker(task, folder, timeLimitMs);
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function inWorker(task: GdalTask, folder: string, timeLimitMs: number): Promise<GdalAnswer> {
  return new Promise((resolve) => {
    const worker = new Worker(GDAL_WORKER_SOURCE, {
      eval: true,
      workerData: { task, folder, gdal: createRequire(import.meta.url).resolve('gdal3.js/node') },
      // The parent's loader flags (tsx, vitest) are nothing to a plain script.
      execArgv: [],
    });
    const finish = (answer: GdalAnswer) => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(answer);
    };
    const timer = setTimeout(() => finish(failed('timeLimit')), timeLimitMs);
    worker.once('message', (answer: GdalAnswer) => finish(answer));
    worker.once('error', (error) => finish(failed(error.message)));
    worker.once('exit', (code) => finish(failed(`exit ${code}`)));
  });
}
