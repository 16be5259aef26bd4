import type { Subdivision } from '../geometry/polygonize.ts';
import type { ArcClass } from '../model/index.ts';
import { classOfTags, TAG } from './tags.ts';

/** An arc before cells have their ids: cells by number, −1 outside. */
export interface RawArc {
  points: number[];
  readonly left: number;
  readonly right: number;
  readonly class: ArcClass;
  /** By vertex: does it lie on a footprint's outline? Such a border must not move, or it would enter the building. */
  readonly onOutline: readonly boolean[];
}

/**
 * Chains the edges between different cells into arcs that run from junction to junction (or close on themselves), each with one class.
 * `isEntrance` says of two faces whether a border between them parts one building's entrances.
 * Deterministic: arcs start in the order of the edges.
 */
export function chainArcs(
  subdivision: Subdivision,
  cellOf: Int32Array,
  isEntrance: (left: number, right: number) => boolean,
): RawArc[] {
  const { edges, faceOf } = subdivision;
  const { from, to, xs, ys, tags } = edges;
  const cellAt = (half: number): number => (faceOf[half]! < 0 ? -1 : cellOf[faceOf[half]!]!);
  const leftOf = new Int32Array(from.length);
  const rightOf = new Int32Array(from.length);
  const classOf: ArcClass[] = new Array(from.length);
  const kept = new Uint8Array(from.length);
  const degree = new Int32Array(xs.length);
  // exclusive-or of the kept edges at a node: at a node of two, it takes one to the other
  const pair = new Int32Array(xs.length);
  for (let edge = 0; edge < from.length; edge++) {
    leftOf[edge] = cellAt(edge * 2);
    rightOf[edge] = cellAt(edge * 2 + 1);
    if (faceOf[edge * 2] === -2 || leftOf[edge] === rightOf[edge]) continue;
    kept[edge] = 1;
    if (leftOf[edge]! < 0 || rightOf[edge]! < 0) classOf[edge] = 'community';
    else if (isEntrance(faceOf[edge * 2]!, faceOf[edge * 2 + 1]!)) classOf[edge] = 'entrance';
    else classOf[edge] = classOfTags(tags[edge]!);
    for (const node of [from[edge]!, to[edge]!]) {
      degree[node]!++;
      pair[node]! ^= edge;
    }
  }
  const goesOn = (edge: number, node: number): number => {
    if (degree[node] !== 2) return -1;
    const other = pair[node]! ^ edge;
    return classOf[other] === classOf[edge] ? other : -1;
  };
  const done = new Uint8Array(from.length);
  const arcs: RawArc[] = [];
  const walk = (first: number, start: number): void => {
    const forward = from[first] === start;
    const points = [xs[start]!, ys[start]!];
    const onOutline = [false];
    let edge = first;
    let node = start;
    while (edge >= 0 && !done[edge]) {
      done[edge] = 1;
      node = from[edge] === node ? to[edge]! : from[edge]!;
      points.push(xs[node]!, ys[node]!);
      const isOutline = (tags[edge]! & TAG.footprint) !== 0;
      if (isOutline) onOutline[onOutline.length - 1] = true;
      onOutline.push(isOutline);
      edge = goesOn(edge, node);
    }
    const left = forward ? leftOf[first]! : rightOf[first]!;
    const right = forward ? rightOf[first]! : leftOf[first]!;
    arcs.push({ points, left, right, class: classOf[first]!, onOutline });
  };
  for (let edge = 0; edge < from.length; edge++) {
    if (!kept[edge]) continue;
    for (const node of [from[edge]!, to[edge]!]) if (!done[edge] && goesOn(edge, node) < 0) walk(edge, node);
  }
  for (let edge = 0; edge < from.length; edge++) if (kept[edge] && !done[edge]) walk(edge, from[edge]!);
  return arcs;
}
