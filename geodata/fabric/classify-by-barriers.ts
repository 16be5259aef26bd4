import { addLine, addRing, noSegments } from '../geometry/segments.ts';
import { binSegments, SquareGrid } from '../geometry/square-grid.ts';
import { type ArcClass, BARRIER_CLASSES, type BarrierClass } from '../model/index.ts';
import type { RawArc } from './chain-arcs.ts';
import type { LatticeBarrier } from './lattice-ground.ts';

/** A border lies on a barrier where it runs this near to it … */
const NEAR_MM = 6000;
/** … and within about 30° of its direction … */
const LEAST_COSINE = 0.87;
/** … for at least this share of its length. */
const LEAST_SHARE = 0.6;
const STEP_MM = 5000;

/** Gives borders that run along barriers (but were drawn by others) the barrier's class, the weightiest that fits. */
export function classifyByBarriers(arcs: readonly RawArc[], barriers: readonly LatticeBarrier[]): RawArc[] {
  const segments = noSegments();
  const classOf: BarrierClass[] = [];
  for (const barrier of barriers) {
    for (const line of barrier.lines) addLine(segments, line, 1);
    for (const ring of barrier.areas) addRing(segments, ring, 1);
    while (classOf.length < segments.tags.length) classOf.push(barrier.class);
  }
  if (classOf.length === 0) return [...arcs];
  const c = segments.coordinates;
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (let i = 0; i < c.length; i += 2) {
    minX = Math.min(minX, c[i]!);
    maxX = Math.max(maxX, c[i]!);
    minY = Math.min(minY, c[i + 1]!);
    maxY = Math.max(maxY, c[i + 1]!);
  }
  const grid = new SquareGrid(minX, minY, maxX, maxY, classOf.length * 2);
  const bins = binSegments(grid, c, 0);

  /** Classes of the barriers along which a border runs at a point, as bits by weight. */
  const classesAt = (x: number, y: number, ux: number, uy: number): number => {
    let classes = 0;
    const found = grid.aroundBox(x - NEAR_MM, y - NEAR_MM, x + NEAR_MM, y + NEAR_MM);
    for (let k = 0; k < found; k++) {
      const square = grid.squares[k]!;
      for (let p = bins.starts[square]!; p < bins.starts[square + 1]!; p++) {
        const i = bins.items[p]! * 4;
        const dx = c[i + 2]! - c[i]!;
        const dy = c[i + 3]! - c[i + 1]!;
        const length = Math.hypot(dx, dy);
        if (Math.abs(dx * ux + dy * uy) < LEAST_COSINE * length) continue;
        const t = Math.min(1, Math.max(0, ((x - c[i]!) * dx + (y - c[i + 1]!) * dy) / (length * length)));
        if (Math.hypot(c[i]! + t * dx - x, c[i + 1]! + t * dy - y) > NEAR_MM) continue;
        classes |= 1 << BARRIER_CLASSES.indexOf(classOf[bins.items[p]!]!);
      }
    }
    return classes;
  };

  return arcs.map((arc) => {
    if (arc.class !== 'open') return arc;
    const p = arc.points;
    const along = new Float64Array(BARRIER_CLASSES.length);
    let total = 0;
    for (let i = 0; i + 3 < p.length; i += 2) {
      const dx = p[i + 2]! - p[i]!;
      const dy = p[i + 3]! - p[i + 1]!;
      const length = Math.hypot(dx, dy);
      const steps = Math.max(1, Math.ceil(length / STEP_MM));
      for (let k = 0; k < steps; k++) {
        const t = (k + 0.5) / steps;
        const classes = classesAt(p[i]! + dx * t, p[i + 1]! + dy * t, dx / length, dy / length);
        BARRIER_CLASSES.forEach((_, weight) => {
          if (classes & (1 << weight)) along[weight]! += length / steps;
        });
      }
      total += length;
    }
    const fitting = along.findIndex((length) => length >= LEAST_SHARE * total);
    const arcClass: ArcClass = fitting < 0 ? 'open' : BARRIER_CLASSES[fitting]!;
    return { ...arc, class: arcClass };
  });
}
