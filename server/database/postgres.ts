import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database, DatabaseOptions } from './database.ts';
import { migrate } from './migrate.ts';
import type { Tables } from './tables.ts';
import { onlyOneAtATime } from './transaction.ts';
import { columnTypes } from './types.ts';

/** PostgreSQL with PostGIS through a pool of connections. Creates the extension when the role may; else it must be there. */
export async function openPostgres(url: string, options: DatabaseOptions): Promise<Database> {
  options.onProgress?.('starting');
  const pool = new pg.Pool({
    connectionString: url,
    types: columnTypes as pg.CustomTypesConfig,
    max: 10,
    statement_timeout: options.statementTimeoutMs ?? 60_000,
    connectionTimeoutMillis: 10_000,
  });
  // A connection that dies while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', (error) => options.log.warn({ err: error }, 'idle database connection lost'));
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    options.onProgress?.('migrating');
    const migrated = await migrate(kysely);
    if (migrated.length > 0) options.log.info({ migrated }, 'database migrated');
  } catch (error) {
    await kysely.destroy();
    throw error;
  }
  options.onProgress?.('ready');
  return {
    engine: 'postgres',
    transaction: (work) => onlyOneAtATime(() => kysely.transaction().execute(work)),
    close: () => kysely.destroy(),
  };
}
