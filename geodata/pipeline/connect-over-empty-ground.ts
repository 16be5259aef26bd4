import { piecesOfGrids } from '../check/index.ts';
import type { CellId, GridId, PlanState } from '../model/index.ts';

/**
 * Joins grids that lie in pieces over cells without buildings, as few as possible, that `mayTake` allows them: never where that takes
 * another grid apart or leaves it without ground. @returns the assignment, the same one where nothing is to be joined.
 */
export function connectOverEmptyGround(
  state: PlanState,
  mayTake: (cell: CellId, grid: GridId) => boolean,
): ReadonlyMap<CellId, GridId> {
  const { fabric } = state;
  const empty = new Set(fabric.cells.filter(({ buildings }) => buildings.length === 0).map(({ id }) => id));
  let { assignment } = state;
  let pieces = piecesOfGrids(state);
  let neighbours: ReadonlyMap<CellId, readonly CellId[]> | null = null;
  for (const grid of [...pieces.keys()].sort()) {
    if (pieces.get(grid)!.length < 2) continue;
    neighbours ??= neighboursByCell(state);
    const free = (cell: CellId) => empty.has(cell) && mayTake(cell, grid);
    // every piece once: joining one to another leaves one piece fewer to begin at
    for (let from = 0; from < pieces.get(grid)!.length - 1; ) {
      const bridge = bridgeFrom(from, pieces.get(grid)!, neighbours, free);
      const joined = new Map(assignment);
      for (const cell of bridge ?? []) joined.set(cell, grid);
      const after = bridge ? piecesOfGrids({ ...state, assignment: joined }) : pieces;
      if (after.size < pieces.size || pieceCount(after) >= pieceCount(pieces)) {
        from++;
        continue;
      }
      assignment = joined;
      pieces = after;
      from = 0;
    }
  }
  return assignment;
}

const pieceCount = (pieces: ReturnType<typeof piecesOfGrids>) =>
  [...pieces.values()].reduce((sum, { length }) => sum + length, 0);

/** The free cells on the shortest way from one piece to any other; null when there is none. */
function bridgeFrom(
  from: number,
  pieces: readonly (readonly CellId[])[],
  neighbours: ReadonlyMap<CellId, readonly CellId[]>,
  free: (cell: CellId) => boolean,
): CellId[] | null {
  const others = new Set(pieces.flatMap((piece, i) => (i === from ? [] : piece)));
  const cameFrom = new Map<CellId, CellId | null>(pieces[from]!.map((cell) => [cell, null]));
  const queue = [...cameFrom.keys()];
  for (const cell of queue)
    for (const next of neighbours.get(cell) ?? []) {
      if (cameFrom.has(next)) continue;
      if (others.has(next)) {
        const bridge: CellId[] = [];
        for (let step = cell; cameFrom.get(step) !== null; step = cameFrom.get(step)!) bridge.push(step);
        return bridge;
      }
      if (!free(next)) continue;
      cameFrom.set(next, cell);
      queue.push(next);
    }
  return null;
}

function neighboursByCell({ fabric }: PlanState): Map<CellId, CellId[]> {
  const neighbours = new Map<CellId, CellId[]>(fabric.cells.map(({ id }) => [id, []]));
  for (const { left, right } of fabric.arcs) {
    if (left === null || right === null) continue;
    neighbours.get(left)!.push(right);
    neighbours.get(right)!.push(left);
  }
  return neighbours;
}
