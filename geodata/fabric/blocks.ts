import { insideRings } from '../geometry/lattice.ts';
import { faceAt, pointInFace, polygonize, type Subdivision } from '../geometry/polygonize.ts';
import { addLine, addRing, addSegment, noSegments, type Segments } from '../geometry/segments.ts';
import { snapRound } from '../geometry/snap-round.ts';
import { collapseStrips } from './collapse.ts';
import { keepLargestPieces } from './face-pieces.ts';
import type { LatticeGround } from './lattice-ground.ts';
import { SPLITTING_TAGS, TAG, tagOf } from './tags.ts';

/** The ground of a community cut by its boundary and the barriers that split. */
export interface Blocks {
  readonly subdivision: Subdivision;
  /** By face: its block, −1 outside the community. */
  readonly blockOfFace: Int32Array;
  readonly count: number;
  /** Edges between blocks and along the community's boundary. */
  readonly borders: Segments;
  /** Splitting barriers that end inside a block: they part nothing but attract borders. */
  readonly spurs: Segments;
}

/** Road blocks: what one can walk through without crossing a main road, river or railway. */
export function blocksOf(lattice: LatticeGround, bridges: Segments, isTaken: (footprint: number) => boolean): Blocks {
  const segments = noSegments();
  for (const ring of lattice.community) addRing(segments, ring, TAG.community);
  for (const barrier of lattice.barriers) {
    if (!(tagOf(barrier.class) & SPLITTING_TAGS)) continue;
    for (const line of barrier.lines) addLine(segments, line, tagOf(barrier.class));
    for (const ring of barrier.areas) addRing(segments, ring, tagOf(barrier.class));
  }
  addAll(segments, bridges, SPLITTING_TAGS);
  const first = polygonize(snapRound(segments));

  const inside = new Uint8Array(first.faceCount);
  const water = new Uint8Array(first.faceCount);
  const waters = lattice.barriers.filter(({ areas }) => areas.length > 0);
  for (let face = 0; face < first.faceCount; face++) {
    const [x, y] = pointInFace(first, face);
    if (!insideRings(lattice.community, x, y)) continue;
    inside[face] = 1;
    if (waters.some(({ areas }) => insideRings(areas, x, y))) water[face] = 1;
  }
  const built = new Uint8Array(first.faceCount);
  lattice.footprints.forEach(({ rings }, footprint) => {
    if (!isTaken(footprint)) return;
    for (const ring of rings) {
      for (let i = 0; i < ring.length; i += 2) {
        const face = faceAt(first, ring[i]!, ring[i + 1]!);
        if (face >= 0) built[face] = 1;
      }
    }
  });
  const collapsed = collapseStrips(
    first,
    (face) => inside[face] === 1,
    (face) => water[face] === 1,
    (face) => built[face] === 1,
  );

  const firstLabels = Int32Array.from(inside, (isInside, face) => (isInside ? face : -1));
  let subdivision = first;
  let labels = firstLabels;
  if (collapsed.ownerAt.length > 0) {
    const again = noSegments();
    const { from, to, xs, ys, tags } = first.edges;
    for (let edge = 0; edge < from.length; edge++) {
      addSegment(again, xs[from[edge]!]!, ys[from[edge]!]!, xs[to[edge]!]!, ys[to[edge]!]!, tags[edge]!);
    }
    addAll(again, collapsed.middles, -1);
    subdivision = polygonize(snapRound(again));
    labels = new Int32Array(subdivision.faceCount);
    for (let face = 0; face < subdivision.faceCount; face++) {
      const [x, y] = pointInFace(subdivision, face);
      const was = faceAt(first, x, y);
      if (was < 0 || firstLabels[was]! < 0) labels[face] = insideRings(lattice.community, x, y) ? Math.max(was, 0) : -1;
      else labels[face] = collapsed.stripOf[was]! < 0 ? was : collapsed.ownerAt[collapsed.stripOf[was]!]!(x, y);
    }
  }
  uniteWater(subdivision, labels, first, water);
  keepLargestPieces(subdivision, labels);
  const { blockOfFace, count } = renumbered(labels);

  const borders = noSegments();
  const spurs = noSegments();
  const { from, to, xs, ys, tags } = subdivision.edges;
  for (let edge = 0; edge < from.length; edge++) {
    const left = blockAt(subdivision.faceOf[edge * 2]!);
    const right = blockAt(subdivision.faceOf[edge * 2 + 1]!);
    const x0 = xs[from[edge]!]!;
    const y0 = ys[from[edge]!]!;
    const x1 = xs[to[edge]!]!;
    const y1 = ys[to[edge]!]!;
    if (left !== right) addSegment(borders, x0, y0, x1, y1, tags[edge]!);
    else if (subdivision.faceOf[edge * 2] === -2) {
      const face = faceAt(first, (x0 + x1) / 2, (y0 + y1) / 2);
      if (face >= 0 && inside[face] && collapsed.stripOf[face]! < 0) addSegment(spurs, x0, y0, x1, y1, tags[edge]!);
    }
  }
  return { subdivision, blockOfFace, count, borders, spurs };

  function blockAt(face: number): number {
    return face < 0 ? -1 : blockOfFace[face]!;
  }
}

/** Wide water given in tiles is one block: its faces that touch get one label. */
function uniteWater(subdivision: Subdivision, labels: Int32Array, first: Subdivision, water: Uint8Array): void {
  const parent = new Map<number, number>();
  const root = (label: number): number => {
    let at = label;
    while (parent.has(at)) at = parent.get(at)!;
    return at;
  };
  for (let edge = 0; edge < first.edges.from.length; edge++) {
    const left = first.faceOf[edge * 2]!;
    const right = first.faceOf[edge * 2 + 1]!;
    if (left < 0 || right < 0 || !water[left] || !water[right]) continue;
    const a = root(left);
    const b = root(right);
    if (a !== b) parent.set(Math.max(a, b), Math.min(a, b));
  }
  if (parent.size === 0) return;
  for (let face = 0; face < subdivision.faceCount; face++) if (labels[face]! >= 0) labels[face] = root(labels[face]!);
}

function renumbered(labels: Int32Array): { blockOfFace: Int32Array; count: number } {
  const numbers = new Map<number, number>();
  const blockOfFace = labels.map((label) => {
    if (label < 0) return -1;
    if (!numbers.has(label)) numbers.set(label, numbers.size);
    return numbers.get(label)!;
  });
  return { blockOfFace, count: numbers.size };
}

function addAll(into: Segments, segments: Segments, mask: number): void {
  segments.tags.forEach((tag, i) => {
    if (!(tag & mask)) return;
    const c = segments.coordinates;
    addSegment(into, c[i * 4]!, c[i * 4 + 1]!, c[i * 4 + 2]!, c[i * 4 + 3]!, tag);
  });
}
