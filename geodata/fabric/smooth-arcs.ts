import type { LatticeRing } from '../geometry/lattice.ts';
import { PointTable } from '../geometry/point-table.ts';
import { binItems, SquareGrid } from '../geometry/square-grid.ts';
import type { ArcClass } from '../model/index.ts';
import type { RawArc } from './chain-arcs.ts';

/** How far a border may move off its vertices when they are thinned: noise of sampling, not a planner's straightening. */
const TOLERANCE_MM: Readonly<Record<ArcClass, number>> = {
  community: 1,
  river: 200,
  railway: 200,
  mainRoad: 200,
  wall: 200,
  road: 200,
  entrance: 1,
  drawn: 0,
  open: 300,
};
/** Noding bends straight lines by less than this. */
const STRAIGHT_MM = 1;
const SWEEPS = [1 / 16, 1 / 4, 1 / 2, 1];

/**
 * Thins arcs' vertices in place. A vertex goes only when everything it stood for stays within the tolerance of the new chord, when no
 * other vertex or footprint corner lies in the triangle that is swept (so nothing is ever crossed), and when no second arc would
 * fall onto the first. Vertices that the community's outline or a footprint was given with stay.
 */
export function smoothArcs(arcs: RawArc[], fixed: readonly LatticeRing[], footprints: readonly LatticeRing[]): void {
  const corners = cornerTable([...fixed, ...footprints]);
  const obstacles = new Obstacles(arcs, corners);
  const chords = new PointTable(arcs.length);
  const chordKey = (points: readonly number[]): [number, number] => {
    const a = obstacles.idOf(points[0]!, points[1]!);
    const b = obstacles.idOf(points[points.length - 2]!, points[points.length - 1]!);
    return [Math.min(a, b), Math.max(a, b)];
  };
  const kept = arcs.map((arc) => Int32Array.from({ length: arc.points.length / 2 }, (_, vertex) => vertex));
  arcs.forEach((arc) => {
    if (arc.points.length === 4) chords.add(...chordKey(arc.points));
  });
  for (const share of SWEEPS) {
    arcs.forEach((arc, index) => {
      const p = arc.points;
      const toleranceMm = Math.max(STRAIGHT_MM, TOLERANCE_MM[arc.class] * share);
      const isClosed = p[0] === p[p.length - 2] && p[1] === p[p.length - 1];
      const vertices = kept[index]!;
      const staying: number[] = [vertices[0]!];
      let remaining = vertices.length;
      for (let k = 1; k + 1 < vertices.length; k++) {
        const before = staying[staying.length - 1]!;
        const vertex = vertices[k]!;
        const after = vertices[k + 1]!;
        const leavesChord = remaining === 3;
        if (
          !(isClosed && remaining <= 4) &&
          !(leavesChord && (isClosed || chords.find(...chordKey(p)) >= 0)) &&
          mayGo(arc, before, vertex, after, toleranceMm, corners) &&
          obstacles.isEmptyTriangle(p, before, vertex, after)
        ) {
          obstacles.remove(p[vertex * 2]!, p[vertex * 2 + 1]!);
          remaining--;
          if (leavesChord) chords.add(...chordKey(p));
        } else staying.push(vertex);
      }
      staying.push(vertices[vertices.length - 1]!);
      kept[index] = Int32Array.from(staying);
    });
  }
  arcs.forEach((arc, index) => {
    const p = arc.points;
    arc.points = Array.from(kept[index]!).flatMap((vertex) => [p[vertex * 2]!, p[vertex * 2 + 1]!]);
  });
}

function cornerTable(rings: readonly LatticeRing[]): PointTable {
  const corners = new PointTable(1024);
  for (const ring of rings) for (let i = 0; i < ring.length; i += 2) corners.add(ring[i]!, ring[i + 1]!);
  return corners;
}

/** Are all vertices between two near enough to the chord, those on footprints' outlines and given corners next to it? */
function mayGo(
  { points: p, onOutline, class: arcClass }: RawArc,
  before: number,
  vertex: number,
  after: number,
  toleranceMm: number,
  corners: PointTable,
): boolean {
  const ax = p[before * 2]!;
  const ay = p[before * 2 + 1]!;
  const dx = p[after * 2]! - ax;
  const dy = p[after * 2 + 1]! - ay;
  const length = Math.hypot(dx, dy);
  if (length === 0) return false;
  const isCorner = corners.find(p[vertex * 2]!, p[vertex * 2 + 1]!) >= 0;
  const offChord = dx * (p[vertex * 2 + 1]! - ay) - dy * (p[vertex * 2]! - ax);
  if (isCorner && (arcClass === 'community' ? offChord !== 0 : Math.abs(offChord) > STRAIGHT_MM * length)) return false;
  for (let v = before + 1; v < after; v++) {
    const vx = p[v * 2]! - ax;
    const vy = p[v * 2 + 1]! - ay;
    const along = (vx * dx + vy * dy) / length;
    const reach = onOutline[v] ? STRAIGHT_MM : toleranceMm;
    if (Math.abs(dx * vy - dy * vx) > reach * length || along < -reach || along > length + reach) return false;
  }
  return true;
}

/** Vertices of all arcs and corners of all footprints, by place; vertices that went are no obstacles any more. */
class Obstacles {
  readonly #points: PointTable;
  readonly #uses: Int32Array;
  readonly #grid: SquareGrid;
  readonly #starts: Int32Array;
  readonly #items: Int32Array;

  constructor(arcs: readonly RawArc[], corners: PointTable) {
    const points = new PointTable(4096);
    const uses: number[] = [];
    const add = (x: number, y: number, weight: number): void => {
      const id = points.add(x, y);
      uses[id] = (uses[id] ?? 0) + weight;
    };
    for (const { points: p } of arcs)
      for (let i = 0; i < p.length; i += 2) add(p[i]!, p[i + 1]!, i === 0 || i === p.length - 2 ? 1e6 : 1);
    for (let id = 0; id < corners.xs.length; id++) add(corners.xs[id]!, corners.ys[id]!, 1e6);
    this.#points = points;
    this.#uses = Int32Array.from(uses);
    let minX = Infinity;
    let minY = Infinity;
    let maxX = -Infinity;
    let maxY = -Infinity;
    for (let id = 0; id < points.xs.length; id++) {
      minX = Math.min(minX, points.xs[id]!);
      maxX = Math.max(maxX, points.xs[id]!);
      minY = Math.min(minY, points.ys[id]!);
      maxY = Math.max(maxY, points.ys[id]!);
    }
    this.#grid = new SquareGrid(minX, minY, maxX, maxY, points.xs.length);
    const bins = binItems(this.#grid, points.xs.length, (id) => {
      this.#grid.squares[0] = this.#grid.squareAt(points.xs[id]!, points.ys[id]!);
      return 1;
    });
    this.#starts = bins.starts;
    this.#items = bins.items;
  }

  idOf(x: number, y: number): number {
    return this.#points.find(x, y);
  }

  remove(x: number, y: number): void {
    this.#uses[this.#points.find(x, y)]!--;
  }

  /** Is there no obstacle in the closed triangle, its corners aside? Coordinates are exact. */
  isEmptyTriangle(p: readonly number[], a: number, b: number, c: number): boolean {
    const ax = p[a * 2]!;
    const ay = p[a * 2 + 1]!;
    const bx = p[b * 2]!;
    const by = p[b * 2 + 1]!;
    const cx = p[c * 2]!;
    const cy = p[c * 2 + 1]!;
    const minX = Math.min(ax, bx, cx);
    const maxX = Math.max(ax, bx, cx);
    const minY = Math.min(ay, by, cy);
    const maxY = Math.max(ay, by, cy);
    const orientation = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax) < 0 ? -1 : 1;
    const found = this.#grid.aroundBox(minX, minY, maxX, maxY);
    for (let k = 0; k < found; k++) {
      const square = this.#grid.squares[k]!;
      for (let q = this.#starts[square]!; q < this.#starts[square + 1]!; q++) {
        const id = this.#items[q]!;
        if (this.#uses[id]! <= 0) continue;
        const x = this.#points.xs[id]!;
        const y = this.#points.ys[id]!;
        if (x < minX || x > maxX || y < minY || y > maxY) continue;
        if ((x === ax && y === ay) || (x === bx && y === by) || (x === cx && y === cy)) continue;
        if (
          ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) * orientation >= 0 &&
          ((cx - bx) * (y - by) - (cy - by) * (x - bx)) * orientation >= 0 &&
          ((ax - cx) * (y - cy) - (ay - cy) * (x - cx)) * orientation >= 0
        )
          return false;
      }
    }
    return true;
  }
}
