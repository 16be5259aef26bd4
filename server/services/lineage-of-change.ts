import type { Cell, Change, GridId, PlanState } from '../../geodata/model/index.ts';

/** What of a grid went into another one, by the codes they bore. */
export interface Passage {
  readonly oldCode: string;
  readonly newCode: string;
  readonly householdCount: number;
  readonly areaM2: number;
}

/** Two states of one ground; the fabrics differ by the patch at most. */
export interface Step {
  readonly before: PlanState;
  readonly after: PlanState;
  readonly patch: Change['fabric'];
}

/**
 * How grids passed into others where grids came, went or changed their codes. Moving cells between grids that stay is no passage.
 * Households go by building; the ground of cells cut anew, where several grids were cut at once, by their shares of what was cut.
 */
export function passagesOf({ before, after, patch }: Step): readonly Passage[] {
  const isReplaced = (id: GridId) => after.grids.get(id)?.code !== before.grids.get(id)?.code;
  const ids = new Set([...before.grids.keys(), ...after.grids.keys()]);
  const concerned = new Set([...ids].filter(isReplaced));
  if (concerned.size === 0) return [];
  const passages = new Map<string, { oldCode: string; newCode: string; householdCount: number; areaM2: number }>();
  const pass = (from: GridId | undefined, to: GridId | undefined, householdCount: number, areaM2: number): void => {
    if (from === undefined || to === undefined || !(concerned.has(from) || concerned.has(to))) return;
    const [oldCode, newCode] = [before.grids.get(from)!.code, after.grids.get(to)!.code];
    if (oldCode === newCode) return;
    const key = `${oldCode} ${newCode}`;
    const known = passages.get(key) ?? { oldCode, newCode, householdCount: 0, areaM2: 0 };
    passages.set(key, known);
    known.householdCount += householdCount;
    known.areaM2 += areaM2;
  };
  const isNew = new Set((patch?.added.cells ?? []).map(({ id }) => id));
  for (const { id, householdCount, areaM2 } of after.fabric.cells)
    if (!isNew.has(id)) pass(before.assignment.get(id), after.assignment.get(id), householdCount, areaM2);
  if (patch) passCutCells({ before, after, patch }, pass);
  return [...passages.values()];
}

function passCutCells(
  { before, after, patch }: Step & { readonly patch: NonNullable<Change['fabric']> },
  pass: (from: GridId | undefined, to: GridId | undefined, householdCount: number, areaM2: number) => void,
): void {
  const keyOf = ({ buildingId, unitId }: Cell['buildings'][number]) => `${buildingId}/${unitId ?? ''}`;
  const gridOfBuilding = new Map<string, GridId | undefined>();
  const areas = new Map<GridId | undefined, number>();
  let total = 0;
  for (const cell of patch.removed.cells) {
    const grid = before.assignment.get(cell.id);
    for (const building of cell.buildings) gridOfBuilding.set(keyOf(building), grid);
    areas.set(grid, (areas.get(grid) ?? 0) + cell.areaM2);
    total += cell.areaM2;
  }
  for (const cell of patch.added.cells) {
    const grid = after.assignment.get(cell.id);
    for (const building of cell.buildings) pass(gridOfBuilding.get(keyOf(building)), grid, building.householdCount, 0);
    for (const [from, areaM2] of areas) pass(from, grid, 0, total > 0 ? (cell.areaM2 * areaM2) / total : 0);
  }
}
