/** Numbers distinct lattice points in the order in which they are met: an open-addressing hash table. */
export class PointTable {
  readonly xs: number[] = [];
  readonly ys: number[] = [];
  #slots: Int32Array;
  #mask: number;

  constructor(expected = 64) {
    let size = 64;
    while (size < expected * 2) size *= 2;
    this.#slots = new Int32Array(size).fill(-1);
    this.#mask = size - 1;
  }

  /** The point's number; a new one when it was not met before. */
  add(x: number, y: number): number {
    let slot = hash(x, y) & this.#mask;
    for (;;) {
      const id = this.#slots[slot]!;
      if (id < 0) break;
      if (this.xs[id] === x && this.ys[id] === y) return id;
      slot = (slot + 1) & this.#mask;
    }
    const id = this.xs.length;
    this.xs.push(x);
    this.ys.push(y);
    this.#slots[slot] = id;
    if (id * 2 > this.#mask) this.#grow();
    return id;
  }

  /** The point's number, or −1. */
  find(x: number, y: number): number {
    let slot = hash(x, y) & this.#mask;
    for (;;) {
      const id = this.#slots[slot]!;
      if (id < 0 || (this.xs[id] === x && this.ys[id] === y)) return id;
      slot = (slot + 1) & this.#mask;
    }
  }

  #grow(): void {
    const size = this.#slots.length * 2;
    this.#slots = new Int32Array(size).fill(-1);
    this.#mask = size - 1;
    for (let id = 0; id < this.xs.length; id++) {
      let slot = hash(this.xs[id]!, this.ys[id]!) & this.#mask;
      while (this.#slots[slot]! >= 0) slot = (slot + 1) & this.#mask;
      this.#slots[slot] = id;
    }
  }
}

function hash(x: number, y: number): number {
  let h = Math.imul(x, 0x9e3779b1) ^ Math.imul(y, 0x85ebca6b);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return h ^ (h >>> 13);
}
