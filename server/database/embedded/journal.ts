import { createReadStream, mkdirSync } from 'node:fs';
import { type FileHandle, open, readdir, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { crc32 } from 'node:zlib';
import type { Log } from '../database.ts';

/** A value as it went to the engine: text, bytes or null. */
export type StatementValue = string | Uint8Array | null;

/** A statement that wrote, and the command tag it had: replayed, it must have the same. */
export interface JournaledStatement {
  readonly text: string;
  readonly values: readonly StatementValue[];
  readonly tag: string;
}

/** One transaction that wrote. The numbers run without a gap; the database holds the number of the last one it has. */
export interface JournalEntry {
  readonly number: number;
  readonly at: string;
  /** The newest migration at the time. */
  readonly schema: string;
  readonly statements: readonly JournaledStatement[];
}

/**
 * Every transaction the embedded engine acknowledged, on disk with a real fsync before the acknowledgement: the engine itself
 * never makes the disk write. An older copy of the database, or a dump, and this journal give the present state.
 *
 * A line is a check sum, a space and JSON. A last line cut short was never acknowledged and is dropped.
 * Files are named by the number of their first entry; a new one is begun with every dump.
 */
export interface Journal {
  readonly lastNumber: number;
  /** Resolves once the disk has it. */
  append(entry: JournalEntry): Promise<void>;
  /** Takes back the last entry: its transaction failed at the very end. */
  withdraw(number: number): Promise<void>;
  /** @throws when entries are missing or damaged. */
  entriesAfter(number: number): AsyncGenerator<JournalEntry>;
  /** Begins a new file and removes those that hold nothing after `number` and were last written before `writtenBefore`. */
  beginFile(keepAfter: number, writtenBefore: Date): Promise<void>;
  /** The database is further than the journal (its files were taken away): goes on behind it. */
  skipTo(number: number): Promise<void>;
  close(): Promise<void>;
}

type Line = JournalEntry | { readonly withdrawn: number };

export async function openJournal(dir: string, log: Log): Promise<Journal> {
  mkdirSync(dir, { recursive: true });
  let names = await fileNames(dir);
  let lastNumber = 0;
  const newest = names.at(-1);
  if (newest) {
    await dropTornEnd(join(dir, newest), log);
    lastNumber = firstNumberOf(newest) - 1;
    for await (const line of linesOf(join(dir, newest)))
      lastNumber = 'withdrawn' in line ? line.withdrawn - 1 : line.number;
  }
  let file: FileHandle | null = null;

  async function fileToWrite(): Promise<FileHandle> {
    if (!file) {
      const name = names.at(-1) ?? nameOf(lastNumber + 1);
      file = await open(join(dir, name), 'a');
      if (!names.includes(name)) {
        names.push(name);
        await syncDirectory(dir);
      }
    }
    return file;
  }
  async function write(line: Line): Promise<void> {
    const json = toJson(line);
    const to = await fileToWrite();
    const { size } = await to.stat();
    try {
      await to.appendFile(`${checkSum(json)} ${json}\n`);
      await to.datasync();
    } catch (error) {
      // A line half written (a full disk) must not stand before the next one.
      await to.truncate(size).catch(() => undefined);
      throw error;
    }
  }

  const journal: Journal = {
    get lastNumber() {
      return lastNumber;
    },
    async append(entry) {
      if (entry.number !== lastNumber + 1) throw new Error(`journal entry ${entry.number} after ${lastNumber}`);
      await write(entry);
      lastNumber = entry.number;
    },
    async withdraw(number) {
      await write({ withdrawn: number });
      lastNumber = number - 1;
    },
    async *entriesAfter(number) {
      let expected = number + 1;
      // An entry is handed out only when the next line doesn't take it back.
      let held: JournalEntry | null = null;
      const from = Math.max(
        0,
        names.findLastIndex((name) => firstNumberOf(name) <= expected),
      );
      for (const name of names.slice(from)) {
        for await (const line of linesOf(join(dir, name))) {
          if ('withdrawn' in line) {
            if (held?.number === line.withdrawn) held = null;
            continue;
          }
          if (held) {
            yield held;
            expected = held.number + 1;
            held = null;
          }
          if (line.number < expected) continue;
          if (line.number > expected)
            throw new Error(`the journal ${dir} lacks the entries ${expected} to ${line.number - 1}`);
          held = line;
        }
      }
      if (held) yield held;
    },
    async beginFile(keepAfter, writtenBefore) {
      await file?.close();
      file = null;
      if (names.at(-1) !== nameOf(lastNumber + 1)) {
        const created = await open(join(dir, nameOf(lastNumber + 1)), 'a');
        await created.close();
        await syncDirectory(dir);
      }
      const all = await fileNames(dir);
      for (const [index, name] of all.entries()) {
        const next = all[index + 1];
        if (!next || firstNumberOf(next) > keepAfter + 1) break;
        if ((await stat(join(dir, name))).mtime >= writtenBefore) break;
        await rm(join(dir, name));
      }
      names = await fileNames(dir);
    },
    async skipTo(number) {
      lastNumber = number;
      await journal.beginFile(0, new Date(0));
    },
    async close() {
      await file?.close();
      file = null;
    },
  };
  return journal;
}

async function* linesOf(path: string): AsyncGenerator<Line> {
  let count = 0;
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    count += 1;
    const line = parseLine(text);
    if (!line) throw new Error(`the journal is damaged: ${path}, line ${count}`);
    yield line;
  }
}

/** On one line, also for readers that take U+2028 for the end of one (Node's does). */
function toJson(line: Line): string {
  const plain = 'withdrawn' in line ? line : { ...line, statements: line.statements.map(withPlainValues) };
  return JSON.stringify(plain).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
function withPlainValues(statement: JournaledStatement): object {
  const values = statement.values.map((value) =>
    value instanceof Uint8Array ? { base64: Buffer.from(value).toString('base64') } : value,
  );
  return { ...statement, values };
}

function parseLine(text: string): Line | null {
  const json = text.slice(9);
  if (text[8] !== ' ' || checkSum(json) !== text.slice(0, 8)) return null;
  return JSON.parse(json, (_, value) =>
    value && typeof value === 'object' && typeof value.base64 === 'string'
      ? Buffer.from(value.base64, 'base64')
      : value,
  );
}

/** Cuts off a last line that was not written to its end. Damage before the last line is left for the reader to find. */
async function dropTornEnd(path: string, log: Log): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const { start, text } = await lastLine(file, size);
    const whole = text.endsWith('\n') && parseLine(text.slice(0, -1)) !== null;
    if (size === 0 || whole) return;
    log.warn({ path, byteCount: size - start }, 'dropped the torn end of the journal: it was never acknowledged');
    await truncate(path, start);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function lastLine(file: FileHandle, size: number): Promise<{ start: number; text: string }> {
  for (let length = Math.min(size, 1 << 16); ; length = Math.min(size, length * 4)) {
    const bytes = Buffer.alloc(length);
    await file.read(bytes, 0, length, size - length);
    // The line's own end, if it has one, doesn't count.
    const before = bytes.lastIndexOf(0x0a, bytes.length - 2);
    if (before >= 0 || length === size) {
      return { start: size - length + before + 1, text: bytes.subarray(before + 1).toString('utf8') };
    }
  }
}

const checkSum = (text: string): string => crc32(text).toString(16).padStart(8, '0');
const nameOf = (number: number): string => `${String(number).padStart(10, '0')}.jsonl`;
const firstNumberOf = (name: string): number => Number.parseInt(name, 10);
const fileNames = async (dir: string): Promise<string[]> =>
  (await readdir(dir)).filter((name) => /^\d{10}\.jsonl$/.test(name)).sort();

/** Makes the disk know of files that were made or renamed in a directory. Windows can't and needn't. */
export async function syncDirectory(dir: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
