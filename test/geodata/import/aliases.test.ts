import { describe, expect, it } from 'vitest';
import { suggestMapping, suggestTarget } from '../../../geodata/import/aliases.ts';

const columns = (...names: string[]) => names.map((name) => ({ name, samples: ['1'] }));

describe('columns found by name', () => {
  it.each(['households', 'HH', '户数', '户籍户数', '住户数', '常住户数', '户数（户）', 'House_Holds', '居民户数'])(
    '%s are households',
    (name) => expect(suggestMapping(columns(name), 'buildings')).toEqual({ households: name }),
  );

  it('of a usual building layer', () => {
    expect(
      suggestMapping(
        columns('楼栋编号', '楼栋名称', '所属小区', '所属社区', '层数', '户籍户数', '单元户数'),
        'buildings',
      ),
    ).toEqual({
      id: '楼栋编号',
      name: '楼栋名称',
      compound: '所属小区',
      community: '所属社区',
      floors: '层数',
      households: '户籍户数',
      units: '单元户数',
    });
  });

  it('of a benchmark community: id, 户数, 小区; 编码, 名称; class before kind', () => {
    expect(suggestMapping(columns('id', '户数', '小区'), 'buildings')).toEqual({
      id: 'id',
      households: '户数',
      compound: '小区',
    });
    expect(suggestMapping(columns('编码', '名称'), 'communities')).toEqual({ code: '编码', name: '名称' });
    expect(suggestMapping(columns('class', 'kind'), 'barriers').class).toBe('class');
  });

  it('of an OpenStreetMap extract', () => {
    const mapping = suggestMapping(columns('FID', 'osm_id', 'code', 'fclass', 'name', 'tunnel'), 'barriers');
    expect(mapping).toMatchObject({ class: 'fclass', name: 'name', tunnel: 'tunnel' });
  });

  it('of a long joined name by its end', () => {
    expect(suggestMapping(columns('遥感建筑提取_AddSpatialJoin_Floor'), 'buildings').floors).toBe(
      '遥感建筑提取_AddSpatialJoin_Floor',
    );
  });

  it('prefers a filled column to an empty one of a better name', () => {
    const mapping = suggestMapping(
      [
        { name: 'households', samples: [] },
        { name: '住户数', samples: ['12'] },
      ],
      'buildings',
    );
    expect(mapping.households).toBe('住户数');
  });

  it('gives one column to one field only', () => {
    const mapping = suggestMapping(columns('name', '编号'), 'grids');
    expect(new Set(Object.values(mapping)).size).toBe(Object.values(mapping).length);
  });

  it('maps nothing it does not know', () => {
    expect(suggestMapping(columns('AREA', 'PERIMETER', 'foo'), 'buildings')).toEqual({});
  });
});

describe('what a layer is', () => {
  const layer = (file: string, geometryType: string | null, ...names: string[]) =>
    suggestTarget({ file, layer: file, geometryType, columns: columns(...names) });

  it.each([
    ['社区.shp', 'Polygon', [], 'communities'],
    ['楼栋.geojson', 'Polygon', [], 'buildings'],
    ['road_clipped.geojson', 'LineString', [], 'barriers'],
    ['a.shp', 'LineString', [], 'barriers'],
    ['a.shp', 'Polygon', ['网格编码', '网格名称'], 'grids'],
    ['a.shp', 'Polygon', ['网格编码', '部门'], 'departmentGrids'],
    ['a.shp', 'Polygon', ['小区名称'], 'compounds'],
    ['a.shp', 'Polygon', ['层数', '户数'], 'buildings'],
    ['a.xlsx', null, ['姓名', '人员类别'], 'roster'],
    ['a.xlsx', null, ['楼栋编号', '户数'], 'households'],
    ['a.shp', 'Polygon', ['foo'], null],
  ] as const)('%s of %s with %j', (file, type, names, target) => expect(layer(file, type, ...names)).toBe(target));
});
