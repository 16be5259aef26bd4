import { type Expression, type Kysely, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Tables } from '../database/tables.ts';

export type Connection = Kysely<Tables>;

/**
 * What a reader may see: places whose administrative code begins with `prefix`. Every repository function takes one, because
 * row-level security would hide the spatial index from the planner; forgetting it is a type error, not a leak.
 */
export interface Scope {
  readonly prefix: string;
}

/** For the server's own work, which belongs to no account. */
export const EVERYWHERE: Scope = { prefix: '' };

export const scopeOf = (prefix: string): Scope => ({ prefix });

/** The narrower of two scopes, or null when they have nothing in common. */
export function narrowed(scope: Scope, prefix: string): Scope | null {
  if (prefix.startsWith(scope.prefix)) return scopeOf(prefix);
  return scope.prefix.startsWith(prefix) ? scope : null;
}

export const covers = (scope: Scope, code: string): boolean => code.startsWith(scope.prefix);

export function within(column: Expression<string>, scope: Scope): RawBuilder<SqlBool> {
  return sql<SqlBool>`${column} like ${likePrefix(scope.prefix)}`;
}

/** The LIKE pattern of what begins with a text, whatever is in it. */
export const likePrefix = (prefix: string): string => `${prefix.replaceAll(/[\\%_]/g, '\\$&')}%`;

/** Rows of one INSERT: PostgreSQL takes at most 65,535 parameters in a statement. */
const ROWS_A_STATEMENT = 400;

export function* chunksOf<Item>(items: readonly Item[], size = ROWS_A_STATEMENT): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
