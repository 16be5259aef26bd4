import { type Atoms, MOST_ATOMS } from './atoms.ts';
import type { Objective } from './objective.ts';
import { isDivisible } from './totals.ts';

const popcount = (mask: number): number => {
  let x = mask - ((mask >>> 1) & 0x55555555);
  x = (x & 0x33333333) + ((x >>> 2) & 0x33333333);
  return Math.imul((x + (x >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

/**
 * All grids that could be made of a set of atoms ("columns" of the set partitioning problem): connected sets within the
 * range, each found once, with its cost. A set grows from its lowest atom; an atom passed over stays excluded below, which
 * is what keeps any set from being found twice. Costs grow along: adding an atom adds its borders as if all were cut and
 * takes back, twice, those with the atoms already in.
 */
export class Columns {
  count = 0;
  readonly mask: Int32Array;
  /** Doubled; with the rent of the claim. */
  readonly cost: Float64Array;
  readonly households: Int32Array;
  /** Adjust: the slot of the existing grid that the column would continue; −1 for none. Each may be taken once. */
  readonly claim: Int8Array;
  /** For each number of households whether a column may have it. */
  private readonly usable: Uint8Array;
  private steps = 0;
  private full = false;

  constructor(
    private readonly atoms: Atoms,
    private readonly objective: Objective,
    private readonly capacity: number,
  ) {
    // Current grids outside the range come on top, each with its claims.
    const length = capacity + MOST_ATOMS * (MOST_ATOMS + 1);
    this.usable = new Uint8Array(objective.range.most + 1);
    this.mask = new Int32Array(length);
    this.cost = new Float64Array(length);
    this.households = new Int32Array(length);
    this.claim = new Int8Array(length).fill(-1);
  }

  /**
   * False if there are more columns, or more steps to find them, than allowed. Sets that leave the rest of the cluster
   * with a total no number of grids fits (no `wanted − 1` grids, if `wanted` > 0) are left out, unless `anyRest`.
   */
  enumerate(stepLimit: number, wanted: number, anyRest: boolean): boolean {
    const { atoms } = this;
    this.describeRests(wanted, anyRest);
    this.count = 0;
    this.steps = stepLimit;
    this.full = false;
    for (let lowest = 0; lowest < atoms.count && !this.full; lowest++) {
      // Bits 0 … lowest are excluded.
      this.extend(0, 0, 1 << lowest, (1 << lowest) - 1, 0, 0, 0);
    }
    return !this.full;
  }

  /** Marks the totals a column may have. */
  private describeRests(wanted: number, anyRest: boolean): void {
    const { atoms, usable } = this;
    const { range } = this.objective;
    let total = 0;
    for (let a = 0; a < atoms.count; a++) total += atoms.households[a]!;
    for (let h = range.least; h <= range.most; h++) {
      const rest = total - h;
      const fits =
        wanted > 0
          ? rest >= (wanted - 1) * range.least && rest <= (wanted - 1) * range.most
          : rest === 0 || isDivisible(rest, range);
      usable[h] = anyRest || fits ? 1 : 0;
    }
  }

  /** Adds a current grid (with every claim it could have), whether or not it is within the range. */
  add(mask: number): void {
    const { atoms } = this;
    let cost = 0;
    let households = 0;
    let compounds = 0;
    let blocks = 0;
    let done = 0;
    for (let rest = mask; rest !== 0; rest &= rest - 1) {
      const atom = 31 - Math.clz32(rest & -rest);
      cost += this.marginal(atom, done);
      done |= 1 << atom;
      households += atoms.households[atom]!;
      compounds |= atoms.compounds[atom]!;
      blocks |= atoms.blocks[atom]!;
    }
    this.put(mask, households, cost, compounds, blocks);
  }

  private marginal(atom: number, mask: number): number {
    const { linked, link, base } = this.atoms;
    let shared = 0;
    const row = atom * MOST_ATOMS;
    for (let rest = linked[atom]! & mask; rest !== 0; rest &= rest - 1)
      shared += link[row + 31 - Math.clz32(rest & -rest)]!;
    return base[atom]! - 2 * shared;
  }

  private put(mask: number, households: number, cost: number, compounds: number, blocks: number): void {
    const { objective } = this;
    const soft = objective.split * popcount(compounds) + objective.straddle * (popcount(blocks) - 1);
    const total = cost + 2 * (soft + objective.size(households));
    if (objective.moved > 0) this.putClaims(mask, households, total);
    else {
      const column = this.count++;
      this.mask[column] = mask;
      this.households[column] = households;
      this.cost[column] = total;
    }
  }

  /** Adjust: the same set once for each existing grid it could continue and once as a new grid. */
  private putClaims(mask: number, households: number, cost: number): void {
    const { atoms, objective } = this;
    let settled = 0;
    for (let rest = mask; rest !== 0; rest &= rest - 1) settled += atoms.settled[31 - Math.clz32(rest & -rest)]!;
    for (let slot = -1; slot < atoms.slots; slot++) {
      let stay = 0;
      if (slot >= 0)
        for (let rest = mask; rest !== 0; rest &= rest - 1)
          stay += atoms.inSlot[(31 - Math.clz32(rest & -rest)) * MOST_ATOMS + slot]!;
      if (slot >= 0 && stay === 0) continue;
      const column = this.count++;
      this.mask[column] = mask;
      this.households[column] = households;
      this.claim[column] = slot;
      this.cost[column] = cost + 2 * objective.moved * (settled - stay) + (slot < 0 ? 0 : atoms.rent[slot]!);
    }
  }

  private extend(
    mask: number,
    households: number,
    candidates: number,
    excluded: number,
    cost: number,
    compounds: number,
    blocks: number,
  ): void {
    const { atoms, objective } = this;
    let out = excluded;
    for (let rest = candidates; rest !== 0; rest &= rest - 1) {
      const bit = rest & -rest;
      out |= bit;
      const atom = 31 - Math.clz32(bit);
      const total = households + atoms.households[atom]!;
      if (total > objective.range.most) continue;
      if (--this.steps < 0) {
        this.full = true;
        return;
      }
      const grown = mask | bit;
      const grownCost = cost + this.marginal(atom, mask);
      const grownCompounds = compounds | atoms.compounds[atom]!;
      const grownBlocks = blocks | atoms.blocks[atom]!;
      if (this.usable[total] === 1) {
        if (this.count + atoms.slots >= this.capacity) {
          this.full = true;
          return;
        }
        this.put(grown, total, grownCost, grownCompounds, grownBlocks);
      }
      const next = ((rest & (rest - 1)) | atoms.touches[atom]!) & ~grown & ~out;
      if (next !== 0) this.extend(grown, total, next, out, grownCost, grownCompounds, grownBlocks);
      if (this.full) return;
    }
  }
}
