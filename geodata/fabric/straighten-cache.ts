import type { FootprintMm } from './outline-footprints.ts';
import type { Obstacle } from './straighten-obstacles.ts';

/** A stem's new line from the stroke outwards, and where along the stroke's new line it begins. */
export interface Attached {
  readonly points: readonly number[];
  readonly along: number;
}

/** What became of a stroke. */
export interface Straightened {
  readonly next: readonly number[];
  readonly attached: readonly Attached[];
}

interface Entry {
  readonly inputs: readonly (readonly number[])[];
  readonly obstacles: readonly number[];
  readonly result: Straightened | null;
  drawing: number;
}

/** Entries not asked for in this many drawings are forgotten. */
const FORGOTTEN_AFTER = 30;

/**
 * Remembers straightened strokes by everything they depend on, so that the drawing after an edit straightens only what the
 * edit has changed. The result is the same as without it.
 */
export class StraighteningCache {
  readonly #entries = new Map<number, Entry[]>();
  #footprints: readonly FootprintMm[] | null = null;
  #drawing = 0;

  /** Begins a drawing. Other footprints make everything known worthless. */
  turn(footprints: readonly FootprintMm[]): void {
    if (this.#footprints !== footprints) this.#entries.clear();
    this.#footprints = footprints;
    this.#drawing++;
    if (this.#drawing % FORGOTTEN_AFTER !== 0) return;
    for (const [hash, entries] of this.#entries) {
      const kept = entries.filter((entry) => this.#drawing - entry.drawing < FORGOTTEN_AFTER);
      if (kept.length > 0) this.#entries.set(hash, kept);
      else this.#entries.delete(hash);
    }
  }

  recall(
    inputs: readonly (readonly number[])[],
    obstacles: readonly Obstacle[],
    solve: () => Straightened | null,
  ): Straightened | null {
    const hash = hashOf(inputs);
    const known = this.#entries.get(hash) ?? [];
    const found = known.find(
      (entry) =>
        entry.inputs.length === inputs.length &&
        entry.inputs.every((numbers, i) => sameNumbers(numbers, inputs[i]!)) &&
        entry.obstacles.length === obstacles.length &&
        entry.obstacles.every((index, i) => index === obstacles[i]!.index),
    );
    if (found) {
      found.drawing = this.#drawing;
      return found.result;
    }
    const result = solve();
    const entry = {
      inputs: inputs.map((numbers) => [...numbers]),
      obstacles: obstacles.map(({ index }) => index),
      result,
      drawing: this.#drawing,
    };
    this.#entries.set(hash, [...known, entry]);
    return result;
  }
}

function hashOf(inputs: readonly (readonly number[])[]): number {
  let hash = 7;
  for (const numbers of inputs) for (const value of numbers) hash = (Math.imul(hash, 31) + Math.round(value)) | 0;
  return hash;
}

const sameNumbers = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && a.every((value, i) => value === b[i]);
