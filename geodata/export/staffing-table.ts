import type { CommunityStaffing } from '../staff/staffing.ts';
import type { ExportTable, TableValue } from './table.ts';

/** A community's line of the 配备明细表, with the names its staffing doesn't know. */
export interface StaffingLine {
  readonly communityName: string;
  readonly streetName: string | null;
  readonly estimatedHouseholdCount: number;
  readonly staffing: CommunityStaffing;
}

const arithmetic = ({ posts }: CommunityStaffing): string => {
  const { least, most, addedLeast, addedMost, householdsAboveBase } = posts;
  return householdsAboveBase === 0
    ? `${least}至${most}`
    : `超出基数${householdsAboveBase}户：${least - addedLeast}+${addedLeast}=${least}，${most - addedMost}+${addedMost}=${most}`;
};

/** The county's staffing schedule (社区工作者配备明细表): one line a community, sums below. */
export function staffingTable(countyName: string, lines: readonly StaffingLine[]): ExportTable {
  const rows = lines.map(({ communityName, streetName, estimatedHouseholdCount, staffing }, i): TableValue[] => [
    i + 1,
    streetName,
    communityName,
    staffing.communityCode,
    staffing.posts.householdCount,
    estimatedHouseholdCount,
    staffing.gridCount,
    staffing.gridsWithoutWorker.length,
    staffing.posts.least,
    staffing.posts.most,
    staffing.filled,
    staffing.gap,
    staffing.publicWelfareCount,
    arithmetic(staffing),
  ]);
  const SUMMED = [4, 5, 6, 7, 8, 9, 10, 11, 12];
  const totals: TableValue[] = Array.from({ length: 14 }, (_, column) =>
    SUMMED.includes(column)
      ? rows.reduce((sum, row) => sum + (row[column] as number), 0)
      : column === 0
        ? '合计'
        : null,
  );
  return {
    sheet: '配备明细表',
    title: `${countyName}社区工作者配备明细表`,
    columns: [
      { heading: ['序号'], width: 4 },
      { heading: ['街道（乡镇）'], width: 8 },
      { heading: ['社区名称'], width: 10 },
      { heading: ['社区编码'], width: 10 },
      { heading: ['户数', '合计'], width: 5 },
      { heading: ['户数', '其中估算'], width: 5 },
      { heading: ['网格', '全科网格'], width: 5 },
      { heading: ['网格', '无专职网格员'], width: 6 },
      { heading: ['社区工作者岗位', '最低配备'], width: 5 },
      { heading: ['社区工作者岗位', '最高配备'], width: 5 },
      { heading: ['社区工作者岗位', '现有'], width: 4 },
      { heading: ['社区工作者岗位', '缺口'], width: 4 },
      { heading: ['公益性岗位人员'], width: 6 },
      { heading: ['计算依据'], width: 22 },
    ],
    rows,
    totals,
    notes: ['公益性岗位人员不计入社区工作者岗位；户数含估算的，以核实后的数为准。'],
  };
}
