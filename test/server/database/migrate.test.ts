import { sql } from 'kysely';
import { expect, it, vi } from 'vitest';
import { openDatabase } from '../../../server/database/database.ts';
import { migrations } from '../../../server/migrations/index.ts';
import { collectedLog } from '../../support/collected-log.ts';
import { describeOnBothEngines, describePostgres } from '../../support/databases.ts';

// The embedded engine takes seconds to open, more on a busy machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

describePostgres('the schema', (newUrl) => {
  it('is made once when two servers start at once on an empty database', async () => {
    const { url, drop } = await newUrl();
    const opening = [1, 2].map(() => openDatabase({ url, log: collectedLog() }));
    const [first, second] = await Promise.all(opening);
    await first?.close();
    await second?.close();
    await drop();
  });
});

describeOnBothEngines('the schema', (open) => {
  it('has had every migration, in their order', async () => {
    const database = await open();
    const { rows } = await database.transaction((transaction) =>
      sql<{ name: string }>`select name from kysely_migration order by name`.execute(transaction),
    );
    const names = Object.keys(migrations);
    expect(rows.map((row) => row.name)).toEqual(names);
    expect(names).toEqual([...names].sort());
  });
});
