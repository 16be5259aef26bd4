import { describe, expect, it } from 'vitest';
import {
  crosswalkTable,
  csvOf,
  GRID_FIELDS,
  gridFeature,
  headingCells,
  staffingTable,
} from '../../../geodata/export/index.ts';
import type { CommunityCode } from '../../../geodata/model/index.ts';

const line = (householdCount: number, least: number, most: number, above: number) => ({
  communityName: '华阳社区',
  streetName: '南岭街道',
  estimatedHouseholdCount: 12,
  staffing: {
    communityCode: '220103001001' as CommunityCode,
    posts: {
      householdCount,
      least,
      most,
      clause: '二·二',
      householdsAboveBase: above,
      addedLeast: least - 10,
      addedMost: most - 15,
    },
    filled: 9,
    gap: least - 9,
    publicWelfareCount: 2,
    gridCount: 9,
    gridsWithoutWorker: [],
    issues: [],
  },
});

describe('attributes of exported grids', () => {
  it('have names that fit a shapefile, the promised ones first', () => {
    for (const { name } of GRID_FIELDS) expect(name).toMatch(/^[a-z_0-9]{1,10}$/);
    expect(GRID_FIELDS.slice(0, 6).map(({ name }) => name)).toEqual([
      'code',
      'name',
      'community',
      'kind',
      'households',
      'workers',
    ]);
  });

  it('are what a grid feature carries', () => {
    const { properties } = gridFeature({
      code: '1',
      name: 'n',
      communityName: 'c',
      communityCode: 'cc',
      kind: 'general',
      householdCount: 400,
      estimatedHouseholdCount: 3,
      buildingCount: 9,
      workerCount: 1,
      areaM2: 12.345,
      detachedReason: null,
      duties: ['综治', '消防'],
      outline: { type: 'Polygon', coordinates: [] },
    });
    expect(Object.keys(properties)).toEqual(GRID_FIELDS.map(({ name }) => name));
    expect(properties).toMatchObject({ households: 400, area_m2: 12.3, duties: '综治；消防' });
  });
});

describe('headings', () => {
  // ┌───┬───────┐
  // │ a │   b   │
  // │   ├───┬───┤
  // │   │ x │ y │
  // └───┴───┴───┘
  it('under a common one spread it, a lone one reaches down', () => {
    const { depth, cells } = headingCells([
      { heading: ['a'], width: 1 },
      { heading: ['b', 'x'], width: 1 },
      { heading: ['b', 'y'], width: 1 },
    ]);
    expect(depth).toBe(2);
    expect(
      cells.map(({ text, row, column, rowSpan, columnSpan }) => `${text} ${row},${column} ${rowSpan}×${columnSpan}`),
    ).toEqual(['a 0,0 2×1', 'b 0,1 1×2', 'x 1,1 1×1', 'y 1,2 1×1']);
  });
});

describe('the staffing schedule', () => {
  const table = staffingTable('宽城区', [line(3996, 11, 18, 996), line(1200, 10, 15, 0)]);

  it('shows the arithmetic of each range and sums the columns that can be summed', () => {
    expect(table.rows[0]!.at(-1)).toBe('超出基数996户：10+1=11，15+3=18');
    expect(table.rows[1]!.at(-1)).toBe('10至15');
    expect(table.totals!.slice(0, 6)).toEqual(['合计', null, null, null, 5196, 24]);
    expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true);
    expect(table.totals).toHaveLength(table.columns.length);
  });
});

describe('a crosswalk', () => {
  it('is a CSV that Excel opens, in which no cell is run as a formula', () => {
    const csv = csvOf(
      crosswalkTable([
        {
          departmentName: '城管, 执法',
          departmentGridCode: '=1+1',
          departmentGridName: 'A',
          gridCode: null,
          gridName: null,
          householdCount: 12,
          areaM2: 99.6,
          shareOfDepartmentGrid: 0.3333,
          shareOfGrid: 1,
        },
      ]),
    );
    expect(csv.startsWith('\uFEFF部门,部门网格编码,')).toBe(true);
    expect(csv.split('\r\n')[1]).toBe(`"城管, 执法",'=1+1,A,,,12,100,33.3,100`);
  });
});
