import { forEachHalfEdge, type Subdivision } from '../geometry/polygonize.ts';

/**
 * What parts the line's two sides: the line itself, but around the slivers that are not cut off. Edges count as often as they
 * are passed one way more than the other.
 */
export class Divide {
  readonly #passes = new Map<number, number>();

  /** Notes that the line passes along a half-edge. */
  add(half: number, times: number): void {
    const passes = (this.#passes.get(half >> 1) ?? 0) + (half & 1 ? -times : times);
    this.#passes.set(half >> 1, passes);
  }

  /** Leaves a sliver (its faces) on the side of its host: what runs between them runs along its other borders then. */
  goAround(subdivision: Subdivision, faces: readonly number[], isHost: (face: number) => boolean): void {
    const { xs, ys, from, to } = subdivision.edges;
    let balance = 0;
    const halves: number[] = [];
    for (const face of faces)
      forEachHalfEdge(subdivision, face, (half) => {
        halves.push(half);
        if (!isHost(subdivision.faceOf[half ^ 1]!)) return;
        const [a, b] = [from[half >> 1]!, to[half >> 1]!];
        const passes = (this.#passes.get(half >> 1) ?? 0) * (half & 1 ? -1 : 1);
        balance += Math.sign(passes) * Math.hypot(xs[a]! - xs[b]!, ys[a]! - ys[b]!);
      });
    for (const half of halves) this.add(half, -Math.sign(balance));
  }

  /** Where the two sides meet, as half-edges that run as the line does. */
  halfEdges(): number[] {
    return [...this.#passes].flatMap(([edge, passes]) => (passes === 0 ? [] : [2 * edge + (passes > 0 ? 0 : 1)]));
  }
}
