import type { MultiPolygon, Polygon } from 'geojson';
import type { GridKind } from '../model/index.ts';
import type { ExportField } from './fields.ts';

/** What an exported grid says of itself, in the order of its table. The first six are a contract with those who read the files. */
export const GRID_FIELDS: readonly ExportField[] = [
  { name: 'code', label: '网格编码', type: 'text' },
  { name: 'name', label: '网格名称', type: 'text' },
  { name: 'community', label: '所属社区名称', type: 'text' },
  { name: 'kind', label: '网格类型（general 全科网格，dedicated 专属网格，department 部门网格）', type: 'text' },
  { name: 'households', label: '户数', type: 'integer' },
  { name: 'workers', label: '专职网格员数', type: 'integer' },
  { name: 'commcode', label: '所属社区编码', type: 'text' },
  { name: 'estimated', label: '户数中的估算户数', type: 'integer' },
  { name: 'buildings', label: '楼栋数', type: 'integer' },
  { name: 'area_m2', label: '面积（平方米）', type: 'decimal', decimals: 1 },
  { name: 'detached', label: '飞地理由（无则为空）', type: 'text' },
  { name: 'duties', label: '承担的部门职责', type: 'text' },
];

export interface ExportedGrid {
  readonly code: string;
  readonly name: string;
  readonly communityName: string;
  readonly communityCode: string;
  readonly kind: GridKind;
  readonly householdCount: number;
  readonly estimatedHouseholdCount: number;
  readonly buildingCount: number;
  readonly workerCount: number;
  readonly areaM2: number;
  readonly detachedReason: string | null;
  readonly duties?: readonly string[];
  readonly outline: Polygon | MultiPolygon;
}

/** A grid as a GeoJSON feature with the attributes of GRID_FIELDS; `duties` only where a plan has any. */
export function gridFeature(grid: ExportedGrid): {
  type: 'Feature';
  geometry: Polygon | MultiPolygon;
  properties: Record<string, string | number | null>;
} {
  return {
    type: 'Feature',
    geometry: grid.outline,
    properties: {
      code: grid.code,
      name: grid.name,
      community: grid.communityName,
      kind: grid.kind,
      households: grid.householdCount,
      workers: grid.workerCount,
      commcode: grid.communityCode,
      estimated: grid.estimatedHouseholdCount,
      buildings: grid.buildingCount,
      area_m2: Math.round(grid.areaM2 * 10) / 10,
      detached: grid.detachedReason,
      ...(grid.duties === undefined ? {} : { duties: grid.duties.join('；') }),
    },
  };
}
