import { describe, expect, test } from 'vitest';
import type { CommunityCode, Grid, Worker, WorkerId } from '../../../geodata/model/index.ts';
import { findRuleSet } from '../../../geodata/rules/index.ts';
import { matchRoster, staffingOf } from '../../../geodata/staff/index.ts';
import { drawnPlan } from '../../support/drawn-plan.ts';

const jilin = findRuleSet('jilin-2020-23')!;
const here = '220199001001' as CommunityCode;

const worker = (id: string, given: Partial<Worker> = {}): Worker => ({
  id: id as WorkerId,
  name: id,
  category: 'communityWorker',
  fullTime: true,
  communityCode: here,
  gridLabel: null,
  ...given,
});

const gridsWith = (workersOf: Record<string, string[]>): Grid[] => [
  ...drawnPlan({
    grids: ['AAAABBBB'],
    gridsOf: Object.fromEntries(
      Object.entries(workersOf).map(([grid, ids]) => [grid, { workerIds: ids as WorkerId[] }]),
    ),
  }).grids.values(),
];

const staff = (grids: Grid[], roster: Worker[], householdCount = 800) =>
  staffingOf(here, householdCount, grids, roster, jilin);

describe('staffing of a community', () => {
  test('each grid with its own full-time community worker is staffed (R3)', () => {
    const line = staff(gridsWith({ A: ['王'], B: ['李'] }), [worker('王'), worker('李')]);
    expect(line.gridsWithoutWorker).toEqual([]);
    expect(line).toMatchObject({ filled: 2, gap: 8, gridCount: 2 });
  });

  test('a grid without anybody is named, with the clause', () => {
    const line = staff(gridsWith({ A: ['王'] }), [worker('王')]);
    expect(line.gridsWithoutWorker).toEqual(['B']);
    expect(line.issues).toContainEqual(
      expect.objectContaining({ code: 'gridWithoutWorker', severity: 'error', gridIds: ['B'] }),
    );
  });

  test.each([
    ['a public-welfare post', { category: 'publicWelfare' }, 'publicWelfareAsGridWorker'],
    ['a part-time worker', { fullTime: false }, 'partTimeGridWorker'],
    ['somebody of another kind', { category: 'other' }, 'gridWorkerWithoutPost'],
  ] as const)('%s does not make a grid staffed (R3, R6)', (_, given, code) => {
    const line = staff(gridsWith({ A: ['赵'], B: ['李'] }), [worker('赵', given), worker('李')]);
    expect(line.gridsWithoutWorker).toEqual(['A']);
    expect(line.filled).toBe(1);
    expect(line.issues.map((issue) => issue.code)).toContain(code);
  });

  test('a full-time committee member holds a post (R6)', () => {
    expect(staff(gridsWith({}), [worker('主任', { category: 'committee' })]).filled).toBe(1);
  });

  test('a person covers one grid at most', () => {
    const line = staff(gridsWith({ A: ['王'], B: ['王'] }), [worker('王')]);
    expect(line.issues).toContainEqual(
      expect.objectContaining({ code: 'workerOnSeveralGrids', workerIds: ['王'], gridIds: ['A', 'B'] }),
    );
  });

  test('somebody the roster does not know is reported, and staffs nothing', () => {
    const line = staff(gridsWith({ A: ['谁'] }), []);
    expect(line.gridsWithoutWorker).toEqual(['A', 'B']);
    expect(line.issues.map((issue) => issue.code)).toContain('gridWorkerUnknown');
  });

  test('people of another community do not count here', () => {
    const elsewhere = worker('孙', { communityCode: '220199001002' as CommunityCode });
    expect(staff(gridsWith({ A: ['孙'] }), [elsewhere]).filled).toBe(0);
  });

  test('filled posts against the range: 9 are one under the least, 16 one over the most, 10 and 15 are neither', () => {
    const codes = (count: number) =>
      staff(
        gridsWith({}),
        Array.from({ length: count }, (_, i) => worker(`w${i}`)),
      ).issues.map((issue) => issue.code);
    expect(codes(9)).toContain('postsUnderLeast');
    expect(codes(10)).not.toContain('postsUnderLeast');
    expect(codes(15)).not.toContain('postsOverMost');
    expect(codes(16)).toContain('postsOverMost');
  });

  test('more grids than the most posts cannot all be staffed', () => {
    const grids = Array.from({ length: 16 }, (_, i) => ({ ...gridsWith({})[0]!, id: `g${i}` as Grid['id'] }));
    expect(staff(grids, [], 3000).issues.map((issue) => issue.code)).toContain('moreGridsThanPosts');
    expect(staff(grids.slice(1), [], 3000).issues.map((issue) => issue.code)).not.toContain('moreGridsThanPosts');
  });

  test('dedicated grids need no worker', () => {
    const [first, second] = gridsWith({ A: ['王'] });
    const line = staff([first!, { ...second!, kind: 'dedicated' }], [worker('王')]);
    expect(line).toMatchObject({ gridCount: 1, gridsWithoutWorker: [] });
  });
});

describe('the roster names grids by code, sequence or name', () => {
  const grids = gridsWith({});
  test.each([
    ['220199001001002', 'B'],
    ['第1网格', 'A'],
    ['２', 'B'],
    ['001', 'A'],
  ])('%s is grid %s', (gridLabel, grid) => {
    expect(matchRoster(grids, [worker('王', { gridLabel })]).get(grid as Grid['id'])).toEqual(['王']);
  });

  test.each(['', '第9网格', null])('%s is no grid of this plan', (gridLabel) => {
    expect([...matchRoster(grids, [worker('王', { gridLabel })]).values()].flat()).toEqual([]);
  });

  test('a name that two grids share is left open rather than guessed', () => {
    const twins = grids.map((grid) => ({ ...grid, name: '东区' }));
    expect([...matchRoster(twins, [worker('王', { gridLabel: '东区' })]).values()].flat()).toEqual([]);
  });
});
