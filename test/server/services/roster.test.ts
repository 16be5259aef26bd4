import { expect, it } from 'vitest';
import type { CommunityCode, Worker, WorkerId } from '../../../geodata/model/index.ts';
import { withKnownIds } from '../../../server/services/imports/roster.ts';

const CODE = '220103001001' as CommunityCode;
const worker = (id: string, name: string): Worker => ({
  id: `${CODE}R${id}` as WorkerId,
  name,
  category: 'communityWorker',
  fullTime: true,
  communityCode: CODE,
  gridLabel: null,
});

it('people keep their ids when a new roster comes in another order, and new ones get numbers never used', () => {
  const stored = [worker('01', '王丽'), worker('02', '李强'), worker('07', '王丽')];
  const incoming = [worker('01', '赵敏'), worker('02', '王丽'), worker('03', '李强'), worker('04', '王丽')];
  expect(withKnownIds(incoming, stored).map(({ id, name }) => [id.slice(-3), name])).toEqual([
    ['R08', '赵敏'],
    ['R01', '王丽'],
    ['R02', '李强'],
    ['R07', '王丽'],
  ]);
});
