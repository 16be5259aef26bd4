import { type Kysely, Migrator, sql } from 'kysely';
import { migrations } from '../migrations/index.ts';

/** Any number nobody else locks. */
const EXTENSION_LOCK = 4490_2020_23;

/**
 * Brings the schema up to `target` (default: the newest), in one transaction; two servers starting at once wait for each other.
 * @returns the names of the migrations carried out now.
 */
export async function migrate<Tables>(database: Kysely<Tables>, target?: string): Promise<string[]> {
  await database.transaction().execute(async (transaction) => {
    // Two at once would both find it missing, and one of them fail.
    await sql`select pg_advisory_xact_lock(${sql.lit(EXTENSION_LOCK)})`.execute(transaction);
    await sql`create extension if not exists postgis`.execute(transaction);
  });
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error, results = [] } = target ? await migrator.migrateTo(target) : await migrator.migrateToLatest();
  if (error) throw error;
  return results.map((result) => result.migrationName);
}
