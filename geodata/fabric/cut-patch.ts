import type { Arc, ArcClass, ArcId, Cell, CellId, Fabric } from '../model/index.ts';
import type { Cut } from './cut.ts';
import type { Noding } from './cut-noding.ts';
import type { Pieces } from './cut-pieces.ts';

/** Writes the pieces down as cells and arcs. Numbers go on from the fabric's largest. */
export function patchOf(
  fabric: Fabric,
  arcs: readonly Arc[],
  noding: Noding,
  linePath: readonly number[],
  pieces: Pieces,
): Omit<Cut, 'line'> {
  const { xs, ys } = noding.subdivision.edges;
  const { faceOf } = noding.subdivision;
  let nextArc = fabric.arcs.reduce((most, { id }) => Math.max(most, id), 0) + 1;
  let nextCell = fabric.cells.reduce((most, { id }) => Math.max(most, id), 0) + 1;
  const idOfPiece = new Map<number, CellId>();
  for (const inCell of pieces.split.values()) for (const piece of inCell) idOfPiece.set(piece, nextCell++ as CellId);

  const cutNodes = new Set<number>();
  for (const edge of pieces.cutEdges) {
    cutNodes.add(noding.subdivision.edges.from[edge]!);
    cutNodes.add(noding.subdivision.edges.to[edge]!);
  }
  const pointsOf = (path: readonly number[]) => path.flatMap((node) => [xs[node]!, ys[node]!]);
  const removed: Arc[] = [];
  const added: Arc[] = [];
  const alongArcs = new Map<ArcId, boolean>();
  const sideOf = (cell: CellId | null, half: number): CellId | null =>
    cell !== null && pieces.split.has(cell) ? idOfPiece.get(pieces.pieceOf(faceOf[half]!))! : cell;
  /** 1 where the line's two sides meet and it runs from a to b, −1 where it runs from b to a, otherwise 0. */
  const wallBetween = (a: number, b: number): number => {
    const half = noding.halfEdge(a, b);
    const wall = pieces.walls.get(half >> 1);
    return wall === undefined ? 0 : wall === half ? 1 : -1;
  };
  const noteAlong = (id: ArcId, path: readonly number[]) => {
    const wall = wallBetween(path[0]!, path[1]!);
    if (wall !== 0) alongArcs.set(id, wall > 0);
  };

  for (const arc of arcs) {
    const path = noding.pathOf(arc.points);
    const vertices = new Set(arc.points.flatMap((x, i) => (i % 2 === 0 ? [`${x},${arc.points[i + 1]}`] : [])));
    const touched =
      (arc.left !== null && pieces.split.has(arc.left)) || (arc.right !== null && pieces.split.has(arc.right));
    const turns = (i: number) => wallBetween(path[i - 1]!, path[i]!) !== wallBetween(path[i]!, path[i + 1]!);
    if (!touched && !path.some((_, i) => i > 0 && i < path.length - 1 && turns(i))) {
      noteAlong(arc.id, path);
      continue;
    }
    removed.push(arc);
    let from = 0;
    for (let to = 1; to < path.length; to++) {
      if (to < path.length - 1 && !(touched && cutNodes.has(path[to]!)) && !turns(to)) continue;
      const piece = path.slice(from, to + 1);
      const kept = piece.filter(
        (node, i) => i === 0 || i === piece.length - 1 || vertices.has(`${xs[node]},${ys[node]}`),
      );
      const half = noding.halfEdge(piece[0]!, piece[1]!);
      const id = nextArc++ as ArcId;
      added.push({
        id,
        points: pointsOf(kept),
        left: sideOf(arc.left, half),
        right: sideOf(arc.right, half ^ 1),
        class: arc.class,
      });
      noteAlong(id, piece);
      from = to;
    }
  }
  for (const path of cutPaths(noding, pieces, linePath)) {
    const half = noding.halfEdge(path[0]!, path[1]!);
    const id = nextArc++ as ArcId;
    const drawn: ArcClass = 'drawn';
    const [left, right] = [faceOf[half]!, faceOf[half ^ 1]!].map((face) => idOfPiece.get(pieces.pieceOf(face))!);
    added.push({ id, points: pointsOf(path), left: left!, right: right!, class: drawn });
    alongArcs.set(id, true);
  }
  const cells = cellsOf(fabric, pieces, idOfPiece, removed, added);
  const current = new Map([...arcs, ...added].map((arc) => [arc.id, arc]));
  return {
    patch: { removed: { arcs: removed, cells: cells.removed }, added: { arcs: added, cells: cells.added } },
    ...sidesOf(alongArcs, current),
    alongArcs: [...alongArcs.keys()].sort((a, b) => a - b),
    cutFrom: new Map(
      [...pieces.split].flatMap(([cell, inCell]) => inCell.map((piece) => [idOfPiece.get(piece)!, cell])),
    ),
  };
}

/** The line's cutting edges as paths between nodes where something else meets them, in the direction of the line. */
function cutPaths(noding: Noding, pieces: Pieces, linePath: readonly number[]): number[][] {
  const { from, to, xs } = noding.subdivision.edges;
  const cutsAt = new Uint8Array(xs.length);
  for (const edge of pieces.cutEdges) {
    cutsAt[from[edge]!]!++;
    cutsAt[to[edge]!]!++;
  }
  const onArc = new Uint8Array(xs.length);
  for (let edge = 0; edge < from.length; edge++)
    if (noding.isOnArc(edge)) {
      onArc[from[edge]!] = 1;
      onArc[to[edge]!] = 1;
    }
  const used = new Set<number>();
  const paths: number[][] = [];
  let path: number[] = [];
  const close = () => {
    if (path.length > 1) paths.push(path);
    path = [];
  };
  for (let i = 1; i < linePath.length; i++) {
    const [a, b] = [linePath[i - 1]!, linePath[i]!];
    const edge = noding.edgeBetween(a, b);
    if (!pieces.cutEdges.has(edge) || used.has(edge)) {
      close();
      continue;
    }
    used.add(edge);
    if (path.length === 0) path.push(a);
    path.push(b);
    if (onArc[b] || cutsAt[b] !== 2) close();
  }
  close();
  // a closed line that starts in the middle of a piece: its two ends belong together
  const [first, last] = [paths[0], paths.at(-1)];
  if (first && last && first !== last && first[0] === last.at(-1)) {
    const node = first[0]!;
    if (!onArc[node] && cutsAt[node] === 2) {
      paths.pop();
      paths[0] = [...last, ...first.slice(1)];
    }
  }
  return paths;
}

function cellsOf(
  fabric: Fabric,
  pieces: Pieces,
  idOfPiece: ReadonlyMap<number, CellId>,
  removedArcs: readonly Arc[],
  addedArcs: readonly Arc[],
): { removed: Cell[]; added: Cell[] } {
  const moments = new Map<CellId, number>();
  const tally = (arcs: readonly Arc[], sign: number) => {
    for (const { points, left, right } of arcs) {
      let moment = 0;
      for (let i = 0; i + 3 < points.length; i += 2)
        moment += points[i]! * points[i + 3]! - points[i + 2]! * points[i + 1]!;
      if (left !== null) moments.set(left, (moments.get(left) ?? 0) + sign * moment);
      if (right !== null) moments.set(right, (moments.get(right) ?? 0) - sign * moment);
    }
  };
  tally(addedArcs, 1);
  const ofNew = new Map([...idOfPiece.values()].map((id) => [id, moments.get(id)! / 2e6]));
  tally(removedArcs, -1);

  const removed: Cell[] = [];
  const added: Cell[] = [];
  for (const cell of fabric.cells) {
    const inCell = pieces.split.get(cell.id);
    if (!inCell) {
      const deltaM2 = (moments.get(cell.id) ?? 0) / 2e6;
      // a vertex rounded onto the lattice moves the border by less than a millimetre
      if (deltaM2 === 0) continue;
      removed.push(cell);
      added.push({ ...cell, areaM2: cell.areaM2 + deltaM2 });
      continue;
    }
    removed.push(cell);
    for (const piece of inCell) {
      const id = idOfPiece.get(piece)!;
      const buildings = pieces.buildingsOf.get(piece) ?? [];
      const householdCount = buildings.reduce((sum, building) => sum + building.householdCount, 0);
      added.push({ ...cell, id, buildings, householdCount, areaM2: ofNew.get(id)! });
    }
  }
  return { removed, added: added.sort((a, b) => a.id - b.id) };
}

/** A cell that lies on both sides (the line turns around in it) counts to the side of the longer border. */
function sidesOf(alongArcs: ReadonlyMap<ArcId, boolean>, arcs: ReadonlyMap<ArcId, Arc>) {
  const balance = new Map<CellId, number>();
  for (const [id, forward] of alongArcs) {
    const { points, left, right } = arcs.get(id)!;
    let length = 0;
    for (let i = 0; i + 3 < points.length; i += 2)
      length += Math.hypot(points[i + 2]! - points[i]!, points[i + 3]! - points[i + 1]!);
    const [onLeft, onRight] = forward ? [left, right] : [right, left];
    if (onLeft !== null) balance.set(onLeft, (balance.get(onLeft) ?? 0) + length);
    if (onRight !== null) balance.set(onRight, (balance.get(onRight) ?? 0) - length);
  }
  const cells = [...balance].sort(([a], [b]) => a - b);
  return {
    leftCells: cells.filter(([, sum]) => sum >= 0).map(([id]) => id),
    rightCells: cells.filter(([, sum]) => sum < 0).map(([id]) => id),
  };
}
