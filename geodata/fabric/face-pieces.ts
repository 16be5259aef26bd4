import type { Subdivision } from '../geometry/polygonize.ts';

/** By edge of a subdivision: its length in millimetres. */
export function edgeLengths({ edges }: Subdivision): Float64Array {
  const { from, to, xs, ys } = edges;
  return Float64Array.from(from, (a, edge) => Math.hypot(xs[a]! - xs[to[edge]!]!, ys[a]! - ys[to[edge]!]!));
}

/**
 * Numbers the pieces into which faces fall when they hang together only across edges that `open` lets pass;
 * faces that `taking` leaves out get −1. Pieces are numbered by their first face.
 */
export function piecesOfFaces(
  subdivision: Subdivision,
  taking: (face: number) => boolean,
  open: (edge: number, left: number, right: number) => boolean,
): { pieceOf: Int32Array; count: number } {
  const { faceCount, faceOf } = subdivision;
  const parent = Int32Array.from({ length: faceCount }, (_, face) => face);
  const root = (face: number): number => {
    let at = face;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  for (let edge = 0; edge < subdivision.edges.from.length; edge++) {
    const left = faceOf[edge * 2]!;
    const right = faceOf[edge * 2 + 1]!;
    if (left < 0 || right < 0 || left === right || !taking(left) || !taking(right) || !open(edge, left, right))
      continue;
    const a = root(left);
    const b = root(right);
    parent[Math.max(a, b)] = Math.min(a, b);
  }
  const pieceOf = new Int32Array(faceCount).fill(-1);
  let count = 0;
  for (let face = 0; face < faceCount; face++) {
    if (!taking(face)) continue;
    const first = root(face);
    if (first === face) pieceOf[face] = count++;
    else pieceOf[face] = pieceOf[first]!;
  }
  return { pieceOf, count };
}

/**
 * Makes every label (0 or more; −1 stays) one piece: the weightiest piece keeps it, the others go to the neighbour they share most
 * border with. A face weighs `weightOf` it, its area by default.
 */
export function keepLargestPieces(
  subdivision: Subdivision,
  labels: Int32Array,
  weightOf: (face: number) => number = (face) => subdivision.areaMm2[face]!,
): void {
  const lengths = edgeLengths(subdivision);
  for (let round = 0; round < 20; round++) {
    const { pieceOf, count } = piecesOfFaces(
      subdivision,
      (face) => labels[face]! >= 0,
      (_, left, right) => labels[left] === labels[right],
    );
    const area = new Float64Array(count);
    const labelOf = new Int32Array(count);
    for (let face = 0; face < labels.length; face++) {
      if (pieceOf[face]! < 0) continue;
      area[pieceOf[face]!]! += weightOf(face);
      labelOf[pieceOf[face]!] = labels[face]!;
    }
    const largest = new Map<number, number>();
    for (let piece = 0; piece < count; piece++) {
      const rival = largest.get(labelOf[piece]!);
      if (rival === undefined || area[piece]! > area[rival]!) largest.set(labelOf[piece]!, piece);
    }
    if (largest.size === count) return;
    const borders = new Map<number, Map<number, number>>();
    for (let edge = 0; edge < lengths.length; edge++) {
      const left = subdivision.faceOf[edge * 2]!;
      const right = subdivision.faceOf[edge * 2 + 1]!;
      if (left < 0 || right < 0) continue;
      const a = pieceOf[left]!;
      const b = pieceOf[right]!;
      if (a < 0 || b < 0 || a === b) continue;
      for (const [piece, other] of [
        [a, b],
        [b, a],
      ] as const) {
        if (largest.get(labelOf[piece]!) === piece) continue;
        const sums = borders.get(piece) ?? new Map<number, number>();
        borders.set(piece, sums);
        sums.set(labelOf[other]!, (sums.get(labelOf[other]!) ?? 0) + lengths[edge]!);
      }
    }
    if (borders.size === 0) return;
    const target = new Map<number, number>();
    for (const [piece, sums] of borders) {
      let best = -1;
      for (const [label, length] of sums) {
        if (best < 0 || length > sums.get(best)! || (length === sums.get(best) && label < best)) best = label;
      }
      target.set(piece, best);
    }
    for (let face = 0; face < labels.length; face++) {
      const label = target.get(pieceOf[face]!);
      if (label !== undefined) labels[face] = label;
    }
  }
}
