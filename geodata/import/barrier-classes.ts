import type { BarrierClass } from '../model/index.ts';

/** 'none' is known and no barrier (a footpath); null is not known. */
export type ReadBarrierClass = BarrierClass | 'none' | null;

const WORDS: Readonly<Record<BarrierClass | 'none', readonly string[]>> = {
  mainRoad: [
    'mainroad',
    'main',
    'major',
    'majorroad',
    'arterial',
    'motorway',
    'motorwaylink',
    'trunk',
    'trunklink',
    'primary',
    'primarylink',
    'secondary',
    'secondarylink',
    'highway',
    'expressway',
    '主干道',
    '主干路',
    '次干道',
    '次干路',
    '干道',
    '快速路',
    '高速',
    '高速公路',
    '国道',
    '省道',
    '城市主干道',
    '城市次干道',
    '一级道路',
    '大街',
  ],
  road: [
    'road',
    'street',
    'minorroad',
    'minor',
    'tertiary',
    'tertiarylink',
    'residential',
    'unclassified',
    'livingstreet',
    'local',
    'branch',
    '道路',
    '支路',
    '街道',
    '街巷',
    '巷',
    '路',
    '二级道路',
    '三级道路',
    '城市支路',
    '一般道路',
    '次要道路',
    '小区道路',
    '公路',
  ],
  railway: [
    'rail',
    'railway',
    'railroad',
    'lightrail',
    'narrowgauge',
    'train',
    'tram',
    'monorail',
    '铁路',
    '轻轨',
    '铁道',
    '高铁',
    '轻轨/地面轨道',
    '有轨电车',
  ],
  river: [
    'river',
    'water',
    'riverbank',
    'stream',
    'canal',
    'waterway',
    'lake',
    'reservoir',
    'dock',
    'ditch',
    'drain',
    '河流',
    '河',
    '水系',
    '水域',
    '江',
    '湖',
    '湖泊',
    '河道',
    '渠',
    '沟渠',
    '运河',
    '水面',
    '水体',
  ],
  wall: ['wall', 'fence', 'citywall', 'retainingwall', 'hedge', '围墙', '墙', '围栏', '栅栏', '院墙'],
  none: [
    'footway',
    'path',
    'steps',
    'cycleway',
    'service',
    'pedestrian',
    'track',
    'trackgrade1',
    'trackgrade2',
    'trackgrade3',
    'trackgrade4',
    'trackgrade5',
    'bridleway',
    'corridor',
    'pier',
    'subway',
    'funicular',
    'swimmingpool',
    'fountain',
    'pool',
    'construction',
    'proposed',
    'elevator',
    '人行道',
    '步道',
    '小路',
    '内部道路',
    '地铁',
    '规划道路',
    '泳池',
  ],
};

const BY_WORD: ReadonlyMap<string, BarrierClass | 'none'> = new Map(
  (Object.keys(WORDS) as (BarrierClass | 'none')[]).flatMap((kind) => WORDS[kind].map((word) => [word, kind] as const)),
);

/**
 * The barrier class a word stands for: OSM's and Tilezen's road classes (secondary and up are main roads, paths and driveways stop no one), our own
 * names, and the Chinese ones.
 */
export function barrierClassOf(word: string): ReadBarrierClass {
  const plain = word
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]/g, '');
  return BY_WORD.get(plain) ?? null;
}

/** What a whole layer holds, by its name; null when that doesn't tell. */
export function barrierClassOfLayer(name: string): BarrierClass | null {
  if (/main.?road|主干/i.test(name)) return 'mainRoad';
  if (/rail|铁路|轨道|voie_ferree/i.test(name)) return 'railway';
  if (/river|water|hydro|河|水系|水域/i.test(name)) return 'river';
  if (/wall|fence|围墙/i.test(name)) return 'wall';
  return /road|street|道路|街|route/i.test(name) ? 'road' : null;
}
