import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Database, DatabaseOptions } from './database.ts';
import { failedTransaction } from './errors.ts';
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
  const kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: withHonestCommit(pool) as never }) });
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

/**
 * PostgreSQL answers the COMMIT of a transaction in which a statement failed with ROLLBACK, and no error. Whoever swallowed
 * that statement's error would believe the rest was kept; on the embedded engine it is an error, so it is one here.
 */
function withHonestCommit(pool: pg.Pool) {
  return {
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect();
      return {
        release: () => client.release(),
        async query(text: string, values: unknown[]) {
          const result = await client.query(text, values);
          if (text === 'commit' && result.command === 'ROLLBACK') throw failedTransaction();
          return result;
        },
      };
    },
  };
}
