import type { CellGraph } from './cell-graph.ts';

/**
 * The plan being worked on: which grid each node is in, and each grid's members as a doubly linked list, so that moving a
 * node or exchanging whole grids allocates nothing. Grids are numbered 0 … gridCount − 1 without gaps.
 */
export class WorkingPlan {
  readonly gridOf: Int32Array;
  readonly households: Int32Array;
  readonly size: Int32Array;
  readonly first: Int32Array;
  readonly next: Int32Array;
  /** Changes whenever a grid's members do; never the same number twice. */
  readonly version: Float64Array;
  /** Adjust: the existing grid that each grid continues (−1 for a new one); no two continue the same. */
  readonly claim: Int32Array;
  /** The grid that continues each existing grid, −1 for none. */
  readonly claimant: Int32Array;
  gridCount = 0;
  private readonly previous: Int32Array;
  private clock = 0;

  constructor(readonly graph: CellGraph) {
    const n = graph.count;
    this.gridOf = new Int32Array(n);
    this.next = new Int32Array(n);
    this.previous = new Int32Array(n);
    this.households = new Int32Array(n + 1);
    this.size = new Int32Array(n + 1);
    this.first = new Int32Array(n + 1).fill(-1);
    this.version = new Float64Array(n + 1);
    this.claim = new Int32Array(n + 1).fill(-1);
    this.claimant = new Int32Array(graph.originCount).fill(-1);
  }

  /** Takes over a whole assignment (every grid number below `gridCount` used). */
  load(gridOf: ArrayLike<number>, gridCount: number, claim?: ArrayLike<number>): void {
    this.gridCount = gridCount;
    this.claimant.fill(-1);
    for (let grid = 0; grid < gridCount; grid++) {
      this.empty(grid);
      this.setClaim(grid, claim ? claim[grid]! : -1);
    }
    for (let node = 0; node < this.graph.count; node++) this.insert(node, gridOf[node]!);
  }

  move(node: number, to: number): void {
    this.remove(node);
    this.insert(node, to);
    this.version[to] = ++this.clock;
  }

  /**
   * Gives the nodes listed (all members of `grids[0 … before−1]`) their new labels 0 … after−1. Label i becomes grids[i];
   * labels beyond `before` become new grids. Grids left over disappear: the last grids take their numbers.
   * `claims` holds the existing grid each label continues.
   */
  relabel(
    nodes: Int32Array,
    nodeCount: number,
    labels: ArrayLike<number>,
    grids: number[],
    before: number,
    after: number,
    claims: ArrayLike<number> | null,
  ): void {
    for (let i = before; i < after; i++) grids[i] = this.gridCount++;
    const touched = Math.max(before, after);
    for (let i = 0; i < touched; i++) {
      this.empty(grids[i]!);
      if (i < before && this.claim[grids[i]!]! >= 0) this.claimant[this.claim[grids[i]!]!] = -1;
    }
    for (let i = 0; i < touched; i++) this.setClaim(grids[i]!, claims && i < after ? claims[i]! : -1);
    for (let i = 0; i < nodeCount; i++) this.insert(nodes[i]!, grids[labels[i]!]!);
    for (let i = before - 1; i >= after; i--) this.dropGrid(grids, i);
  }

  private dropGrid(grids: number[], position: number): void {
    const gone = grids[position]!;
    const last = --this.gridCount;
    if (gone === last) return;
    this.first[gone] = this.first[last]!;
    this.households[gone] = this.households[last]!;
    this.size[gone] = this.size[last]!;
    this.version[gone] = this.version[last]!;
    this.setClaim(gone, this.claim[last]!);
    for (let node = this.first[gone]!; node >= 0; node = this.next[node]!) this.gridOf[node] = gone;
    for (let i = 0; i < position; i++) if (grids[i] === last) grids[i] = gone;
  }

  private setClaim(grid: number, origin: number): void {
    this.claim[grid] = origin;
    if (origin >= 0) this.claimant[origin] = grid;
  }

  private empty(grid: number): void {
    this.first[grid] = -1;
    this.households[grid] = 0;
    this.size[grid] = 0;
    this.version[grid] = ++this.clock;
  }

  private insert(node: number, grid: number): void {
    const head = this.first[grid]!;
    this.next[node] = head;
    this.previous[node] = -1;
    if (head >= 0) this.previous[head] = node;
    this.first[grid] = node;
    this.gridOf[node] = grid;
    this.households[grid] = this.households[grid]! + this.graph.households[node]!;
    this.size[grid] = this.size[grid]! + 1;
  }

  private remove(node: number): void {
    const grid = this.gridOf[node]!;
    const before = this.previous[node]!;
    const after = this.next[node]!;
    if (before >= 0) this.next[before] = after;
    else this.first[grid] = after;
    if (after >= 0) this.previous[after] = before;
    this.households[grid] = this.households[grid]! - this.graph.households[node]!;
    this.size[grid] = this.size[grid]! - 1;
    this.version[grid] = ++this.clock;
  }
}
