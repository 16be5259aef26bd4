import { sql } from 'kysely';
import { beforeAll, expect, it, vi } from 'vitest';
import type { CommunityCode } from '../../../geodata/model/index.ts';
import type { Database } from '../../../server/database/database.ts';
import { describeOnBothEngines } from '../../support/databases.ts';

// The embedded engine takes seconds to open, more on a busy machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const CODE = '220103001001' as CommunityCode;
const worker = (id: string) => ({
  community_code: CODE,
  id: id as never,
  name: '张三',
  category: 'communityWorker' as const,
  full_time: true,
  grid_label: null,
  grid_id: null,
});

describeOnBothEngines('a transaction', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });
  const names = () =>
    database.transaction(async (transaction) =>
      (await transaction.selectFrom('worker').select('id').orderBy('id').execute()).map((row) => row.id),
    );

  it('is kept when its work is done, and gives back what it read', async () => {
    await database.transaction((transaction) => transaction.insertInto('worker').values(worker('kept')).execute());
    expect(await names()).toEqual(['kept']);
  });

  it('is undone when its work throws', async () => {
    const undone = database.transaction(async (transaction) => {
      await transaction.insertInto('worker').values(worker('undone')).execute();
      throw new Error('changed my mind');
    });
    await expect(undone).rejects.toThrow('changed my mind');
    expect(await names()).toEqual(['kept']);
  });

  it('is undone, and says so, when a statement failed in it even if nobody looked', async () => {
    const undone = database.transaction(async (transaction) => {
      await transaction.insertInto('worker').values(worker('undone')).execute();
      await transaction
        .insertInto('worker')
        .values(worker('kept'))
        .execute()
        .catch(() => 'never mind');
    });
    await expect(undone).rejects.toMatchObject({ code: '25P02' });
    expect(await names()).toEqual(['kept']);
  });

  it('tells the SQLSTATE and the constraint of a statement that failed', async () => {
    const failed = database.transaction((transaction) =>
      transaction.insertInto('worker').values(worker('kept')).execute(),
    );
    await expect(failed).rejects.toMatchObject({ code: '23505', constraint: 'worker_pkey' });
  });

  it('is refused inside another one', async () => {
    await expect(database.transaction(() => names())).rejects.toThrow('inside another one');
  });

  it('waits its turn, in whatever order the many finish', async () => {
    await database.transaction((transaction) =>
      transaction.insertInto('setting').values({ name: 'count', value: '0' }).execute(),
    );
    await Promise.all(
      Array.from({ length: 20 }, () =>
        database.transaction(async (transaction) => {
          const row = await transaction
            .selectFrom('setting')
            .select('value')
            .where('name', '=', 'count')
            .forUpdate()
            .executeTakeFirstOrThrow();
          await transaction
            .updateTable('setting')
            .set({ value: JSON.stringify(Number(row.value) + 1) })
            .execute();
        }),
      ),
    );
    const row = await database.transaction((transaction) =>
      transaction.selectFrom('setting').select('value').executeTakeFirstOrThrow(),
    );
    expect(row.value).toBe(20);
  });
});

describeOnBothEngines('a value', (open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });

  it('comes back as what it was: text in any script, JSON, times, numbers, nothing', async () => {
    const madeAt = new Date('2026-03-01T02:03:04.567Z');
    const payload = { arcs: [[0, 0, 1500, -2]], 名: '朝阳\u2028社区 "\\" 𠮷', nothing: null };
    const read = await database.transaction(async (transaction) => {
      await transaction
        .insertInto('fabric')
        .values({
          community_code: CODE,
          version: 1,
          payload: JSON.stringify(payload),
          issues: JSON.stringify([{ code: 'x', severity: 'notice' }]),
          made_at: madeAt,
        })
        .execute();
      return transaction.selectFrom('fabric').selectAll().executeTakeFirstOrThrow();
    });
    expect(read).toEqual({
      community_code: CODE,
      version: 1,
      payload,
      issues: [{ code: 'x', severity: 'notice' }],
      made_at: madeAt,
    });
  });

  it('is a number when it is a count, a sum or a decimal', async () => {
    const { rows } = await database.transaction((transaction) =>
      sql`select count(*) as count, sum(n) as sum, avg(n) as mean, 0.1::float8 as float, true as truth, null as nothing
          from generate_series(1, 4) n`.execute(transaction),
    );
    expect(rows).toEqual([{ count: 4, sum: 10, mean: 2.5, float: 0.1, truth: true, nothing: null }]);
  });

  it('of several megabytes passes whole', async () => {
    const long = '网格'.repeat(2_000_000);
    const { rows } = await database.transaction((transaction) =>
      sql<{ length: number; back: string }>`select length(${long}::text) as length, ${long}::text as back`.execute(
        transaction,
      ),
    );
    expect(rows[0]?.length).toBe(4_000_000);
    expect(rows[0]?.back === long).toBe(true);
  });
});

describeOnBothEngines('many rows', (open) => {
  it('are found by the prefix of their code with the index', async () => {
    const database = await open();
    const plan = await database.transaction(async (transaction) => {
      await sql`insert into place (code, level, name)
        select lpad(n::text, 12, '0'), 'community', '社区' from generate_series(1, 20000) n`.execute(transaction);
      await sql`analyze place`.execute(transaction);
      const { rows } = await sql<{
        'QUERY PLAN': string;
      }>`explain select * from place where code like '0000000012%'`.execute(transaction);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });
    expect(plan).toMatch(/Index Cond: \(\(code (>=|~>=~) '0000000012'/);
  });
});
