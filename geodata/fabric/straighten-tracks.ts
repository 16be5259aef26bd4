import { candidateDirections, type PathEnd, type PathProblem, segmentsCross } from './straighten-lines.ts';
import { Spans, TurnedLine, TurnedSegments } from './straighten-turned.ts';

/**
 * Pieces of candidate lines that are clear of everything, by direction and then offset: point(t) = t·u + d·n with n = u turned
 * left, t between `from` and `to`. Columns, since the search looks at every pair of crossing ones.
 */
export interface Tracks {
  readonly count: number;
  readonly directions: readonly TrackDirection[];
  /** Position in `directions`. */
  readonly direction: Int32Array;
  readonly d: Float64Array;
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** Metres of cost for being a worse candidate than others of its direction. */
  readonly surcharge: Float64Array;
  /** Where it may begin or end a path. */
  readonly startsAt: readonly (readonly number[])[];
  readonly endsAt: readonly (readonly number[])[];
}

export interface TrackDirection {
  readonly ux: number;
  readonly uy: number;
  readonly aligned: boolean;
  /** Its tracks: from `first` to before `last`. */
  readonly first: number;
  readonly last: number;
}

const SHORTEST_TRACK_MM = 2500;
const NOWHERE: readonly number[] = [];

export function tracksOf(problem: PathProblem): Tracks {
  const line = new TurnedLine(problem.line);
  const rings = problem.beside.map(({ obstacle }) => new TurnedLine(obstacle.ring));
  const bars = new TurnedSegments([...problem.blockers, ...spokesOf(problem)]);
  const [startZone, endZone] = [problem.start, problem.end].map(({ zone }) => new TurnedSegments(segmentsOf(zone)));
  const directions: TrackDirection[] = [];
  const direction: number[] = [];
  const [ds, froms, tos, surcharges]: number[][] = [[], [], [], []];
  const startsAt: (readonly number[])[] = [];
  const endsAt: (readonly number[])[] = [];
  const [free, blocked] = [new Spans(), new Spans()];
  for (const { ux, uy, aligned, lines } of candidateDirections(problem)) {
    const first = ds!.length;
    for (const part of [line, ...rings]) part.turn(ux, uy);
    for (const part of [bars, startZone!, endZone!]) part.turn(ux, uy);
    for (const { d, surcharge } of lines) {
      free.clear();
      line.addNear(d, problem.toleranceMm, free);
      if (free.count === 0) continue;
      free.merge();
      blocked.clear();
      rings.forEach((ring, i) => {
        ring.addReach(d, problem.clearancesMm[i]!, blocked);
      });
      blocked.merge();
      const starts = endTs(problem.start, startZone!, ux, uy, d);
      const ends = endTs(problem.end, endZone!, ux, uy, d);
      const cuts: number[] = [];
      bars.addCrossings(d, cuts);
      cuts.push(...starts, ...ends);
      cuts.sort((a, b) => a - b);
      const piece = (from: number, to: number) => {
        if (to - from < SHORTEST_TRACK_MM) return;
        direction.push(directions.length);
        ds!.push(d);
        froms!.push(from);
        tos!.push(to);
        surcharges!.push(surcharge);
        startsAt.push(touching(starts, from, to));
        endsAt.push(touching(ends, from, to));
      };
      const clear = (from: number, to: number) => {
        let at = from;
        for (const t of cuts) {
          if (t <= at) continue;
          if (t >= to) break;
          piece(at, t);
          at = t;
        }
        piece(at, to);
      };
      free.eachWithout(blocked, clear);
    }
    if (ds!.length > first) directions.push({ ux, uy, aligned, first, last: ds!.length });
  }
  return {
    count: direction.length,
    directions,
    direction: Int32Array.from(direction),
    d: Float64Array.from(ds!),
    from: Float64Array.from(froms!),
    to: Float64Array.from(tos!),
    surcharge: Float64Array.from(surcharges!),
    startsAt,
    endsAt,
  };
}

function touching(ts: readonly number[], from: number, to: number): readonly number[] {
  if (ts.length === 0) return NOWHERE;
  const there = ts.filter((t) => Math.abs(t - from) < 1 || Math.abs(t - to) < 1);
  return there.length === 0 ? NOWHERE : there;
}

/** Where a line passes an end: its pin, or the zone. */
function endTs({ x, y, zone }: PathEnd, turned: TurnedSegments, ux: number, uy: number, d: number): readonly number[] {
  if (!zone) return Math.abs(-uy * x + ux * y - d) < 1 ? [ux * x + uy * y] : NOWHERE;
  const ts: number[] = [];
  turned.addCrossings(d, ts);
  return ts;
}

function segmentsOf(zone: readonly number[] | null): number[] {
  const segments: number[] = [];
  for (let i = 0; zone && i + 3 < zone.length; i += 2)
    segments.push(zone[i]!, zone[i + 1]!, zone[i + 2]!, zone[i + 3]!);
  return segments;
}

/** From each ground plan away from the wiggly line: crossing one would change the building's side. */
function spokesOf({ line, beside, toleranceMm }: PathProblem): number[] {
  const spokes: number[] = [];
  const reach = toleranceMm + 40_000;
  for (const { obstacle, nearX, nearY } of beside) {
    const { middleX, middleY } = obstacle;
    const away = Math.atan2(middleY - nearY, middleX - nearX);
    for (const turn of [0, 0.6, -0.6, 1.2, -1.2, 1.8, -1.8]) {
      const [x, y] = [middleX + reach * Math.cos(away + turn), middleY + reach * Math.sin(away + turn)];
      if (crossesLine(line, middleX, middleY, x, y)) continue;
      spokes.push(middleX, middleY, x, y);
      break;
    }
  }
  return spokes;
}

function crossesLine(line: readonly number[], x0: number, y0: number, x1: number, y1: number): boolean {
  for (let i = 0; i + 3 < line.length; i += 2)
    if (segmentsCross(x0, y0, x1, y1, line[i]!, line[i + 1]!, line[i + 2]!, line[i + 3]!)) return true;
  return false;
}
