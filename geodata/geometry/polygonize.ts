import { EdgeRows } from './edge-rows.ts';
import type { NodedEdges } from './snap-round.ts';

/**
 * Noded edges with their faces. Half-edge 2i runs along edge i, 2i + 1 against it; each has its face on its left.
 * Edges that lead nowhere (dangles) have no part: their half-edges have face −2.
 */
export interface Subdivision {
  readonly edges: NodedEdges;
  readonly faceCount: number;
  /** By half-edge: a face, −1 the unbounded outside, −2 a dangle. */
  readonly faceOf: Int32Array;
  /** By half-edge: the next one around the same face; −1 at a dangle. */
  readonly next: Int32Array;
  /** By face: one half-edge of its outer ring. */
  readonly start: Int32Array;
  /** By face: one half-edge of each hole's ring. */
  readonly holes: readonly (readonly number[])[];
  /** By face, holes taken off. */
  readonly areaMm2: Float64Array;
  readonly rows: EdgeRows;
}

/** Walks the faces of noded edges. */
export function polygonize(edges: NodedEdges): Subdivision {
  const dangling = danglesOf(edges);
  const next = nextAroundFaces(edges, dangling);
  const halfCount = edges.from.length * 2;
  const cycleOf = new Int32Array(halfCount).fill(-1);
  const cycles: { start: number; twiceArea: number; leftmost: number }[] = [];
  for (let first = 0; first < halfCount; first++) {
    if (cycleOf[first]! >= 0 || dangling[first >> 1]) continue;
    cycles.push(walkCycle(edges, next, first, cycleOf, cycles.length));
  }

  const faceOfCycle = new Int32Array(cycles.length).fill(-1);
  const start: number[] = [];
  const area: number[] = [];
  cycles.forEach((cycle, index) => {
    if (cycle.twiceArea <= 0) return;
    faceOfCycle[index] = start.length;
    start.push(cycle.start);
    area.push(cycle.twiceArea / 2);
  });
  const holes: number[][] = start.map(() => []);
  const rows = new EdgeRows(edges, dangling);
  const outsides = cycles.map((_, index) => index).filter((index) => cycles[index]!.twiceArea <= 0);
  const { xs, ys } = edges;
  outsides.sort(
    (a, b) =>
      xs[cycles[a]!.leftmost]! - xs[cycles[b]!.leftmost]! || ys[cycles[a]!.leftmost]! - ys[cycles[b]!.leftmost]!,
  );
  for (const index of outsides) {
    const { leftmost, start: first, twiceArea } = cycles[index]!;
    const half = rows.halfEdgeLeftOf(xs[leftmost]!, ys[leftmost]!);
    if (half < 0) continue;
    const face = faceOfCycle[cycleOf[half]!]!;
    faceOfCycle[index] = face;
    if (face < 0) continue;
    holes[face]!.push(first);
    area[face]! += twiceArea / 2;
  }
  const faceOf = new Int32Array(halfCount);
  for (let half = 0; half < halfCount; half++) faceOf[half] = cycleOf[half]! < 0 ? -2 : faceOfCycle[cycleOf[half]!]!;
  return {
    edges,
    faceCount: start.length,
    faceOf,
    next,
    start: Int32Array.from(start),
    holes,
    areaMm2: Float64Array.from(area),
    rows,
  };
}

/** The face around (x, y), −1 outside. A point on an edge counts to one of its sides. */
export function faceAt(subdivision: Subdivision, x: number, y: number): number {
  const half = subdivision.rows.halfEdgeLeftOf(x, y);
  return half < 0 ? -1 : subdivision.faceOf[half]!;
}

/** Calls back with every half-edge around a face, its holes' included. */
export function forEachHalfEdge(subdivision: Subdivision, face: number, visit: (half: number) => void): void {
  const { next, start, holes } = subdivision;
  for (const first of [start[face]!, ...holes[face]!]) {
    let half = first;
    do {
      visit(half);
      half = next[half]!;
    } while (half !== first);
  }
}

/** A point strictly inside a face, on a line half-way between lattice rows, where its width there is largest. */
export function pointInFace(subdivision: Subdivision, face: number): [x: number, y: number] {
  const { edges } = subdivision;
  let low = Infinity;
  let high = -Infinity;
  forEachHalfEdge(subdivision, face, (half) => {
    const y = edges.ys[edges.from[half >> 1]!]!;
    if (y < low) low = y;
    if (y > high) high = y;
    const y2 = edges.ys[edges.to[half >> 1]!]!;
    if (y2 < low) low = y2;
    if (y2 > high) high = y2;
  });
  const y = Math.floor((low + high) / 2) + 0.5;
  const crossings: number[] = [];
  forEachHalfEdge(subdivision, face, (half) => {
    const a = edges.from[half >> 1]!;
    const b = edges.to[half >> 1]!;
    const ya = edges.ys[a]!;
    const yb = edges.ys[b]!;
    if (ya < y === yb < y) return;
    crossings.push(edges.xs[a]! + ((y - ya) / (yb - ya)) * (edges.xs[b]! - edges.xs[a]!));
  });
  crossings.sort((p, q) => p - q);
  let best = 0;
  for (let i = 2; i + 1 < crossings.length; i += 2) {
    if (crossings[i + 1]! - crossings[i]! > crossings[best + 1]! - crossings[best]!) best = i;
  }
  return [(crossings[best]! + crossings[best + 1]!) / 2, y];
}

/** Edges that hang on by one end, and what hangs on them. */
function danglesOf({ from, to, xs }: NodedEdges): Uint8Array {
  const degree = new Int32Array(xs.length);
  // the exclusive-or of a node's edges: with one left, it is that edge
  const remaining = new Int32Array(xs.length);
  for (let edge = 0; edge < from.length; edge++) {
    degree[from[edge]!]!++;
    degree[to[edge]!]!++;
    remaining[from[edge]!]! ^= edge;
    remaining[to[edge]!]! ^= edge;
  }
  const dangling = new Uint8Array(from.length);
  for (let node = 0; node < xs.length; node++) {
    let end = node;
    while (degree[end] === 1) {
      const edge = remaining[end]!;
      dangling[edge] = 1;
      const other = from[edge] === end ? to[edge]! : from[edge]!;
      degree[end] = 0;
      degree[other]!--;
      remaining[other]! ^= edge;
      end = other;
    }
  }
  return dangling;
}

function nextAroundFaces(edges: NodedEdges, dangling: Uint8Array): Int32Array {
  const { from, to, xs, ys } = edges;
  const next = new Int32Array(from.length * 2).fill(-1);
  const starts = new Int32Array(xs.length + 1);
  for (let edge = 0; edge < from.length; edge++) {
    if (dangling[edge]) continue;
    starts[from[edge]! + 1]!++;
    starts[to[edge]! + 1]!++;
  }
  for (let node = 0; node < xs.length; node++) starts[node + 1]! += starts[node]!;
  const outgoing = new Int32Array(starts[xs.length]!);
  const filled = starts.slice(0, xs.length);
  const upper = (dx: number, dy: number): boolean => dy > 0 || (dy === 0 && dx > 0);
  for (let half = 0; half < next.length; half++) {
    if (dangling[half >> 1]) continue;
    const origin = half & 1 ? to[half >> 1]! : from[half >> 1]!;
    const end = half & 1 ? from[half >> 1]! : to[half >> 1]!;
    const dx = xs[end]! - xs[origin]!;
    const dy = ys[end]! - ys[origin]!;
    let at = filled[origin]!++;
    while (at > starts[origin]!) {
      const other = outgoing[at - 1]!;
      const otherEnd = other & 1 ? from[other >> 1]! : to[other >> 1]!;
      const ox = xs[otherEnd]! - xs[origin]!;
      const oy = ys[otherEnd]! - ys[origin]!;
      const otherUpper = upper(ox, oy);
      if (upper(dx, dy) === otherUpper ? ox * dy - oy * dx >= 0 : otherUpper) break;
      outgoing[at] = other;
      at--;
    }
    outgoing[at] = half;
  }
  for (let node = 0; node < xs.length; node++) {
    for (let k = starts[node]!; k < starts[node + 1]!; k++) {
      // arriving against outgoing[k], the face on the left goes on with the next one clockwise
      const clockwise = k === starts[node]! ? starts[node + 1]! - 1 : k - 1;
      next[outgoing[k]! ^ 1] = outgoing[clockwise]!;
    }
  }
  return next;
}

function walkCycle(edges: NodedEdges, next: Int32Array, first: number, cycleOf: Int32Array, cycle: number) {
  const { from, to, xs, ys } = edges;
  const originX = xs[from[first >> 1]!]!;
  const originY = ys[from[first >> 1]!]!;
  let twiceArea = 0;
  let leftmost = from[first >> 1]!;
  let half = first;
  do {
    cycleOf[half] = cycle;
    const a = half & 1 ? to[half >> 1]! : from[half >> 1]!;
    const b = half & 1 ? from[half >> 1]! : to[half >> 1]!;
    twiceArea += (xs[a]! - originX) * (ys[b]! - originY) - (xs[b]! - originX) * (ys[a]! - originY);
    if (xs[a]! < xs[leftmost]! || (xs[a] === xs[leftmost] && ys[a]! < ys[leftmost]!)) leftmost = a;
    half = next[half]!;
  } while (half !== first);
  return { start: first, twiceArea, leftmost };
}
