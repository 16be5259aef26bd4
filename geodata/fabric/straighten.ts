import type { GridBorder } from './dissolve.ts';
import type { FootprintMm } from './outline-footprints.ts';
import { blockersOf, obstaclesNear } from './straighten-around.ts';
import { apply, reattached, type StemLine } from './straighten-attach.ts';
import type { Straightened, StraighteningCache } from './straighten-cache.ts';
import { isValidReplacement, meetingLines } from './straighten-check.ts';
import { clearancesOf } from './straighten-clearances.ts';
import {
  awayFrom,
  firstEnd,
  hasConflict,
  lastEnd,
  nodeOf,
  type Slide,
  slideOf,
  stemsOf,
  TOLERANCE_MM,
} from './straighten-ends.ts';
import { besideLine, type PathEnd } from './straighten-lines.ts';
import {
  bordersOf,
  type Chain,
  type Network,
  type Node,
  networkOf,
  reversed,
  type Stroke,
  strokesOf,
} from './straighten-network.ts';
import { distanceToSegment, type Obstacle, type ObstacleIndex, obstacleIndexOf } from './straighten-obstacles.ts';
import { straightPath } from './straighten-path.ts';
import { shortcut } from './straighten-shortcut.ts';

/** What straightening works with. */
export interface Straightening {
  readonly footprints: readonly FootprintMm[];
  /** Given again with the next drawing of the same community, it leaves only what has changed to be straightened. */
  readonly cache?: StraighteningCache;
}

const OBSTACLE_REACH_MM = 30_000;
/** Borders that got in each other's way are left as they were, this many times over; then all are. */
const MOST_ATTEMPTS = 4;

/**
 * Straightens each border between two grids once. Stretches on barriers, on the community's boundary and drawn by hand stay;
 * over open ground a border becomes the line with the fewest and best corners that leaves every building on its side.
 * Junctions slide along what they end on. Pure and deterministic.
 */
export function straightenBorders(
  borders: readonly GridBorder[],
  { footprints, cache }: Straightening,
): readonly GridBorder[] {
  const index = obstacleIndexOf(footprints);
  cache?.turn(footprints);
  const frozen = new Set<number>();
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const network = straightenedNetwork(borders, frozen, index, cache);
    const faulty = meetingLines(network.chains.map(({ points }) => points));
    if (faulty.size === 0) return bordersOf(network, borders);
    for (const chain of faulty) frozen.add(chain);
  }
  return borders;
}

/** Every free border as straight as it gets; those that are frozen stay, and the others make do with that. */
function straightenedNetwork(
  borders: readonly GridBorder[],
  frozen: ReadonlySet<number>,
  index: ObstacleIndex,
  cache: StraighteningCache | undefined,
): Network {
  const network = networkOf(borders, frozen);
  const strokes = strokesOf(network);
  const done = new Set<Chain>();
  for (const stroke of inOrder(strokes, done)) {
    if (straightenStroke(network, index, done, stroke, cache)) continue;
    if (stroke.steps.length > 1) {
      for (const step of stroke.steps)
        if (!straightenStroke(network, index, done, { steps: [step], lengthMm: 0 }, cache))
          shorten(network, index, step.chain, cache);
    } else shorten(network, index, stroke.steps[0]!.chain, cache);
  }
  // neighbouring communities have the same boundary: no vertex of it is ours to drop
  for (const chain of network.chains) if (chain.class !== 'community') chain.points = withoutCollinear(chain.points);
  return network;
}

/** Longest first among those whose ends lie on something settled; `done` grows as the caller works. */
function* inOrder(strokes: readonly Stroke[], done: Set<Chain>): Generator<Stroke> {
  const waiting = [...strokes].sort((a, b) => b.lengthMm - a.lengthMm);
  const unsettled = new Int32Array(waiting.length);
  const waitingFor = new Map<Chain, number[]>();
  waiting.forEach((stroke, rank) => {
    const own = new Set(stroke.steps.map(({ chain }) => chain));
    for (const end of [firstEnd(stroke), lastEnd(stroke)])
      for (const { chain } of nodeOf(end).ends) {
        if (!chain.free || own.has(chain)) continue;
        unsettled[rank]!++;
        const others = waitingFor.get(chain);
        if (others) others.push(rank);
        else waitingFor.set(chain, [rank]);
      }
  });
  const left = new Uint8Array(waiting.length).fill(1);
  for (let count = 0; count < waiting.length; count++) {
    let next = 0;
    while (next < waiting.length && (left[next] === 0 || unsettled[next]! > 0)) next++;
    if (next === waiting.length) next = left.indexOf(1);
    left[next] = 0;
    yield waiting[next]!;
    for (const { chain } of waiting[next]!.steps) {
      done.add(chain);
      for (const rank of waitingFor.get(chain) ?? []) unsettled[rank]!--;
    }
  }
}

function straightenStroke(
  network: Network,
  index: ObstacleIndex,
  done: ReadonlySet<Chain>,
  stroke: Stroke,
  cache: StraighteningCache | undefined,
): boolean {
  const first = firstEnd(stroke);
  const last = lastEnd(stroke);
  if (nodeOf(first) === nodeOf(last)) return false;
  const line = lineOf(stroke);
  const slides = [slideOf(first, done), slideOf(last, done)] as const;
  const stems = stemsOf(stroke);
  if (hasConflict(stems, slides)) return false;
  const obstacles = obstaclesNear(index, line, OBSTACLE_REACH_MM);
  const { blockers, fence } = blockersOf(network, stroke, stems, line, slides);
  const end = (slide: Slide | null, node: Node): PathEnd => ({ x: node.x, y: node.y, zone: slide?.zone ?? null });
  const ends = [end(slides[0], nodeOf(first)), end(slides[1], nodeOf(last))] as const;
  const stemLines = stems.map((stem) => ({ away: awayFrom(stem.end), settled: done.has(stem.end.chain) }));
  const solve = () => straightened(line, ends, obstacles, blockers, fence, stemLines);
  const found = cache
    ? cache.recall(
        [line, ends[0].zone ?? [0], ends[1].zone ?? [0], blockers, ...stemLines.map((s) => s.away)],
        obstacles,
        solve,
      )
    : solve();
  if (!found) return false;
  apply(stroke, found.next, slides, stems, found.attached);
  return true;
}

function straightened(
  line: readonly number[],
  [start, end]: readonly [PathEnd, PathEnd],
  obstacles: readonly Obstacle[],
  blockers: readonly number[],
  fence: number,
  stems: readonly StemLine[],
): Straightened | null {
  const beside = besideLine(line, obstacles);
  const clearances = clearancesOf(beside, [start, end]);
  for (const share of [1, 0.5, 0.15]) {
    const path = straightPath({
      line,
      start,
      end,
      beside,
      clearancesMm: clearances.map((clearance) => clearance * share),
      blockers,
      toleranceMm: TOLERANCE_MM,
    });
    if (!path) continue;
    const next = rounded(path);
    if (!isValidReplacement(line, next, obstacles, blockers, fence)) continue;
    const attached = reattached(stems, next, obstacles);
    if (attached) return { next, attached };
  }
  return null;
}

function shorten(network: Network, index: ObstacleIndex, chain: Chain, cache: StraighteningCache | undefined): void {
  const stroke = { steps: [{ chain, forward: true }], lengthMm: 0 };
  const line = chain.points;
  const obstacles = obstaclesNear(index, line, TOLERANCE_MM);
  const { blockers } = blockersOf(network, stroke, [], line, []);
  const solve = (): Straightened => ({ next: shortcut(line, obstacles, blockers, TOLERANCE_MM), attached: [] });
  chain.points = [...(cache ? cache.recall([line, blockers], obstacles, solve) : solve())!.next];
}

function lineOf({ steps }: Stroke): number[] {
  const line: number[] = [];
  for (const { chain, forward } of steps) {
    const points = forward ? chain.points : reversed(chain.points);
    line.push(...(line.length === 0 ? points : points.slice(2)));
  }
  return line;
}

function rounded(path: readonly number[]): number[] {
  const points: number[] = [];
  for (let i = 0; i < path.length; i += 2) {
    const [x, y] = [Math.round(path[i]!), Math.round(path[i + 1]!)];
    if (points.at(-2) !== x || points.at(-1) !== y) points.push(x, y);
  }
  return points;
}

/** Vertices that say nothing go: every one dropped stays within a lattice step of the line. */
function withoutCollinear(points: readonly number[]): number[] {
  const kept = points.slice(0, 2);
  let from = 0;
  for (let i = 2; i + 3 < points.length; i += 2) {
    let straight = true;
    for (let k = from + 2; k <= i && straight; k += 2)
      straight =
        distanceToSegment(
          points[k]!,
          points[k + 1]!,
          points[from]!,
          points[from + 1]!,
          points[i + 2]!,
          points[i + 3]!,
        ) <= 1;
    if (straight) continue;
    kept.push(points[i]!, points[i + 1]!);
    from = i;
  }
  kept.push(points.at(-2)!, points.at(-1)!);
  return kept;
}
