import { type PathProblem, type Track, tracksOf } from './straighten-lines.ts';
import { lengthOf } from './straighten-network.ts';

/** What a drawn line should be spared, in metres of line that would be taken instead. */
const COST = {
  corner: 30,
  /** A turn that is neither square nor gentle looks accidental. */
  skewTurn: 8,
  /** Nearly straight on: a kink. */
  kink: 10,
  /** Turning back on itself. */
  sharpTurn: 40,
  /** For a link that follows no row of buildings: once, and by the metre. */
  skewLink: 5,
  skewLinkPerM: 0.08,
  /** A link shorter than `shortM` is a step. */
  shortLink: 15,
  shortM: 10,
  perM: 0.25,
  /** Arriving on a border aslant. */
  slantEnd: 12,
};
const MOST_LINKS = 9;

/** Being on a track, having entered it at `entry` and going one way. */
interface State {
  readonly cost: number;
  /** The least that a path through here can cost in the end. */
  readonly promise: number;
  readonly entry: number;
  readonly previous: State | null;
  readonly track: number;
  readonly forward: boolean;
  readonly links: number;
}

/**
 * The line with the fewest and best corners from end to end: a path over clear pieces of candidate lines, changing from one
 * to the other where they cross (A*; of several ways onto a track in one direction only the cheapest is followed).
 * Flat coordinates (not yet on the lattice), or null when there is none.
 */
export function straightPath(problem: PathProblem): number[] | null {
  const tracks = tracksOf(problem);
  const count = tracks.length;
  const startSlant = tracks.map((track) => slantCost(track, problem.start.zone));
  const endSlant = tracks.map((track) => slantCost(track, problem.end.zone));
  // flat copies: the search looks at every pair of crossing tracks
  const ux = Float64Array.from(tracks, (track) => track.ux);
  const uy = Float64Array.from(tracks, (track) => track.uy);
  const ds = Float64Array.from(tracks, (track) => track.d);
  const froms = Float64Array.from(tracks, (track) => track.from);
  const tos = Float64Array.from(tracks, (track) => track.to);
  const surcharges = Float64Array.from(tracks, (track) => track.surcharge);
  const { end } = problem;
  const endRadius = end.zone ? lengthOf(end.zone) : 0;
  const stillToGo = (track: number, t: number) => {
    const [dx, dy] = [
      t * ux[track]! - ds[track]! * uy[track]! - end.x,
      t * uy[track]! + ds[track]! * ux[track]! - end.y,
    ];
    const distance = Math.max(0, Math.hypot(dx, dy) - endRadius) / 1000;
    return COST.perM * distance + (tracks[track]!.endsAt.length > 0 ? 0 : COST.corner);
  };

  const groups = directionsOf(tracks);
  const queue = new Queue();
  const settled = new Uint8Array(2 * count);
  const offered = new Float64Array(2 * count).fill(Infinity);
  let best: { cost: number; state: State; exit: number } | null = null;
  let limit = Infinity;
  const offer = (cost: number, track: number, forward: boolean, entry: number, previous: State | null) => {
    const key = 2 * track + (forward ? 1 : 0);
    if (settled[key] || cost >= offered[key]!) return;
    const promise = cost + stillToGo(track, entry);
    if (promise >= limit) return;
    offered[key] = cost;
    queue.push({ cost, promise, entry, previous, track, forward, links: previous ? previous.links + 1 : 1 });
  };
  tracks.forEach((track, index) => {
    for (const t of track.startsAt) {
      const cost = startSlant[index]! + track.surcharge;
      if (track.to - t >= 1) offer(cost, index, true, t, null);
      if (t - track.from >= 1) offer(cost, index, false, t, null);
    }
  });
  for (let state = queue.pop(); state; state = queue.pop()) {
    const at = state.track;
    const key = 2 * at + (state.forward ? 1 : 0);
    if (settled[key]) continue;
    if (state.promise >= limit) break;
    settled[key] = 1;
    const track = tracks[at]!;
    const way = state.forward ? 1 : -1;
    for (const t of track.endsAt) {
      const ahead = (t - state.entry) * way;
      if (ahead < 500) continue;
      const cost = state.cost + linkCost(track, ahead / 1000) + endSlant[at]!;
      if (cost < limit) {
        best = { cost, state, exit: t };
        limit = cost;
      }
    }
    if (state.links >= MOST_LINKS) continue;
    const [ax, ay, ad] = [ux[at]!, uy[at]!, ds[at]!];
    // the part of the track still ahead
    const low = state.forward ? state.entry + 500 : froms[at]!;
    const high = state.forward ? tos[at]! : state.entry - 500;
    for (const group of groups) {
      const sine = ax * group.uy - ay * group.ux;
      if (sine < 0.1 && sine > -0.1) continue;
      const cosine = ax * group.ux + ay * group.uy;
      const ahead = turnCost(way * cosine);
      const back = turnCost(-way * cosine);
      // t·u + d·n is the same point on both where t = (d₁·cos − d₂) / sin, so t within bounds means d₂ within bounds
      const [one, another] = [ad * cosine - low * sine, ad * cosine - high * sine];
      const [least, most] = one < another ? [one, another] : [another, one];
      for (let i = firstNotBelow(ds, group.members, least); i < group.members.length; i++) {
        const other = group.members[i]!;
        const d = ds[other]!;
        if (d > most) break;
        const there = (ad - d * cosine) / sine;
        if (there < froms[other]! || there > tos[other]!) continue;
        const here = (ad * cosine - d) / sine;
        const reached = state.cost + linkCost(track, ((here - state.entry) * way) / 1000) + surcharges[other]!;
        if (reached + COST.corner >= limit) continue;
        if (tos[other]! - there >= 500) offer(reached + ahead, other, true, there, state);
        if (there - froms[other]! >= 500) offer(reached + back, other, false, there, state);
      }
    }
  }
  if (!best) return null;
  const points: number[] = [];
  const place = ({ ux, uy, d }: Track, t: number) => [t * ux - d * uy, t * uy + d * ux];
  points.push(...place(tracks[best.state.track]!, best.exit));
  for (let state: State | null = best.state; state; state = state.previous)
    points.unshift(...place(tracks[state.track]!, state.entry));
  return points;
}

interface Direction {
  readonly ux: number;
  readonly uy: number;
  /** Tracks by offset. */
  readonly members: number[];
}

function directionsOf(tracks: readonly Track[]): Direction[] {
  const directions = new Map<number, Direction>();
  tracks.forEach(({ ux, uy }, index) => {
    const known = directions.get(ux * 3 + uy);
    if (known) known.members.push(index);
    else directions.set(ux * 3 + uy, { ux, uy, members: [index] });
  });
  for (const { members } of directions.values()) members.sort((a, b) => tracks[a]!.d - tracks[b]!.d || a - b);
  return [...directions.values()];
}

function firstNotBelow(ds: Float64Array, members: readonly number[], least: number): number {
  let [low, high] = [0, members.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ds[members[middle]!]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A binary heap by promise; equal ones leave in the order they came. */
class Queue {
  readonly #heap: { state: State; order: number }[] = [];
  #order = 0;

  push(state: State): void {
    const heap = this.#heap;
    heap.push({ state, order: this.#order++ });
    let at = heap.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(at, parent)) break;
      [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
      at = parent;
    }
  }

  pop(): State | null {
    const heap = this.#heap;
    const top = heap[0];
    if (!top) return null;
    const last = heap.pop()!;
    if (heap.length > 0) {
      heap[0] = last;
      let at = 0;
      for (;;) {
        let least = at;
        for (const child of [2 * at + 1, 2 * at + 2])
          if (child < heap.length && this.#before(child, least)) least = child;
        if (least === at) break;
        [heap[at], heap[least]] = [heap[least]!, heap[at]!];
        at = least;
      }
    }
    return top.state;
  }

  #before(a: number, b: number): boolean {
    const [one, other] = [this.#heap[a]!, this.#heap[b]!];
    return (
      one.state.promise < other.state.promise || (one.state.promise === other.state.promise && one.order < other.order)
    );
  }
}

function linkCost(track: Track, lengthM: number): number {
  let cost = COST.perM * lengthM;
  if (!track.aligned) cost += COST.skewLink + COST.skewLinkPerM * lengthM;
  if (lengthM < COST.shortM) cost += COST.shortLink * (1 - lengthM / COST.shortM) + 4;
  return cost;
}

const cosineOf = (degrees: number) => Math.cos((degrees / 180) * Math.PI);
const [KINK, SQUARE, SHARP] = [cosineOf(20), Math.sin((6 / 180) * Math.PI), cosineOf(100)];

/** Cost of a corner by the cosine of its turn. */
function turnCost(cosine: number): number {
  if (cosine < SHARP) return COST.corner + COST.sharpTurn * (Math.acos(Math.max(-1, cosine)) / (Math.PI / 2) - 1);
  if (cosine > KINK) return COST.corner + COST.kink;
  return Math.abs(cosine) > SQUARE ? COST.corner + COST.skewTurn : COST.corner;
}

function slantCost({ ux, uy }: Track, zone: readonly number[] | null): number {
  if (!zone || zone.length < 4) return 0;
  const i = 2 * Math.floor((zone.length / 2 - 1) / 2);
  const [dx, dy] = [zone[i + 2]! - zone[i]!, zone[i + 3]! - zone[i + 1]!];
  const along = Math.abs(ux * dx + uy * dy) / Math.hypot(dx, dy);
  return COST.slantEnd * along * along + (along > 0.85 ? 15 : 0);
}
