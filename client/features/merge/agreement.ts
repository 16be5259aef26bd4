import type { DepartmentId } from '../../../geodata/model/index.ts';
import type { CrosswalkRow } from '../../../server/wire.ts';

/** Of a department's households, the share whose departmental grid lies wholly in one general grid; 1 for a department without any. */
export function wholeShare(rows: readonly CrosswalkRow[], department: DepartmentId): number {
  const grids = new Map<string, { householdCount: number; inside: Set<string | null> }>();
  for (const row of rows) {
    if (row.departmentId !== department || row.householdCount === 0) continue;
    const grid = grids.get(row.departmentGridCode) ?? { householdCount: 0, inside: new Set() };
    grids.set(row.departmentGridCode, grid);
    grid.householdCount += row.householdCount;
    grid.inside.add(row.gridCode);
  }
  const all = [...grids.values()];
  const total = all.reduce((sum, grid) => sum + grid.householdCount, 0);
  const whole = all
    .filter((grid) => grid.inside.size === 1 && !grid.inside.has(null))
    .reduce((sum, grid) => sum + grid.householdCount, 0);
  return total === 0 ? 1 : whole / total;
}
