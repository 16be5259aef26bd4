import pg from 'pg';

const INT8 = 20;
const NUMERIC = 1700;

/**
 * How column values become JavaScript ones, alike on both engines: as node-postgres does it, but counts and sums
 * (int8, numeric) are numbers, since nothing here comes near 2^53.
 */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === INT8 || oid === NUMERIC ? Number : pg.types.getTypeParser(oid, format as 'text')) as never,
};
