import pg from 'pg';

const INT8 = 20;
const NUMERIC = 1700;

/**
 * How column values become JavaScript ones, alike on both engines: as node-postgres does it, but counts and sums
 * (int8, numeric) are numbers, since nothing here comes near 2^53.
 */
export const columnTypes = {
  getTypeParser: (typeId: number, format?: 'text' | 'binary'): ((text: string) => unknown) =>
    typeId === INT8 || typeId === NUMERIC ? Number : pg.types.getTypeParser(typeId, format as 'text'),
};

/** How node-postgres writes a parameter for the wire; its types don't tell of it. */
export const prepareValue = (pg as unknown as { utils: { prepareValue(value: unknown): string | Uint8Array | null } })
  .utils.prepareValue;
