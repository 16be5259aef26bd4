import { PointTable } from './point-table.ts';
import type { Segments } from './segments.ts';
import { type Bins, binItems, binSegments, SquareGrid } from './square-grid.ts';

/** Edges between lattice points that meet at their ends only; each pair of points is joined at most once. */
export interface NodedEdges {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** Edge i runs from node `from[i]` to node `to[i]`; the tags of every segment that lies along it are or-ed together. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly tags: readonly number[];
}

/**
 * Nodes segments on the integer lattice by snap rounding: every end and every crossing, rounded, is a hot pixel, and every
 * segment is bent through the centres of the hot pixels it passes. Nothing moves further than √½ mm, and no T-junction is missed,
 * because all tests are exact (coordinates below about 4·10⁷ mm keep cross products under 2⁵³).
 * J. Hobby, "Practical segment intersection with finite precision output", 1999.
 */
export function snapRound(segments: Segments): NodedEdges {
  const { coordinates, tags } = segments;
  const count = tags.length;
  const points = new PointTable(count * 2);
  if (count === 0) return { xs: [], ys: [], from: [], to: [], tags: [] };
  const box = boundingBox(coordinates);
  const grid = new SquareGrid(box[0], box[1], box[2], box[3], count);
  const segmentBins = binSegments(grid, coordinates, 0);
  for (let i = 0; i < coordinates.length; i += 2) points.add(coordinates[i]!, coordinates[i + 1]!);
  addCrossings(coordinates, segmentBins, grid, points);
  const pointBins = binItems(grid, points.xs.length, (point) => {
    grid.squares[0] = grid.squareAt(points.xs[point]!, points.ys[point]!);
    return 1;
  });
  return bend(coordinates, tags, grid, pointBins, points);
}

function boundingBox(coordinates: readonly number[]): [number, number, number, number] {
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let i = 0; i < coordinates.length; i += 2) {
    const x = coordinates[i]!;
    const y = coordinates[i + 1]!;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  return [minX, minY, maxX, maxY];
}

function addCrossings(c: readonly number[], bins: Bins, grid: SquareGrid, points: PointTable): void {
  for (let square = 0; square < grid.size; square++) {
    const end = bins.starts[square + 1]!;
    for (let p = bins.starts[square]!; p < end; p++) {
      const i = bins.items[p]! * 4;
      const ax = c[i]!;
      const ay = c[i + 1]!;
      const bx = c[i + 2]!;
      const by = c[i + 3]!;
      const minX = Math.min(ax, bx);
      const maxX = Math.max(ax, bx);
      const minY = Math.min(ay, by);
      const maxY = Math.max(ay, by);
      for (let q = p + 1; q < end; q++) {
        const j = bins.items[q]! * 4;
        const px = c[j]!;
        const qx = c[j + 2]!;
        if ((px < minX && qx < minX) || (px > maxX && qx > maxX)) continue;
        const py = c[j + 1]!;
        const qy = c[j + 3]!;
        if ((py < minY && qy < minY) || (py > maxY && qy > maxY)) continue;
        const sideP = (bx - ax) * (py - ay) - (by - ay) * (px - ax);
        const sideQ = (bx - ax) * (qy - ay) - (by - ay) * (qx - ax);
        if (sideP === 0 || sideQ === 0 || sideP > 0 === sideQ > 0) continue;
        const sideA = (qx - px) * (ay - py) - (qy - py) * (ax - px);
        const sideB = (qx - px) * (by - py) - (qy - py) * (bx - px);
        if (sideA === 0 || sideB === 0 || sideA > 0 === sideB > 0) continue;
        // both differences are of one sign and at most 2⁵³, so their quotient is good to the last bits
        const along = sideP / (sideP - sideQ);
        points.add(
          roundCrossing(px, qx, along, sideP, sideP - sideQ),
          roundCrossing(py, qy, along, sideP, sideP - sideQ),
        );
      }
    }
  }
}

/** p + (q − p)·numerator/denominator, halves rounded up; exactly, when floating point can't tell on which side of a half it is. */
function roundCrossing(p: number, q: number, along: number, numerator: number, denominator: number): number {
  const value = p + (q - p) * along;
  const rounded = Math.floor(value + 0.5);
  if (Math.abs(value + 0.5 - Math.round(value + 0.5)) > 1e-6) return rounded;
  let over = 2n * (BigInt(p) * BigInt(denominator) + BigInt(q - p) * BigInt(numerator)) + BigInt(denominator);
  let under = 2n * BigInt(denominator);
  if (under < 0n) {
    over = -over;
    under = -under;
  }
  const quotient = over / under;
  return Number(over < 0n && quotient * under !== over ? quotient - 1n : quotient);
}

/**
 * Does the segment pass through the pixel around (x, y), its left and lower side included, the others not?
 * Both are on the lattice and (x, y) is within the segment's bounding box.
 */
function passesPixel(x0: number, y0: number, dx: number, dy: number, x: number, y: number): boolean {
  const cross = 2 * (dx * (y - y0) - dy * (x - x0));
  const reach = Math.abs(dx) + Math.abs(dy);
  if (cross < reach && -cross < reach) return true;
  // Only the lower left corner belongs to the pixel: a falling line may touch it, with the centre above.
  return dx > 0 ? dy < 0 && cross === reach : dx < 0 && dy > 0 && -cross === reach;
}

function bend(
  c: readonly number[],
  tags: readonly number[],
  grid: SquareGrid,
  bins: Bins,
  points: PointTable,
): NodedEdges {
  const { xs, ys } = points;
  const edges = new EdgeTable(tags.length * 2);
  let passed: number[] = [];
  let along: number[] = [];
  for (let segment = 0; segment < tags.length; segment++) {
    const x0 = c[segment * 4]!;
    const y0 = c[segment * 4 + 1]!;
    const x1 = c[segment * 4 + 2]!;
    const y1 = c[segment * 4 + 3]!;
    const dx = x1 - x0;
    const dy = y1 - y0;
    const minX = Math.min(x0, x1);
    const maxX = Math.max(x0, x1);
    const minY = Math.min(y0, y1);
    const maxY = Math.max(y0, y1);
    passed = [];
    along = [];
    const found = grid.alongSegment(x0, y0, x1, y1, 1);
    for (let k = 0; k < found; k++) {
      const square = grid.squares[k]!;
      const end = bins.starts[square + 1]!;
      for (let p = bins.starts[square]!; p < end; p++) {
        const point = bins.items[p]!;
        const x = xs[point]!;
        const y = ys[point]!;
        if (x < minX || x > maxX || y < minY || y > maxY) continue;
        if (!passesPixel(x0, y0, dx, dy, x, y)) continue;
        const t = dx * (x - x0) + dy * (y - y0);
        let at = passed.length;
        while (at > 0 && along[at - 1]! > t) at--;
        passed.splice(at, 0, point);
        along.splice(at, 0, t);
      }
    }
    for (let k = 1; k < passed.length; k++) edges.add(passed[k - 1]!, passed[k]!, tags[segment]!);
  }
  return { xs, ys, from: edges.from, to: edges.to, tags: edges.tags };
}

class EdgeTable {
  readonly from: number[] = [];
  readonly to: number[] = [];
  readonly tags: number[] = [];
  readonly #pairs: PointTable;

  constructor(expected: number) {
    this.#pairs = new PointTable(expected);
  }

  add(a: number, b: number, tag: number): void {
    if (a === b) return;
    const low = Math.min(a, b);
    const high = Math.max(a, b);
    const edge = this.#pairs.add(low, high);
    if (edge === this.from.length) {
      this.from.push(low);
      this.to.push(high);
      this.tags.push(tag);
    } else this.tags[edge]! |= tag;
  }
}
