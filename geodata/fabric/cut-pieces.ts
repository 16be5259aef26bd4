import { faceAt, forEachHalfEdge, pointInFace, type Subdivision } from '../geometry/polygonize.ts';
import type { Arc, BuildingId, BuildingUnitId, Cell, CellId, Fabric, Result } from '../model/index.ts';
import { fail, succeed } from '../model/index.ts';
import { Divide } from './cut-divide.ts';
import type { Noding } from './cut-noding.ts';
import type { FootprintMm } from './outline-footprints.ts';
import { sideOfRing } from './outline-rings.ts';

/** A building may lose this share of its ground plan to a line and still counts as undivided: a hand's inexactness. */
const DIVIDED_SHARE = 0.02;
/** Smaller faces without a building are not worth a cell: they stay with the piece they share most of the line with. */
const SLIVER_MM2 = 2e6;

/** How a line parts the cells it crosses. A piece is named by one of its faces. */
export interface Pieces {
  /** Piece of a face; −1 outside the cells that were looked at. */
  readonly pieceOf: (face: number) => number;
  /** Cells in two or more pieces, with them. */
  readonly split: ReadonlyMap<CellId, readonly number[]>;
  readonly buildingsOf: ReadonlyMap<number, Cell['buildings']>;
  /** Edges of the line with different pieces of one cell on both sides. */
  readonly cutEdges: ReadonlySet<number>;
  /** Where arcs part the line's two sides: edge → the half-edge that runs as the line does. */
  readonly walls: ReadonlyMap<number, number>;
}

/** Faces between arcs and line, as pieces of cells; fails with the building that the line divides. */
export function piecesOf(
  fabric: Fabric,
  near: ReadonlySet<CellId>,
  arcs: readonly Arc[],
  noding: Noding,
  linePath: readonly number[],
  footprints: readonly FootprintMm[],
): Result<Pieces, { buildingId: BuildingId; unitId: BuildingUnitId | null; x: number; y: number }> {
  const { subdivision } = noding;
  const cellOf = cellsOfFaces(subdivision, near, arcs);
  const facesOf = new Map<CellId, number[]>();
  cellOf.forEach((cell, face) => {
    if (cell === null) return;
    const faces = facesOf.get(cell);
    if (faces) faces.push(face);
    else facesOf.set(cell, [face]);
  });
  const parent = cellOf.map((_, face) => face);
  const pieceOf = (face: number): number => {
    if (face < 0 || cellOf[face] === null) return -1;
    let root = face;
    while (parent[root] !== root) root = parent[root]!;
    return root;
  };
  const lineEdges = new Set<number>();
  const divide = new Divide();
  for (let i = 1; i < linePath.length; i++) {
    lineEdges.add(noding.edgeBetween(linePath[i - 1]!, linePath[i]!));
    divide.add(noding.halfEdge(linePath[i - 1]!, linePath[i]!), 1);
  }
  const parts = (edge: number): boolean => {
    if (noding.isOnArc(edge)) return false;
    const [a, b] = [subdivision.faceOf[2 * edge]!, subdivision.faceOf[2 * edge + 1]!];
    return a >= 0 && b >= 0 && cellOf[a] !== null && cellOf[a] === cellOf[b] && pieceOf(a) !== pieceOf(b);
  };

  const footprintOf = new Map(footprints.map((footprint) => [footprint.buildingId, footprint]));
  const shares = new Map<Cell['buildings'][number], Map<number, number>>();
  const built = new Set<number>();
  for (const cell of fabric.cells) {
    const faces = facesOf.get(cell.id);
    if (!faces || faces.length < 2) continue;
    for (const building of cell.buildings) {
      const share = sharesOf(subdivision, faces, footprintOf.get(building.buildingId));
      shares.set(building, share);
      for (const [face, part] of share) if (part > DIVIDED_SHARE) built.add(face);
    }
    for (const face of faces)
      if (subdivision.areaMm2[face]! < SLIVER_MM2 && !built.has(face)) {
        const host = longestNeighbour(subdivision, face, (edge) => lineEdges.has(edge) && parts(edge));
        if (host < 0) continue;
        const sliver = pieceOf(face);
        divide.goAround(
          subdivision,
          faces.filter((other) => pieceOf(other) === sliver),
          (other) => pieceOf(other) === pieceOf(host),
        );
        parent[sliver] = pieceOf(host);
      }
  }

  const split = new Map<CellId, number[]>();
  const buildingsOf = new Map<number, Cell['buildings'][number][]>();
  for (const cell of fabric.cells) {
    const faces = facesOf.get(cell.id);
    if (!faces) continue;
    const pieces = [...new Set(faces.map(pieceOf))];
    if (pieces.length < 2) continue;
    split.set(cell.id, pieces);
    for (const building of cell.buildings) {
      const byPiece = new Map<number, number>();
      for (const [face, part] of shares.get(building)!)
        byPiece.set(pieceOf(face), (byPiece.get(pieceOf(face)) ?? 0) + part);
      const [largest, second] = [...byPiece].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
      if (second && second[1] > DIVIDED_SHARE) {
        const [x, y] = middleOf(footprintOf.get(building.buildingId)!);
        return fail({ buildingId: building.buildingId, unitId: building.unitId, x, y });
      }
      const there = buildingsOf.get(largest![0]);
      if (there) there.push(building);
      else buildingsOf.set(largest![0], [building]);
    }
  }
  const cutEdges = new Set([...lineEdges].filter(parts));
  const walls = new Map(
    divide.halfEdges().flatMap((half) => (noding.isOnArc(half >> 1) ? [[half >> 1, half] as const] : [])),
  );
  return succeed({ pieceOf, split, buildingsOf, cutEdges, walls });
}

/** Bounding boxes of all cells: least x, least y, greatest x, greatest y. */
export function boxesOfCells(arcs: readonly Arc[]): Map<CellId, [number, number, number, number]> {
  const boxes = new Map<CellId, [number, number, number, number]>();
  for (const { points, left, right } of arcs) {
    let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < points.length; i += 2) {
      if (points[i]! < minX) minX = points[i]!;
      if (points[i]! > maxX) maxX = points[i]!;
      if (points[i + 1]! < minY) minY = points[i + 1]!;
      if (points[i + 1]! > maxY) maxY = points[i + 1]!;
    }
    for (const cell of [left, right]) {
      if (cell === null) continue;
      const box = boxes.get(cell);
      if (!box) boxes.set(cell, [minX, minY, maxX, maxY]);
      else {
        if (minX < box[0]) box[0] = minX;
        if (minY < box[1]) box[1] = minY;
        if (maxX > box[2]) box[2] = maxX;
        if (maxY > box[3]) box[3] = maxY;
      }
    }
  }
  return boxes;
}

function cellsOfFaces(subdivision: Subdivision, near: ReadonlySet<CellId>, arcs: readonly Arc[]): (CellId | null)[] {
  const boxes = boxesOfCells(arcs);
  const arcsOf = new Map<CellId, Arc[]>();
  for (const arc of arcs)
    for (const cell of [arc.left, arc.right]) {
      if (cell === null || !near.has(cell)) continue;
      const list = arcsOf.get(cell);
      if (list) list.push(arc);
      else arcsOf.set(cell, [arc]);
    }
  return Array.from({ length: subdivision.faceCount }, (_, face) => {
    const [x, y] = pointInFace(subdivision, face);
    for (const [cell, around] of arcsOf) {
      const [minX, minY, maxX, maxY] = boxes.get(cell)!;
      if (x < minX || x > maxX || y < minY || y > maxY) continue;
      if (insideArcs(around, x, y)) return cell;
    }
    return null;
  });
}

/** Even-odd over everything that bounds a cell, holes included. */
function insideArcs(arcs: readonly Arc[], x: number, y: number): boolean {
  let inside = false;
  for (const { points } of arcs)
    for (let i = 0; i + 3 < points.length; i += 2) {
      const [y0, y1] = [points[i + 1]!, points[i + 3]!];
      if (y0 > y === y1 > y) continue;
      if (x < points[i]! + ((y - y0) / (y1 - y0)) * (points[i + 2]! - points[i]!)) inside = !inside;
    }
  return inside;
}

/** Which share of a building's ground plan, as far as it stands in these faces, each of them holds. */
function sharesOf(
  subdivision: Subdivision,
  faces: readonly number[],
  footprint: FootprintMm | undefined,
): Map<number, number> {
  const counts = new Map<number, number>();
  let total = 0;
  for (const [x, y] of footprint ? samplesOf(footprint) : []) {
    const face = faceAt(subdivision, x, y);
    if (!faces.includes(face)) continue;
    counts.set(face, (counts.get(face) ?? 0) + 1);
    total++;
  }
  if (total === 0) return new Map([[largestOf(subdivision, faces), 1]]);
  return new Map([...counts].map(([face, count]) => [face, count / total]));
}

/** Some 400 points spread evenly over a ground plan. */
function* samplesOf({ polygons, point }: FootprintMm): Generator<[number, number]> {
  if (point) yield [point[0] + 0.25, point[1] + 0.25];
  for (const rings of polygons) {
    const [minX, minY, maxX, maxY] = boxOf(rings[0]!);
    const step = Math.max(1, Math.sqrt(((maxX - minX) * (maxY - minY)) / 400));
    for (let y = minY + step / 2; y < maxY; y += step)
      for (let x = minX + step / 2; x < maxX; x += step)
        if (sideOfRing(rings[0]!, x, y) > 0 && rings.slice(1).every((hole) => sideOfRing(hole, x, y) < 0)) yield [x, y];
  }
}

function boxOf(ring: readonly number[]): [number, number, number, number] {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < ring.length; i += 2) {
    minX = Math.min(minX, ring[i]!);
    maxX = Math.max(maxX, ring[i]!);
    minY = Math.min(minY, ring[i + 1]!);
    maxY = Math.max(maxY, ring[i + 1]!);
  }
  return [minX, minY, maxX, maxY];
}

function middleOf({ polygons, point }: FootprintMm): readonly [number, number] {
  if (point) return point;
  const [minX, minY, maxX, maxY] = boxOf(polygons[0]![0]!);
  return [(minX + maxX) / 2, (minY + maxY) / 2];
}

const largestOf = ({ areaMm2 }: Subdivision, faces: readonly number[]) =>
  faces.reduce((best, face) => (areaMm2[face]! > areaMm2[best]! ? face : best));

function longestNeighbour(subdivision: Subdivision, face: number, counts: (edge: number) => boolean): number {
  const { edges, faceOf } = subdivision;
  const lengths = new Map<number, number>();
  forEachHalfEdge(subdivision, face, (half) => {
    const edge = half >> 1;
    if (!counts(edge)) return;
    const [a, b] = [edges.from[edge]!, edges.to[edge]!];
    const length = Math.hypot(edges.xs[a]! - edges.xs[b]!, edges.ys[a]! - edges.ys[b]!);
    const other = faceOf[half ^ 1]!;
    lengths.set(other, (lengths.get(other) ?? 0) + length);
  });
  let best = -1;
  for (const [other, length] of lengths) if (best < 0 || length > lengths.get(best)!) best = other;
  return best;
}
