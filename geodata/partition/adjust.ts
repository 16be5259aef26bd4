import { recombineSomewhere } from './anneal.ts';
import type { CellGraph } from './cell-graph.ts';
import { geometricStages, STAGES } from './cooling.ts';
import type { CoverLimits } from './exact-cover.ts';
import { growCluster } from './neighbourhoods.ts';
import type { Phase, Search } from './search.ts';
import type { GridRange } from './totals.ts';

const LIMITS: CoverLimits = { atoms: 28, atomsPerGrid: 28, steps: 8000, nodes: 4000 };
const MOST_GRIDS = 7;
const ROUNDS = 2;
const HOT_HOUSEHOLDS = 20;
const COLD_HOUSEHOLDS = 1;
const CELL_STEPS = 8;

/** The existing grids of a part, each connected piece a grid of its own; the heaviest piece continues the grid. */
export function existingPieces(part: CellGraph): { gridOf: Int32Array; gridCount: number; claim: number[] } {
  const gridOf = new Int32Array(part.count).fill(-1);
  const claim: number[] = [];
  const weight: number[] = [];
  const heaviest = new Int32Array(part.originCount).fill(-1);
  for (let first = 0; first < part.count; first++) {
    if (gridOf[first]! >= 0) continue;
    const grid = claim.length;
    const origin = part.origin[first]!;
    let households = 0;
    const stack = [first];
    gridOf[first] = grid;
    for (let v = stack.pop(); v !== undefined; v = stack.pop()) {
      households += part.households[v]!;
      for (let e = part.rowStart[v]!; e < part.rowConnect[v]!; e++) {
        const u = part.neighbour[e]!;
        if (gridOf[u]! >= 0 || part.origin[u] !== origin) continue;
        gridOf[u] = grid;
        stack.push(u);
      }
    }
    claim.push(-1);
    weight.push(households);
    if (origin >= 0 && (heaviest[origin]! < 0 || weight[heaviest[origin]!]! < households)) heaviest[origin] = grid;
  }
  heaviest.forEach((grid, origin) => {
    if (grid >= 0) claim[grid] = origin;
  });
  return { gridOf, gridCount: claim.length, claim };
}

/** True if the existing plan of a part needs nothing: every cell in a grid, each in one piece and within the range. */
export function isCompliant(part: CellGraph, range: GridRange, gridCount: number | null): boolean {
  if (part.origin.includes(-1)) return false;
  const { gridOf, gridCount: pieces } = existingPieces(part);
  if (pieces !== part.originCount || (gridCount !== null && pieces !== gridCount)) return false;
  const households = new Int32Array(pieces);
  gridOf.forEach((grid, v) => {
    households[grid] = households[grid]! + part.households[v]!;
  });
  return households.every((h) => h >= range.least && h <= range.most);
}

/**
 * Repairs an existing plan with the fewest households moved. Only clusters around a grid that is out of range (or in
 * pieces) are divided anew, until none is; then clusters around households that moved, so that fewer do. Several attempts
 * from the existing plan, the best is kept. If no attempt gets every grid into the range, a fresh plan is made.
 */
export function* adjust(search: Search): Generator<Phase, void> {
  const { workspace, effort } = search;
  const { plan, graph } = workspace;
  const existing = existingPieces(graph);
  if (search.fixedCount !== null && existing.gridCount !== search.fixedCount) return yield* search.fresh();
  const unavoidable = leastMoved(graph, workspace.objective.range);
  const attempts = Math.round(1 + effort);
  for (let attempt = 0; attempt < attempts; attempt++) {
    plan.load(existing.gridOf, existing.gridCount, existing.claim);
    search.remember();
    yield* clearViolations(search);
    if (search.hopeless || workspace.violation() === 0) {
      let settled = search.snapshot();
      for (let round = 0; round < ROUNDS; round++) {
        yield* moveFewer(search);
        yield* driftBack(search);
        yield* moveFewer(search);
        const now = search.snapshot();
        if (now.cost < settled.cost) settled = now;
        else plan.load(settled.gridOf, settled.gridCount, settled.claim);
      }
    }
    search.remember();
    search.advance((attempt + 1) / attempts);
    yield 'refine';
    if (search.best?.violation === 0 && movedHouseholds(search) <= unavoidable && attempt > 0) break;
  }
  if (search.best!.violation > 0) yield* search.fresh();
}

/** What exceeds the upper limit must go, whatever else is done. */
function leastMoved(graph: CellGraph, range: GridRange): number {
  const inOrigin = new Int32Array(graph.originCount);
  graph.origin.forEach((origin, v) => {
    if (origin >= 0) inOrigin[origin] = inOrigin[origin]! + graph.households[v]!;
  });
  return inOrigin.reduce((sum, h) => sum + Math.max(0, h - range.most), 0);
}

function movedHouseholds(search: Search): number {
  const { graph } = search.workspace;
  const { gridOf, claim } = search.best!;
  let moved = 0;
  for (let v = 0; v < graph.count; v++) {
    const origin = graph.origin[v]!;
    if (origin >= 0 && claim[gridOf[v]!] !== origin) moved += graph.households[v]!;
  }
  return moved;
}

function* clearViolations(search: Search): Generator<Phase, void> {
  const { workspace, cover, recombiner, effort } = search;
  const { plan, objective, random } = workspace;
  const cluster: number[] = [];
  cover.forget();
  search.finalPrice();
  const tries = Math.round(40 + effort * 20 * plan.gridCount);
  let idle = 0;
  for (let t = 0; t < tries && plan.gridCount > 1; t++) {
    const bad = gridsOutside(search);
    if (bad.length === 0) return;
    const grid = bad[random.below(bad.length)]!;
    const before = workspace.violation();
    // Small clusters first: they move the fewest grids' households.
    const size = 2 + random.below(Math.min(MOST_GRIDS - 1, 1 + Math.floor(t / (2 * bad.length))));
    cover.improve(cluster, growCluster(workspace, grid, size, cluster), LIMITS);
    idle = workspace.violation() < before ? 0 : idle + 1;
    if (idle > 12) {
      // Stuck: let a recombination through that is worse for now.
      objective.setViolationPrice(objective.moved / 25);
      recombineSomewhere(workspace, recombiner, grid % plan.gridCount, 20 * objective.moved);
      search.finalPrice();
      cover.forget();
      idle = 6;
    }
    yield 'repair';
  }
}

function gridsOutside(search: Search): number[] {
  const { plan, objective } = search.workspace;
  const outside: number[] = [];
  for (let grid = 0; grid < plan.gridCount; grid++)
    if (objective.violation(plan.households[grid]!) > 0) outside.push(grid);
  return outside;
}

/** Clusters of few cells are cheap: they can be tried more often in the same time. */
function lightness(search: Search): number {
  const { graph, plan } = search.workspace;
  return Math.max(1, Math.min(5, Math.floor((30 * plan.gridCount) / graph.count)));
}

/** The nodes that are not in the grid that continues theirs. */
function movedNodes(search: Search): number[] {
  const { plan, graph } = search.workspace;
  const moved: number[] = [];
  for (let v = 0; v < graph.count; v++) if (plan.claim[plan.gridOf[v]!] !== graph.origin[v]) moved.push(v);
  return moved;
}

/** A grid that has to do with a moved node: the one it is in, or the one it came from. */
function grieved(search: Search, moved: readonly number[]): number {
  const { plan, graph, random } = search.workspace;
  const v = moved[random.below(moved.length)]!;
  const from = graph.origin[v]! < 0 ? -1 : plan.claimant[graph.origin[v]!]!;
  return from >= 0 && random.chance(50) ? from : plan.gridOf[v]!;
}

/**
 * A short annealing around the households that moved. Its temperature is a number of households, so that grids nobody left
 * are hardly touched; recombination finds new divisions of the large old grids, single cells settle the remainders.
 */
function* driftBack(search: Search): Generator<Phase, void> {
  const { workspace, recombiner, moves, effort } = search;
  const { plan, objective, graph } = workspace;
  search.finalPrice();
  moves.descend();
  search.remember();
  let moved = movedNodes(search);
  const touched = new Set(moved.map((v) => plan.gridOf[v]!)).size;
  const steps = Math.round(effort * 15 * (1 + touched) * lightness(search));
  // A tower doesn't move at a temperature for cottages.
  const hot = Math.max(HOT_HOUSEHOLDS, graph.total / graph.count / 2);
  const temperatures = geometricStages(hot * objective.moved, COLD_HOUSEHOLDS * objective.moved);
  for (let step = 0; step < steps && moved.length > 0 && plan.gridCount > 1; step++) {
    const temperature = temperatures[Math.floor((step * STAGES) / steps)]!;
    recombineSomewhere(workspace, recombiner, grieved(search, moved), temperature);
    for (let i = 0; i < CELL_STEPS; i++) moves.step(temperature);
    moved = movedNodes(search);
    if (step % 16 === 15) {
      search.remember();
      yield 'refine';
    }
  }
  moves.descend();
}

/** Works on clusters around nodes that left their grid: the grid they are in, or the one they came from. */
function* moveFewer(search: Search): Generator<Phase, void> {
  const { workspace, cover, effort } = search;
  const { plan, random } = workspace;
  const cluster: number[] = [];
  cover.forget();
  search.finalPrice();
  let moved = movedNodes(search);
  const touched = new Set(moved.map((v) => plan.gridOf[v]!)).size;
  const tries = Math.round(effort * 5 * (2 + touched) * lightness(search));
  for (let t = 0; t < tries && moved.length > 0 && plan.gridCount > 1; t++) {
    const count = growCluster(workspace, grieved(search, moved), 2 + random.below(MOST_GRIDS - 1), cluster);
    if (!cover.improve(cluster, count, LIMITS) && count > 2) cover.improve(cluster, count - 1, LIMITS);
    if (t % 8 === 7) search.moves.descend(2);
    moved = movedNodes(search);
    yield 'refine';
  }
}
