import { applyChange, type ChangeMisfit } from '../../geodata/edit/apply-change.ts';
import { ringsOfCell, signedArea } from '../../geodata/fabric/rings.ts';
import {
  type Cell,
  type Change,
  type FabricPatch,
  fail,
  type PlanState,
  type Result,
  succeed,
} from '../../geodata/model/index.ts';

export interface ChangeRefusal {
  readonly code:
    | ChangeMisfit['code']
    | 'gridLocked'
    | 'gridCodeTaken'
    | 'gridCodeRetired'
    | 'cutChangesHouseholds'
    | 'cutChangesArea'
    | 'cutLeavesGap';
  readonly id: number | string;
}

/** What a page could get wrong that `applyChange` does not look at, because the verbs never do it. */
export function verifiedChange(state: PlanState, change: Change): Result<PlanState, ChangeRefusal> {
  const locked = lockBroken(state, change);
  if (locked) return fail(locked);
  const applied = applyChange(state, change);
  if (!applied.ok) return applied;
  const refusal = codeTaken(applied.value, change) ?? (change.fabric && patchBroken(applied.value, change.fabric));
  return refusal ? fail(refusal) : succeed(applied.value);
}

/** A locked grid keeps its cells and stays, whoever asks; unlocking is a change of its own. */
function lockBroken(state: PlanState, change: Change): ChangeRefusal | null {
  const isLocked = (id: string | null) => id !== null && state.grids.get(id as never)?.locked === true;
  for (const { before, after } of change.cells)
    for (const id of [before, after]) if (id !== null && isLocked(id)) return { code: 'gridLocked', id };
  for (const { id, after } of change.grids) if (after === null && isLocked(id)) return { code: 'gridLocked', id };
  return null;
}

/** Two planners may each draw the next grid at once: the second must number anew. */
function codeTaken(next: PlanState, change: Change): ChangeRefusal | null {
  const given = change.grids.filter(({ before, after }) => after?.code && after.code !== before?.code);
  for (const { id, after } of given)
    for (const grid of next.grids.values())
      if (grid.id !== id && grid.code === after!.code) return { code: 'gridCodeTaken', id: after!.code };
  return null;
}

/**
 * A code that was issued stays with the grid that bears it, or passes to another one while both go on, as renumbering does; once
 * its grid is gone nobody gets it again. `bore` says whether a grid had a code before: taking a change back must be possible.
 */
export async function retiredCodeGiven(
  before: PlanState,
  change: Change,
  issued: ReadonlySet<string>,
  bore: (grid: string, code: string) => Promise<boolean>,
): Promise<string | null> {
  const gone = new Set(change.grids.filter(({ after }) => after === null).map(({ id }) => id));
  const held = new Set([...before.grids.values()].filter(({ id }) => !gone.has(id)).map(({ code }) => code));
  for (const { id, before: was, after } of change.grids) {
    if (after === null || after.code === was?.code || !issued.has(after.code) || held.has(after.code)) continue;
    if (!(await bore(id, after.code))) return after.code;
  }
  return null;
}

/** A cut moves borders only: the same ground, the same households, every border still closed. */
function patchBroken(next: PlanState, { removed, added }: FabricPatch): ChangeRefusal | null {
  const households = (cells: readonly Cell[]) =>
    cells
      .flatMap((cell) => cell.buildings)
      .map((building) => `${building.buildingId}/${building.unitId ?? ''}/${building.householdCount}`)
      .sort()
      .join();
  if (households(removed.cells) !== households(added.cells))
    return { code: 'cutChangesHouseholds', id: removed.cells[0]?.id ?? 0 };
  for (const cell of added.cells) {
    const counted = cell.buildings.reduce((sum, building) => sum + building.householdCount, 0);
    if (counted !== cell.householdCount) return { code: 'cutChangesHouseholds', id: cell.id };
  }
  const area = (cells: readonly Cell[]) => cells.reduce((sum, cell) => sum + cell.areaM2, 0);
  if (Math.abs(area(removed.cells) - area(added.cells)) > 1)
    return { code: 'cutChangesArea', id: added.cells[0]?.id ?? 0 };
  for (const cell of added.cells) {
    try {
      const rings = ringsOfCell(next.fabric, cell.id);
      const areaM2 = Math.abs(rings.reduce((sum, ring) => sum + signedArea(ring.points), 0)) / 1e6;
      if (rings.length === 0 || Math.abs(areaM2 - cell.areaM2) > 1) return { code: 'cutLeavesGap', id: cell.id };
    } catch {
      return { code: 'cutLeavesGap', id: cell.id };
    }
  }
  return null;
}
