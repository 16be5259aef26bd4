import { faceAt, type Subdivision } from './polygonize.ts';
import { type Bins, binSegments, SquareGrid } from './square-grid.ts';

/** How far clipped pieces reach over the edge that clips them, so that noding finds a crossing and not a near miss. */
const OVERSHOOT_MM = 3;

/** Keeps the pieces of segments that lie in chosen faces of a subdivision. */
export class FaceClipper {
  readonly #subdivision: Subdivision;
  readonly #edges: Float64Array;
  readonly #grid: SquareGrid;
  readonly #bins: Bins;
  readonly #seen: Int32Array;
  #stamp = 0;
  readonly #minX: number;
  readonly #minY: number;
  readonly #maxX: number;
  readonly #maxY: number;

  constructor(subdivision: Subdivision) {
    this.#subdivision = subdivision;
    const { from, to, xs, ys } = subdivision.edges;
    this.#edges = new Float64Array(from.length * 4);
    let minX = Infinity;
    let minY = Infinity;
    let maxX = -Infinity;
    let maxY = -Infinity;
    for (let edge = 0; edge < from.length; edge++) {
      this.#edges.set([xs[from[edge]!]!, ys[from[edge]!]!, xs[to[edge]!]!, ys[to[edge]!]!], edge * 4);
    }
    for (let i = 0; i < this.#edges.length; i += 2) {
      minX = Math.min(minX, this.#edges[i]!);
      maxX = Math.max(maxX, this.#edges[i]!);
      minY = Math.min(minY, this.#edges[i + 1]!);
      maxY = Math.max(maxY, this.#edges[i + 1]!);
    }
    this.#minX = minX;
    this.#minY = minY;
    this.#maxX = maxX;
    this.#maxY = maxY;
    this.#grid = new SquareGrid(minX, minY, maxX, maxY, from.length * 4);
    this.#bins = binSegments(this.#grid, this.#edges, 0);
    this.#seen = new Int32Array(from.length).fill(-1);
  }

  /** Emits, rounded to the lattice, the pieces of the segment in faces that `keep` accepts. */
  clip(
    x0: number,
    y0: number,
    x1: number,
    y1: number,
    keep: (face: number) => boolean,
    emit: (x0: number, y0: number, x1: number, y1: number) => void,
  ): void {
    // first to the bounding box: borders at the rim reach very far out
    const dx = x1 - x0;
    const dy = y1 - y0;
    let low = 0;
    let high = 1;
    const within = (p: number, q: number): void => {
      if (p < 0) low = Math.max(low, q / p);
      else if (p > 0) high = Math.min(high, q / p);
      else if (q < 0) high = -1;
    };
    within(-dx, x0 - this.#minX);
    within(dx, this.#maxX - x0);
    within(-dy, y0 - this.#minY);
    within(dy, this.#maxY - y0);
    if (low >= high) return;
    const cuts = [low, ...this.#crossings(x0, y0, dx, dy, low, high), high];
    const length = Math.hypot(dx, dy);
    for (let k = 0; k + 1 < cuts.length; k++) {
      let from = cuts[k]!;
      const middle = (from + cuts[k + 1]!) / 2;
      if (from === cuts[k + 1] || !keep(faceAt(this.#subdivision, x0 + dx * middle, y0 + dy * middle))) continue;
      while (k + 2 < cuts.length) {
        const beyond = (cuts[k + 1]! + cuts[k + 2]!) / 2;
        if (!keep(faceAt(this.#subdivision, x0 + dx * beyond, y0 + dy * beyond))) break;
        k++;
      }
      let to = cuts[k + 1]!;
      if (from > 0) from -= OVERSHOOT_MM / length;
      if (to < 1) to += OVERSHOOT_MM / length;
      emit(Math.round(x0 + dx * from), Math.round(y0 + dy * from), Math.round(x0 + dx * to), Math.round(y0 + dy * to));
    }
  }

  #crossings(x0: number, y0: number, dx: number, dy: number, low: number, high: number): number[] {
    const found = this.#grid.alongSegment(x0 + dx * low, y0 + dy * low, x0 + dx * high, y0 + dy * high, 0);
    const cuts: number[] = [];
    this.#stamp++;
    for (let k = 0; k < found; k++) {
      const square = this.#grid.squares[k]!;
      for (let p = this.#bins.starts[square]!; p < this.#bins.starts[square + 1]!; p++) {
        const edge = this.#bins.items[p]!;
        if (this.#seen[edge] === this.#stamp) continue;
        this.#seen[edge] = this.#stamp;
        const ax = this.#edges[edge * 4]! - x0;
        const ay = this.#edges[edge * 4 + 1]! - y0;
        const bx = this.#edges[edge * 4 + 2]! - x0;
        const by = this.#edges[edge * 4 + 3]! - y0;
        const sideA = dx * ay - dy * ax;
        const sideB = dx * by - dy * bx;
        if (sideA > 0 === sideB > 0) continue;
        const u = sideA / (sideA - sideB);
        const x = ax + (bx - ax) * u;
        const y = ay + (by - ay) * u;
        const t = Math.abs(dx) > Math.abs(dy) ? x / dx : y / dy;
        if (t > low && t < high) cuts.push(t);
      }
    }
    return cuts.sort((a, b) => a - b);
  }
}
