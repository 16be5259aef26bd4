import type { Objective } from './objective.ts';
import type { Random } from './random.ts';
import type { Region } from './region.ts';

/** How a tree treats the tiers of edges: compounds and blocks kept together, only blocks, or neither. */
export type TreeKind = 'compounds' | 'blocks' | 'free';

/**
 * A random spanning tree of a region, and what cutting it at each of its edges would mean.
 *
 * Nodes are numbered by position in preorder, so that the subtree at p is the positions p … end[p]−1, a parent comes
 * before its children, and the lowest common ancestor of two positions is found by lifting the larger until they meet.
 *
 * All quantities of all subtrees come from one pass of differences: something put at a position counts for every subtree
 * that holds it; taking it back at a lowest common ancestor stops the counting from there upwards. So, for the subtree at p,
 *   cut        each edge ab adds its price at a and at b and takes twice of it back at lca(a, b): the edges leaving it;
 *   compounds  each node adds 1, and 1 is taken back at the lca of consecutive nodes (in preorder) of one compound: distinct
 *              compounds; another 1 at the lca of them all, from where up the compound is whole: compounds cut in two;
 *   blocks     distinct road blocks likewise, and blocks wholly inside.
 */
export class RandomTree {
  readonly nodeAt: Int32Array;
  readonly end: Int32Array;
  readonly households: Int32Array;
  readonly cut: Float64Array;
  readonly compoundsCut: Int32Array;
  readonly blocks: Int32Array;
  readonly blocksWhole: Int32Array;
  regionBlocks = 0;
  readonly parent: Int32Array;
  private readonly positionOf: Int32Array;
  private readonly order: Int32Array;
  private readonly root: Int32Array;
  private readonly head: Int32Array;
  private readonly nextArm: Int32Array;
  private readonly armTo: Int32Array;
  private readonly stack: Int32Array;
  private readonly stackParent: Int32Array;
  private readonly firstOfCompound: Int32Array;
  private readonly lastOfCompound: Int32Array;
  private readonly firstOfBlock: Int32Array;
  private readonly lastOfBlock: Int32Array;

  constructor(readonly region: Region) {
    const n = region.graph.count;
    const ints = (size: number): Int32Array => new Int32Array(size);
    this.nodeAt = ints(n);
    this.end = ints(n);
    this.households = ints(n);
    this.cut = new Float64Array(n);
    this.compoundsCut = ints(n);
    this.blocks = ints(n);
    this.blocksWhole = ints(n);
    this.parent = ints(n);
    this.positionOf = ints(n);
    this.order = ints(region.edgeA.length);
    this.root = ints(n);
    this.head = ints(n);
    this.nextArm = ints(2 * n);
    this.armTo = ints(2 * n);
    this.stack = ints(n + 1);
    this.stackParent = ints(n + 1);
    this.firstOfCompound = ints(region.graph.compoundCount);
    this.lastOfCompound = ints(region.graph.compoundCount).fill(-1);
    this.firstOfBlock = ints(region.graph.blockCount);
    this.lastOfBlock = ints(region.graph.blockCount).fill(-1);
  }

  /** Draws a tree (Kruskal on a random order within each tier) and sums over its subtrees. False if not connected. */
  draw(kind: TreeKind, random: Random): boolean {
    if (!this.span(kind, random)) return false;
    this.number();
    this.sum();
    return true;
  }

  /** The price of cutting the region into the subtree at p and the rest: all terms but the households moved. */
  cutCost(p: number, objective: Objective): number {
    const inside = this.households[p]!;
    return (
      this.cut[p]! +
      objective.split * this.compoundsCut[p]! +
      objective.straddle * (this.blocks[p]! + this.regionBlocks - this.blocksWhole[p]! - 2) +
      objective.size(inside) +
      objective.size(this.region.households - inside)
    );
  }

  private find(x: number): number {
    const root = this.root;
    let at = x;
    while (root[at] !== at) {
      root[at] = root[root[at]!]!;
      at = root[at]!;
    }
    return at;
  }

  private span(kind: TreeKind, random: Random): boolean {
    const { region, order, root, head, nextArm, armTo } = this;
    const { count, connectCount, edgeA, edgeB, edgeTier } = region;
    for (let i = 0; i < count; i++) {
      root[i] = i;
      head[i] = -1;
    }
    // Edges in up to three groups that are used up one after the other, each in random order (drawn only as far as needed).
    const firstTier = kind === 'compounds' ? 0 : kind === 'blocks' ? 1 : 2;
    let from = 0;
    let arms = 0;
    let missing = count - 1;
    for (let tier = firstTier; tier < 3 && missing > 0; tier++) {
      let to = from;
      for (let e = 0; e < connectCount; e++) {
        const t = edgeTier[e]!;
        if (t === tier || (tier === firstTier && t < tier)) order[to++] = e;
      }
      for (; from < to && missing > 0; from++) {
        const pick = from + random.below(to - from);
        const e = order[pick]!;
        order[pick] = order[from]!;
        const a = this.find(edgeA[e]!);
        const b = this.find(edgeB[e]!);
        if (a === b) continue;
        root[a] = b;
        missing--;
        const x = edgeA[e]!;
        const y = edgeB[e]!;
        armTo[arms] = y;
        nextArm[arms] = head[x]!;
        head[x] = arms++;
        armTo[arms] = x;
        nextArm[arms] = head[y]!;
        head[y] = arms++;
      }
      from = to;
    }
    return missing <= 0;
  }

  private number(): void {
    const { nodeAt, positionOf, parent, head, nextArm, armTo, stack, stackParent, end } = this;
    const { node, count } = this.region;
    const { households } = this.region.graph;
    let depth = 1;
    let position = 0;
    stack[0] = 0;
    stackParent[0] = -1;
    while (depth > 0) {
      const i = stack[--depth]!;
      const above = stackParent[depth]!;
      nodeAt[position] = i;
      positionOf[i] = position;
      parent[position] = above;
      end[position] = position + 1;
      this.households[position] = households[node[i]!]!;
      const from = above < 0 ? -1 : nodeAt[above]!;
      for (let arm = head[i]!; arm >= 0; arm = nextArm[arm]!) {
        const j = armTo[arm]!;
        if (j !== from) {
          stack[depth] = j;
          stackParent[depth++] = position;
        }
      }
      position++;
    }
    if (position !== count) throw new Error(`tree of ${position} nodes on a region of ${count}`);
  }

  private lca(p: number, q: number): number {
    const parent = this.parent;
    let a = p;
    let b = q;
    while (a !== b) {
      if (a > b) a = parent[a]!;
      else b = parent[b]!;
    }
    return a;
  }

  private sum(): void {
    const { nodeAt, positionOf, parent, end, households, cut, compoundsCut, region } = this;
    const { firstOfCompound, lastOfCompound } = this;
    const { count, edgeCount, edgeA, edgeB, edgePrice, node } = region;
    const { compound } = region.graph;
    cut.fill(0, 0, count);
    compoundsCut.fill(0, 0, count);
    for (let e = 0; e < edgeCount; e++) {
      const a = positionOf[edgeA[e]!]!;
      const b = positionOf[edgeB[e]!]!;
      const price = edgePrice[e]!;
      const top = this.lca(a, b);
      cut[a] = cut[a]! + price;
      cut[b] = cut[b]! + price;
      cut[top] = cut[top]! - 2 * price;
    }
    for (let p = 0; p < count; p++) {
      const c = compound[node[nodeAt[p]!]!]!;
      if (c < 0) continue;
      compoundsCut[p] = compoundsCut[p]! + 1;
      if (lastOfCompound[c]! < 0) firstOfCompound[c] = p;
      else {
        const top = this.lca(lastOfCompound[c]!, p);
        compoundsCut[top] = compoundsCut[top]! - 1;
      }
      lastOfCompound[c] = p;
    }
    for (let p = 0; p < count; p++) {
      const c = compound[node[nodeAt[p]!]!]!;
      if (c < 0 || lastOfCompound[c]! < 0) continue;
      const top = this.lca(firstOfCompound[c]!, lastOfCompound[c]!);
      compoundsCut[top] = compoundsCut[top]! - 1;
      lastOfCompound[c] = -1;
    }
    for (let p = count - 1; p > 0; p--) {
      const up = parent[p]!;
      households[up] = households[up]! + households[p]!;
      cut[up] = cut[up]! + cut[p]!;
      compoundsCut[up] = compoundsCut[up]! + compoundsCut[p]!;
      if (end[up]! < end[p]!) end[up] = end[p]!;
    }
    this.sumBlocks();
  }

  private sumBlocks(): void {
    const { nodeAt, parent, blocks, blocksWhole, firstOfBlock, lastOfBlock } = this;
    const { count, node } = this.region;
    const { block } = this.region.graph;
    const first = block[node[0]!]!;
    let p = 1;
    while (p < count && block[node[p]!]! === first) p++;
    if (p === count) {
      // Most regions lie in one block: all subtrees hold it, only the whole tree holds all of it.
      this.regionBlocks = 1;
      blocks.fill(1, 0, count);
      blocksWhole.fill(0, 0, count);
      blocksWhole[0] = 1;
      return;
    }
    blocks.fill(0, 0, count);
    blocksWhole.fill(0, 0, count);
    let regionBlocks = 0;
    for (p = 0; p < count; p++) {
      const b = block[node[nodeAt[p]!]!]!;
      blocks[p] = blocks[p]! + 1;
      if (lastOfBlock[b]! < 0) {
        firstOfBlock[b] = p;
        regionBlocks++;
      } else {
        const top = this.lca(lastOfBlock[b]!, p);
        blocks[top] = blocks[top]! - 1;
      }
      lastOfBlock[b] = p;
    }
    this.regionBlocks = regionBlocks;
    for (p = 0; p < count; p++) {
      const b = block[node[nodeAt[p]!]!]!;
      if (lastOfBlock[b]! < 0) continue;
      const top = this.lca(firstOfBlock[b]!, lastOfBlock[b]!);
      blocksWhole[top] = blocksWhole[top]! + 1;
      lastOfBlock[b] = -1;
    }
    for (p = count - 1; p > 0; p--) {
      const up = parent[p]!;
      blocks[up] = blocks[up]! + blocks[p]!;
      blocksWhole[up] = blocksWhole[up]! + blocksWhole[p]!;
    }
  }
}
