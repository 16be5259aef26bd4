import { type Chain, type ChainEnd, lengthOf, type Node, reversed, type Stroke } from './straighten-network.ts';

/** How far a border may move over open ground. */
export const TOLERANCE_MM = 15_000;
/** How far a junction may slide along a border it ends on. */
export const SLIDE_MM = 22_000;

export const nodeOf = ({ chain, atStart }: ChainEnd): Node => (atStart ? chain.start : chain.end);
export const firstEnd = ({ steps }: Stroke): ChainEnd => ({ chain: steps[0]!.chain, atStart: steps[0]!.forward });
export const lastEnd = ({ steps }: Stroke): ChainEnd => ({
  chain: steps.at(-1)!.chain,
  atStart: !steps.at(-1)!.forward,
});

/** Lines a node may slide along: the two that pass through it, or the one that ends there. */
export interface Slide {
  /** Oriented towards the node. */
  readonly before: ChainEnd;
  /** Oriented from the node; null when nothing goes on. */
  readonly after: ChainEnd | null;
  readonly zone: number[];
}

export function slideOf(end: ChainEnd, done: ReadonlySet<Chain>): Slide | null {
  const others = nodeOf(end).ends.filter(({ chain, atStart }) => chain !== end.chain || atStart !== end.atStart);
  // a building's entrance line is no street to slide along
  if (others.some(({ chain }) => chain.class === 'entrance')) return null;
  const still = others.every(({ chain }) => !chain.free) || others.every(({ chain }) => done.has(chain) && chain.free);
  if (!still || others.length > 2 || others.some(({ chain }) => chain === end.chain)) return null;
  const [before, after] = others;
  if (!before || (after && after.chain === before.chain)) return null;
  const reach = ({ chain }: ChainEnd) => Math.min(SLIDE_MM, 0.45 * lengthOf(chain.points));
  const zone = reversed(headFrom(before, reach(before)));
  if (after) zone.push(...headFrom(after, reach(after)).slice(2));
  return zone.length >= 4 ? { before, after: after ?? null, zone } : null;
}

export const awayFrom = ({ chain, atStart }: ChainEnd): readonly number[] =>
  atStart ? chain.points : reversed(chain.points);

/** What lies within `lengthMm` of a chain's end, leading away from it. */
function headFrom({ chain: { points }, atStart }: ChainEnd, lengthMm: number): number[] {
  const step = atStart ? 2 : -2;
  let at = atStart ? 0 : points.length - 2;
  const head = [points[at]!, points[at + 1]!];
  for (let left = lengthMm; left > 0 && at + step >= 0 && at + step < points.length; at += step) {
    const dx = points[at + step]! - points[at]!;
    const dy = points[at + step + 1]! - points[at + 1]!;
    const length = Math.sqrt(dx * dx + dy * dy);
    const share = Math.min(1, left / length);
    head.push(points[at]! + share * dx, points[at + 1]! + share * dy);
    left -= length;
  }
  return head;
}

/** The first `lengthMm` of a line. */
export function headOf(points: readonly number[], lengthMm: number): number[] {
  const head = points.slice(0, 2);
  let left = lengthMm;
  for (let i = 0; i + 3 < points.length && left > 0; i += 2) {
    const [dx, dy] = [points[i + 2]! - points[i]!, points[i + 3]! - points[i + 1]!];
    const length = Math.hypot(dx, dy);
    const share = Math.min(1, left / length);
    head.push(points[i]! + share * dx, points[i + 1]! + share * dy);
    left -= length;
  }
  return head;
}
/** A border that ends on the stroke from one side, at the junction between two of its chains. */
export interface Stem {
  readonly end: ChainEnd;
  readonly node: Node;
}

export function stemsOf({ steps }: Stroke): Stem[] {
  return steps.slice(0, -1).map(({ chain, forward }, i) => {
    const node = forward ? chain.end : chain.start;
    const end = node.ends.find((other) => other.chain !== chain && other.chain !== steps[i + 1]!.chain)!;
    return { end, node };
  });
}

/** Does one chain hang on the stroke in two ways at once? Then its ends can't be moved one by one. */
export function hasConflict(stems: readonly Stem[], slides: readonly (Slide | null)[]): boolean {
  const seen = new Set<Chain>();
  for (const slide of slides) {
    if (!slide) continue;
    seen.add(slide.before.chain);
    if (slide.after) seen.add(slide.after.chain);
  }
  for (const { end } of stems) {
    if (seen.has(end.chain)) return true;
    seen.add(end.chain);
  }
  return false;
}

export const stemReach = ({ end: { chain } }: Stem) => Math.min(1.2 * TOLERANCE_MM, 0.5 * lengthOf(chain.points));
