import { OVER_BARRIER, SAME_COMPOUND } from './cell-graph.ts';
import type { Objective } from './objective.ts';
import type { Random } from './random.ts';
import type { Region } from './region.ts';

/** Sets of atoms are 32-bit masks; the sign bit stays free. */
export const MOST_ATOMS = 30;

/**
 * A region contracted to few atoms: nodes of one current grid that stay together for this move. What a set of atoms costs
 * as a grid then follows from masks. Costs are doubled here, so that each side's half of a border is whole.
 */
export class Atoms {
  count = 0;
  readonly households = new Int32Array(MOST_ATOMS);
  /** Atoms that touch this one. */
  readonly touches = new Int32Array(MOST_ATOMS);
  /** Atoms this one has a price with, touching or not. */
  readonly linked = new Int32Array(MOST_ATOMS);
  readonly link = new Float64Array(MOST_ATOMS * MOST_ATOMS);
  /** Own share of a set's cost: all its borders as if cut, and the road blocks nobody else reaches. */
  readonly base = new Float64Array(MOST_ATOMS);
  /** Compounds and road blocks that several atoms reach, as bits. */
  readonly compounds = new Int32Array(MOST_ATOMS);
  readonly blocks = new Int32Array(MOST_ATOMS);
  /** The label (current grid) of each atom. */
  readonly label = new Int32Array(MOST_ATOMS);
  /** Adjust: households of each atom that are in an existing grid at all, and in each of the region's available ones. */
  slots = 0;
  readonly settled = new Int32Array(MOST_ATOMS);
  readonly inSlot = new Int32Array(MOST_ATOMS * MOST_ATOMS);
  /** What a column pays for continuing an existing grid; see `SetPartitioning`. */
  readonly rent = new Float64Array(MOST_ATOMS);
  /** True if every node is its own atom: the move then sees the whole truth. */
  exact = false;
  private readonly root: Int32Array;
  private readonly atomOf: Int32Array;
  private readonly weight: Int32Array;
  private readonly order: Int32Array;
  private readonly queue: Int32Array;
  private readonly reachedFrom: Int32Array;
  private readonly compoundReach: Int32Array;
  private readonly blockReach: Int32Array;

  constructor(private readonly region: Region) {
    const n = region.graph.count;
    this.root = new Int32Array(n);
    this.atomOf = new Int32Array(n);
    this.weight = new Int32Array(n);
    this.order = new Int32Array(region.edgeA.length);
    this.queue = new Int32Array(n);
    this.reachedFrom = new Int32Array(n);
    this.compoundReach = new Int32Array(region.graph.compoundCount);
    this.blockReach = new Int32Array(region.graph.blockCount);
  }

  /** The atom a node of the region is in. */
  atomOfNode(local: number): number {
    return this.atomOf[this.find(local)]!;
  }

  /** Contracts the open region to at most `limit` atoms; false if that can't be done. */
  build(limit: number, objective: Objective, random: Random): boolean {
    const { count } = this.region;
    for (let i = 0; i < count; i++) this.root[i] = i;
    this.exact = count <= limit;
    if (!this.exact) {
      const keepCores = objective.moved > 0 && random.chance(50);
      if (!this.contract(limit, random, keepCores)) return false;
    }
    this.numberByDistance();
    this.measure();
    if (objective.moved > 0) this.measureOrigins(objective.moved);
    return this.shareCompoundsAndBlocks(objective);
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

  /**
   * Contracts random edges inside current grids: first within compounds, then within road blocks, up to a random small
   * weight; then whatever it takes. With `keepCores` (adjust), what lies away from the borders between grids goes first,
   * so that the atoms are finest where households can change sides.
   */
  private contract(limit: number, random: Random, keepCores: boolean): boolean {
    const { region, weight, order } = this;
    const { count, connectCount, edgeA, edgeB, edgeTier, label, node, graph } = region;
    let atoms = count;
    for (let i = 0; i < count; i++) weight[i] = graph.households[node[i]!]!;
    const { origin } = graph;
    let inside = 0;
    for (let e = 0; e < connectCount; e++) {
      const a = edgeA[e]!;
      const b = edgeB[e]!;
      // Whoever came from different grids must be free to part again.
      if (label[a] === label[b] && origin[node[a]!] === origin[node[b]!]) order[inside++] = e;
    }
    for (let i = inside - 1; i > 0; i--) {
      const j = random.below(i + 1);
      const e = order[i]!;
      order[i] = order[j]!;
      order[j] = e;
    }
    const cap = 60 + random.below(140);
    if (keepCores) {
      const rim = this.reachedFrom.fill(0, 0, count);
      for (let e = 0; e < connectCount; e++)
        if (label[edgeA[e]!] !== label[edgeB[e]!]) rim[edgeA[e]!] = rim[edgeB[e]!] = 1;
      for (let q = 0; q < inside && atoms > limit; q++) {
        const a = this.find(edgeA[order[q]!]!);
        const b = this.find(edgeB[order[q]!]!);
        if (a === b || rim[edgeA[order[q]!]!] || rim[edgeB[order[q]!]!]) continue;
        this.root[a] = b;
        weight[b] = weight[b]! + weight[a]!;
        atoms--;
      }
    }
    for (let pass = 0; pass < 4 && atoms > limit; pass++) {
      const most = pass < 2 ? cap : pass === 2 ? 220 : Infinity;
      for (let q = 0; q < inside && atoms > limit; q++) {
        const e = order[q]!;
        if (pass === 0 && edgeTier[e] !== SAME_COMPOUND) continue;
        if (pass === 1 && edgeTier[e] === OVER_BARRIER) continue;
        const a = this.find(edgeA[e]!);
        const b = this.find(edgeB[e]!);
        if (a === b || weight[a]! + weight[b]! > most) continue;
        this.root[a] = b;
        weight[b] = weight[b]! + weight[a]!;
        atoms--;
      }
    }
    return atoms <= limit;
  }

  /** Numbers atoms outwards from one end of the region, so that the lowest uncovered atom is at the rim of what is left. */
  private numberByDistance(): void {
    const { region, queue, reachedFrom, atomOf } = this;
    const { local, node, graph, count } = region;
    this.count = 0;
    let start = 0;
    for (let round = 0; round < 2; round++) {
      reachedFrom.fill(0, 0, count);
      reachedFrom[start] = 1;
      queue[0] = start;
      let length = 1;
      for (let i = 0; i < length; i++) {
        const v = node[queue[i]!]!;
        for (let e = graph.rowStart[v]!; e < graph.rowConnect[v]!; e++) {
          const j = local[graph.neighbour[e]!]!;
          if (j < 0 || reachedFrom[j] === 1) continue;
          reachedFrom[j] = 1;
          queue[length++] = j;
        }
      }
      if (length !== count) throw new Error(`region of ${count} nodes is in pieces: ${length} reached`);
      start = queue[length - 1]!;
    }
    for (let i = 0; i < count; i++) atomOf[i] = -1;
    for (let i = 0; i < count; i++) {
      const root = this.find(queue[i]!);
      if (atomOf[root]! < 0) {
        this.label[this.count] = region.label[queue[i]!]!;
        atomOf[root] = this.count++;
      }
    }
  }

  private measure(): void {
    const { region, households, touches, linked, link, base } = this;
    const { edgeA, edgeB, edgePrice, edgeCount, connectCount, node, graph } = region;
    const n = this.count;
    households.fill(0, 0, n);
    touches.fill(0, 0, n);
    linked.fill(0, 0, n);
    base.fill(0, 0, n);
    for (let a = 0; a < n; a++) link.fill(0, a * MOST_ATOMS, a * MOST_ATOMS + n);
    for (let i = 0; i < region.count; i++) {
      const atom = this.atomOfNode(i);
      households[atom] = households[atom]! + graph.households[node[i]!]!;
    }
    for (let e = 0; e < edgeCount; e++) {
      const a = this.atomOfNode(edgeA[e]!);
      const b = this.atomOfNode(edgeB[e]!);
      if (a === b) continue;
      const price = edgePrice[e]!;
      linked[a] = linked[a]! | (1 << b);
      linked[b] = linked[b]! | (1 << a);
      if (e < connectCount) {
        touches[a] = touches[a]! | (1 << b);
        touches[b] = touches[b]! | (1 << a);
      }
      link[a * MOST_ATOMS + b] = link[a * MOST_ATOMS + b]! + price;
      link[b * MOST_ATOMS + a] = link[b * MOST_ATOMS + a]! + price;
      base[a] = base[a]! + price;
      base[b] = base[b]! + price;
    }
  }

  private measureOrigins(moved: number): void {
    const { region, settled, inSlot } = this;
    const { node, graph, origins } = region;
    this.slots = Math.min(MOST_ATOMS, origins.slotCount);
    settled.fill(0, 0, this.count);
    inSlot.fill(0);
    this.rent.fill(0);
    for (let i = 0; i < region.count; i++) {
      const v = node[i]!;
      if (graph.origin[v]! < 0) continue;
      const atom = this.atomOfNode(i);
      const slot = origins.slotOfOrigin(graph.origin[v]!);
      settled[atom] = settled[atom]! + graph.households[v]!;
      if (slot < 0 || slot >= this.slots) continue;
      inSlot[atom * MOST_ATOMS + slot] = inSlot[atom * MOST_ATOMS + slot]! + graph.households[v]!;
      this.rent[slot] = this.rent[slot]! + moved * graph.households[v]!;
    }
  }

  /** Compounds and blocks within one atom cost the same whatever happens; only shared ones need a bit. */
  private shareCompoundsAndBlocks(objective: Objective): boolean {
    const { region, compounds, blocks, base, compoundReach, blockReach } = this;
    const { node, graph, count } = region;
    compounds.fill(0, 0, this.count);
    blocks.fill(0, 0, this.count);
    for (let i = 0; i < count; i++) {
      const v = node[i]!;
      const bit = 1 << this.atomOfNode(i);
      if (graph.compound[v]! >= 0) compoundReach[graph.compound[v]!] = compoundReach[graph.compound[v]!]! | bit;
      blockReach[graph.block[v]!] = blockReach[graph.block[v]!]! | bit;
    }
    let compoundBits = 0;
    let blockBits = 0;
    const spread = (reach: number, bit: number, to: Int32Array): void => {
      for (let rest = reach; rest !== 0; rest &= rest - 1) {
        const atom = 31 - Math.clz32(rest & -rest);
        to[atom] = to[atom]! | (1 << bit);
      }
    };
    for (let i = 0; i < count; i++) {
      const v = node[i]!;
      const c = graph.compound[v]!;
      if (c >= 0 && compoundReach[c] !== 0) {
        const reach = compoundReach[c]!;
        if ((reach & (reach - 1)) !== 0 && compoundBits++ < 31) spread(reach, compoundBits - 1, compounds);
        compoundReach[c] = 0;
      }
      const b = graph.block[v]!;
      if (blockReach[b] !== 0) {
        const reach = blockReach[b]!;
        if ((reach & (reach - 1)) === 0) {
          const atom = 31 - Math.clz32(reach);
          base[atom] = base[atom]! + 2 * objective.straddle;
        } else if (blockBits++ < 31) spread(reach, blockBits - 1, blocks);
        blockReach[b] = 0;
      }
    }
    return compoundBits <= 31 && blockBits <= 31;
  }
}
