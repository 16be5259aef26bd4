import { type Atoms, MOST_ATOMS } from './atoms.ts';
import type { Columns } from './columns.ts';
import type { GridRange } from './totals.ts';
import { isDivisible } from './totals.ts';

/**
 * Chooses columns that cover every atom exactly once at the least cost, by depth-first search under a dual bound.
 *
 * Dual: prices y of the atoms with Σ y over any column ≤ its cost; then Σ y over all atoms bounds every cover from below, and
 * a column whose reduced cost (cost − Σ y) reaches the gap to the best known cover can be forgotten. A feasible y is got by
 * giving each atom its least share (by households) of a column's cost, then raising atoms one by one as far as it goes.
 *
 * Adjust: each existing grid may be continued once. Relaxed, that would let both halves of a split grid count as staying,
 * so a column pays a rent for the grid it continues, and the bound gets all rents back: any rents ≥ 0 give a valid bound
 * (they are multipliers of the rows "at most once"). Half of the grid's households moved is the right one: whichever way the
 * grid is cut in two, the smaller half is then charged exactly. A cover that leaves a grid uncontinued owes its rent.
 */
export class SetPartitioning {
  /** The columns of the best cover found, in order of their lowest atom. */
  readonly chosen: number[] = [];
  /** True if the search ended by itself: nothing better exists among the columns. */
  complete = false;
  private readonly price = new Float64Array(MOST_ATOMS);
  private reduced = new Float64Array(0);
  private order = new Int32Array(0);
  private sorted = new Int32Array(0);
  private kept = 0;
  private readonly groupStart = new Int32Array(MOST_ATOMS);
  private readonly groupEnd = new Int32Array(MOST_ATOMS);
  private readonly path = new Int32Array(MOST_ATOMS);
  private best = 0;
  private nodes = 0;
  private wanted = 0;
  private prune = true;

  constructor(
    private readonly atoms: Atoms,
    private readonly columns: Columns,
    private readonly range: GridRange,
  ) {}

  /**
   * Looks for a cover cheaper than `current` with `wanted` columns (0: any number); returns its cost or `current`.
   * With `prune`, remainders that no number of grids fits are cut off; that needs all columns to be within the range.
   */
  solve(current: number, wanted: number, prune: boolean, nodeLimit: number): number {
    const { atoms, columns } = this;
    this.chosen.length = 0;
    this.complete = true;
    if (this.reduced.length < columns.mask.length) {
      this.reduced = new Float64Array(columns.mask.length);
      this.order = new Int32Array(columns.mask.length);
      this.sorted = new Int32Array(columns.mask.length);
    }
    const bound = this.raiseDual(current);
    if (bound >= current) return current;
    this.group(current - bound);
    this.best = current;
    this.nodes = nodeLimit;
    this.wanted = wanted;
    this.prune = prune;
    let households = 0;
    for (let a = 0; a < atoms.count; a++) households += atoms.households[a]!;
    this.search(2 ** atoms.count - 1, bound, households, 0, 0);
    this.complete = this.nodes >= 0;
    return this.best;
  }

  /** Makes the dual prices and reduced costs; returns the bound (Infinity if an atom is in no column). */
  private raiseDual(current: number): number {
    const { atoms, columns, price, reduced } = this;
    const n = atoms.count;
    price.fill(Infinity, 0, n);
    for (let c = 0; c < columns.count; c++) {
      const rate = columns.cost[c]! / Math.max(1, columns.households[c]!);
      for (let rest = columns.mask[c]!; rest !== 0; rest &= rest - 1) {
        const a = 31 - Math.clz32(rest & -rest);
        const share = Math.floor(rate * atoms.households[a]!);
        if (share < price[a]!) price[a] = share;
      }
    }
    let bound = 0;
    for (let a = 0; a < n; a++) bound += price[a]!;
    for (let slot = 0; slot < atoms.slots; slot++) bound -= atoms.rent[slot]!;
    if (bound >= current) return bound;
    // Only columns with a reduced cost under the gap can ever matter: neither in a better cover, nor in holding a price down.
    const gap = current - bound;
    const { order } = this;
    let kept = 0;
    for (let c = 0; c < columns.count; c++) {
      let rest = columns.cost[c]!;
      for (let mask = columns.mask[c]!; mask !== 0; mask &= mask - 1) rest -= price[31 - Math.clz32(mask & -mask)]!;
      reduced[c] = rest;
      if (rest < gap) order[kept++] = c;
    }
    this.kept = kept;
    for (let a = 0; a < n && bound < current; a++) {
      const bit = 1 << a;
      let room = Infinity;
      for (let i = 0; i < kept; i++) {
        const c = order[i]!;
        if ((columns.mask[c]! & bit) !== 0 && reduced[c]! < room) room = reduced[c]!;
      }
      if (room <= 0) continue;
      for (let i = 0; i < kept; i++) {
        const c = order[i]!;
        if ((columns.mask[c]! & bit) !== 0) reduced[c] = reduced[c]! - room;
      }
      bound += room;
    }
    return bound;
  }

  /** Columns with a reduced cost under the gap, grouped by lowest atom, cheapest first. */
  private group(gap: number): void {
    const { atoms, columns, reduced, order, sorted, groupStart, groupEnd } = this;
    groupEnd.fill(0);
    for (let i = 0; i < this.kept; i++) {
      const mask = columns.mask[order[i]!]!;
      if (reduced[order[i]!]! < gap) groupEnd[31 - Math.clz32(mask & -mask)]!++;
    }
    let start = 0;
    for (let a = 0; a < atoms.count; a++) {
      groupStart[a] = start;
      start += groupEnd[a]!;
      groupEnd[a] = groupStart[a]!;
    }
    for (let i = 0; i < this.kept; i++) {
      const c = order[i]!;
      if (reduced[c]! >= gap) continue;
      const mask = columns.mask[c]!;
      const lowest = 31 - Math.clz32(mask & -mask);
      // Insertion keeps each group sorted; equal ones stay in the order they were found.
      let at = groupEnd[lowest]!++;
      for (; at > groupStart[lowest]! && reduced[sorted[at - 1]!]! > reduced[c]!; at--) sorted[at] = sorted[at - 1]!;
      sorted[at] = c;
    }
  }

  private search(left: number, cost: number, householdsLeft: number, depth: number, claimed: number): void {
    if (left === 0) {
      if (this.wanted !== 0 && depth !== this.wanted) return;
      let total = cost;
      for (let slot = 0; slot < this.atoms.slots; slot++)
        if ((claimed & (1 << slot)) === 0) total += this.atoms.rent[slot]!;
      if (total < this.best) {
        this.best = total;
        this.chosen.length = depth;
        for (let i = 0; i < depth; i++) this.chosen[i] = this.path[i]!;
      }
      return;
    }
    if (this.wanted > 0) {
      const grids = this.wanted - depth;
      if (grids <= 0) return;
      if (this.prune && (householdsLeft < grids * this.range.least || householdsLeft > grids * this.range.most)) return;
    }
    if (--this.nodes < 0) return;
    if (this.prune && depth > 0 && !this.piecesFit(left)) return;
    const { columns, reduced, sorted, groupStart, groupEnd } = this;
    const lowest = 31 - Math.clz32(left & -left);
    for (let i = groupStart[lowest]!; i < groupEnd[lowest]!; i++) {
      const c = sorted[i]!;
      if (cost + reduced[c]! >= this.best) break;
      const mask = columns.mask[c]!;
      const claim = columns.claim[c]! < 0 ? 0 : 1 << columns.claim[c]!;
      if ((mask & ~left) !== 0 || (claim & claimed) !== 0) continue;
      this.path[depth] = c;
      const households = householdsLeft - columns.households[c]!;
      this.search(left & ~mask, cost + reduced[c]!, households, depth + 1, claimed | claim);
      if (this.nodes < 0) return;
    }
  }

  /** Can every connected piece of what is left be divided by arithmetic alone? */
  private piecesFit(left: number): boolean {
    const { touches, households } = this.atoms;
    for (let rest = left; rest !== 0; ) {
      let frontier = rest & -rest;
      let piece = 0;
      let total = 0;
      while (frontier !== 0) {
        const bit = frontier & -frontier;
        const a = 31 - Math.clz32(bit);
        piece |= bit;
        total += households[a]!;
        frontier = (frontier | (touches[a]! & rest)) & ~piece;
      }
      if (!isDivisible(total, this.range)) return false;
      rest &= ~piece;
    }
    return true;
  }
}
