import type { CellId, GridId, PlanState } from '../model/index.ts';

/**
 * The connected pieces of every grid: two of its cells are in one piece when one can walk from one to the other over shared borders
 * without leaving the grid. Touching in a single point does not connect. Most households first, then the lowest cell id.
 */
export function piecesOfGrids({ fabric, assignment }: PlanState): ReadonlyMap<GridId, readonly (readonly CellId[])[]> {
  const parent = new Map<CellId, CellId>(fabric.cells.map((cell) => [cell.id, cell.id]));
  const rootOf = (cell: CellId): CellId => {
    let root = cell;
    for (let next = parent.get(root)!; next !== root; next = parent.get(root)!) root = next;
    for (let step = cell; step !== root; ) {
      const next = parent.get(step)!;
      parent.set(step, root);
      step = next;
    }
    return root;
  };
  for (const { left, right } of fabric.arcs) {
    if (left === null || right === null) continue;
    const grid = assignment.get(left);
    if (grid !== undefined && grid === assignment.get(right)) parent.set(rootOf(left), rootOf(right));
  }

  const piecesOf = new Map<GridId, Map<CellId, { cellIds: CellId[]; householdCount: number }>>();
  for (const cell of fabric.cells) {
    const grid = assignment.get(cell.id);
    if (grid === undefined) continue;
    const pieces = piecesOf.get(grid) ?? new Map();
    piecesOf.set(grid, pieces);
    const root = rootOf(cell.id);
    const piece = pieces.get(root) ?? { cellIds: [], householdCount: 0 };
    pieces.set(root, piece);
    piece.cellIds.push(cell.id);
    piece.householdCount += cell.householdCount;
  }
  return new Map(
    [...piecesOf].map(([grid, pieces]) => [
      grid,
      [...pieces.values()]
        .sort((one, other) => other.householdCount - one.householdCount || one.cellIds[0]! - other.cellIds[0]!)
        .map((piece) => piece.cellIds),
    ]),
  );
}
