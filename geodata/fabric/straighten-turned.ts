/** Spans of numbers that are filled, merged and emptied again thousands of times. */
export class Spans {
  count = 0;
  readonly #from: number[] = [];
  readonly #to: number[] = [];

  clear(): void {
    this.count = 0;
  }

  /** Keeps the spans in order of their beginnings. */
  add(from: number, to: number): void {
    let at = this.count++;
    for (; at > 0 && this.#from[at - 1]! > from; at--) {
      this.#from[at] = this.#from[at - 1]!;
      this.#to[at] = this.#to[at - 1]!;
    }
    this.#from[at] = from;
    this.#to[at] = to;
  }

  merge(): void {
    let kept = 0;
    for (let i = 0; i < this.count; i++) {
      const [from, to] = [this.#from[i]!, this.#to[i]!];
      if (kept > 0 && from <= this.#to[kept - 1]!) {
        if (to > this.#to[kept - 1]!) this.#to[kept - 1] = to;
        continue;
      }
      this.#from[kept] = from;
      this.#to[kept++] = to;
    }
    this.count = kept;
  }

  /** What the (merged) others leave of these. */
  eachWithout(others: Spans, visit: (from: number, to: number) => void): void {
    for (let i = 0; i < this.count; i++) {
      let at = this.#from[i]!;
      const end = this.#to[i]!;
      for (let k = 0; k < others.count; k++) {
        const from = others.#from[k]!;
        const to = others.#to[k]!;
        if (to <= at) continue;
        if (from >= end) break;
        if (from > at) visit(at, from);
        at = to;
      }
      if (at < end) visit(at, end);
    }
  }
}

/** A polyline seen in a direction: how far along it its points lie (t) and how far to its left (d). */
export class TurnedLine {
  readonly #points: readonly number[];
  readonly #t: Float64Array;
  readonly #d: Float64Array;
  readonly #length: Float64Array;
  #low = 0;
  #high = 0;
  /** The span of the segment looked at last. */
  #from = 0;
  #to = 0;

  constructor(points: readonly number[]) {
    const count = points.length / 2;
    this.#points = points;
    this.#t = new Float64Array(count);
    this.#d = new Float64Array(count);
    this.#length = new Float64Array(count);
    for (let i = 0; i + 1 < count; i++) {
      const dx = points[2 * i + 2]! - points[2 * i]!;
      const dy = points[2 * i + 3]! - points[2 * i + 1]!;
      this.#length[i] = Math.sqrt(dx * dx + dy * dy);
    }
  }

  turn(ux: number, uy: number): void {
    let [low, high] = [Infinity, -Infinity];
    for (let i = 0; i < this.#t.length; i++) {
      const x = this.#points[2 * i]!;
      const y = this.#points[2 * i + 1]!;
      const d = ux * y - uy * x;
      this.#t[i] = ux * x + uy * y;
      this.#d[i] = d;
      if (d < low) low = d;
      if (d > high) high = d;
    }
    this.#low = low;
    this.#high = high;
  }

  /** Where the line at offset d is nearer than `radius`: a span a segment. */
  addNear(d: number, radius: number, spans: Spans): void {
    if (d < this.#low - radius || d > this.#high + radius) return;
    for (let i = 0; i + 1 < this.#t.length; i++) if (this.#isNear(i, d, radius)) spans.add(this.#from, this.#to);
  }

  /** The same as one span from the first such place to the last. */
  addReach(d: number, radius: number, spans: Spans): void {
    if (d < this.#low - radius || d > this.#high + radius) return;
    let [from, to] = [Infinity, -Infinity];
    for (let i = 0; i + 1 < this.#t.length; i++) {
      if (!this.#isNear(i, d, radius)) continue;
      if (this.#from < from) from = this.#from;
      if (this.#to > to) to = this.#to;
    }
    if (from < to) spans.add(from, to);
  }

  #isNear(i: number, d: number, radius: number): boolean {
    const da = this.#d[i]! - d;
    const db = this.#d[i + 1]! - d;
    if ((da > radius && db > radius) || (da < -radius && db < -radius)) return false;
    const ta = this.#t[i]!;
    const tb = this.#t[i + 1]!;
    let [from, to] = [Infinity, -Infinity];
    if (da < radius && da > -radius) {
      const half = Math.sqrt(radius * radius - da * da);
      from = ta - half;
      to = ta + half;
    }
    if (db < radius && db > -radius) {
      const half = Math.sqrt(radius * radius - db * db);
      if (tb - half < from) from = tb - half;
      if (tb + half > to) to = tb + half;
    }
    const length = this.#length[i]!;
    if (length > 0) {
      const mt = (-(db - da) / length) * radius;
      const md = ((tb - ta) / length) * radius;
      for (let sign = 1; sign >= -1; sign -= 2) {
        const p = da + sign * md;
        const q = db + sign * md;
        if (p > 0 === q > 0) continue;
        const t = ta + sign * mt + (p / (p - q)) * (tb - ta);
        if (t < from) from = t;
        if (t > to) to = t;
      }
    }
    this.#from = from;
    this.#to = to;
    return from < to;
  }
}

/** Segments (x0, y0, x1, y1 each) seen in a direction. */
export class TurnedSegments {
  readonly #segments: readonly number[];
  readonly #t: Float64Array;
  readonly #d: Float64Array;

  constructor(segments: readonly number[]) {
    this.#segments = segments;
    this.#t = new Float64Array(segments.length / 2);
    this.#d = new Float64Array(segments.length / 2);
  }

  turn(ux: number, uy: number): void {
    for (let i = 0; i < this.#t.length; i++) {
      const x = this.#segments[2 * i]!;
      const y = this.#segments[2 * i + 1]!;
      this.#t[i] = ux * x + uy * y;
      this.#d[i] = ux * y - uy * x;
    }
  }

  /** Appends where the line at offset d crosses them. */
  addCrossings(d: number, ts: number[]): void {
    for (let i = 0; i < this.#t.length; i += 2) {
      const p = this.#d[i]! - d;
      const q = this.#d[i + 1]! - d;
      if (p > 0 === q > 0) continue;
      ts.push(this.#t[i]! + (p / (p - q)) * (this.#t[i + 1]! - this.#t[i]!));
    }
  }
}
