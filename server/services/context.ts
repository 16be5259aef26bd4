import type { Database, Log } from '../database/database.ts';
import type { Connection } from '../repositories/scope.ts';

/** What every service stands on. Time and ids are passed in, so that tests can hold them still. */
export interface Context {
  readonly database: Database;
  /** Where uploaded files and the embedded database lie. */
  readonly dataDir: string;
  readonly log: Log;
  now(): Date;
  newId(): string;
}

export const inTransaction = <Value>(
  { database }: Context,
  work: (connection: Connection) => Promise<Value>,
): Promise<Value> => database.transaction(work);
