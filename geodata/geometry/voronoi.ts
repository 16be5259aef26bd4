import { Delaunay } from 'd3-delaunay';

/** Voronoi of sample points that belong to owners: only the borders between different owners count. Coordinates in millimetres. */
export class OwnedVoronoi {
  readonly #delaunay: Delaunay<unknown>;
  readonly #owners: Int32Array;
  #last = 0;

  /** `samples` x0, y0, x1, y1 …; `owners` one number (0 or more) a sample. At least one sample. */
  constructor(samples: ArrayLike<number>, owners: ArrayLike<number>) {
    const count = owners.length;
    // A ring of far points closes every border of the samples themselves, so that none runs to infinity.
    const far = 12;
    const points = new Float64Array((count + far) * 2);
    this.#owners = new Int32Array(count + far).fill(-1);
    let minX = Infinity;
    let minY = Infinity;
    let maxX = -Infinity;
    let maxY = -Infinity;
    for (let i = 0; i < count; i++) {
      const x = samples[i * 2]!;
      const y = samples[i * 2 + 1]!;
      points[i * 2] = x;
      points[i * 2 + 1] = y;
      this.#owners[i] = owners[i]!;
      minX = Math.min(minX, x);
      maxX = Math.max(maxX, x);
      minY = Math.min(minY, y);
      maxY = Math.max(maxY, y);
    }
    const radius = 40 * (maxX - minX + maxY - minY + 10_000_000);
    for (let k = 0; k < far; k++) {
      // multiples of 30° without trigonometry, which may differ in the last bit between engines
      const [cos, sin] = CLOCK[k]!;
      points[(count + k) * 2] = (minX + maxX) / 2 + radius * cos;
      points[(count + k) * 2 + 1] = (minY + maxY) / 2 + radius * sin;
    }
    this.#delaunay = new Delaunay(points);
  }

  /** The owner of the sample nearest to a point. */
  ownerAt(x: number, y: number): number {
    this.#last = this.#delaunay.find(x, y, this.#last);
    return this.#owners[this.#last]!;
  }

  /** Calls back with every sample next to sample i. */
  forEachNeighbour(sample: number, visit: (other: number) => void): void {
    for (const other of this.#delaunay.neighbors(sample)) if (this.#owners[other]! >= 0) visit(other);
  }

  /** Calls back with every stretch of border between two owners, and the samples on its two sides. */
  forEachBorder(
    visit: (x0: number, y0: number, x1: number, y1: number, sampleA: number, sampleB: number) => void,
  ): void {
    const { halfedges, triangles } = this.#delaunay;
    const centres = this.#circumcentres();
    for (let e = 0; e < halfedges.length; e++) {
      const twin = halfedges[e]!;
      if (twin < e) continue;
      const a = triangles[e]!;
      const b = triangles[twin]!;
      const ownerA = this.#owners[a]!;
      const ownerB = this.#owners[b]!;
      if (ownerA === ownerB || ownerA < 0 || ownerB < 0) continue;
      const t = Math.floor(e / 3) * 2;
      const u = Math.floor(twin / 3) * 2;
      const x0 = centres[t]!;
      const x1 = centres[u]!;
      if (Number.isFinite(x0) && Number.isFinite(x1)) visit(x0, centres[t + 1]!, x1, centres[u + 1]!, a, b);
    }
  }

  /** Calls back with every empty circle through three samples. */
  forEachEmptyCircle(visit: (x: number, y: number, radius: number) => void): void {
    const { triangles, points } = this.#delaunay;
    const centres = this.#circumcentres();
    for (let t = 0; t < triangles.length / 3; t++) {
      const a = triangles[t * 3]!;
      if (this.#owners[a]! < 0 || this.#owners[triangles[t * 3 + 1]!]! < 0 || this.#owners[triangles[t * 3 + 2]!]! < 0)
        continue;
      const x = centres[t * 2]!;
      const y = centres[t * 2 + 1]!;
      visit(x, y, Math.hypot(x - points[a * 2]!, y - points[a * 2 + 1]!));
    }
  }

  #circumcentres(): Float64Array {
    const { triangles, points } = this.#delaunay;
    const centres = new Float64Array((triangles.length / 3) * 2);
    for (let t = 0; t < triangles.length / 3; t++) {
      const a = triangles[t * 3]! * 2;
      const b = triangles[t * 3 + 1]! * 2;
      const c = triangles[t * 3 + 2]! * 2;
      const bx = points[b]! - points[a]!;
      const by = points[b + 1]! - points[a + 1]!;
      const cx = points[c]! - points[a]!;
      const cy = points[c + 1]! - points[a + 1]!;
      const bb = bx * bx + by * by;
      const cc = cx * cx + cy * cy;
      const twiceCross = 2 * (bx * cy - by * cx);
      centres[t * 2] = points[a]! + (bb * cy - cc * by) / twiceCross;
      centres[t * 2 + 1] = points[a + 1]! + (cc * bx - bb * cx) / twiceCross;
    }
    return centres;
  }
}

const H = Math.sqrt(3) / 2;
const CLOCK: readonly (readonly [number, number])[] = [
  [1, 0],
  [H, 0.5],
  [0.5, H],
  [0, 1],
  [-0.5, H],
  [-H, 0.5],
  [-1, 0],
  [-H, -0.5],
  [-0.5, -H],
  [0, -1],
  [0.5, -H],
  [H, -0.5],
];
