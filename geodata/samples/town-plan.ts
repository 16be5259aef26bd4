import type { InstitutionKind } from './names.ts';

/** What a piece of town is mostly made of, and how finely minor roads divide it. */
export interface Quarter {
  readonly parcelHa: number;
  readonly uses: Readonly<Partial<Record<ParcelUse, number>>>;
}
export type ParcelUse = 'slabs' | 'towers' | 'mixed' | 'houses' | 'institution' | 'park' | 'works';

export const QUARTERS = {
  walkUps: { parcelHa: 2.1, uses: { slabs: 0.86, institution: 0.1, park: 0.04 } },
  thinWalkUps: { parcelHa: 1.7, uses: { slabs: 0.4, institution: 0.2, houses: 0.28, park: 0.12 } },
  towers: { parcelHa: 2.9, uses: { towers: 0.66, mixed: 0.24, institution: 0.06, park: 0.04 } },
  old: { parcelHa: 1.0, uses: { houses: 0.74, slabs: 0.14, institution: 0.12 } },
  centre: { parcelHa: 1.8, uses: { slabs: 0.5, mixed: 0.14, institution: 0.3, park: 0.06 } },
  edge: { parcelHa: 2.3, uses: { houses: 0.34, works: 0.46, park: 0.2 } },
} as const satisfies Record<string, Quarter>;

/**
 * A community takes the rectangle of town faces from (column, row) up to (columns, rows) more; rows count from the south.
 * `quarters` go row by row from the south-west. `exactHouseholds` makes the cases that no division can satisfy.
 */
export interface CommunityPlan {
  readonly name: string;
  readonly street: number;
  readonly column: number;
  readonly row: number;
  readonly columns: number;
  readonly rows: number;
  readonly quarters: readonly (keyof typeof QUARTERS)[];
  readonly exactHouseholds?: number;
  readonly giantTower?: 'withEntrances' | 'withoutEntrances';
}

export const STREETS = ['兴华街道', '滨河街道', '东安街道'] as const;

/**
 *   row 4   铁北 铁北 站前 北郊 北郊
 *   ======================================  railway
 *   row 3   文化 文化 站前 光明 建设
 *   row 2   民主 民主 滨河 新城 新城
 *   ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~  river
 *   row 1   南岸 南岸 滨河 东安 东安
 *   row 0   福民 福民 福民 东安 东安
 */
export const COMMUNITIES: readonly CommunityPlan[] = [
  { name: '站前社区', street: 0, column: 2, row: 3, columns: 1, rows: 2, quarters: ['centre', 'old'] },
  { name: '文化社区', street: 0, column: 0, row: 3, columns: 2, rows: 1, quarters: ['walkUps', 'centre'] },
  { name: '铁北社区', street: 0, column: 0, row: 4, columns: 2, rows: 1, quarters: ['edge', 'old'] },
  {
    name: '北郊社区',
    street: 0,
    column: 3,
    row: 4,
    columns: 2,
    rows: 1,
    quarters: ['edge', 'edge'],
    exactHouseholds: 240,
  },
  { name: '民主社区', street: 1, column: 0, row: 2, columns: 2, rows: 1, quarters: ['old', 'thinWalkUps'] },
  { name: '滨河社区', street: 1, column: 2, row: 1, columns: 1, rows: 2, quarters: ['thinWalkUps', 'walkUps'] },
  { name: '南岸社区', street: 1, column: 0, row: 1, columns: 2, rows: 1, quarters: ['walkUps', 'walkUps'] },
  { name: '福民社区', street: 1, column: 0, row: 0, columns: 3, rows: 1, quarters: ['edge', 'old', 'thinWalkUps'] },
  {
    name: '光明社区',
    street: 2,
    column: 3,
    row: 3,
    columns: 1,
    rows: 1,
    quarters: ['centre'],
    giantTower: 'withoutEntrances',
  },
  {
    name: '建设社区',
    street: 2,
    column: 4,
    row: 3,
    columns: 1,
    rows: 1,
    quarters: ['thinWalkUps'],
    exactHouseholds: 550,
  },
  {
    name: '新城社区',
    street: 2,
    column: 3,
    row: 2,
    columns: 2,
    rows: 1,
    quarters: ['towers', 'towers'],
    giantTower: 'withEntrances',
  },
  {
    name: '东安社区',
    street: 2,
    column: 3,
    row: 0,
    columns: 2,
    rows: 2,
    quarters: ['edge', 'old', 'centre', 'thinWalkUps'],
  },
];

export const INSTITUTIONS: readonly InstitutionKind[] = ['school', 'hospital', 'market', 'office', 'kindergarten'];
