import { openDatabase } from '../../server/database/database.ts';
import { collectedLog } from './collected-log.ts';
import { makeChange, makePlan, readPlan } from './plan-writer.ts';

// A process of its own to be killed: opens the store (argument 1: JSON of url or dataDir), says what it found, and then makes
// changes one after another, saying the version of each when it was acknowledged.

const where = JSON.parse(process.argv[2] ?? '{}') as { url?: string; dataDir?: string };
const say = (line: string) => process.stdout.write(`${line}\n`);
try {
  const database = await openDatabase({ ...where, log: collectedLog(), backupEveryMinutes: null });
  let found = await readPlan(database);
  if (found.version === null) {
    await makePlan(database);
    found = await readPlan(database);
  }
  say(`found ${JSON.stringify(found)}`);
  for (;;) say(`acknowledged ${await makeChange(database)}`);
} catch (error) {
  say(`failed ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}
