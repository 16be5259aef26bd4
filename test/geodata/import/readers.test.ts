import type { Geometry, Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import {
  estimateHouseholds,
  type InputFeature,
  joinHouseholds,
  linkCompounds,
  readBarriers,
  readBuildings,
  readCommunities,
  readCompounds,
  readDepartmentGrids,
  readGrids,
  readHouseholdTable,
  readRoster,
  suggestMapping,
} from '../../../geodata/import/index.ts';
import type { CommunityCode } from '../../../geodata/model/index.ts';

/** The n-th of a row of squares of 1e-4 degrees. */
const square = (n: number): Polygon => {
  const x = 125.3 + n * 2e-4;
  return {
    type: 'Polygon',
    coordinates: [
      [
        [x, 43.9],
        [x + 1e-4, 43.9],
        [x + 1e-4, 43.9001],
        [x, 43.9001],
        [x, 43.9],
      ],
    ],
  };
};
const line = (n: number): Geometry => ({
  type: 'LineString',
  coordinates: [
    [125.3, 43.9 + n * 1e-3],
    [125.4, 43.9 + n * 1e-3],
  ],
});
const features = (shape: (n: number) => Geometry, ...rows: Record<string, unknown>[]): InputFeature[] =>
  rows.map((properties, n) => ({ type: 'Feature', geometry: shape(n), properties }));
const table = (...rows: Record<string, unknown>[]) => rows.map((values, i) => ({ number: i + 2, values }));
const mapped = (rows: readonly Record<string, unknown>[], target: Parameters<typeof suggestMapping>[1]) =>
  suggestMapping(
    Object.keys(rows[0]!).map((name) => ({ name, samples: rows.map((row) => String(row[name] ?? '')) })),
    target,
  );
const codes = ({ issues }: { issues: readonly { code: string; feature?: number | string; field?: string }[] }) =>
  issues.map(({ code, feature, field }) => [code, feature && `#${feature}`, field].filter(Boolean).join(' '));

describe('communities', () => {
  const read = (...rows: Record<string, unknown>[]) =>
    readCommunities(features(square, ...rows), mapped(rows, 'communities'), { file: 'f' });

  it('have a code, a name, a street', () => {
    const { values, issues } = read({ 编码: '220103001001', 名称: '华阳社区', 街道: '南岭街道' });
    expect(issues).toEqual([]);
    expect(values).toMatchObject([{ code: '220103001001', name: '华阳社区', streetName: '南岭街道' }]);
  });

  it('without a code get the same stand-in every time, and it is said', () => {
    const [first, second] = [read({ name: '华阳社区' }), read({ name: '华阳社区' })];
    expect(first.values[0]!.code).toMatch(/^999999\d{6}$/);
    expect(first.values[0]!.code).toBe(second.values[0]!.code);
    expect(codes(first)).toEqual(['codeSynthetic #1']);
  });

  it('in two features with one code and name are one in two parts', () => {
    const result = read({ code: '220103001001', name: 'A' }, { code: '220103001001', name: 'A' });
    expect(result.values).toHaveLength(1);
    expect(result.values[0]!.area.type).toBe('MultiPolygon');
    expect(codes(result)).toEqual(['partsJoined #2 code']);
  });

  it('with one code but two names are two, the second with a stand-in', () => {
    const result = read({ code: '220103001001', name: 'A' }, { code: '220103001001', name: 'B' });
    expect(result.values.map(({ name }) => name)).toEqual(['A', 'B']);
    expect(codes(result)).toEqual(['duplicateCode #2 code', 'codeSynthetic #2 code']);
  });
});

describe('buildings', () => {
  const read = (...rows: Record<string, unknown>[]) =>
    readBuildings(features(square, ...rows), mapped(rows, 'buildings'), { file: 'f' });

  it('keep what the columns say', () => {
    const { values, issues } = read({
      楼栋编号: 'A1',
      楼栋名称: '1号楼',
      户数: '48户',
      层数: '6层',
      小区: '阳光小区',
      人口: 120,
    });
    expect(issues).toEqual([]);
    expect(values).toMatchObject([
      {
        id: 'A1',
        name: '1号楼',
        householdCount: 48,
        countSource: 'counted',
        floorCount: 6,
        compoundId: '阳光小区',
        residentCount: 120,
        units: [],
      },
    ]);
  });

  it('with counts by entrance add up to them', () => {
    const { values } = read({ id: 1, 单元户数: '1单元:120;2单元:130' });
    expect(values[0]).toMatchObject({ householdCount: 250, countSource: 'counted' });
    expect(values[0]!.units.map(({ id, householdCount }) => [id, householdCount])).toEqual([
      ['1/1单元', 120],
      ['1/2单元', 130],
    ]);
  });

  it('lose their entrances, not their households, when the two disagree', () => {
    const result = read({ id: 1, 户数: 240, 单元户数: '1单元:120;2单元:130' });
    expect(result.values[0]).toMatchObject({ householdCount: 240, units: [] });
    expect(codes(result)).toEqual(['unitsDontAddUp #1 单元户数']);
  });

  it('with a count that can not be read are missing it, and the cell is quoted', () => {
    const result = read({ id: 1, 户数: -3 }, { id: 2, 户数: '-' }, { id: 3, 户数: 1.5 });
    expect(result.values.map(({ countSource }) => countSource)).toEqual(['missing', 'missing', 'missing']);
    expect(codes(result)).toEqual(['countUnreadable #1 户数', 'countUnreadable #3 户数', 'householdsMissing']);
    expect(result.issues[0]!.values).toEqual({ text: '-3', reason: 'negative' });
  });

  it('with one id twice are told apart; with a column that is 0 throughout are numbered', () => {
    const twice = read({ id: 'a', 户数: 1 }, { id: 'a', 户数: 2 }, { id: 'b', 户数: 3 });
    expect(twice.values.map(({ id }) => id)).toEqual(['a', 'a~2', 'b']);
    expect(codes(twice)).toEqual(['duplicateId #2 id']);
    const zeros = read({ Id: 0, 户数: 1 }, { Id: 0, 户数: 2 }, { Id: 0, 户数: 3 });
    expect(zeros.values.map(({ id }) => id)).toEqual(['b1', 'b2', 'b3']);
    expect(codes(zeros)).toEqual(['idsNotUnique Id']);
  });

  it('without a count are estimated from footprint × floors, and marked', () => {
    const [building] = read({ id: 1, 层数: 6 }).values;
    const estimated = estimateHouseholds(building!, { m2PerHousehold: 100 });
    // 1e-4° × 1e-4° at 43.9° N is 8.03 m × 11.11 m.
    expect(estimated).toMatchObject({
      countSource: 'estimated',
      householdCount: Math.round((8.035 * 11.111 * 6) / 100),
    });
    const counted = read({ id: 1, 层数: 6, 户数: 7 }).values[0]!;
    expect(estimateHouseholds(counted, { m2PerHousehold: 100 })).toBe(counted);
  });

  it.each([
    ['身份证号', '220102199001011234'],
    ['联系电话', '0431-8888888'],
    ['备注', '13812345678'],
    ['x', '11010519491231002X'],
  ])('whose column %s looks like people are refused as a whole', (name, value) => {
    const result = read({ id: 1, 户数: 3, [name]: value }, { id: 2, 户数: 3, [name]: null });
    expect(result.values).toEqual([]);
    expect(codes(result)).toEqual([`privacyColumn ${name}`]);
  });

  it('with codes of 11 digits that only look like telephones are not', () => {
    const result = read({ id: '13010200101', 户数: 3 }, { id: '13010200102', 户数: 4 });
    expect(result.values).toHaveLength(2);
  });
});

describe('compounds', () => {
  it('are found by id, by name, else by where the building stands; unknown names become compounds without an area', () => {
    const compounds = readCompounds(features(square, { id: 'c1', 名称: '阳光小区' }, { id: 'c2', 名称: '名门' }), {
      id: 'id',
      name: '名称',
    }).values;
    const rows = [
      { id: 1, 户数: 1, 小区: 'c1' },
      { id: 2, 户数: 1, 小区: '名门' },
      { id: 3, 户数: 1, 小区: '别处' },
    ];
    const buildings = readBuildings(features(square, ...rows), mapped(rows, 'buildings')).values;
    const silent = readBuildings(
      features((n) => square(n + 1), { id: 9, 户数: 1 }),
      { id: 'id', households: '户数' },
    ).values;
    const linked = linkCompounds([...buildings, ...silent], compounds);
    expect(linked.buildings.map(({ compoundId }) => compoundId)).toEqual(['c1', 'c2', '别处', 'c2']);
    expect(linked.compounds.map(({ id, area }) => [id, area === null])).toEqual([
      ['c1', false],
      ['c2', false],
      ['别处', true],
    ]);
  });
});

describe('barriers', () => {
  const read = (column: string, ...words: unknown[]) =>
    readBarriers(features(line, ...words.map((word) => ({ [column]: word }))), { class: column }, { file: 'f' });

  it.each([
    ['fclass', 'secondary', 'mainRoad'],
    ['fclass', 'trunk_link', 'mainRoad'],
    ['fclass', 'residential', 'road'],
    ['fclass', 'light_rail', 'railway'],
    ['class', 'main_road', 'mainRoad'],
    ['class', 'railway', 'railway'],
    ['类别', '主干道', 'mainRoad'],
    ['类别', '铁路', 'railway'],
    ['类别', '河流', 'river'],
    ['类别', '围墙', 'wall'],
    ['kind', 'riverbank', 'river'],
  ])('%s=%s is a %s', (column, word, kind) => expect(read(column, word).values).toMatchObject([{ class: kind }]));

  it('are not footpaths, driveways or tunnels: those are left out and counted', () => {
    const result = read('fclass', 'footway', 'service', 'primary');
    expect(result.values).toHaveLength(1);
    expect(result.issues).toMatchObject([
      { code: 'notABarrier', severity: 'notice', values: { count: 2, words: ['footway', 'service'] } },
    ]);
    const tunnel = readBarriers(features(line, { fclass: 'rail', tunnel: 'T' }), { class: 'fclass', tunnel: 'tunnel' });
    expect(tunnel.values).toEqual([]);
  });

  it('take the finer of two words', () => {
    const rows = [
      { kind: 'major_road', kind_detail: 'secondary' },
      { kind: 'minor_road', kind_detail: 'service' },
      { kind: 'rail', kind_detail: 'subway' },
    ];
    expect(readBarriers(features(line, ...rows), { class: 'kind' }).values.map((one) => one.class)).toEqual([
      'mainRoad',
    ]);
  });

  it('of an unknown word are listed; without a column the layer tells', () => {
    expect(codes(read('类别', '未知'))).toEqual(['barrierClassUnknown 类别']);
    const rails = readBarriers(
      features(line, { nature: 'Voie ferrée principale' }),
      { class: 'nature' },
      { layer: 'voie_ferree' },
    );
    expect(rails.values).toMatchObject([{ class: 'railway' }]);
    expect(codes(rails)).toEqual(['barrierClassOfLayer nature']);
    expect(readBarriers(features(line, { nature: 'Sentier' }), { class: 'nature' }, { layer: 'route' }).values).toEqual(
      [],
    );
    expect(readBarriers(features(line, {}), {}, { layer: '铁路' }).values).toMatchObject([{ class: 'railway' }]);
  });
});

describe('grids', () => {
  it('keep code, name, kind and counts', () => {
    const rows = [
      { 网格编码: '220103001001001', 网格名称: '第一网格', 所属社区: '华阳社区', 户数: '420户', 网格类型: '专属网格' },
    ];
    const { values, issues } = readGrids(features(square, ...rows), mapped(rows, 'grids'));
    expect(issues).toEqual([]);
    expect(values).toMatchObject([
      {
        key: '220103001001001',
        code: '220103001001001',
        name: '第一网格',
        kind: 'dedicated',
        communityLabel: '华阳社区',
        householdCount: 420,
      },
    ]);
  });

  it('of a department bear its name, from the column or from the option', () => {
    const rows = [
      { 编号: 'A', 部门: '城管' },
      { 编号: 'B', 部门: '' },
    ];
    const { values } = readDepartmentGrids(features(square, ...rows), mapped(rows, 'departmentGrids'), {
      departmentName: '消防',
    });
    expect(values.map(({ code, department, kind }) => [code, department, kind])).toEqual([
      ['A', '城管', 'department'],
      ['B', '消防', 'department'],
    ]);
  });
});

describe('a household register', () => {
  const buildings = readBuildings(
    features(square, { id: 'A1', name: '1号楼' }, { id: 'A2', name: '2号楼' }, { id: 'A3', name: '3号楼' }),
    { id: 'id', name: 'name' },
  ).values;
  const join = (...rows: Record<string, unknown>[]) => {
    const read = readHouseholdTable(table(...rows), mapped(rows, 'households'), { file: 'r' });
    const joined = joinHouseholds(buildings, read.values, { file: 'r' });
    return { buildings: joined.buildings, issues: [...read.issues, ...joined.issues] };
  };

  it('is joined by id or by name; sums are passed over', () => {
    const result = join(
      { 楼栋编号: 'A1', 户数: '48户' },
      { 楼栋编号: '2号楼', 户数: 50 },
      { 楼栋编号: '合计', 户数: 98 },
    );
    expect(result.buildings.map(({ householdCount, countSource }) => [householdCount, countSource])).toEqual([
      [48, 'counted'],
      [50, 'counted'],
      [0, 'missing'],
    ]);
    expect(codes(result)).toEqual(['buildingsWithoutRow']);
  });

  it('by entrance makes units; a merged building cell counts for the rows below it', () => {
    const result = join({ 楼栋编号: 'A1', 单元: '1单元', 户数: 20 }, { 楼栋编号: null, 单元: '2单元', 户数: 22 });
    expect(result.buildings[0]).toMatchObject({ householdCount: 42, units: [{ id: 'A1/1单元' }, { id: 'A1/2单元' }] });
  });

  it('names its rows that fit no building, and cells it can not read', () => {
    const result = join(
      { 楼栋编号: 'B7', 户数: 12 },
      { 楼栋编号: 'A1', 户数: '若干' },
      { 楼栋编号: 'A2', 户数: 3 },
      { 楼栋编号: 'A2', 户数: 4 },
    );
    expect(codes(result)).toEqual([
      'countUnreadable #3 户数',
      'buildingUnknown #2',
      'duplicateRow #5',
      'buildingsWithoutRow',
    ]);
    expect(result.buildings[1]!.householdCount).toBe(3);
  });
});

describe('a roster', () => {
  const communities = [
    { code: '220103001001' as CommunityCode, name: '华阳社区' },
    { code: '220103001002' as CommunityCode, name: '明珠社区' },
  ];
  const read = (...rows: Record<string, unknown>[]) =>
    readRoster(table(...rows), mapped(rows, 'roster'), { file: 'r', communities });

  it('has names, categories, grids; a merged community counts for the rows below', () => {
    const { values, issues } = read(
      { 社区: '华阳', 姓名: '张三', 类别: '社区工作者', 是否专职: '是', 网格: '第一网格' },
      { 社区: null, 姓名: '李四', 类别: '公益性岗位', 是否专职: '否', 网格: null },
      { 社区: '220103001002', 姓名: '王五', 类别: '"两委"成员', 是否专职: '是', 网格: null },
    );
    expect(issues).toEqual([]);
    expect(
      values.map(({ id, category, fullTime, communityCode, gridLabel }) => [
        id,
        category,
        fullTime,
        communityCode,
        gridLabel,
      ]),
    ).toEqual([
      ['220103001001R01', 'communityWorker', true, '220103001001', '第一网格'],
      ['220103001001R02', 'publicWelfare', false, '220103001001', null],
      ['220103001002R01', 'committee', true, '220103001002', null],
    ]);
  });

  it('names people of no community we know, and categories it does not know', () => {
    const result = read({ 社区: '别处', 姓名: '张三', 类别: '社工' }, { 社区: '华阳社区', 姓名: '李四', 类别: '保洁' });
    expect(codes(result)).toEqual(['communityUnknown #2 社区', 'categoryUnknown #3 类别']);
    expect(result.values).toMatchObject([{ name: '李四', category: 'other' }]);
  });

  it('with telephone numbers is refused', () => {
    expect(codes(read({ 社区: '华阳', 姓名: '张三', 类别: '社工', 手机: '13912345678' }))).toEqual([
      'privacyColumn 手机',
    ]);
  });
});
