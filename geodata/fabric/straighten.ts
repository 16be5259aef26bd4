import type { GridBorder } from './dissolve.ts';
import type { FootprintMm } from './outline-footprints.ts';
import type { Attached, Straightened, StraighteningCache } from './straighten-cache.ts';
import { isValidReplacement, meetingLines, segmentEnters } from './straighten-check.ts';
import { nearestOnLine, type PathEnd } from './straighten-lines.ts';
import {
  bordersOf,
  type Chain,
  type ChainEnd,
  lengthOf,
  type Network,
  type Node,
  networkOf,
  reversed,
  type Stroke,
  strokesOf,
} from './straighten-network.ts';
import {
  distanceBetween,
  distanceToSegment,
  type Obstacle,
  type ObstacleIndex,
  obstacleIndexOf,
} from './straighten-obstacles.ts';
import { straightPath } from './straighten-path.ts';
import { shortcut } from './straighten-shortcut.ts';

/** What straightening works with. */
export interface Straightening {
  readonly footprints: readonly FootprintMm[];
  /** Given again with the next drawing of the same community, it leaves only what has changed to be straightened. */
  readonly cache?: StraighteningCache;
}

/** How far a border may move over open ground. */
const TOLERANCE_MM = 15_000;
/** How far a junction may slide along a border it ends on. */
const SLIDE_MM = 22_000;
/** What a border keeps from ground plans where there is room. */
const CLEARANCE_MM = 3000;
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
  while (waiting.length > 0) {
    const settled = waiting.findIndex((stroke) =>
      [firstEnd(stroke), lastEnd(stroke)].every((end) =>
        nodeOf(end).ends.every(
          ({ chain }) => !chain.free || done.has(chain) || stroke.steps.some((s) => s.chain === chain),
        ),
      ),
    );
    const [next] = waiting.splice(Math.max(0, settled), 1);
    yield next!;
    for (const { chain } of next!.steps) done.add(chain);
  }
}

const nodeOf = ({ chain, atStart }: ChainEnd): Node => (atStart ? chain.start : chain.end);
const firstEnd = ({ steps }: Stroke): ChainEnd => ({ chain: steps[0]!.chain, atStart: steps[0]!.forward });
const lastEnd = ({ steps }: Stroke): ChainEnd => ({ chain: steps.at(-1)!.chain, atStart: !steps.at(-1)!.forward });

/** Lines a node may slide along: the two that pass through it, or the one that ends there. */
interface Slide {
  /** Oriented towards the node. */
  readonly before: ChainEnd;
  /** Oriented from the node; null when nothing goes on. */
  readonly after: ChainEnd | null;
  readonly zone: number[];
}

function slideOf(end: ChainEnd, done: ReadonlySet<Chain>): Slide | null {
  const others = nodeOf(end).ends.filter(({ chain, atStart }) => chain !== end.chain || atStart !== end.atStart);
  // a building's entrance line is no street to slide along
  if (others.some(({ chain }) => chain.class === 'entrance')) return null;
  const still = others.every(({ chain }) => !chain.free) || others.every(({ chain }) => done.has(chain) && chain.free);
  if (!still || others.length > 2 || others.some(({ chain }) => chain === end.chain)) return null;
  const [before, after] = others;
  if (!before || (after && after.chain === before.chain)) return null;
  const reach = ({ chain }: ChainEnd) => Math.min(SLIDE_MM, 0.45 * lengthOf(chain.points));
  const zone = reversed(headOf(awayFrom(before), reach(before)));
  if (after) zone.push(...headOf(awayFrom(after), reach(after)).slice(2));
  return zone.length >= 4 ? { before, after: after ?? null, zone } : null;
}

const awayFrom = ({ chain, atStart }: ChainEnd): readonly number[] => (atStart ? chain.points : reversed(chain.points));

/** The first `lengthMm` of a line. */
function headOf(points: readonly number[], lengthMm: number): number[] {
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
  const clearances = clearancesOf(line, obstacles, [start, end]);
  for (const share of [1, 0.5, 0.15]) {
    const path = straightPath({
      line,
      start,
      end,
      obstacles: obstacles.map((obstacle, i) => ({ obstacle, clearanceMm: clearances[i]! * share })),
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

function obstaclesNear(index: ObstacleIndex, line: readonly number[], reach: number): Obstacle[] {
  const [minX, minY, maxX, maxY] = boxOf(line);
  return index.within(minX - reach, minY - reach, maxX + reach, maxY + reach).filter((obstacle) => {
    for (let i = 0; i + 3 < line.length; i += 2) {
      const [x0, y0, x1, y1] = [line[i]!, line[i + 1]!, line[i + 2]!, line[i + 3]!];
      if (Math.max(x0, x1) < obstacle.minX - reach || Math.min(x0, x1) > obstacle.maxX + reach) continue;
      if (Math.max(y0, y1) < obstacle.minY - reach || Math.min(y0, y1) > obstacle.maxY + reach) continue;
      return true;
    }
    return false;
  });
}

function boxOf(points: readonly number[]): [number, number, number, number] {
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < points.length; i += 2) {
    minX = Math.min(minX, points[i]!);
    maxX = Math.max(maxX, points[i]!);
    minY = Math.min(minY, points[i + 1]!);
    maxY = Math.max(maxY, points[i + 1]!);
  }
  return [minX, minY, maxX, maxY];
}

/** Each building's clearance: what is wanted, or nearly half the gap to the nearest building across the line. */
function clearancesOf(line: readonly number[], obstacles: readonly Obstacle[], ends: readonly PathEnd[]): number[] {
  const sides = obstacles.map(({ middleX, middleY }) => nearestOnLine(line, middleX, middleY).left);
  return obstacles.map((a, i) => {
    let gap = Infinity;
    obstacles.forEach((b, k) => {
      if (sides[i] === sides[k] || a === b) return;
      const reach = 2.2 * CLEARANCE_MM;
      if (b.minX > a.maxX + reach || b.maxX < a.minX - reach) return;
      if (b.minY > a.maxY + reach || b.maxY < a.minY - reach) return;
      gap = Math.min(gap, distanceBetween(a.ring, b.ring));
    });
    const wanted = gap > 2.1 * CLEARANCE_MM ? CLEARANCE_MM : 0.4 * gap;
    // what starts at a place near a building can't keep away from it
    return ends.reduce(
      (least, { x, y, zone }) => (zone ? least : Math.min(least, 0.9 * distanceToRing(a, x, y))),
      wanted,
    );
  });
}

function distanceToRing({ ring, minX, minY, maxX, maxY }: Obstacle, x: number, y: number): number {
  if (x < minX - CLEARANCE_MM || x > maxX + CLEARANCE_MM || y < minY - CLEARANCE_MM || y > maxY + CLEARANCE_MM)
    return 2 * CLEARANCE_MM;
  let least = Infinity;
  for (let i = 0; i + 3 < ring.length; i += 2)
    least = Math.min(least, distanceToSegment(x, y, ring[i]!, ring[i + 1]!, ring[i + 2]!, ring[i + 3]!));
  return least;
}

/** A border that ends on the stroke from one side, at the junction between two of its chains. */
interface Stem {
  readonly end: ChainEnd;
  readonly node: Node;
}

function stemsOf({ steps }: Stroke): Stem[] {
  return steps.slice(0, -1).map(({ chain, forward }, i) => {
    const node = forward ? chain.end : chain.start;
    const end = node.ends.find((other) => other.chain !== chain && other.chain !== steps[i + 1]!.chain)!;
    return { end, node };
  });
}

/** Does one chain hang on the stroke in two ways at once? Then its ends can't be moved one by one. */
function hasConflict(stems: readonly Stem[], slides: readonly (Slide | null)[]): boolean {
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

const stemReach = ({ end: { chain } }: Stem) => Math.min(1.2 * TOLERANCE_MM, 0.5 * lengthOf(chain.points));

/**
 * Segments of other borders near the line, x0, y0, x1, y1 each. The first `fence` of these numbers are of borders the line
 * doesn't slide along: it must not go around them either.
 */
function blockersOf(
  { chains }: Network,
  { steps }: Stroke,
  stems: readonly Stem[],
  line: readonly number[],
  slides: readonly (Slide | null)[],
): { blockers: number[]; fence: number } {
  const own = new Set(steps.map(({ chain }) => chain));
  const slid = new Set(slides.flatMap((slide) => (slide ? [slide.before.chain, slide.after?.chain] : [])));
  const reach = TOLERANCE_MM + SLIDE_MM;
  const [minX, minY, maxX, maxY] = boxOf(line);
  const blockers: number[] = [];
  const add = (points: readonly number[]) => {
    for (let i = 0; i + 3 < points.length; i += 2) {
      const [x0, y0, x1, y1] = [points[i]!, points[i + 1]!, points[i + 2]!, points[i + 3]!];
      if (Math.max(x0, x1) < minX - reach || Math.min(x0, x1) > maxX + reach) continue;
      if (Math.max(y0, y1) < minY - reach || Math.min(y0, y1) > maxY + reach) continue;
      blockers.push(x0, y0, x1, y1);
    }
  };
  for (const chain of chains) {
    if (own.has(chain) || slid.has(chain)) continue;
    const stem = stems.find(({ end }) => end.chain === chain);
    if (!stem) add(chain.points);
    else {
      // the stem's own end gives way to the stroke
      const away = awayFrom(stem.end);
      add(headOf(reversed(away), lengthOf(away) - stemReach(stem)));
    }
  }
  const fence = blockers.length;
  for (const chain of slid) if (chain) add(chain.points);
  return { blockers, fence };
}

function rounded(path: readonly number[]): number[] {
  const points: number[] = [];
  for (let i = 0; i < path.length; i += 2) {
    const [x, y] = [Math.round(path[i]!), Math.round(path[i + 1]!)];
    if (points.at(-2) !== x || points.at(-1) !== y) points.push(x, y);
  }
  return points;
}

/** A stem's line from the stroke outwards, and whether it has been straightened already. */
interface StemLine {
  readonly away: readonly number[];
  readonly settled: boolean;
}

/** Shortens or lengthens the stems so that they end on the stroke's new line; null when one can't. */
function reattached(
  stems: readonly StemLine[],
  next: readonly number[],
  obstacles: readonly Obstacle[],
): Attached[] | null {
  const attached: Attached[] = [];
  let before = 500;
  const total = lengthOf(next);
  for (const { away, settled } of stems) {
    const found = trimmed(away, next) ?? extended(away, next, obstacles, settled);
    if (!found || found.along < before || found.along > total - 500) return null;
    before = found.along + 500;
    attached.push(found);
  }
  return attached;
}

function trimmed(away: readonly number[], next: readonly number[]): Attached | null {
  for (let i = away.length - 4; i >= 0; i -= 2) {
    const [x0, y0, x1, y1] = [away[i]!, away[i + 1]!, away[i + 2]!, away[i + 3]!];
    let [best, found] = [-1, null as Attached | null];
    let along = 0;
    for (let k = 0; k + 3 < next.length; k += 2) {
      const [px, py, qx, qy] = [next[k]!, next[k + 1]!, next[k + 2]!, next[k + 3]!];
      const length = Math.hypot(qx - px, qy - py);
      const [sideP, sideQ] = [
        (x1 - x0) * (py - y0) - (y1 - y0) * (px - x0),
        (x1 - x0) * (qy - y0) - (y1 - y0) * (qx - x0),
      ];
      if (sideP > 0 !== sideQ > 0) {
        const share = sideP / (sideP - sideQ);
        const [x, y] = [px + share * (qx - px), py + share * (qy - py)];
        const t = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / ((x1 - x0) ** 2 + (y1 - y0) ** 2);
        if (t >= 0 && t <= 1 && t > best) {
          best = t;
          const points = [Math.round(x), Math.round(y), ...away.slice(i + 2)];
          if (points.length >= 4 && (points[0] !== points[2] || points[1] !== points[3]))
            found = { points, along: along + share * length };
        }
      }
      along += length;
    }
    if (found) return found;
  }
  return null;
}

function extended(
  away: readonly number[],
  next: readonly number[],
  obstacles: readonly Obstacle[],
  straightOn: boolean,
): Attached | null {
  const [x0, y0] = [away[0]!, away[1]!];
  const options: { x: number; y: number; along: number; distance: number; straight: boolean }[] = [];
  let along = 0;
  const [ux, uy] = [x0 - away[2]!, y0 - away[3]!];
  for (let k = 0; k + 3 < next.length; k += 2) {
    const [px, py, qx, qy] = [next[k]!, next[k + 1]!, next[k + 2]!, next[k + 3]!];
    const [dx, dy] = [qx - px, qy - py];
    const length = Math.hypot(dx, dy);
    const t = Math.max(0, Math.min(1, ((x0 - px) * dx + (y0 - py) * dy) / (length * length)));
    const [x, y] = [px + t * dx, py + t * dy];
    options.push({ x, y, along: along + t * length, distance: Math.hypot(x - x0, y - y0) + 1e6, straight: false });
    const [sideP, sideQ] = [ux * (py - y0) - uy * (px - x0), ux * (qy - y0) - uy * (qx - x0)];
    if (straightOn && sideP > 0 !== sideQ > 0) {
      const share = sideP / (sideP - sideQ);
      const [hx, hy] = [px + share * dx, py + share * dy];
      const ahead = (hx - x0) * ux + (hy - y0) * uy;
      const distance = Math.hypot(hx - x0, hy - y0);
      if (ahead > 0 && distance < 2 * TOLERANCE_MM)
        options.push({ x: hx, y: hy, along: along + share * length, distance, straight: true });
    }
    along += length;
  }
  options.sort((a, b) => a.distance - b.distance);
  for (const option of options) {
    const [x, y] = [Math.round(option.x), Math.round(option.y)];
    if (obstacles.some((obstacle) => segmentEnters(x, y, x0, y0, obstacle))) continue;
    const rest = option.straight || (x === x0 && y === y0) ? away.slice(2) : away;
    if (rest.length >= 2 && (rest[0] !== x || rest[1] !== y)) return { points: [x, y, ...rest], along: option.along };
  }
  return null;
}

function apply(
  stroke: Stroke,
  next: readonly number[],
  slides: readonly [Slide | null, Slide | null],
  stems: readonly Stem[],
  attached: readonly Attached[],
): void {
  moveEnd(nodeOf(firstEnd(stroke)), slides[0], next[0]!, next[1]!);
  moveEnd(nodeOf(lastEnd(stroke)), slides[1], next.at(-2)!, next.at(-1)!);
  let rest = [...next];
  let taken = 0;
  stroke.steps.forEach(({ chain, forward }, i) => {
    const at = attached[i];
    let piece = rest;
    if (at) {
      const [x, y] = [at.points[0]!, at.points[1]!];
      const head = cutAt(rest, at.along - taken, x, y);
      [piece, rest] = head;
      taken = at.along;
      const { node, end } = stems[i]!;
      node.x = x;
      node.y = y;
      end.chain.points = end.atStart ? [...at.points] : reversed(at.points);
    }
    chain.points = forward ? piece : reversed(piece);
  });
}

function cutAt(points: readonly number[], along: number, x: number, y: number): [number[], number[]] {
  let left = along;
  let i = 0;
  for (; i + 5 < points.length; i += 2) {
    const length = Math.hypot(points[i + 2]! - points[i]!, points[i + 3]! - points[i + 1]!);
    if (left <= length) break;
    left -= length;
  }
  const head = [...points.slice(0, i + 2)];
  if (head.at(-2) !== x || head.at(-1) !== y) head.push(x, y);
  const tail = points.slice(i + 2);
  return [head, tail[0] === x && tail[1] === y ? tail : [x, y, ...tail]];
}

/** Puts the node at a place on what it slides along, lengthening one line and shortening the other. */
function moveEnd(node: Node, slide: Slide | null, x: number, y: number): void {
  node.x = x;
  node.y = y;
  if (!slide) return;
  const { before, after } = slide;
  const towards = reversed(awayFrom(before));
  const combined = after ? [...towards, ...awayFrom(after).slice(2)] : towards;
  let [best, along, sum] = [Infinity, 0, 0];
  for (let i = 0; i + 3 < combined.length; i += 2) {
    const [x0, y0, x1, y1] = [combined[i]!, combined[i + 1]!, combined[i + 2]!, combined[i + 3]!];
    const off = distanceToSegment(x, y, x0, y0, x1, y1);
    if (off < best) [best, along] = [off, sum + Math.hypot(x - x0, y - y0)];
    sum += Math.hypot(x1 - x0, y1 - y0);
  }
  const [head, tail] = cutAt(combined, along, x, y);
  before.chain.points = before.atStart ? reversed(head) : head;
  if (after) after.chain.points = after.atStart ? tail : reversed(tail);
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
