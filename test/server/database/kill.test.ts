import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { describePostgres } from '../../support/databases.ts';
import { embeddedDataDir } from '../../support/embedded.ts';
import { upTo } from '../../support/plan-writer.ts';
import { startWriter, type WriterChild } from '../../support/writer-child.ts';

/** The server as a whole is killed more often, in kill-server.test.ts; here the store alone, at every stage of opening and writing. */
const KILLS = 8;

/** Kills a writer over and over. Each next one must find every version that was acknowledged, none twice, none left out. */
async function killOverAndOver(start: () => WriterChild): Promise<number> {
  let acknowledged = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const writer = start();
    if (kill % 5 === 4) {
      // Now and then while it is still opening.
      await delay(Math.random() * 2000);
    } else {
      const found = await writer.found;
      expect(found.version).toBeGreaterThanOrEqual(acknowledged);
      expect(found.changes).toEqual(upTo(found.version));
      await delay(Math.random() * 600);
    }
    acknowledged = Math.max(acknowledged, await writer.kill());
  }
  const last = start();
  const found = await last.found;
  await last.kill();
  expect(found.version).toBeGreaterThanOrEqual(acknowledged);
  expect(found.changes).toEqual(upTo(found.version));
  return acknowledged;
}

describe('the embedded engine', () => {
  it(`killed ${KILLS} times at any moment has lost nothing it acknowledged`, async () => {
    const { dataDir, remove } = await embeddedDataDir();
    try {
      expect(await killOverAndOver(() => startWriter({ dataDir }))).toBeGreaterThan(0);
    } finally {
      remove();
    }
  }, 600_000);
});

describePostgres('the server', (newUrl) => {
  it(`killed ${KILLS} times at any moment has lost nothing it acknowledged`, async () => {
    const { url, drop } = await newUrl();
    try {
      expect(await killOverAndOver(() => startWriter({ url }))).toBeGreaterThan(0);
    } finally {
      await drop();
    }
  }, 600_000);
});
