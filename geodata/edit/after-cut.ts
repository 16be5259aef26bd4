import type { Cut } from '../fabric/cut.ts';
import { applyPatch } from '../fabric/patch.ts';
import type { Arc, ArcId, CellId, Change, Fabric, FabricPatch, GridId, PlanState } from '../model/index.ts';

/** The plan as it is right after a cut: each new cell still in the grid of the cell it was cut from. */
export interface AfterCut {
  readonly fabric: Fabric;
  readonly gridOf: (cell: CellId) => GridId | null;
}

export function afterCut(state: PlanState, cut: Cut): AfterCut {
  return {
    fabric: applyPatch(state.fabric, cut.patch),
    gridOf: (cell) => state.assignment.get(cut.cutFrom.get(cell) ?? cell) ?? null,
  };
}

/** The assignment part of a change with a cut: cut cells leave, new cells come, and `next` says where each cell goes. */
export function cellsOfChange(
  state: PlanState,
  cut: Cut,
  after: AfterCut,
  next: (cell: CellId, grid: GridId | null) => GridId | null,
): Change['cells'] {
  const entries: { id: CellId; before: GridId | null; after: GridId | null }[] = [];
  const gone = new Set(cut.cutFrom.values());
  for (const id of [...gone].sort((a, b) => a - b)) {
    const before = state.assignment.get(id) ?? null;
    if (before !== null) entries.push({ id, before, after: null });
  }
  for (const { id } of after.fabric.cells) {
    const before = cut.cutFrom.has(id) ? null : (state.assignment.get(id) ?? null);
    const grid = next(id, after.gridOf(id));
    if (before !== grid) entries.push({ id, before, after: grid });
  }
  return entries;
}

/** null for a cut that took nothing apart. */
export const patchOrNull = ({ patch }: Cut): FabricPatch | null =>
  patch.removed.arcs.length + patch.added.arcs.length > 0 ? patch : null;

/** Parts cells into groups that hang together without crossing any of the walls. */
export function groupsOf(arcs: readonly Arc[], cells: ReadonlySet<CellId>, isWall: (arc: Arc) => boolean): CellId[][] {
  const joined = new Map<CellId, CellId[]>([...cells].map((cell) => [cell, []]));
  for (const arc of arcs) {
    const { left, right } = arc;
    if (left === null || right === null || !cells.has(left) || !cells.has(right) || isWall(arc)) continue;
    joined.get(left)!.push(right);
    joined.get(right)!.push(left);
  }
  const groups: CellId[][] = [];
  const seen = new Set<CellId>();
  for (const cell of cells) {
    if (seen.has(cell)) continue;
    seen.add(cell);
    const group = [cell];
    for (const member of group)
      for (const other of joined.get(member)!)
        if (!seen.has(other)) {
          seen.add(other);
          group.push(other);
        }
    groups.push(group);
  }
  return groups;
}

/** −1 when a group lies right of the line, 1 left, 0 when the line doesn't touch it or touches it from both sides. */
export function sideOfGroup(group: readonly CellId[], { leftCells, rightCells }: Cut): -1 | 0 | 1 {
  const members = new Set(group);
  const onLeft = leftCells.some((cell) => members.has(cell));
  const onRight = rightCells.some((cell) => members.has(cell));
  return onLeft === onRight ? 0 : onLeft ? 1 : -1;
}

/** The arcs around grids: where an end of a line that was drawn too short is meant to arrive. */
export function borderArcsOf(state: PlanState, gridIds: readonly GridId[]): Set<ArcId> {
  const gridOf = (cell: CellId | null) => (cell === null ? null : (state.assignment.get(cell) ?? null));
  const border = new Set<ArcId>();
  for (const { id, left, right } of state.fabric.arcs) {
    const [a, b] = [gridOf(left), gridOf(right)];
    if (a !== b && gridIds.some((grid) => grid === a || grid === b)) border.add(id);
  }
  return border;
}

export const cellsOfGrids = (state: PlanState, gridIds: readonly GridId[]): Set<CellId> =>
  new Set([...state.assignment].filter(([, grid]) => gridIds.includes(grid)).map(([cell]) => cell));
