import { beforeAll, expect, it } from 'vitest';
import type { BarrierId, CommunityCode } from '../../../geodata/model/index.ts';
import type { Database } from '../../../server/database/database.ts';
import { readBarriers, saveBarriers } from '../../../server/repositories/barriers.ts';
import { readBuildings, saveBuildings, sumHouseholds } from '../../../server/repositories/buildings.ts';
import { findCommunity, readCommunities, saveCommunities } from '../../../server/repositories/communities.ts';
import { readWorkers, replaceWorkers } from '../../../server/repositories/workers.ts';
import { describeOnBothEngines } from '../../support/databases.ts';
import { smallGround } from '../../support/small-county.ts';

describeOnBothEngines('what a scope does not cover', (open) => {
  let database: Database;
  const { community, buildings } = smallGround();
  const elsewhere = '220203001001' as CommunityCode;
  const here = { prefix: '2201' };
  const there = { prefix: '2202' };
  const box = [-180, -90, 180, 90] as const;

  beforeAll(async () => {
    database = await open();
    await database.transaction(async (connection) => {
      for (const code of [community.code, elsewhere]) {
        await saveCommunities(connection, [{ ...community, code }]);
        await saveBuildings(connection, code, buildings);
        await saveBarriers(connection, code.slice(0, 6), [
          {
            id: 'b' as BarrierId,
            class: 'road',
            name: null,
            shape: {
              type: 'LineString',
              coordinates: [
                [125, 43],
                [126, 44],
              ],
            },
          },
        ]);
        await replaceWorkers(connection, { prefix: code }, [
          {
            id: `${code}R01` as never,
            name: '王丽',
            category: 'other',
            fullTime: true,
            communityCode: code,
            gridLabel: null,
          },
        ]);
      }
    });
  });

  it('is not there for a reader', async () => {
    await database.transaction(async (connection) => {
      expect((await readCommunities(connection, here)).map(({ code }) => code)).toEqual([community.code]);
      expect(await findCommunity(connection, here, elsewhere)).toBeNull();
      expect(await readBuildings(connection, here, elsewhere)).toEqual([]);
      expect([...(await sumHouseholds(connection, there)).keys()]).toEqual([elsewhere]);
      expect((await readWorkers(connection, there)).map(({ communityCode }) => communityCode)).toEqual([elsewhere]);
      expect(await readBarriers(connection, { prefix: '2203' }, box)).toEqual([]);
    });
  });

  it('is not what a wildcard in the prefix could reach', async () => {
    await database.transaction(async (connection) => {
      expect(await readCommunities(connection, { prefix: '2_01' })).toEqual([]);
      expect(await readCommunities(connection, { prefix: '%' })).toEqual([]);
    });
  });

  it('comes back as it went in', async () => {
    const read = await database.transaction((connection) => readBuildings(connection, here, community.code));
    const sorted = [...buildings].sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(read.map(({ footprint: _, ...rest }) => rest)).toEqual(sorted.map(({ footprint: _, ...rest }) => rest));
    read.forEach(({ footprint }, index) => {
      const before = JSON.stringify(sorted[index]!.footprint.coordinates)
        .match(/[\d.]+/g)!
        .map(Number);
      const after = JSON.stringify(footprint.coordinates)
        .match(/[\d.]+/g)!
        .map(Number);
      for (const [at, value] of before.entries()) expect(after[at]).toBeCloseTo(value, 8);
    });
  });
});
