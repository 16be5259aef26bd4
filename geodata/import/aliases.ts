import { textOf } from './input.ts';

/** What a layer or table can be read as. The same words as the import screen's targets. */
export type ImportTarget =
  | 'communities'
  | 'buildings'
  | 'compounds'
  | 'barriers'
  | 'grids'
  | 'departmentGrids'
  | 'households'
  | 'roster';

export interface ColumnSamples {
  readonly name: string;
  readonly samples: readonly string[];
}

/**
 * Names under which a column is found, best first; compared without case, blanks, underscores, dashes and brackets' contents.
 * A name ending in * matches any column that begins with it, one beginning with * any that ends with it.
 */
const ID = ['id', 'fid', 'objectid', 'gid', 'bid', 'osm_id', '编号', '序号', '唯一码'];
const CODE = ['code', '编码', '代码', '编号', '*编码', '*代码', '*编号'];
const NAME = ['name', 'mc', '名称', '*名称', '*_name'];
const HOUSEHOLDS = [
  'households',
  'hh',
  'household',
  'householdcount',
  'hhs',
  '户数',
  '户籍户数',
  '常住户数',
  '住户数',
  '居民户数',
  '总户数',
  '户籍总户数',
  '户数户',
  '住户',
  '居民户',
  'hs',
  'hushu',
  'nb_logts',
  'dwellings',
  'units_total',
  '*户数',
  'num_hh',
  'n_hh',
];
const COMMUNITY = [
  'community',
  '社区',
  '所属社区',
  '社区名称',
  '所在社区',
  'communityname',
  'community_name',
  'sq',
  'sqmc',
  '社区编码',
  'communitycode',
  'community_code',
];
const GRID_NAME = ['gridname', 'grid_name', '网格名称', '网格名', ...NAME, '网格', 'wgmc'];
const GRID_CODE = ['gridcode', 'grid_code', '网格编码', '网格代码', '网格编号', '网格号', 'wgbm', 'wgbh', ...CODE];

export const ALIASES: Readonly<Record<ImportTarget, Readonly<Record<string, readonly string[]>>>> = {
  communities: {
    code: ['communitycode', '社区编码', '社区代码', '行政区划代码', '区划代码', 'sqbm', 'sqdm', ...CODE, 'id'],
    name: ['communityname', '社区名称', '社区', 'sqmc', ...NAME, 'community'],
    street: ['street', 'streetname', 'town', '街道', '街道名称', '所属街道', '乡镇', '街道乡镇', '镇街'],
  },
  buildings: {
    id: [
      'buildingid',
      '楼栋编号',
      '楼栋编码',
      '楼栋id',
      '楼幢编号',
      '建筑编号',
      '楼栋代码',
      '楼号编码',
      'ldbh',
      'ldbm',
      ...ID,
      ...CODE,
    ],
    name: ['buildingname', '楼栋名称', '楼栋', '楼号', '楼幢', '幢号', '楼名', ...NAME],
    households: HOUSEHOLDS,
    residents: [
      'residents',
      'population',
      'pop',
      'totpop',
      '人口',
      '人口数',
      '常住人口',
      '户籍人口',
      '居民人数',
      '人数',
      '总人口',
    ],
    floors: [
      'floors',
      'floor',
      'storeys',
      'stories',
      'levels',
      'building:levels',
      'building_levels',
      'nb_etages',
      '层数',
      '楼层',
      '楼层数',
      '地上层数',
      '建筑层数',
      '总层数',
      'cs',
      '*floor',
    ],
    units: ['units', '单元户数', '各单元户数', '单元', 'entrances', 'unit_households'],
    compound: [
      'compound',
      'compoundid',
      'compound_id',
      'compoundname',
      '小区',
      '小区名称',
      '所属小区',
      '所在小区',
      '小区名',
      '院落',
      '小区编号',
      'xq',
      'xqmc',
      'estate',
    ],
    community: COMMUNITY,
  },
  compounds: {
    id: ['compoundid', '小区编号', '小区编码', ...ID, ...CODE],
    name: ['compoundname', 'compound', '小区名称', '小区', '小区名', 'xqmc', ...NAME],
  },
  barriers: {
    class: [
      'class',
      'fclass',
      'kind',
      'barrier',
      '类别',
      '类型',
      '障碍类型',
      '道路等级',
      '等级',
      'highway',
      'railway',
      'waterway',
      'type',
      'kind_detail',
      'nature',
      'lb',
      'lx',
    ],
    name: NAME,
    id: ['barrierid', ...ID, '编码'],
    tunnel: ['tunnel', 'is_tunnel', '隧道'],
  },
  grids: {
    code: GRID_CODE,
    name: GRID_NAME,
    community: COMMUNITY,
    kind: ['kind', 'gridkind', '网格类型', '网格类别', '类型', '类别'],
    households: HOUSEHOLDS,
    workers: ['workers', 'workercount', '网格员数', '网格员人数', '专职网格员数'],
  },
  departmentGrids: {
    code: GRID_CODE,
    name: GRID_NAME,
    department: ['department', 'dept', '部门', '部门名称', '所属部门', '条线', '主管部门'],
  },
  households: {
    buildingId: ['buildingid', '楼栋编号', '楼栋编码', '楼栋id', '楼幢编号', '建筑编号', ...ID, ...CODE],
    buildingName: ['buildingname', '楼栋名称', '楼栋', '楼号', '楼幢', '幢号', '楼名', ...NAME],
    compound: ['compound', '小区', '小区名称', '所属小区'],
    unit: ['unit', 'entrance', '单元', '单元号', '单元名称'],
    households: HOUSEHOLDS,
    residents: ['residents', 'population', '人口', '人口数', '常住人口', '户籍人口', '人数'],
  },
  roster: {
    name: ['workername', '姓名', '人员姓名', '网格员姓名', '网格员', 'name'],
    category: ['category', '类别', '人员类别', '岗位类别', '身份', '岗位', '人员类型', '职务'],
    fullTime: ['fulltime', 'full_time', '是否专职', '专职', '专兼职', '专职兼职'],
    community: COMMUNITY,
    grid: ['grid', 'gridcode', 'gridname', '网格', '所属网格', '负责网格', '网格名称', '网格编码', '责任网格'],
  },
};

const NEEDED: Readonly<Record<ImportTarget, readonly string[]>> = {
  communities: ['name'],
  buildings: [],
  compounds: ['name'],
  barriers: ['class'],
  grids: [],
  departmentGrids: [],
  households: ['households'],
  roster: ['name', 'category'],
};

export const plainName = (name: string): string =>
  name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/\(.*?\)|（.*?）|\[.*?\]/g, '')
    .replaceAll(/[\s_\-.:：*]/g, '');

function matchRank(column: string, aliases: readonly string[]): number {
  const plain = plainName(column);
  return aliases.findIndex((alias) => {
    const wanted = plainName(alias);
    if (alias.startsWith('*')) return plain.endsWith(wanted) && plain !== wanted;
    return plain === wanted;
  });
}

/** Columns that are empty throughout are no answer when a filled one bears another of the names. */
const isFilled = (column: ColumnSamples): boolean => column.samples.some((sample) => textOf(sample) !== null);

/**
 * Target field → column, found by name. A column serves one field only; of several that fit, the one of the better name, filled before
 * empty. Nothing is guessed from values: a field without a column of a known name stays unmapped, for the user to say.
 */
export function suggestMapping(columns: readonly ColumnSamples[], target: ImportTarget): Record<string, string> {
  const mapping: Record<string, string> = {};
  const taken = new Set<string>();
  const pairs = Object.entries(ALIASES[target]).flatMap(([field, aliases], order) =>
    columns.flatMap((column) => {
      const rank = matchRank(column.name, aliases);
      return rank < 0 ? [] : [{ field, column: column.name, order, rank: rank + (isFilled(column) ? 0 : 1000) }];
    }),
  );
  pairs.sort((a, b) => a.rank - b.rank || a.order - b.order);
  for (const { field, column } of pairs) {
    if (field in mapping || taken.has(column)) continue;
    mapping[field] = column;
    taken.add(column);
  }
  return mapping;
}

const FILE_WORDS: readonly (readonly [RegExp, ImportTarget])[] = [
  [/roster|名册|人员|花名册/i, 'roster'],
  [/depart|部门/i, 'departmentGrids'],
  [/communit|社区(?!网格)/i, 'communities'],
  [/build|楼栋|建筑|房屋|batiment/i, 'buildings'],
  [/compound|小区|estate/i, 'compounds'],
  [/barrier|road|rail|river|water|道路|铁路|河流|水系|围墙|主干道/i, 'barriers'],
  [/grid|网格/i, 'grids'],
  [/household|户数|户籍/i, 'households'],
];

/**
 * What a layer most likely is, by its geometry, its file's and its columns' names; null when that doesn't tell. `geometryType`
 * is null for a table.
 */
export function suggestTarget(layer: {
  readonly file: string;
  readonly layer: string;
  readonly geometryType: string | null;
  readonly columns: readonly ColumnSamples[];
}): ImportTarget | null {
  const isTable = layer.geometryType === null;
  const isLine = /LineString/.test(layer.geometryType ?? '');
  const fits = (target: ImportTarget): boolean =>
    isTable
      ? target === 'households' || target === 'roster'
      : isLine
        ? target === 'barriers'
        : target !== 'households' && target !== 'roster';
  const words = `${layer.file} ${layer.layer}`.replace(/^.*[/\\]/, '');
  for (const [pattern, target] of FILE_WORDS) if (pattern.test(words) && fits(target)) return target;
  if (isLine) return 'barriers';
  const has = (target: ImportTarget, field: string): boolean => field in suggestMapping(layer.columns, target);
  const complete = (target: ImportTarget): boolean => NEEDED[target].every((field) => has(target, field));
  if (isTable)
    return has('roster', 'category') && complete('roster') ? 'roster' : complete('households') ? 'households' : null;
  if (has('buildings', 'floors') || (has('buildings', 'compound') && has('buildings', 'households')))
    return 'buildings';
  if (/Point/.test(layer.geometryType ?? '')) return has('buildings', 'households') ? 'buildings' : null;
  const plain = layer.columns.map(({ name }) => plainName(name));
  if (plain.some((name) => /^(网格|grid)/.test(name)))
    return has('departmentGrids', 'department') ? 'departmentGrids' : 'grids';
  if (plain.some((name) => /^(社区名称|社区编码|communitycode)/.test(name))) return 'communities';
  if (plain.some((name) => /^(小区|compound)/.test(name))) return 'compounds';
  if (has('buildings', 'households')) return 'buildings';
  return null;
}
