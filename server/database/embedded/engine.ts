import { join } from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import type { Database, DatabaseOptions, Log, OpeningStep } from '../database.ts';
import { migrate } from '../migrate.ts';
import type { Tables } from '../tables.ts';
import { onlyOneAtATime } from '../transaction.ts';
import { dumpInstance, pruneBackups, removeUnfinished, verifyBackup } from './backup.ts';
import { type Instance, startInstance } from './instance.ts';
import { type Journal, openJournal } from './journal.ts';
import { type DirectoryLock, lockDirectory } from './lock.ts';
import { databaseDirectory, markComplete, openDirectory } from './open-directory.ts';
import { markAs, positionOf, preparePosition, replay } from './replay.ts';
import { createSessionPool, type SessionPool } from './session.ts';

/** After so many SQL errors the engine is started anew: each leaves some of its stack used up, some 500 bring it down. */
const ERRORS_BEFORE_RESTART = 150;
const BACKUPS_KEPT = 5;
/** Nothing gathers statistics by itself in the embedded engine: after so many rows written it is done between transactions. */
const ROWS_BEFORE_ANALYZE = 2000;
const JOURNAL_KEPT_DAYS = 7;
const OWN_STATEMENT_MS = 120_000;

export interface EmbeddedOptions extends DatabaseOptions {
  readonly dataDir: string;
}

/**
 * PostgreSQL compiled to WebAssembly, in a thread of this process, with what it needs around it to be trusted with a
 * planner's work. In `dataDir`: `database/` the engine's own files, `journal/` what was acknowledged, `backups/` dumps, `lock`.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Database> {
  const lock = lockDirectory(options.dataDir);
  try {
    const journal = await openJournal(join(options.dataDir, 'journal'), options.log);
    const engine = new Engine(options, lock, journal);
    await engine.start();
    return engine;
  } catch (error) {
    lock.release();
    throw error;
  }
}

class Engine implements Database {
  readonly engine = 'embedded';
  readonly #options: EmbeddedOptions;
  readonly #log: Log;
  readonly #lock: DirectoryLock;
  readonly #journal: Journal;
  readonly #pool: SessionPool;
  readonly #kysely: Kysely<Tables>;
  readonly #directory: string;
  #instance: Instance | null = null;
  #errorCount = 0;
  #rowsWritten = 0;
  #number = 0;
  #schema = '';
  #recording = false;
  #backedUp = -1;
  #timer: NodeJS.Timeout | null = null;
  #backup: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: EmbeddedOptions, lock: DirectoryLock, journal: Journal) {
    this.#options = options;
    this.#log = options.log;
    this.#lock = lock;
    this.#journal = journal;
    this.#directory = databaseDirectory(options.dataDir);
    this.#pool = createSessionPool({
      instance: () => this.#running(),
      countError: () => {
        this.#errorCount += 1;
      },
      statementTimeoutMs: options.statementTimeoutMs ?? 60_000,
      recorder: {
        mark: () => (this.#recording ? markAs(this.#number + 1) : null),
        record: async (statements) => {
          const number = this.#number + 1;
          await this.#journal.append({ number, at: new Date().toISOString(), schema: this.#schema, statements });
          this.#number = number;
          for (const { tag } of statements) this.#rowsWritten += Number(tag.split(' ').at(-1)) || 0;
          this.#planBackup();
        },
        withdraw: async () => {
          await this.#journal.withdraw(this.#number);
          this.#number -= 1;
        },
      },
    });
    this.#kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: this.#pool as never }) });
  }

  async start(): Promise<void> {
    try {
      await removeUnfinished(join(this.#options.dataDir, 'backups'));
      this.#instance = await openDirectory({
        dataDir: this.#options.dataDir,
        machineStopped: this.#lock.before === 'machineStopped',
        journal: this.#journal,
        log: this.#log,
        tell: (step) => this.#tell(step),
      });
      await this.#catchUp();
      this.#recording = false;
      this.#tell('migrating');
      const migrated = await migrate(this.#kysely);
      if (migrated.length > 0) this.#log.info({ migrated }, 'database migrated');
      this.#schema = await this.#newestMigration();
      this.#recording = true;
      await markComplete(this.#options.dataDir);
      this.#lock.settle();
      this.#tell('ready');
    } catch (error) {
      await this.#instance?.terminate();
      await this.#journal.close();
      throw error;
    }
  }

  transaction<Value>(work: (transaction: Kysely<Tables>) => Promise<Value>): Promise<Value> {
    if (this.#closed) return Promise.reject(new Error('the database is closed'));
    return onlyOneAtATime(() => this.#kysely.transaction().execute(work));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#pool.end();
    await this.#backup;
    await this.#backUp();
    try {
      await this.#instance?.close();
    } catch (error) {
      this.#log.warn({ err: error }, 'the embedded database did not close in order');
    }
    await this.#journal.close();
    this.#lock.release();
  }

  #tell(step: OpeningStep): void {
    this.#options.onProgress?.(step);
  }

  /** The engine, started again when it is gone or has had too many errors. Only between transactions. */
  async #running(): Promise<Instance> {
    const instance = this.#instance;
    if (instance && !instance.gone && this.#errorCount < ERRORS_BEFORE_RESTART) {
      if (this.#rowsWritten >= ROWS_BEFORE_ANALYZE) {
        this.#rowsWritten = 0;
        await instance.run('analyze', [], OWN_STATEMENT_MS);
      }
      return instance;
    }
    if (instance && !instance.gone) {
      this.#log.info({ errorCount: this.#errorCount }, 'starting the embedded database anew after many errors');
      await instance.close().catch(() => instance.terminate());
    }
    this.#instance = await startInstance(this.#directory);
    this.#errorCount = 0;
    // Gone in the middle of a commit, it may lack what the journal has.
    if (this.#recording) await replay(this.#instance, this.#journal);
    return this.#instance;
  }

  /** Brings a database that is behind its journal, an older copy or a dump, to where the journal ends. */
  async #catchUp(): Promise<void> {
    const instance = await this.#running();
    await preparePosition(instance);
    this.#number = await positionOf(instance);
    if (this.#number > this.#journal.lastNumber) {
      if (this.#journal.lastNumber > 0) {
        this.#log.warn(
          { database: this.#number, journal: this.#journal.lastNumber },
          'the journal ends before the database',
        );
      }
      await this.#journal.skipTo(this.#number);
    }
    if (this.#number < this.#journal.lastNumber) {
      this.#tell('replaying');
      const count = await replay(instance, this.#journal, async (schema) => {
        if (schema !== (await this.#newestMigration())) await migrate(this.#kysely, schema);
      });
      this.#number = await positionOf(instance);
      this.#log.warn({ count }, 'replayed acknowledged transactions from the journal');
    }
  }

  async #newestMigration(): Promise<string> {
    const instance = await this.#running();
    const there = await instance.run(`select to_regclass('kysely_migration')::text`, [], OWN_STATEMENT_MS);
    if (!there.rows[0]?.[0]) return '';
    const newest = await instance.run('select max(name) from kysely_migration', [], OWN_STATEMENT_MS);
    return newest.rows[0]?.[0] ?? '';
  }

  #planBackup(): void {
    const minutes = this.#options.backupEveryMinutes === undefined ? 15 : this.#options.backupEveryMinutes;
    if (minutes === null || this.#timer || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#backup = this.#backUp();
    }, minutes * 60_000);
    this.#timer.unref();
  }

  /** A dump, when anything changed since the last one. It failing is said loudly but stops nothing: the journal has it all. */
  async #backUp(): Promise<void> {
    if (this.#options.backupEveryMinutes === null || this.#number === 0) return;
    const dir = join(this.#options.dataDir, 'backups');
    try {
      if (this.#backedUp < 0) this.#backedUp = (await pruneBackups(dir, BACKUPS_KEPT)).at(-1)?.number ?? 0;
      if (this.#backedUp === this.#number) return;
      const dumped = await this.#pool.exclusively(async () => {
        const written = await dumpInstance(await this.#running(), dir, this.#number, this.#schema);
        const oldest = (await pruneBackups(dir, BACKUPS_KEPT - 1))[0];
        const keepFrom = new Date(Date.now() - JOURNAL_KEPT_DAYS * 86_400_000);
        await this.#journal.beginFile(oldest?.number ?? 0, keepFrom);
        return written;
      });
      const backup = await verifyBackup(dumped);
      this.#backedUp = backup.number;
      this.#log.info({ path: backup.path, byteCount: backup.byteCount }, 'database backed up');
    } catch (error) {
      this.#log.error({ err: error }, 'the database could not be backed up');
    }
  }
}
