import type { GridId } from '../model/index.ts';
import type { CrosswalkRow } from './crosswalk.ts';
import type { DepartmentLayer } from './layer.ts';

/** R4: a general grid carries the duties of every department that had a grid over any of its households, in the layers' order. */
export function dutiesOf(
  rows: readonly CrosswalkRow[],
  layers: readonly DepartmentLayer[],
): ReadonlyMap<GridId, readonly string[]> {
  const departments = new Map<GridId, Set<string>>();
  for (const { gridId, departmentGrid, departmentId, householdCount } of rows) {
    if (gridId === null || departmentGrid === null || householdCount === 0) continue;
    departments.set(gridId, (departments.get(gridId) ?? new Set()).add(departmentId));
  }
  return new Map(
    [...departments].map(([gridId, ids]) => [
      gridId,
      [...new Set(layers.filter(({ id }) => ids.has(id)).flatMap(({ duties }) => duties))],
    ]),
  );
}
