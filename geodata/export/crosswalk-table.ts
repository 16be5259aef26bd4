import type { ExportTable, TableValue } from './table.ts';

/** How one departmental grid passes into one general grid; null: households of the departmental grid that no general grid holds. */
export interface CrosswalkLine {
  readonly departmentName: string;
  readonly departmentGridCode: string;
  readonly departmentGridName: string;
  readonly gridCode: string | null;
  readonly gridName: string | null;
  readonly householdCount: number;
  readonly areaM2: number;
  readonly shareOfDepartmentGrid: number;
  readonly shareOfGrid: number;
}

const percent = (share: number): number => Math.round(share * 1000) / 10;

/** 部门网格与全科网格对照表: every departmental grid with the general grids that replace it. */
export function crosswalkTable(lines: readonly CrosswalkLine[]): ExportTable {
  return {
    sheet: '网格对照表',
    title: '部门网格与全科网格对照表',
    columns: [
      { heading: ['部门'], width: 8 },
      { heading: ['部门网格', '编码'], width: 12 },
      { heading: ['部门网格', '名称'], width: 10 },
      { heading: ['全科网格', '编码'], width: 12 },
      { heading: ['全科网格', '名称'], width: 10 },
      { heading: ['户数'], width: 6 },
      { heading: ['面积（平方米）'], width: 8 },
      { heading: ['占部门网格户数（%）'], width: 9 },
      { heading: ['占全科网格户数（%）'], width: 9 },
    ],
    rows: lines.map((line): TableValue[] => [
      line.departmentName,
      line.departmentGridCode,
      line.departmentGridName,
      line.gridCode,
      line.gridName,
      line.householdCount,
      Math.round(line.areaM2),
      percent(line.shareOfDepartmentGrid),
      percent(line.shareOfGrid),
    ]),
    totals: null,
    notes: [],
  };
}
