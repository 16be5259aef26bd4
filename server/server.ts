import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Logger, pino } from 'pino';
import { buildApp } from './app.ts';
import { openDatabase } from './database/database.ts';
import { loadDemoCounty } from './services/demo-county.ts';
import { workInThreads } from './services/work-in-threads.ts';

// The process: what the environment says, the database, the demo county, the socket, and a stop that loses nothing.

const version = process.env.npm_package_version ?? '0.1.0';
const host = process.env.HOST || '127.0.0.1';
const port = Number(process.env.PORT || 8080);
const dataDir = resolve(process.env.DATA_DIR || '.data');
const here = dirname(fileURLToPath(import.meta.url));
const fromSources = import.meta.url.split('?')[0]!.endsWith('.ts');
/** Beside the built server, or where the build puts it when the server runs from its sources. */
const pageDir = process.env.PAGE_DIR
  ? resolve(process.env.PAGE_DIR)
  : join(here, fromSources ? '../dist/client' : '../client');

const OPENING: Readonly<Record<string, string>> = {
  starting: 'Starting the database',
  installing: 'Installing the database (first start only, some ten seconds)',
  restoring: 'Restoring the database from its last dump',
  migrating: 'Bringing the schema up to date',
  replaying: 'Replaying the journal',
};

/** For the person at the terminal; everything else goes to the log. */
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

let stopping = false;

async function main(log: Logger): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  const database = await openDatabase({
    url: process.env.DATABASE_URL,
    dataDir,
    log,
    onProgress: (step) => {
      const line = OPENING[step];
      if (line) say(`  ${line} …`);
    },
  });
  const work = workInThreads();
  const { app, services, context } = await buildApp({ database, dataDir, pageDir, logger: log, version, work });
  await services.jobs.recover();
  await services.imports.sweep();

  const stop = async (signal: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    say(`  ${signal}: finishing what is under way …`);
    try {
      await app.close();
      await work.close();
      await database.close();
      say('  Stopped.');
    } catch (error) {
      log.error({ err: error }, 'stopping failed');
      process.exitCode = 1;
    }
    process.exit();
  };
  process.on('SIGTERM', () => void stop('SIGTERM'));
  process.on('SIGINT', () => void stop('SIGINT'));

  // Before the socket: whoever opens the page sees a county, not half of one.
  if (process.env.DEMO !== '0') await loadDemoCounty(context, services, say);
  if (stopping) return;
  await app.listen({ host, port });
  say(`\n  Grid planner ${version} (${database.engine}): http://${host.includes(':') ? `[${host}]` : host}:${port}/\n`);
}

const log = pino({ level: process.env.LOG_LEVEL || 'warn' });
main(log).catch((error: unknown) => {
  // What was under way when it was told to stop fails as it should.
  if (stopping) return;
  log.fatal({ err: error }, 'the server could not start');
  process.stderr.write(`  ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
