import type { ExportField } from '../../geodata/export/fields.ts';
import { ALIASES, plainName } from '../../geodata/import/aliases.ts';

const MOST_NAME_BYTES = 10;

/** Chinese (and long English) column names we know the meaning of → our own name for it, which imports find again. */
const OWN_NAMES: ReadonlyMap<string, string> = new Map(
  Object.values(ALIASES)
    .flatMap((fields) =>
      Object.entries(fields).flatMap(([own, aliases]) =>
        aliases
          .filter((alias) => /\P{ASCII}/u.test(alias) && !alias.startsWith('*'))
          .map((alias) => [plainName(alias), own] as const),
      ),
    )
    // The plainest meaning comes first among the targets, and the last entry of a map wins.
    .reverse(),
);

/** An ASCII name of at most 10 bytes for a column, none of `taken`. */
function asciiName(name: string, index: number, taken: ReadonlySet<string>): string {
  const own = OWN_NAMES.get(plainName(name))?.toLowerCase();
  const plain = /^[\x20-\x7e]+$/.test(name)
    ? name.replaceAll(/[^A-Za-z0-9_]/g, '_').replace(/^(?![A-Za-z_])/, 'f_')
    : (own ?? `f${index + 1}`);
  let short = plain.slice(0, MOST_NAME_BYTES);
  for (let n = 1; taken.has(short.toLowerCase()); n++) {
    const suffix = `_${n}`;
    short = plain.slice(0, MOST_NAME_BYTES - suffix.length) + suffix;
  }
  return short;
}

function typeOf(values: readonly unknown[]): Pick<ExportField, 'type' | 'decimals'> {
  const present = values.filter((value) => value !== null && value !== undefined);
  if (present.length === 0) return { type: 'text' };
  if (present.every((value) => typeof value === 'boolean')) return { type: 'boolean' };
  if (!present.every((value) => typeof value === 'number' && Number.isFinite(value))) return { type: 'text' };
  const numbers = present as number[];
  if (numbers.every((value) => Number.isSafeInteger(value))) return { type: 'integer' };
  // As many digits as the numbers have, within the 20 characters a number field can hold.
  const decimals = Math.max(
    ...numbers.map((value) => (/\.(\d+)$/.exec(value.toFixed(12).replace(/0+$/, ''))?.[1] ?? '').length),
  );
  const whole = Math.max(...numbers.map((value) => Math.trunc(Math.abs(value)).toString().length)) + 2;
  return { type: 'decimal', decimals: Math.max(1, Math.min(decimals, 20 - whole, 15)) };
}

/** A field as inferred from a file's columns; `from` is the column it was. */
export interface InferredField extends ExportField {
  readonly from: string;
}

/** Fields for columns of any name and content: types from the values, names made fit for shapefiles with the original as label. */
export function inferFields(rows: readonly Readonly<Record<string, unknown>>[]): InferredField[] {
  const names = new Set<string>();
  for (const row of rows) for (const name of Object.keys(row)) names.add(name);
  const taken = new Set<string>();
  return [...names].map((from, index) => {
    const name = asciiName(from, index, taken);
    taken.add(name.toLowerCase());
    return { from, name, label: from, ...typeOf(rows.map((row) => row[from])) };
  });
}
