import type { Arc, ArcClass, BarrierClass, CellId, Fabric, Neighbours } from '../model/index.ts';

/**
 * The barriers that part road blocks. Minor roads and compound walls only attract borders: walls that parted blocks would leave the
 * streets between compounds as one cell that touches everything, and keep compounds from being put together.
 */
export const SPLITTING_CLASSES: readonly BarrierClass[] = ['river', 'railway', 'mainRoad'];

/** Does a border of this class lie on a barrier that splits? */
export function isSplitting(arcClass: ArcClass): arcClass is BarrierClass {
  return (SPLITTING_CLASSES as readonly string[]).includes(arcClass);
}

/** Length of an arc in metres. */
export function arcLengthM(arc: Arc): number {
  const p = arc.points;
  let lengthMm = 0;
  for (let i = 0; i + 3 < p.length; i += 2) lengthMm += Math.hypot(p[i + 2]! - p[i]!, p[i + 3]! - p[i + 1]!);
  return lengthMm / 1000;
}

/**
 * Which cells border each other, ascending by `a`, then `b`. A border of which more than half lies on splitting barriers
 * crosses the one it lies on longest. Cells that touch in a point only are no neighbours.
 */
export function neighboursOf(fabric: Fabric): Neighbours[] {
  const byPair = new Map<
    number,
    { a: CellId; b: CellId; lengthM: number; barrierM: Partial<Record<BarrierClass, number>> }
  >();
  for (const arc of fabric.arcs) {
    if (arc.left === null || arc.right === null || arc.left === arc.right) continue;
    const a = Math.min(arc.left, arc.right) as CellId;
    const b = Math.max(arc.left, arc.right) as CellId;
    const key = a * 2 ** 26 + b;
    let border = byPair.get(key);
    if (!border) {
      border = { a, b, lengthM: 0, barrierM: {} };
      byPair.set(key, border);
    }
    const lengthM = arcLengthM(arc);
    border.lengthM += lengthM;
    if (isSplitting(arc.class)) border.barrierM[arc.class] = (border.barrierM[arc.class] ?? 0) + lengthM;
  }
  return [...byPair.values()]
    .sort((p, q) => p.a - q.a || p.b - q.b)
    .map(({ a, b, lengthM, barrierM }) => ({ a, b, lengthM, crosses: crossedBarrier(lengthM, barrierM) }));
}

function crossedBarrier(lengthM: number, barrierM: Partial<Record<BarrierClass, number>>): BarrierClass | null {
  let total = 0;
  let longest: BarrierClass | null = null;
  for (const barrier of SPLITTING_CLASSES) {
    const length = barrierM[barrier] ?? 0;
    total += length;
    if (length > 0 && (longest === null || length > barrierM[longest]!)) longest = barrier;
  }
  return total > lengthM / 2 ? longest : null;
}
