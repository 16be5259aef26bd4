import type { Arc, CellId, Fabric } from '../model/index.ts';

/** An arc as it is walked; `reversed` walks `points` from the last to the first. */
export interface ArcUse {
  readonly arc: Arc;
  readonly reversed: boolean;
}

/** A closed walk with the ground on its left: an outer ring runs counter-clockwise (area > 0), a hole clockwise (area < 0). */
export interface Ring {
  readonly uses: readonly ArcUse[];
  /** x0, y0, x1, y1 …, millimetres; the first point is not repeated at the end. */
  readonly points: readonly number[];
  readonly areaMm2: number;
}

/** Every cell's arcs, each walked with the cell on the left. */
export function arcUsesByCell(arcs: readonly Arc[]): Map<CellId, ArcUse[]> {
  const uses = new Map<CellId, ArcUse[]>();
  const add = (cell: CellId | null, use: ArcUse): void => {
    if (cell === null) return;
    const list = uses.get(cell);
    if (list) list.push(use);
    else uses.set(cell, [use]);
  };
  for (const arc of arcs) {
    if (arc.left === arc.right) continue;
    add(arc.left, { arc, reversed: false });
    add(arc.right, { arc, reversed: true });
  }
  return uses;
}

/**
 * Chains arcs that bound some ground (each walked with the ground on its left) into rings.
 * Where rings touch in a point they are parted there, so that an outer ring and its holes are what OGC calls valid.
 * Throws when the arcs don't close.
 */
export function ringsOf(uses: readonly ArcUse[]): Ring[] {
  const outgoing = new Map<string, number[]>();
  uses.forEach((use, index) => {
    const key = startKey(use);
    const list = outgoing.get(key);
    if (list) list.push(index);
    else outgoing.set(key, [index]);
  });
  const taken = new Uint8Array(uses.length);
  const rings: Ring[] = [];
  for (let first = 0; first < uses.length; first++) {
    if (taken[first]) continue;
    const walk: number[] = [];
    let current = first;
    while (!taken[current]) {
      taken[current] = 1;
      walk.push(current);
      const next = leftmost(uses, current, outgoing.get(endKey(uses[current]!)) ?? []);
      if (next === null)
        throw new Error(`arc ${uses[current]!.arc.id} ends at ${endKey(uses[current]!)} and nothing goes on`);
      current = next;
    }
    partAtTouches(uses, walk, rings);
  }
  return rings;
}

/** The rings of one cell: exactly one outer, any number of holes. */
export function ringsOfCell(fabric: Fabric, cellId: CellId): Ring[] {
  const uses: ArcUse[] = [];
  for (const arc of fabric.arcs) {
    if (arc.left === arc.right) continue;
    if (arc.left === cellId) uses.push({ arc, reversed: false });
    if (arc.right === cellId) uses.push({ arc, reversed: true });
  }
  return ringsOf(uses);
}

/** All cells' rings at once. */
export function ringsByCell(fabric: Fabric): Map<CellId, Ring[]> {
  const rings = new Map<CellId, Ring[]>();
  for (const [cell, uses] of arcUsesByCell(fabric.arcs)) rings.set(cell, ringsOf(uses));
  return rings;
}

/** The ring that closes a list of arc uses. */
export function ringOf(uses: readonly ArcUse[]): Ring {
  const points: number[] = [];
  for (const { arc, reversed } of uses) {
    const { points: p } = arc;
    if (reversed) for (let i = p.length - 2; i > 0; i -= 2) points.push(p[i]!, p[i + 1]!);
    else for (let i = 0; i < p.length - 2; i += 2) points.push(p[i]!, p[i + 1]!);
  }
  return { uses, points, areaMm2: signedArea(points) };
}

/** Signed area of a ring of flat coordinates (first point not repeated), counter-clockwise positive. Exact to a few square millimetres. */
export function signedArea(points: readonly number[]): number {
  const x0 = points[0] ?? 0;
  const y0 = points[1] ?? 0;
  let twice = 0;
  for (let i = 2; i + 3 < points.length; i += 2) {
    twice += (points[i]! - x0) * (points[i + 3]! - y0) - (points[i + 2]! - x0) * (points[i + 1]! - y0);
  }
  return twice / 2;
}

function startKey({ arc, reversed }: ArcUse): string {
  const p = arc.points;
  return reversed ? `${p[p.length - 2]},${p[p.length - 1]}` : `${p[0]},${p[1]}`;
}

function endKey({ arc, reversed }: ArcUse): string {
  return startKey({ arc, reversed: !reversed });
}

/** Of the ways on from `current`, the one that turns most to the left: it keeps the ground on the left in one piece. */
function leftmost(uses: readonly ArcUse[], current: number, candidates: readonly number[]): number | null {
  if (candidates.length <= 1) return candidates[0] ?? null;
  const back = direction(uses[current]!, true);
  let best = candidates[0]!;
  for (const candidate of candidates.slice(1)) {
    if (clockwiseBefore(back, direction(uses[candidate]!, false), direction(uses[best]!, false))) best = candidate;
  }
  return best;
}

/** Direction in which a use leaves its start, or (`fromEnd`) in which its end looks back along it. */
function direction({ arc, reversed }: ArcUse, fromEnd: boolean): [number, number] {
  const p = arc.points;
  const l = p.length;
  return reversed !== fromEnd ? [p[l - 4]! - p[l - 2]!, p[l - 3]! - p[l - 1]!] : [p[2]! - p[0]!, p[3]! - p[1]!];
}

/** Does turning clockwise from `from` meet `a` before `b`? `from` itself comes last. */
function clockwiseBefore(from: [number, number], a: [number, number], b: [number, number]): boolean {
  const halfA = halfTurn(from, a);
  const halfB = halfTurn(from, b);
  if (halfA !== halfB) return halfA < halfB;
  return a[0] * b[1] - a[1] * b[0] < 0;
}

/** 0 on the clockwise side, 1 straight opposite, 2 on the counter-clockwise side, 3 the same direction. */
function halfTurn(from: [number, number], to: [number, number]): number {
  const cross = from[0] * to[1] - from[1] * to[0];
  if (cross < 0) return 0;
  if (cross > 0) return 2;
  return from[0] * to[0] + from[1] * to[1] < 0 ? 1 : 3;
}

function partAtTouches(uses: readonly ArcUse[], walk: readonly number[], rings: Ring[]): void {
  const stack: number[] = [];
  const depthOfStart = new Map<string, number>();
  for (const index of walk) {
    depthOfStart.set(startKey(uses[index]!), stack.length);
    stack.push(index);
    const depth = depthOfStart.get(endKey(uses[index]!));
    if (depth === undefined) continue;
    const loop = stack.splice(depth);
    for (const used of loop) depthOfStart.delete(startKey(uses[used]!));
    rings.push(ringOf(loop.map((used) => uses[used]!)));
  }
  if (stack.length > 0) throw new Error(`arcs ${stack.map((index) => uses[index]!.arc.id).join(', ')} don't close`);
}
