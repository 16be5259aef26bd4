import type { InputIssue } from '../../geodata/model/index.ts';
import type { ImportPreview, ImportReading } from '../wire.ts';
import { type Connection, type Scope, within } from './scope.ts';

export interface StoredImport {
  readonly id: string;
  readonly scopeCode: string | null;
  readonly importedBy: string;
  readonly importedAt: Date;
  readonly reading: ImportReading;
  readonly outcome: readonly Omit<ImportPreview['layers'][number], 'features' | 'issues'>[];
  readonly issues: readonly InputIssue[];
  readonly files: readonly {
    readonly name: string;
    /** Below the data directory. */
    readonly path: string;
    readonly byteCount: number;
    readonly sha256: string;
  }[];
}

export async function insertImport(connection: Connection, stored: StoredImport): Promise<void> {
  await connection
    .insertInto('import')
    .values({
      id: stored.id,
      scope_code: stored.scopeCode,
      imported_by: stored.importedBy,
      imported_at: stored.importedAt,
      reading: JSON.stringify(stored.reading),
      outcome: JSON.stringify(stored.outcome),
      issues: JSON.stringify(stored.issues),
    })
    .execute();
  for (const file of stored.files)
    await connection
      .insertInto('import_file')
      .values({
        import_id: stored.id,
        name: file.name,
        path: file.path,
        byte_count: file.byteCount,
        sha256: file.sha256,
      })
      .execute();
}

/** Of all imports there ever were: for the server's own housekeeping. */
export async function importIds(connection: Connection): Promise<readonly string[]> {
  const rows = await connection.selectFrom('import').select('id').execute();
  return rows.map(({ id }) => id);
}

export async function isImported(connection: Connection, id: string): Promise<boolean> {
  const row = await connection.selectFrom('import').where('id', '=', id).select('id').executeTakeFirst();
  return row !== undefined;
}

/** The newest first. */
export async function readImports(connection: Connection, scope: Scope): Promise<readonly StoredImport[]> {
  const rows = await connection
    .selectFrom('import')
    .where(({ ref, fn, val }) => within(fn.coalesce(ref('scope_code'), val('')), scope))
    .selectAll()
    .orderBy('imported_at', 'desc')
    .orderBy('id')
    .limit(200)
    .execute();
  const files = rows.length
    ? await connection
        .selectFrom('import_file')
        .where(
          'import_id',
          'in',
          rows.map((row) => row.id),
        )
        .selectAll()
        .orderBy('name')
        .execute()
    : [];
  return rows.map((row) => ({
    id: row.id,
    scopeCode: row.scope_code,
    importedBy: row.imported_by,
    importedAt: row.imported_at,
    reading: row.reading,
    outcome: row.outcome,
    issues: row.issues,
    files: files
      .filter((file) => file.import_id === row.id)
      .map((file) => ({ name: file.name, path: file.path, byteCount: file.byte_count, sha256: file.sha256 })),
  }));
}
