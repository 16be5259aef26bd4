import type { NodedEdges } from './snap-round.ts';

/** Edges sorted into horizontal strips, for asking which edge lies next to the left of a point. */
export class EdgeRows {
  readonly #edges: NodedEdges;
  readonly #minY: number;
  readonly #height: number;
  readonly #starts: Int32Array;
  readonly #items: Int32Array;

  constructor(edges: NodedEdges, dangling: Uint8Array) {
    this.#edges = edges;
    const { from, to, ys } = edges;
    let minY = Infinity;
    let maxY = -Infinity;
    for (const y of ys) {
      if (y < minY) minY = y;
      if (y > maxY) maxY = y;
    }
    const rows = Math.max(1, Math.min(8192, Math.ceil(from.length / 8)));
    this.#minY = minY;
    this.#height = Math.max(1, (maxY - minY + 1) / rows);
    const starts = new Int32Array(rows + 1);
    for (let pass = 0; pass < 2; pass++) {
      if (pass === 1) for (let row = 0; row < rows; row++) starts[row + 1]! += starts[row]!;
      const items = new Int32Array(pass === 1 ? starts[rows]! : 0);
      const filled = starts.slice(0, rows);
      for (let edge = 0; edge < from.length; edge++) {
        if (dangling[edge]) continue;
        const ya = ys[from[edge]!]!;
        const yb = ys[to[edge]!]!;
        const last = this.#row(Math.max(ya, yb));
        for (let row = this.#row(Math.min(ya, yb)); row <= last; row++) {
          if (pass === 0) starts[row + 1]!++;
          else items[filled[row]!++] = edge;
        }
      }
      if (pass === 1) this.#items = items;
    }
    this.#starts = starts;
    this.#items ??= new Int32Array(0);
  }

  /**
   * The half-edge that faces (x, y) from the left: the nearest edge that a ray leftwards (shifted up by less than anything) meets
   * at x' < x, taken downwards so that the point is on its left. −1 when there is none.
   */
  halfEdgeLeftOf(x: number, y: number): number {
    const { from, to, xs, ys } = this.#edges;
    if (!(y >= this.#minY)) return -1;
    const row = Math.floor((y - this.#minY) / this.#height);
    if (row >= this.#starts.length - 1) return -1;
    let best = -1;
    let bestX = -Infinity;
    let bestSlope = 0;
    for (let k = this.#starts[row]!; k < this.#starts[row + 1]!; k++) {
      const edge = this.#items[k]!;
      const a = from[edge]!;
      const b = to[edge]!;
      const ya = ys[a]!;
      const yb = ys[b]!;
      if (ya <= y === yb <= y) continue;
      const low = ya < yb ? a : b;
      const high = ya < yb ? b : a;
      const slope = (xs[high]! - xs[low]!) / (ys[high]! - ys[low]!);
      const crossing = ys[low] === y ? xs[low]! : xs[low]! + (y - ys[low]!) * slope;
      if (crossing >= x || crossing < bestX || (crossing === bestX && slope <= bestSlope)) continue;
      best = high === a ? edge * 2 : edge * 2 + 1;
      bestX = crossing;
      bestSlope = slope;
    }
    return best;
  }

  #row(y: number): number {
    return Math.floor((y - this.#minY) / this.#height);
  }
}
