import type { PathProblem } from './straighten-lines.ts';
import { lengthOf } from './straighten-network.ts';
import { type TrackDirection, type Tracks, tracksOf } from './straighten-tracks.ts';

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

/**
 * The line with the fewest and best corners from end to end: a path over clear pieces of candidate lines, changing from one
 * to the other where they cross (A*; of several ways onto a track in one direction only the cheapest is followed).
 * Flat coordinates (not yet on the lattice), or null when there is none.
 */
export function straightPath(problem: PathProblem): number[] | null {
  const tracks = tracksOf(problem);
  const { count, directions, direction, d: ds, from: froms, to: tos, surcharge: surcharges } = tracks;
  const turns = new Turns(directions);
  const toGo = costsToGo(tracks, problem);
  const startSlants = directions.map((one) => slantCost(one, problem.start.zone));
  const endSlants = directions.map((one) => slantCost(one, problem.end.zone));

  const reached = new Reached();
  const settled = new Uint8Array(2 * count);
  const offered = new Float64Array(2 * count).fill(Infinity);
  let best: { state: number; exit: number } | null = null;
  let limit = Infinity;
  const offer = (cost: number, track: number, forward: number, entry: number, previous: number) => {
    const key = 2 * track + forward;
    if (settled[key] || cost >= offered[key]!) return;
    const promise = cost + toGo(track, forward, entry);
    if (promise >= limit) return;
    offered[key] = cost;
    reached.push(cost, promise, entry, previous, key);
  };
  for (let track = 0; track < count; track++)
    for (const t of tracks.startsAt[track]!) {
      const cost = startSlants[direction[track]!]! + surcharges[track]!;
      if (tos[track]! - t >= 1) offer(cost, track, 1, t, -1);
      if (t - froms[track]! >= 1) offer(cost, track, 0, t, -1);
    }
  for (let state = reached.pop(); state >= 0; state = reached.pop()) {
    const key = reached.key[state]!;
    if (settled[key]) continue;
    if (reached.promise[state]! >= limit) break;
    settled[key] = 1;
    const [at, forward, entry, sofar] = [key >> 1, key & 1, reached.entry[state]!, reached.cost[state]!];
    const way = forward ? 1 : -1;
    const here = direction[at]!;
    const { aligned } = directions[here]!;
    for (const t of tracks.endsAt[at]!) {
      const ahead = (t - entry) * way;
      if (ahead < 500) continue;
      const cost = sofar + linkCost(aligned, ahead / 1000) + endSlants[here]!;
      if (cost >= limit) continue;
      best = { state, exit: t };
      limit = cost;
    }
    if (reached.links[state]! >= MOST_LINKS) continue;
    const offset = ds[at]!;
    // the part of the track still ahead
    const low = forward ? entry + 500 : froms[at]!;
    const high = forward ? tos[at]! : entry - 500;
    const row = turns.rowOf(here);
    for (let there = 0; there < directions.length; there++) {
      const sine = turns.sine[row + there]!;
      if (sine < 0.1 && sine > -0.1) continue;
      const cosine = turns.cosine[row + there]!;
      const { first, last } = directions[there]!;
      // t·u + d·n is the same point on both where t = (d₁·cos − d₂) / sin, so t within bounds means d₂ within bounds
      const one = offset * cosine - low * sine;
      const another = offset * cosine - high * sine;
      const least = Math.min(one, another);
      const most = Math.max(one, another);
      if (ds[last - 1]! < least || ds[first]! > most) continue;
      const onward = (forward ? turns.along : turns.against)[row + there]!;
      const back = (forward ? turns.against : turns.along)[row + there]!;
      for (let other = firstNotBelow(ds, first, last, least); other < last; other++) {
        const d = ds[other]!;
        if (d > most) break;
        const joins = (offset - d * cosine) / sine;
        if (joins < froms[other]! || joins > tos[other]!) continue;
        const leaves = (offset * cosine - d) / sine;
        const cost = sofar + linkCost(aligned, ((leaves - entry) * way) / 1000) + surcharges[other]!;
        if (cost + COST.corner >= limit) continue;
        if (tos[other]! - joins >= 500) offer(cost + onward, other, 1, joins, state);
        if (joins - froms[other]! >= 500) offer(cost + back, other, 0, joins, state);
      }
    }
  }
  if (!best) return null;
  const points: number[] = [];
  const place = (state: number, t: number) => {
    const track = reached.key[state]! >> 1;
    const { ux, uy } = directions[direction[track]!]!;
    points.push(t * ux - ds[track]! * uy, t * uy + ds[track]! * ux);
  };
  const states: number[] = [];
  for (let { state } = best; state >= 0; state = reached.previous[state]!) states.unshift(state);
  for (const state of states) place(state, reached.entry[state]!);
  place(best.state, best.exit);
  return points;
}

/** The least that a path can still cost from a place on a track. */
function costsToGo(tracks: Tracks, { end }: PathProblem): (track: number, forward: number, t: number) => number {
  const { directions, direction, d: ds, endsAt } = tracks;
  const endRadius = end.zone ? lengthOf(end.zone) : 0;
  const slants = directions.map((one) => slantCost(one, end.zone));
  let leastSlant = Infinity;
  for (let track = 0; track < tracks.count; track++)
    if (endsAt[track]!.length > 0) leastSlant = Math.min(leastSlant, slants[direction[track]!]!);
  const ending = directions.map(({ first, last }) =>
    Array.from({ length: last - first }, (_, i) => first + i).filter((track) => endsAt[track]!.length > 0),
  );
  const corners = new Uint8Array(tracks.count);
  const cornersToGo = (track: number): number => {
    if (corners[track] === 0) corners[track] = endsAt[track]!.length > 0 || meetsAny(tracks, track, ending) ? 1 : 2;
    return corners[track]!;
  };
  return (track, forward, t) => {
    const { ux, uy } = directions[direction[track]!]!;
    const dx = t * ux - ds[track]! * uy - end.x;
    const dy = t * uy + ds[track]! * ux - end.y;
    const apart = Math.sqrt(dx * dx + dy * dy) - endRadius;
    let least = cornersToGo(track) * COST.corner + leastSlant;
    for (const exit of endsAt[track]!)
      if ((forward ? exit - t : t - exit) >= 500) least = Math.min(least, slants[direction[track]!]!);
    return least + (apart > 0 ? (COST.perM * apart) / 1000 : 0);
  };
}

/** Does a track cross any of these (by direction)? */
function meetsAny(
  { directions, direction, d: ds, from, to }: Tracks,
  track: number,
  others: readonly (readonly number[])[],
): boolean {
  const { ux, uy } = directions[direction[track]!]!;
  const offset = ds[track]!;
  for (let there = 0; there < others.length; there++) {
    const members = others[there]!;
    if (members.length === 0) continue;
    const other = directions[there]!;
    const sine = ux * other.uy - uy * other.ux;
    if (sine < 0.1 && sine > -0.1) continue;
    const cosine = ux * other.ux + uy * other.uy;
    for (const member of members) {
      const leaves = (offset * cosine - ds[member]!) / sine;
      if (leaves < from[track]! || leaves > to[track]!) continue;
      const joins = (offset - ds[member]! * cosine) / sine;
      if (joins >= from[member]! && joins <= to[member]!) return true;
    }
  }
  return false;
}

/** Sine, cosine and cost of the turn from each direction into each other, worked out row by row as they are asked for. */
class Turns {
  readonly sine: Float64Array;
  readonly cosine: Float64Array;
  /** Going on along the other direction, or against it. */
  readonly along: Float64Array;
  readonly against: Float64Array;
  readonly #known: Uint8Array;

  constructor(readonly directions: readonly TrackDirection[]) {
    const count = directions.length;
    this.#known = new Uint8Array(count);
    this.sine = new Float64Array(count * count);
    this.cosine = new Float64Array(count * count);
    this.along = new Float64Array(count * count);
    this.against = new Float64Array(count * count);
  }

  rowOf(from: number): number {
    const row = from * this.directions.length;
    if (this.#known[from]) return row;
    this.#known[from] = 1;
    const { ux, uy } = this.directions[from]!;
    this.directions.forEach((other, to) => {
      const cosine = ux * other.ux + uy * other.uy;
      this.sine[row + to] = ux * other.uy - uy * other.ux;
      this.cosine[row + to] = cosine;
      this.along[row + to] = turnCost(cosine);
      this.against[row + to] = turnCost(-cosine);
    });
    return row;
  }
}

function firstNotBelow(ds: Float64Array, first: number, last: number, least: number): number {
  let [low, high] = [first, last];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ds[middle]! < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The ways onto tracks found so far (each is its number), and those still to follow in a binary heap by promise: the least that
 * a path through them can cost in the end. Equal ones leave in the order they came.
 */
class Reached {
  readonly cost: number[] = [];
  readonly promise: number[] = [];
  readonly entry: number[] = [];
  readonly previous: number[] = [];
  /** Twice the track, and one more when going forward on it. */
  readonly key: number[] = [];
  readonly links: number[] = [];
  readonly #heap: number[] = [];

  push(cost: number, promise: number, entry: number, previous: number, key: number): void {
    const state = this.cost.length;
    this.cost.push(cost);
    this.promise.push(promise);
    this.entry.push(entry);
    this.previous.push(previous);
    this.key.push(key);
    this.links.push(previous < 0 ? 1 : this.links[previous]! + 1);
    const heap = this.#heap;
    let at = heap.length;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(state, heap[parent]!)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = state;
  }

  /** The most promising one; −1 when none is left. */
  pop(): number {
    const heap = this.#heap;
    if (heap.length === 0) return -1;
    const top = heap[0]!;
    const last = heap.pop()!;
    if (heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#before(heap[child + 1]!, heap[child]!)) child++;
      if (!this.#before(heap[child]!, last)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = last;
    return top;
  }

  #before(a: number, b: number): boolean {
    const [one, other] = [this.promise[a]!, this.promise[b]!];
    return one < other || (one === other && a < b);
  }
}

function linkCost(aligned: boolean, lengthM: number): number {
  let cost = COST.perM * lengthM;
  if (!aligned) cost += COST.skewLink + COST.skewLinkPerM * lengthM;
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

function slantCost({ ux, uy }: TrackDirection, zone: readonly number[] | null): number {
  if (!zone || zone.length < 4) return 0;
  const i = 2 * Math.floor((zone.length / 2 - 1) / 2);
  const [dx, dy] = [zone[i + 2]! - zone[i]!, zone[i + 3]! - zone[i + 1]!];
  const along = Math.abs(ux * dx + uy * dy) / Math.hypot(dx, dy);
  return COST.slantEnd * along * along + (along > 0.85 ? 15 : 0);
}
