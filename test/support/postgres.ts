import { type ExecFileSyncOptions, execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFileSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** Where a private cluster started for a run of tests lives, under the run's directory. */
const CLUSTER = 'postgres';

/**
 * Tests on PostgreSQL use TEST_DATABASE_URL where it is set, else a cluster of their own in a temporary directory, on a Unix
 * socket only, when PostgreSQL and PostGIS are installed. @returns why there is neither; null when there is one.
 */
export function missingPostgres(): string | null {
  if (process.env.TEST_DATABASE_URL || binaries()) return null;
  return 'no TEST_DATABASE_URL, and no PostgreSQL with PostGIS installed (on Debian: postgresql-15-postgis-3)';
}

/** @param dir where a private cluster may be put. @returns a connection string that may create databases. */
export async function startPostgres(dir: string): Promise<string> {
  if (process.env.TEST_DATABASE_URL) return process.env.TEST_DATABASE_URL;
  const bin = binaries();
  if (!bin) throw new Error('there is no PostgreSQL: ask missingPostgres first');
  return startCluster(bin, dir);
}

/** The newest installed PostgreSQL that has PostGIS. */
function binaries(): string | null {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  for (const version of versions) {
    const bin = join(root, version, 'bin');
    const extension = `/usr/share/postgresql/${version}/extension/postgis.control`;
    if (existsSync(join(bin, 'initdb')) && existsSync(extension)) return bin;
  }
  return null;
}

function startCluster(bin: string, dir: string): string {
  const isRoot = process.getuid?.() === 0;
  // PostgreSQL refuses to run as root.
  if (isRoot) chownSync(dir, idOf('-u'), idOf('-g'));
  const run = (program: string, args: string[]) => {
    const path = join(bin, program);
    const options: ExecFileSyncOptions = { cwd: dir, stdio: ['ignore', 'ignore', 'pipe'] };
    if (isRoot) execFileSync('runuser', ['-u', 'postgres', '--', path, ...args], options);
    else execFileSync(path, args, options);
  };
  const data = join(dir, 'data');
  run('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync']);
  run('pg_ctl', [
    ...['-D', data, '-l', join(dir, 'log'), '-w', '-t', '60'],
    // fsync stays on: the kill test is about what an acknowledgement is worth.
    ...['-o', `-k ${dir} -c listen_addresses='' -c max_connections=60 -c shared_buffers=64MB`, 'start'],
  ]);
  return `postgres://postgres@/postgres?host=${encodeURIComponent(dir)}`;
}

const idOf = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));

/** Ends the cluster of a run, if one was started. Called from the process that owns the run's directory. */
export function stopPrivatePostgres(runDirectory: string): void {
  const pidFile = join(runDirectory, CLUSTER, 'data', 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  // Immediate shutdown: the data goes away with the directory.
  if (pid > 0) process.kill(pid, 'SIGQUIT');
  for (let waited = 0; existsSync(pidFile) && waited < 50; waited++) execFileSync('sleep', ['0.1']);
}

export interface TestDatabase {
  readonly url: string;
  drop(): Promise<void>;
}

/** An empty database of its own, and how to drop it. */
export async function createTestDatabase(url: string): Promise<TestDatabase> {
  const name = `gridplan_test_${randomUUID().replaceAll('-', '')}`;
  await run(url, `create database ${name}`);
  const own = url.replace(/(\/\/[^/?]*)(\/[^?]*)?/, `$1/${name}`);
  return { url: own, drop: () => run(url, `drop database if exists ${name} with (force)`) };
}

async function run(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** What could not be run is never passed over in silence: the test command reads these lines out at its end. */
export function noteSkipped(line: string): void {
  const path = join('test-output', 'skipped.txt');
  mkdirSync('test-output', { recursive: true });
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (!before.split('\n').includes(line)) appendFileSync(path, `${line}\n`);
}
