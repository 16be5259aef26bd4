import { polygonize, type Subdivision } from '../geometry/polygonize.ts';
import { addLine, noSegments } from '../geometry/segments.ts';
import { snapRound } from '../geometry/snap-round.ts';
import type { Arc } from '../model/index.ts';
import { pointKey } from './dissolve.ts';

const ARC = 1;
const LINE = 2;
/** A lattice point's pixel reaches half its diagonal from it. */
const PIXEL_REACH_MM = Math.SQRT1_2 + 1e-9;

/** Arcs and a line across them, noded: which edges each of them became. */
export interface Noding {
  readonly subdivision: Subdivision;
  /** Nodes passed by an arc, in walking order. */
  pathOf(points: readonly number[]): number[];
  /** The edge between two nodes that a path passes one after the other. */
  edgeBetween(a: number, b: number): number;
  isOnArc(edge: number): boolean;
  /** The half-edge that runs from a to b. */
  halfEdge(a: number, b: number): number;
}

/** Nodes arcs and a line (flat coordinates, millimetres) on the lattice. */
export function nodeLine(arcs: readonly Arc[], line: readonly number[]): Noding {
  const segments = noSegments();
  for (const { points } of arcs) addLine(segments, points, ARC);
  addLine(segments, line, LINE);
  const edges = snapRound(segments);
  const { xs, ys, from, to, tags } = edges;
  const nodeAt = new Map<number, number>();
  for (let node = 0; node < xs.length; node++) nodeAt.set(pointKey(xs[node]!, ys[node]!), node);
  const around: { node: number; edge: number }[][] = xs.map(() => []);
  for (let edge = 0; edge < from.length; edge++) {
    around[from[edge]!]!.push({ node: to[edge]!, edge });
    around[to[edge]!]!.push({ node: from[edge]!, edge });
  }
  const edgeBetween = (a: number, b: number) => around[a]!.find(({ node }) => node === b)!.edge;

  const nextAlong = (current: number, x0: number, y0: number, x1: number, y1: number): number => {
    const length = Math.hypot(x1 - x0, y1 - y0);
    const [ux, uy] = [(x1 - x0) / length, (y1 - y0) / length];
    const along = (node: number) => (xs[node]! - x0) * ux + (ys[node]! - y0) * uy;
    const here = along(current);
    let best = -1;
    for (const { node } of around[current]!) {
      const t = along(node);
      const off = Math.abs((xs[node]! - x0) * uy - (ys[node]! - y0) * ux);
      if (t > here && t <= length + 1e-6 && off <= PIXEL_REACH_MM && (best < 0 || t < along(best))) best = node;
    }
    if (best < 0) throw new Error(`no edge goes on from ${xs[current]}, ${ys[current]} to ${x1}, ${y1}`);
    return best;
  };
  const pathOf = (points: readonly number[]): number[] => {
    const path = [nodeAt.get(pointKey(points[0]!, points[1]!))!];
    for (let i = 0; i + 3 < points.length; i += 2) {
      const end = nodeAt.get(pointKey(points[i + 2]!, points[i + 3]!))!;
      while (path.at(-1) !== end)
        path.push(nextAlong(path.at(-1)!, points[i]!, points[i + 1]!, points[i + 2]!, points[i + 3]!));
    }
    return path;
  };
  return {
    subdivision: polygonize(edges),
    pathOf,
    edgeBetween,
    isOnArc: (edge) => (tags[edge]! & ARC) !== 0,
    halfEdge: (a, b) => {
      const edge = edgeBetween(a, b);
      return 2 * edge + (from[edge] === a ? 0 : 1);
    },
  };
}
