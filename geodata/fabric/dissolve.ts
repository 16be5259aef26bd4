import type { Arc, ArcClass, ArcId, CellId, Fabric, GridId } from '../model/index.ts';

/** A stretch of a border that lies on one kind of line: points `from` to `to` (indices of points, both included). */
export interface Stretch {
  readonly class: ArcClass;
  readonly from: number;
  readonly to: number;
}

/**
 * One border between two grids, or between a grid and ground outside every grid (null): a maximal chain of arcs from
 * junction to junction. It exists once; both sides draw it. A closed one (an enclave's) repeats its first point.
 */
export interface GridBorder {
  /** The grid to the left when walking along `points`: of the two the one with the smaller id. */
  readonly left: GridId;
  readonly right: GridId | null;
  /** x0, y0, x1, y1 … in millimetres of the fabric's frame. */
  readonly points: readonly number[];
  /** The arcs it is made of, in walking order. */
  readonly arcIds: readonly ArcId[];
  /** What it lies on, in walking order; stretches touch at their ends. */
  readonly stretches: readonly Stretch[];
}

interface BorderArc {
  readonly arc: Arc;
  readonly left: GridId | null;
  readonly right: GridId | null;
  readonly start: number;
  readonly end: number;
  used: boolean;
}

/** One number for a lattice point; exact for frames up to ±33 km. */
export const pointKey = (xMm: number, yMm: number): number => (xMm + 0x2000000) * 0x4000000 + (yMm + 0x2000000);

/**
 * The borders of the grids: arcs with the same grid on both sides vanish, the others are joined into chains between
 * junctions. In order of each border's smallest arc, so that equal input gives equal output.
 */
export function dissolve(fabric: Fabric, assignment: ReadonlyMap<CellId, GridId>): readonly GridBorder[] {
  const gridOf = (cell: CellId | null) => (cell === null ? null : (assignment.get(cell) ?? null));
  const borderArcs: BorderArc[] = [];
  for (const arc of fabric.arcs) {
    const left = gridOf(arc.left);
    const right = gridOf(arc.right);
    if (left === right) continue;
    const { points } = arc;
    const last = points.length - 2;
    borderArcs.push({
      arc,
      left,
      right,
      start: pointKey(points[0]!, points[1]!),
      end: pointKey(points[last]!, points[last + 1]!),
      used: false,
    });
  }
  const incident = new Map<number, BorderArc[]>();
  const meet = (key: number, borderArc: BorderArc) => {
    const there = incident.get(key);
    if (there) there.push(borderArc);
    else incident.set(key, [borderArc]);
  };
  for (const borderArc of borderArcs) {
    meet(borderArc.start, borderArc);
    meet(borderArc.end, borderArc);
  }
  return borderArcs.flatMap((first) => (first.used ? [] : [chainFrom(first, incident)]));
}

/** Walks both ways from an arc to the next junctions (where other than two border arcs meet). */
function chainFrom(first: BorderArc, incident: ReadonlyMap<number, readonly BorderArc[]>): GridBorder {
  const chain: { borderArc: BorderArc; forward: boolean }[] = [];
  const walk = (from: BorderArc, ahead: boolean) => {
    let current = from;
    let node = ahead ? from.end : from.start;
    for (;;) {
      const there = incident.get(node)!;
      if (there.length !== 2) return;
      const next = there[0] === current ? there[1]! : there[0]!;
      if (next.used) return;
      next.used = true;
      const startsHere = next.start === node;
      if (ahead) chain.push({ borderArc: next, forward: startsHere });
      else chain.unshift({ borderArc: next, forward: !startsHere });
      node = startsHere ? next.end : next.start;
      current = next;
    }
  };
  first.used = true;
  chain.push({ borderArc: first, forward: true });
  if (first.start !== first.end) {
    walk(first, true);
    walk(first, false);
  }
  const { left, right } = first;
  const reverse = left === null || (right !== null && right < left);
  if (reverse) chain.reverse();

  const points: number[] = [];
  const stretches: { class: ArcClass; from: number; to: number }[] = [];
  for (const { borderArc, forward } of chain) {
    const from = Math.max(0, points.length / 2 - 1);
    appendPoints(points, borderArc.arc.points, forward !== reverse);
    const to = points.length / 2 - 1;
    const previous = stretches.at(-1);
    if (previous?.class === borderArc.arc.class) previous.to = to;
    else stretches.push({ class: borderArc.arc.class, from, to });
  }
  return {
    left: (reverse ? right : left) as GridId,
    right: reverse ? left : right,
    points,
    arcIds: chain.map(({ borderArc }) => borderArc.arc.id),
    stretches,
  };
}

function appendPoints(points: number[], added: readonly number[], forward: boolean): void {
  const count = added.length / 2;
  for (let i = points.length === 0 ? 0 : 1; i < count; i++) {
    const from = 2 * (forward ? i : count - 1 - i);
    points.push(added[from]!, added[from + 1]!);
  }
}
