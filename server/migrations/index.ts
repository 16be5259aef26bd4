import type { Migration } from 'kysely';
import * as firstSchema from './0001-first-schema.ts';

/** Every migration by name, oldest first. A list and not a folder scan, so that the built server carries them inside. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first-schema': firstSchema,
};
