import { afterAll, beforeAll, expect, it } from 'vitest';
import type { GridId } from '../../../geodata/model/index.ts';
import { EVERYWHERE } from '../../../server/repositories/scope.ts';
import { EMPTY_BATCH } from '../../../server/services/imports/batch.ts';
import { placeBatch } from '../../../server/services/imports/place-batch.ts';
import { storeBatch } from '../../../server/services/imports/store-batch.ts';
import { describeOnBothEngines } from '../../support/databases.ts';
import { type ServerUnderTest, serverUnderTest } from '../../support/server-under-test.ts';
import { smallGround } from '../../support/small-county.ts';

describeOnBothEngines('storing a batch', (open) => {
  let server: ServerUnderTest;
  beforeAll(async () => {
    server = await serverUnderTest(await open());
  });
  afterAll(() => server?.close());

  it('that fails at its very end leaves nothing of it behind', async () => {
    const { context, services } = server;
    const { community, buildings, barriers } = smallGround();
    const grid = {
      id: 'today' as GridId,
      code: '001',
      name: '网格',
      kind: 'general',
      locked: false,
      detachedReason: null,
      workerIds: [],
    } as const;
    const batch = placeBatch(
      {
        ...EMPTY_BATCH,
        communities: [community],
        buildings,
        barriers,
        grids: [{ grid, area: community.area, communityLabel: null }],
        departments: [{ name: '综治', grids: [{ code: '1', name: '一', area: community.area }] }],
      },
      [],
    );
    expect(batch.shares.get(community.code)!.grids).toHaveLength(1);
    const failing = storeBatch(context, services.fabrics, EVERYWHERE, batch, { planName: 'x' }, async () => {
      throw new Error('the power is gone');
    });
    await expect(failing).rejects.toThrow('the power is gone');
    const left = await context.database.transaction(async (connection) => {
      const counts: Record<string, number> = {};
      for (const table of [
        'place',
        'building',
        'barrier',
        'department',
        'department_grid',
        'fabric',
        'plan',
        'setting',
      ] as const)
        counts[table] = (await connection.selectFrom(table).selectAll().execute()).length;
      return counts;
    });
    expect(new Set(Object.values(left))).toEqual(new Set([0]));
  });
});
