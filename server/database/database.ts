import type { Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** One line of a log, as pino and Fastify write them. */
export interface Log {
  info(values: object, message: string): void;
  warn(values: object, message: string): void;
  error(values: object, message: string): void;
}

/** What opening is busy with. The first start of the embedded engine takes about nine seconds: say so. */
export type OpeningStep = 'starting' | 'installing' | 'restoring' | 'migrating' | 'replaying' | 'ready';

export interface DatabaseOptions {
  /** A PostgreSQL connection string. Without one the embedded engine keeps its data in `dataDir`. */
  readonly url?: string | undefined;
  /** Default `.data`. */
  readonly dataDir?: string | undefined;
  readonly log: Log;
  readonly onProgress?: ((step: OpeningStep) => void) | undefined;
  /** No statement may run longer. Default 60,000. */
  readonly statementTimeoutMs?: number | undefined;
  /** Embedded engine: a verified dump so many minutes after a change, and at close; null: none. Default 15. */
  readonly backupEveryMinutes?: number | null | undefined;
}

/**
 * The store, whichever engine is below. There is no way to a statement but through a transaction: what `work` did is
 * kept when its promise is fulfilled, and undone when it rejects.
 *
 * Rules for SQL that comes through here, because the embedded engine replays its journal of statements:
 * times, ids and random values are arguments, never `now()`, `gen_random_uuid()` or a sequence; statements that write give
 * the same result on the same rows (no LIMIT without ORDER BY); geometry by the functions of geometry.ts only.
 */
export interface Database {
  readonly engine: 'postgres' | 'embedded';
  /**
   * @throws whatever `work` or a statement in it throws, after rolling back; SQL errors have the SQLSTATE as `code`.
   * A transaction must not open another one inside: on the embedded engine, which has one session, it would wait for itself.
   */
  transaction<Value>(work: (transaction: Kysely<Tables>) => Promise<Value>): Promise<Value>;
  close(): Promise<void>;
}

/** Opens the store and brings its schema up to date. @throws when the data directory is held by another process. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.url) {
    const { openPostgres } = await import('./postgres.ts');
    return openPostgres(options.url, options);
  }
  const { openEmbedded } = await import('./embedded/engine.ts');
  return openEmbedded({ ...options, dataDir: options.dataDir ?? '.data' });
}
