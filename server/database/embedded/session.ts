import { failedTransaction, SQLSTATE, StatementError } from '../errors.ts';
import { columnTypes, prepareValue } from '../types.ts';
import type { Instance } from './instance.ts';
import type { JournaledStatement, StatementValue } from './journal.ts';
import type { StatementResult } from './statement.ts';

/** What the sessions need from the engine around them. */
export interface SessionHost {
  /** A running engine, started again first if it must be. Called with the session lock held, between transactions. */
  instance(): Promise<Instance>;
  /** Each SQL error costs the engine some of its stack. */
  countError(): void;
  readonly statementTimeoutMs: number;
  readonly recorder: Recorder;
}
/** Puts a transaction that is about to be committed where a power cut can't reach it. */
export interface Recorder {
  /** The statement, to be run in it, that marks the database as having it; null while nothing is to be recorded. */
  mark(): { text: string; values: StatementValue[] } | null;
  /** Resolves once the disk has it. */
  record(statements: readonly JournaledStatement[]): Promise<void>;
  /** The commit failed: takes the last one back. */
  withdraw(): Promise<void>;
}

interface QueryResult {
  command: string;
  rowCount: number;
  rows: Record<string, unknown>[];
}

/** The part of `pg.Pool` that kysely uses, over the one session of the embedded engine: whoever connects has it until release. */
export interface SessionPool {
  connect(): Promise<Session>;
  end(): Promise<void>;
  /** Runs `work` while no transaction is open. */
  exclusively<Value>(work: () => Promise<Value>): Promise<Value>;
}

export function createSessionPool(host: SessionHost): SessionPool {
  let last: Promise<unknown> = Promise.resolve();
  function takeTurn(): Promise<() => void> {
    const before = last;
    let release: () => void = () => undefined;
    last = new Promise<void>((resolve) => {
      release = resolve;
    });
    return before.then(() => release);
  }
  return {
    async connect() {
      const release = await takeTurn();
      try {
        return new Session(host, await host.instance(), release);
      } catch (error) {
        release();
        throw error;
      }
    },
    async end() {
      await last;
    },
    async exclusively(work) {
      const release = await takeTurn();
      try {
        return await work();
      } finally {
        release();
      }
    },
  };
}

/** One holder's turn on the engine. Every statement runs in a transaction, its own when none was begun. */
export class Session {
  #state: 'idle' | 'open' | 'failed' = 'idle';
  #written: JournaledStatement[] = [];
  readonly #host: SessionHost;
  readonly #instance: Instance;
  readonly #giveBack: () => void;

  constructor(host: SessionHost, instance: Instance, giveBack: () => void) {
    this.#host = host;
    this.#instance = instance;
    this.#giveBack = giveBack;
  }

  async query(text: string, parameters: readonly unknown[] = []): Promise<QueryResult> {
    const word = /^\s*([a-z]+)/i.exec(text)?.[1]?.toLowerCase() ?? '';
    if (word === 'begin' || word === 'start') return this.#begin(text);
    if (word === 'commit' || word === 'end') return this.#commit();
    if (word === 'rollback' && !/\bto\b/i.test(text)) return this.#rollback();
    if (word === 'savepoint' || word === 'release' || word === 'rollback') {
      throw new Error(`the embedded engine has no savepoints: ${text}`);
    }
    if (this.#state === 'idle') {
      await this.#begin('begin');
      let result: QueryResult;
      try {
        result = await this.#execute(text, parameters);
      } catch (error) {
        await this.#rollback();
        throw error;
      }
      await this.#commit();
      return result;
    }
    return this.#execute(text, parameters);
  }

  /** Gives the session back. A transaction left open is undone. */
  release(): void {
    if (this.#state === 'idle') this.#giveBack();
    else void this.#rollback().finally(this.#giveBack);
  }

  async #begin(text: string): Promise<QueryResult> {
    if (this.#state !== 'idle') throw new Error(`a transaction is open already: ${text}`);
    const result = await this.#run(text, []);
    this.#state = 'open';
    this.#written = [];
    return valuesOf(result);
  }

  async #execute(text: string, parameters: readonly unknown[]): Promise<QueryResult> {
    if (this.#state === 'failed') throw failedTransaction();
    const values = parameters.map((value) => prepareValue(value));
    try {
      const result = await this.#run(text, values);
      if (hasWritten(text, result.tag)) this.#written.push({ text, values, tag: result.tag });
      return valuesOf(result);
    } catch (error) {
      this.#state = 'failed';
      throw error;
    }
  }

  async #commit(): Promise<QueryResult> {
    if (this.#state === 'failed') {
      await this.#rollback();
      throw failedTransaction();
    }
    const mark = this.#written.length > 0 ? this.#host.recorder.mark() : null;
    let recorded = false;
    try {
      if (mark) {
        await this.#run(mark.text, mark.values);
        await this.#host.recorder.record(this.#written);
        recorded = true;
      }
      const result = await this.#run('commit', []);
      if (result.tag !== 'COMMIT')
        throw new StatementError({ message: `commit answered ${result.tag}`, code: '40000' });
      this.#state = 'idle';
      return valuesOf(result);
    } catch (error) {
      this.#state = 'failed';
      await this.#rollback();
      // With the engine gone it is unknown whether it still committed. The journal has it, so it counts: it is replayed.
      if (recorded && !this.#instance.gone) await this.#host.recorder.withdraw();
      throw error;
    }
  }

  async #rollback(): Promise<QueryResult> {
    const wasOpen = this.#state !== 'idle';
    this.#state = 'idle';
    this.#written = [];
    const undone: QueryResult = { command: 'ROLLBACK', rowCount: 0, rows: [] };
    if (!wasOpen || this.#instance.gone) return undone;
    try {
      const { tag } = await this.#run('rollback', []);
      if (tag === 'ROLLBACK') return undone;
    } catch {
      // Fall through: an engine that can't even undo is of no more use.
    }
    await this.#instance.terminate();
    return undone;
  }

  async #run(text: string, values: readonly StatementValue[]): Promise<StatementResult> {
    try {
      return await this.#instance.run(text, values, this.#host.statementTimeoutMs);
    } catch (error) {
      if (!(error instanceof StatementError) || error.code !== SQLSTATE.adminShutdown) this.#host.countError();
      throw error;
    }
  }
}

/** A `with` may hide an insert behind a SELECT tag; when in doubt it has written, replaying a read does no harm. */
function hasWritten(text: string, tag: string): boolean {
  if (/^(INSERT|UPDATE|DELETE|MERGE)\b/.test(tag)) return !tag.endsWith(' 0');
  if (/^(SELECT|SHOW)\b/.test(tag)) return /^\s*with\b/i.test(text) && /\b(insert|update|delete|merge)\b/i.test(text);
  return true;
}

/** As node-postgres makes values of the wire's text. */
function valuesOf(result: StatementResult): QueryResult {
  const readers = result.fields.map((field) => columnTypes.getTypeParser(field.typeId, 'text'));
  const rows = result.rows.map((texts) => {
    const row: Record<string, unknown> = {};
    for (const [index, field] of result.fields.entries()) {
      const text = texts[index];
      row[field.name] = text === null || text === undefined ? null : readers[index]?.(text);
    }
    return row;
  });
  const words = result.tag.split(' ');
  const count = Number(words.at(-1));
  return { command: words[0] ?? '', rowCount: Number.isInteger(count) ? count : 0, rows };
}
