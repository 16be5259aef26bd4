import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { onceARun } from '../support/once-a-run.ts';
import { noteSkipped } from '../support/postgres.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const SERVER = 'dist/server/server.js';
/** Where the stories leave their pictures. With SCREENSHOTS=docs those that the README shows are made anew, too. */
const PICTURES = 'test-output/screenshots';
const SHOWN = process.env.SCREENSHOTS === 'docs' ? ['workbench', 'county', 'import', 'merge', 'staffing'] : [];

export async function picture(page: Page, name: string): Promise<void> {
  await mkdir(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}/${name}.png` });
  if (SHOWN.includes(name)) await cp(`${PICTURES}/${name}.png`, `docs/screenshots/${name}.png`);
}

/** Whether the stories can be told here; what is missing is named in test-output/skipped.txt. */
export const canRun = existsSync(CHROMIUM) && existsSync(SERVER);
if (!existsSync(CHROMIUM)) noteSkipped('end-to-end tests: no Chromium (set CHROMIUM to its path)');
else if (!existsSync(SERVER)) noteSkipped('end-to-end tests: nothing is built (npm run build)');

/** The built server on a directory of its own, and a browser that looks at it. */
export interface Planner {
  readonly url: string;
  /** A page that remembers what must not happen: errors in the console, requests to other hosts. */
  newPage(): Promise<{ readonly page: Page; readonly context: BrowserContext; readonly mishaps: string[] }>;
  /** kill -9 and start again on the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** @param data the demo county, or nothing at all */
export async function startPlanner(data: 'demo' | 'empty' = 'demo'): Promise<Planner> {
  const dataDir = await mkdtemp(join(tmpdir(), 'grid-planner-e2e-'));
  await cp(await (data === 'demo' ? demoCounty() : emptyPlanner()), dataDir, { recursive: true });
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  let server = await startServer(dataDir, port);
  const browser = await startBrowser();
  return {
    url,
    async newPage() {
      const context = await browser.newContext({
        viewport: { width: 1440, height: 860 },
        locale: 'zh-CN',
        acceptDownloads: true,
      });
      const page = await context.newPage();
      const mishaps: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') mishaps.push(`console: ${message.text()}`);
      });
      page.on('pageerror', (error) => mishaps.push(`page: ${error.message}`));
      page.on('request', (request) => {
        const { protocol, origin } = new URL(request.url());
        if (protocol.startsWith('http') && origin !== url) mishaps.push(`request to ${origin}`);
      });
      return { page, context, mishaps };
    },
    async restart() {
      server.kill('SIGKILL');
      await gone(server);
      server = await startServer(dataDir, port);
    },
    async stop() {
      await browser.close();
      server.kill('SIGTERM');
      await gone(server);
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

// The first start installs a database, the demo county is cut into cells: once for all stories is enough.
const emptyPlanner = () => onceARun('empty-planner', (dir) => startOnce(join(dir, 'data'), '0'));
const demoCounty = () =>
  onceARun('demo-county', async (dir) => {
    const dataDir = join(dir, 'data');
    await cp(await emptyPlanner(), dataDir, { recursive: true });
    return startOnce(dataDir, '1');
  });

async function startOnce(dataDir: string, demo: '0' | '1'): Promise<string> {
  const server = await startServer(dataDir, await freePort(), { DEMO: demo });
  server.kill('SIGTERM');
  await gone(server);
  return dataDir;
}

const startBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
  });

/** Resolves when the server has printed its address; what it said is in the error when it never does. */
async function startServer(dataDir: string, port: number, settings = { DEMO: '0' }): Promise<ChildProcess> {
  const server = spawn('node', [SERVER], {
    env: { ...process.env, DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1', DATABASE_URL: '', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const listen = (text: Buffer) => {
      said += text;
      if (said.includes(`:${port}/`)) resolve();
    };
    server.stdout!.on('data', listen);
    server.stderr!.on('data', listen);
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}:\n${said}`)));
  });
  return server;
}

async function gone(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  await new Promise((resolve) => {
    server.once('exit', resolve);
  });
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => {
    probe.listen(0, '127.0.0.1', resolve);
  });
  const address = probe.address();
  await new Promise((resolve) => {
    probe.close(resolve);
  });
  if (address === null || typeof address === 'string') throw new Error(`no port: ${address}`);
  return address.port;
}
