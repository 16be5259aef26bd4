import type { ArcClass } from '../model/index.ts';
import { type GridBorder, pointKey } from './dissolve.ts';

/** A stretch of a border of one class, from node to node. Only stretches over open ground are free to move. */
export interface Chain {
  readonly index: number;
  readonly border: number;
  readonly class: ArcClass;
  readonly free: boolean;
  points: number[];
  /** The box around `of`: out of date when the points have been replaced since. */
  box: { readonly of: readonly number[]; readonly box: Box } | null;
  start: Node;
  end: Node;
}

/** Where chains end: a junction of borders, or where a border leaves a barrier. */
export interface Node {
  x: number;
  y: number;
  readonly ends: ChainEnd[];
}

export interface ChainEnd {
  readonly chain: Chain;
  readonly atStart: boolean;
}

/** Free chains that go on into each other at junctions, to be straightened as one line. */
export interface Stroke {
  readonly steps: readonly { readonly chain: Chain; readonly forward: boolean }[];
  readonly lengthMm: number;
}

export interface Network {
  readonly chains: Chain[];
  readonly nodes: Node[];
  /** Where the chains were before any was moved. */
  readonly places: ChainPlaces;
}

const SQUARE_MM = 100_000;

/** Chains by place. */
export class ChainPlaces {
  readonly #squares = new Map<number, Chain[]>();
  readonly #askedFor: Int32Array;
  #asked = 0;

  constructor(chains: readonly Chain[]) {
    this.#askedFor = new Int32Array(chains.length);
    for (const chain of chains)
      for (const key of squaresOf(boxOfChain(chain), 0)) {
        const there = this.#squares.get(key);
        if (there) there.push(chain);
        else this.#squares.set(key, [chain]);
      }
  }

  /** Those that may come within reach of a box, in order. */
  near(box: Box, reach: number): Chain[] {
    const found: Chain[] = [];
    this.#asked++;
    for (const key of squaresOf(box, reach))
      for (const chain of this.#squares.get(key) ?? []) {
        if (this.#askedFor[chain.index] === this.#asked) continue;
        this.#askedFor[chain.index] = this.#asked;
        found.push(chain);
      }
    return found.sort((a, b) => a.index - b.index);
  }
}

function squaresOf([minX, minY, maxX, maxY]: Box, reach: number): number[] {
  const keys: number[] = [];
  for (let cx = Math.floor((minX - reach) / SQUARE_MM); cx <= Math.floor((maxX + reach) / SQUARE_MM); cx++)
    for (let cy = Math.floor((minY - reach) / SQUARE_MM); cy <= Math.floor((maxY + reach) / SQUARE_MM); cy++)
      keys.push(cx * 1_000_003 + cy);
  return keys;
}

/** Chains and nodes of borders; chains whose number is among the frozen are not free whatever they lie on. */
export function networkOf(borders: readonly GridBorder[], frozen: ReadonlySet<number>): Network {
  const chains: Chain[] = [];
  const nodes = new Map<number, Node>();
  const nodeAt = (x: number, y: number): Node => {
    const key = pointKey(x, y);
    const known = nodes.get(key);
    if (known) return known;
    const node: Node = { x, y, ends: [] };
    nodes.set(key, node);
    return node;
  };
  borders.forEach((border, index) => {
    for (const stretch of border.stretches) {
      const points = border.points.slice(2 * stretch.from, 2 * stretch.to + 2);
      const chain: Chain = {
        index: chains.length,
        border: index,
        class: stretch.class,
        free: stretch.class === 'open' && !frozen.has(chains.length),
        points,
        box: null,
        start: nodeAt(points[0]!, points[1]!),
        end: nodeAt(points.at(-2)!, points.at(-1)!),
      };
      chains.push(chain);
      chain.start.ends.push({ chain, atStart: true });
      chain.end.ends.push({ chain, atStart: false });
    }
  });
  return { chains, nodes: [...nodes.values()], places: new ChainPlaces(chains) };
}

/** The borders again, after their chains have been moved. */
export function bordersOf({ chains }: Network, borders: readonly GridBorder[]): GridBorder[] {
  const points: number[][] = borders.map(() => []);
  const stretches: { class: ArcClass; from: number; to: number }[][] = borders.map(() => []);
  for (const chain of chains) {
    const line = points[chain.border]!;
    const from = Math.max(0, line.length / 2 - 1);
    line.push(...(line.length === 0 ? chain.points : chain.points.slice(2)));
    stretches[chain.border]!.push({ class: chain.class, from, to: line.length / 2 - 1 });
  }
  return borders.map((border, i) => ({ ...border, points: points[i]!, stretches: stretches[i]! }));
}

/** How far from a junction the direction of a chain is taken. */
const LOOK_MM = 30_000;
/** Two chains that turn by more than this at a junction don't go on into each other. */
const MOST_TURN = (75 / 180) * Math.PI;

/** Pairs free chains at junctions of free chains, the straightest pair at each; every free chain is in one stroke. */
export function strokesOf({ chains, nodes }: Network): Stroke[] {
  const onward = new Map<string, ChainEnd>();
  const keyOf = ({ chain, atStart }: ChainEnd) => `${chain.index}${atStart ? 's' : 'e'}`;
  for (const { ends } of nodes) {
    if (ends.length !== 3 || ends.some(({ chain }) => !chain.free)) continue;
    let best: [ChainEnd, ChainEnd] | null = null;
    let leastTurn = MOST_TURN;
    for (const [a, b] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      const turn = Math.abs(Math.PI - Math.abs(angleBetween(directionOf(ends[a]!), directionOf(ends[b]!))));
      if (ends[a]!.chain !== ends[b]!.chain && turn < leastTurn) {
        leastTurn = turn;
        best = [ends[a]!, ends[b]!];
      }
    }
    if (!best) continue;
    onward.set(keyOf(best[0]), best[1]);
    onward.set(keyOf(best[1]), best[0]);
  }
  const used = new Set<Chain>();
  const strokes: Stroke[] = [];
  for (const chain of chains) {
    if (!chain.free || used.has(chain)) continue;
    used.add(chain);
    const steps: { chain: Chain; forward: boolean }[] = [{ chain, forward: true }];
    for (const ahead of [true, false])
      for (let current: ChainEnd = { chain, atStart: !ahead }; ; ) {
        const next = onward.get(keyOf(current));
        if (!next || used.has(next.chain)) break;
        used.add(next.chain);
        if (ahead) steps.push({ chain: next.chain, forward: next.atStart });
        else steps.unshift({ chain: next.chain, forward: !next.atStart });
        current = { chain: next.chain, atStart: !next.atStart };
      }
    strokes.push({ steps, lengthMm: steps.reduce((sum, step) => sum + lengthOf(step.chain.points), 0) });
  }
  return strokes;
}

export type Box = readonly [minX: number, minY: number, maxX: number, maxY: number];

export function boxOf(points: readonly number[]): Box {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 2) {
    const x = points[i]!;
    const y = points[i + 1]!;
    if (x < minX) minX = x;
    if (x > maxX) maxX = x;
    if (y < minY) minY = y;
    if (y > maxY) maxY = y;
  }
  return [minX, minY, maxX, maxY];
}

/** The box around a chain as it is now. */
export function boxOfChain(chain: Chain): Box {
  if (chain.box?.of !== chain.points) chain.box = { of: chain.points, box: boxOf(chain.points) };
  return chain.box.box;
}

export const angleBetween = (a: number, b: number): number => {
  const difference = (a - b) % (2 * Math.PI);
  return difference > Math.PI
    ? difference - 2 * Math.PI
    : difference < -Math.PI
      ? difference + 2 * Math.PI
      : difference;
};

/** The direction in which a chain leaves its end, seen over some tens of metres. */
function directionOf({ chain: { points }, atStart }: ChainEnd): number {
  const step = atStart ? 2 : -2;
  const start = atStart ? 0 : points.length - 2;
  let left = LOOK_MM;
  let at = start;
  for (; at + step >= 0 && at + step < points.length; at += step) {
    const dx = points[at + step]! - points[at]!;
    const dy = points[at + step + 1]! - points[at + 1]!;
    const length = Math.sqrt(dx * dx + dy * dy);
    if (length >= left) {
      const share = left / length;
      return Math.atan2(points[at + 1]! + share * dy - points[start + 1]!, points[at]! + share * dx - points[start]!);
    }
    left -= length;
  }
  return Math.atan2(points[at + 1]! - points[start + 1]!, points[at]! - points[start]!);
}

export function reversed(points: readonly number[]): number[] {
  const back: number[] = [];
  for (let i = points.length - 2; i >= 0; i -= 2) back.push(points[i]!, points[i + 1]!);
  return back;
}

export function lengthOf(points: readonly number[]): number {
  let length = 0;
  for (let i = 0; i + 3 < points.length; i += 2) {
    const dx = points[i + 2]! - points[i]!;
    const dy = points[i + 3]! - points[i + 1]!;
    length += Math.sqrt(dx * dx + dy * dy);
  }
  return length;
}
