import { type Kysely, Migrator, sql } from 'kysely';
import { migrations } from '../migrations/index.ts';

/**
 * Brings the schema up to `target` (default: the newest), in one transaction; two servers starting at once wait for each other.
 * @returns the names of the migrations carried out now.
 */
export async function migrate<Tables>(database: Kysely<Tables>, target?: string): Promise<string[]> {
  await sql`create extension if not exists postgis`.execute(database);
  const migrator = new Migrator({ db: database, provider: { getMigrations: async () => ({ ...migrations }) } });
  const { error, results = [] } = target ? await migrator.migrateTo(target) : await migrator.migrateToLatest();
  if (error) throw error;
  return results.map((result) => result.migrationName);
}
