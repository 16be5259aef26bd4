import { type Box, insideRings } from '../geometry/lattice.ts';
import { pointInFace, polygonize } from '../geometry/polygonize.ts';
import { addRing, noSegments } from '../geometry/segments.ts';
import { snapRound } from '../geometry/snap-round.ts';
import { binItems, SquareGrid } from '../geometry/square-grid.ts';
import type { Footprint, LatticeGround } from './lattice-ground.ts';

/** Footprints that overlap by more than this share of the smaller one stand in one cell. */
const GROUPING_SHARE = 0.06;

export interface Overlaps {
  /** By footprint: the lowest footprint of its group; itself when it stands alone. */
  readonly groupOf: Int32Array;
  /** By footprint: which share of its area lies inside the community. */
  readonly insideShare: Float64Array;
}

/** Finds which footprints overlap, and how much of those at the edge lies inside the community, from one noding of all of them. */
export function overlapsOf(ground: LatticeGround): Overlaps {
  const { footprints, community } = ground;
  const finder = new FootprintFinder(footprints);
  const meetsAnother = new Uint8Array(footprints.length);
  const atEdge = new Uint8Array(footprints.length);
  const insideShare = new Float64Array(footprints.length).fill(1);
  footprints.forEach(({ box }, index) => {
    for (const other of finder.meeting(box)) if (other !== index) meetsAnother[index] = 1;
  });
  const edge = communityEdgeGrid(ground);
  footprints.forEach((footprint, index) => {
    if (edge(footprint.box)) atEdge[index] = 1;
    else if (!insideRings(community, footprint.rings[0]![0]!, footprint.rings[0]![1]!)) insideShare[index] = 0;
  });

  const groupOf = Int32Array.from(footprints, (_, index) => index);
  const segments = noSegments();
  const taking = footprints.map((_, index) => meetsAnother[index] === 1 || atEdge[index] === 1);
  let anyAtEdge = false;
  footprints.forEach((footprint, index) => {
    if (!taking[index]) return;
    if (atEdge[index]) anyAtEdge = true;
    for (const ring of footprint.rings) addRing(segments, ring, 1);
  });
  if (segments.tags.length === 0) return { groupOf, insideShare };
  if (anyAtEdge) for (const ring of community) addRing(segments, ring, 1);

  const subdivision = polygonize(snapRound(segments));
  const inside = new Float64Array(footprints.length);
  const covered = new Float64Array(footprints.length);
  const shared = new Map<number, number>();
  for (let face = 0; face < subdivision.faceCount; face++) {
    const [x, y] = pointInFace(subdivision, face);
    const owners = finder.covering(x, y).filter((owner) => taking[owner]);
    if (owners.length === 0) continue;
    const areaMm2 = subdivision.areaMm2[face]!;
    const isInside = owners.some((owner) => atEdge[owner]) ? insideRings(community, x, y) : true;
    owners.forEach((owner, k) => {
      covered[owner]! += areaMm2;
      if (isInside) inside[owner]! += areaMm2;
      for (const other of owners.slice(k + 1)) {
        const key = owner * footprints.length + other;
        shared.set(key, (shared.get(key) ?? 0) + areaMm2);
      }
    });
  }
  footprints.forEach((_, index) => {
    if (atEdge[index] && covered[index]! > 0) insideShare[index] = inside[index]! / covered[index]!;
  });
  for (const [key, areaMm2] of shared) {
    const a = Math.floor(key / footprints.length);
    const b = key % footprints.length;
    if (areaMm2 <= GROUPING_SHARE * Math.min(footprints[a]!.areaMm2, footprints[b]!.areaMm2)) continue;
    join(groupOf, a, b);
  }
  for (let index = 0; index < groupOf.length; index++) groupOf[index] = rootOf(groupOf, index);
  return { groupOf, insideShare };
}

function rootOf(groupOf: Int32Array, index: number): number {
  let root = index;
  while (groupOf[root] !== root) root = groupOf[root]!;
  return root;
}

function join(groupOf: Int32Array, a: number, b: number): void {
  const rootA = rootOf(groupOf, a);
  const rootB = rootOf(groupOf, b);
  groupOf[Math.max(rootA, rootB)] = Math.min(rootA, rootB);
}

/** Does a box come upon the community's boundary? */
function communityEdgeGrid({ community, communityBox }: LatticeGround): (box: Box) => boolean {
  const edges: number[] = [];
  for (const ring of community) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      edges.push(ring[j]!, ring[j + 1]!, ring[i]!, ring[i + 1]!);
    }
  }
  const { minX, minY, maxX, maxY } = communityBox;
  const grid = new SquareGrid(minX, minY, maxX, maxY, 4096);
  const touched = new Uint8Array(grid.size);
  for (let i = 0; i < edges.length; i += 4) {
    const found = grid.alongSegment(edges[i]!, edges[i + 1]!, edges[i + 2]!, edges[i + 3]!, 1);
    for (let k = 0; k < found; k++) touched[grid.squares[k]!] = 1;
  }
  return (box) => {
    const found = grid.aroundBox(box.minX, box.minY, box.maxX, box.maxY);
    for (let k = 0; k < found; k++) if (touched[grid.squares[k]!]) return true;
    return false;
  };
}

/** Finds footprints by place. */
export class FootprintFinder {
  readonly #footprints: readonly Footprint[];
  readonly #grid: SquareGrid;
  readonly #starts: Int32Array;
  readonly #items: Int32Array;

  constructor(footprints: readonly Footprint[]) {
    this.#footprints = footprints;
    let minX = Infinity;
    let minY = Infinity;
    let maxX = -Infinity;
    let maxY = -Infinity;
    for (const { box } of footprints) {
      minX = Math.min(minX, box.minX);
      minY = Math.min(minY, box.minY);
      maxX = Math.max(maxX, box.maxX);
      maxY = Math.max(maxY, box.maxY);
    }
    if (footprints.length === 0) minX = minY = maxX = maxY = 0;
    this.#grid = new SquareGrid(minX, minY, maxX, maxY, footprints.length * 2);
    const bins = binItems(this.#grid, footprints.length, (index) => {
      const { box } = footprints[index]!;
      return this.#grid.aroundBox(box.minX, box.minY, box.maxX, box.maxY);
    });
    this.#starts = bins.starts;
    this.#items = bins.items;
  }

  /** Footprints whose boxes meet a box, ascending. */
  meeting(box: Box): number[] {
    const found = this.#grid.aroundBox(box.minX, box.minY, box.maxX, box.maxY);
    const met = new Set<number>();
    for (let k = 0; k < found; k++) {
      const square = this.#grid.squares[k]!;
      for (let p = this.#starts[square]!; p < this.#starts[square + 1]!; p++) {
        const other = this.#footprints[this.#items[p]!]!.box;
        if (other.minX <= box.maxX && box.minX <= other.maxX && other.minY <= box.maxY && box.minY <= other.maxY) {
          met.add(this.#items[p]!);
        }
      }
    }
    return [...met].sort((a, b) => a - b);
  }

  /** Footprints that cover a point, ascending. */
  covering(x: number, y: number): number[] {
    const square = this.#grid.squareAt(x, y);
    const covering: number[] = [];
    for (let p = this.#starts[square]!; p < this.#starts[square + 1]!; p++) {
      const { box, rings } = this.#footprints[this.#items[p]!]!;
      if (x < box.minX || x > box.maxX || y < box.minY || y > box.maxY) continue;
      if (insideRings(rings, x, y)) covering.push(this.#items[p]!);
    }
    return covering;
  }
}
