/**
 * A small seeded source of randomness (xorshift32, Marsaglia 2003): the same numbers in every engine.
 * Independent streams come from different `stream` numbers under one seed.
 */
export class Random {
  private state: number;

  constructor(seed: number, stream = 0) {
    const mixed = Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul((stream + 1) | 0, 0x85ebca6b);
    this.state = (mixed ^ (mixed >>> 15)) | 0 || 0x6d2b79f5;
    for (let i = 0; i < 8; i++) this.bits();
  }

  /** 32 random bits as an unsigned integer. */
  bits(): number {
    let s = this.state;
    s ^= s << 13;
    s ^= s >>> 17;
    s ^= s << 5;
    this.state = s;
    return s >>> 0;
  }

  /** A whole number from 0 to `count` − 1. The product is exact below 2^53. */
  below(count: number): number {
    return Math.floor((this.bits() * count) / 4294967296);
  }

  /** True with a chance of `percent` in a hundred. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }
}
