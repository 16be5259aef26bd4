import { type PathProblem, type Track, tracksOf } from './straighten-lines.ts';

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

interface State {
  readonly cost: number;
  readonly entry: number;
  readonly previous: State | null;
  readonly track: number;
  readonly forward: boolean;
}

/**
 * The line with the fewest and best corners from end to end: a path over clear pieces of candidate lines, changing from one
 * to the other where they cross. Flat coordinates (not yet on the lattice), or null when there is none.
 */
export function straightPath(problem: PathProblem): number[] | null {
  const tracks = tracksOf(problem);
  const crossings = crossingsOf(tracks);
  let states = new Map<number, State>();
  let best: { cost: number; state: State; exit: number } | null = null;
  const offer = (into: Map<number, State>, state: State) => {
    const key = 2 * state.track + (state.forward ? 1 : 0);
    const known = into.get(key);
    if (!known || state.cost < known.cost) into.set(key, state);
  };
  tracks.forEach((track, index) => {
    for (const t of track.startsAt) {
      const slant = slantCost(track, problem.start.zone);
      for (const forward of [true, false]) {
        if (forward ? track.to - t < 1 : t - track.from < 1) continue;
        offer(states, { cost: slant + track.surcharge, entry: t, previous: null, track: index, forward });
      }
    }
  });
  const settled = new Map<number, number>();
  for (let links = 1; links <= MOST_LINKS && states.size > 0; links++) {
    const next = new Map<number, State>();
    for (const [key, state] of states) {
      if (best && state.cost >= best.cost) continue;
      if ((settled.get(key) ?? Infinity) <= state.cost) continue;
      settled.set(key, state.cost);
      const track = tracks[state.track]!;
      for (const t of track.endsAt) {
        const ahead = (t - state.entry) * (state.forward ? 1 : -1);
        if (ahead < 500) continue;
        const cost = state.cost + linkCost(track, ahead / 1000) + slantCost(track, problem.end.zone);
        if (!best || cost < best.cost) best = { cost, state, exit: t };
      }
      for (const { other, here, there } of crossings[state.track]!) {
        const ahead = (here - state.entry) * (state.forward ? 1 : -1);
        if (ahead < 500) continue;
        const reached = state.cost + linkCost(track, ahead / 1000);
        if (best && reached >= best.cost) continue;
        const target = tracks[other]!;
        for (const forward of [true, false]) {
          const cost = reached + target.surcharge + turnCost(track, state.forward, target, forward);
          offer(next, { cost, entry: there, previous: state, track: other, forward });
        }
      }
    }
    states = next;
  }
  if (!best) return null;
  const points: number[] = [];
  const place = ({ ux, uy, d }: Track, t: number) => [t * ux - d * uy, t * uy + d * ux];
  points.push(...place(tracks[best.state.track]!, best.exit));
  for (let state: State | null = best.state; state; state = state.previous)
    points.unshift(...place(tracks[state.track]!, state.entry));
  return points;
}

interface TrackCrossing {
  readonly other: number;
  readonly here: number;
  readonly there: number;
}

function crossingsOf(tracks: readonly Track[]): TrackCrossing[][] {
  const crossings: TrackCrossing[][] = tracks.map(() => []);
  for (let i = 0; i < tracks.length; i++) {
    const a = tracks[i]!;
    for (let k = i + 1; k < tracks.length; k++) {
      const b = tracks[k]!;
      const sine = a.ux * b.uy - a.uy * b.ux;
      if (Math.abs(sine) < 0.1) continue;
      const cosine = a.ux * b.ux + a.uy * b.uy;
      // t·u + d·n the same point on both
      const here = (a.d * cosine - b.d) / sine;
      if (here < a.from || here > a.to) continue;
      const there = (a.d - b.d * cosine) / sine;
      if (there < b.from || there > b.to) continue;
      crossings[i]!.push({ other: k, here, there });
      crossings[k]!.push({ other: i, here: there, there: here });
    }
  }
  return crossings;
}

function linkCost(track: Track, lengthM: number): number {
  let cost = COST.perM * lengthM;
  if (!track.aligned) cost += COST.skewLink + COST.skewLinkPerM * lengthM;
  if (lengthM < COST.shortM) cost += COST.shortLink * (1 - lengthM / COST.shortM) + 4;
  return cost;
}

function turnCost(a: Track, aForward: boolean, b: Track, bForward: boolean): number {
  const sign = aForward === bForward ? 1 : -1;
  const cosine = sign * (a.ux * b.ux + a.uy * b.uy);
  const degrees = (Math.acos(Math.max(-1, Math.min(1, cosine))) / Math.PI) * 180;
  let cost = COST.corner;
  if (degrees > 100) cost += COST.sharpTurn * (degrees / 90 - 1);
  else if (degrees < 20) cost += COST.kink;
  else if (Math.abs(degrees - 90) > 6) cost += COST.skewTurn;
  return cost;
}

function slantCost({ ux, uy }: Track, zone: readonly number[] | null): number {
  if (!zone || zone.length < 4) return 0;
  const i = 2 * Math.floor((zone.length / 2 - 1) / 2);
  const [dx, dy] = [zone[i + 2]! - zone[i]!, zone[i + 3]! - zone[i + 1]!];
  const along = Math.abs(ux * dx + uy * dy) / Math.hypot(dx, dy);
  return COST.slantEnd * along * along + (along > 0.85 ? 15 : 0);
}
