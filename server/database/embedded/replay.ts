import { SQLSTATE, StatementError } from '../errors.ts';
import type { Instance } from './instance.ts';
import type { Journal, StatementValue } from './journal.ts';

const TIMEOUT_MS = 120_000;

/** Makes the one row that says which entry of the journal the database has last. */
export async function preparePosition(instance: Instance): Promise<void> {
  await instance.run('create table if not exists journal_position (number bigint not null)', [], TIMEOUT_MS);
  const first = 'insert into journal_position select 0 where not exists (select from journal_position)';
  await instance.run(first, [], TIMEOUT_MS);
}

/** The statement that marks the database as having an entry. */
export const markAs = (number: number): { text: string; values: StatementValue[] } => ({
  text: 'update journal_position set number = $1',
  values: [String(number)],
});

/** The number of the last entry the database has. */
export async function positionOf(instance: Instance): Promise<number> {
  const { rows } = await instance.run('select number from journal_position', [], TIMEOUT_MS);
  return Number(rows[0]?.[0]);
}

/** Whether a database at `number` can be brought up to the present. */
export async function reachesBack(journal: Journal, number: number): Promise<boolean> {
  if (number === 0 && journal.lastNumber === 0) return false;
  try {
    for await (const entry of journal.entriesAfter(number)) return entry.number === number + 1;
    return journal.lastNumber <= number;
  } catch {
    return false;
  }
}

/**
 * Does again what the journal has and the database lacks, a transaction for a transaction.
 * @throws when a statement comes to something else than it did: better no database than a different one.
 */
export async function replay(
  instance: Instance,
  journal: Journal,
  migrateTo: (schema: string) => Promise<void> = async () => undefined,
): Promise<number> {
  let count = 0;
  for await (const entry of journal.entriesAfter(await positionOf(instance))) {
    await migrateTo(entry.schema);
    await instance.run('begin', [], TIMEOUT_MS);
    for (const { text, values, tag } of entry.statements) {
      const result = await instance.run(text, values, TIMEOUT_MS);
      if (result.tag === tag) continue;
      const message = `replaying the journal's entry ${entry.number}: ${result.tag} instead of ${tag} for ${text}`;
      throw new StatementError({ message, code: SQLSTATE.dataCorrupted });
    }
    const mark = markAs(entry.number);
    await instance.run(mark.text, mark.values, TIMEOUT_MS);
    await instance.run('commit', [], TIMEOUT_MS);
    count += 1;
  }
  return count;
}
