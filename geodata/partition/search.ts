import { anneal } from './anneal.ts';
import { bisect } from './bisection.ts';
import { BoundaryMoves } from './boundary-moves.ts';
import { cross, type Solution } from './crossover.ts';
import { type CoverLimits, ExactCover } from './exact-cover.ts';
import { improveNeighbourhoods } from './neighbourhoods.ts';
import type { Progress } from './options.ts';
import { Recombiner } from './recombine.ts';
import { repair } from './repair.ts';
import type { Workspace } from './workspace.ts';

const REFINE: CoverLimits = { atoms: 26, steps: 2500, nodes: 1500 };

export type Phase = Progress['phase'];
/** Metres for a household outside the range in the end; while adjusting, more than moving a thousand households. */
const FINAL_PRICE_M = 10_000;

/** The search of one connected part, stage by stage. Yields the phase it is in; the best plan is `best`. */
export class Search {
  best: Solution | null = null;
  /** How much of the work is done, 0 … 1. */
  done = 0;
  readonly recombiner: Recombiner;
  readonly moves: BoundaryMoves;
  readonly cover: ExactCover;

  constructor(
    readonly workspace: Workspace,
    readonly effort: number,
    readonly fixedCount: number | null,
    readonly hopeless: boolean,
  ) {
    this.recombiner = new Recombiner(workspace);
    this.moves = new BoundaryMoves(workspace);
    this.cover = new ExactCover(workspace);
  }

  /**
   * One cycle for each unit of effort: a few starts, the best of them finished and crossed with each other and with the best
   * plan of the cycles before. More effort repeats what less effort did, and goes on: it is never worse.
   */
  *fresh(): Generator<Phase, void> {
    const cycles = Math.max(1, Math.round(this.effort));
    for (let cycle = 0; cycle < cycles; cycle++) {
      yield* this.cycle();
      this.advance((cycle + 1) / cycles);
    }
  }

  private *cycle(): Generator<Phase, void> {
    const { workspace } = this;
    const { plan, graph, objective } = workspace;
    const large = graph.total / objective.target > 110;
    const effort = Math.min(1, this.effort);
    const pool: Solution[] = [];
    const elite = this.best;
    for (const [i, count] of this.startCounts().entries()) {
      if (large && i > 0) break;
      yield* as('start', bisect(workspace, count, 6));
      this.remember();
      const steps = Math.round(effort * (large ? 70 : 20) * plan.gridCount) + 60;
      const schedule = { steps, hot: 100, cold: large ? 6 : 20, lenient: 30, strict: 300 };
      yield* as('recombine', anneal(workspace, this.recombiner, schedule));
      objective.setViolationPrice(1000);
      this.moves.descend();
      pool.push(this.snapshot());
      this.remember();
    }
    pool.sort((a, b) => a.cost - b.cost);
    const finished: Solution[] = elite ? [elite] : [];
    for (const start of pool.slice(0, large ? 1 : 2)) {
      plan.load(start.gridOf, start.gridCount, start.claim);
      yield* this.finish(large, effort);
      finished.push(this.snapshot());
      this.remember();
    }
    yield* this.crossAll(finished);
  }

  /** Crosses the plans into the best of them, one after the other. */
  private *crossAll(finished: readonly Solution[]): Generator<Phase, void> {
    const sorted = [...finished].sort((a, b) => a.cost - b.cost);
    this.finalPrice();
    let best = sorted[0]!;
    for (const other of sorted.slice(1)) {
      if (!cross(this.workspace, best, other)) continue;
      best = this.snapshot();
      this.remember();
      yield 'cross';
    }
  }

  /** Continues from a plan that came from elsewhere. */
  *from(gridOf: ArrayLike<number>, gridCount: number): Generator<Phase, void> {
    this.workspace.plan.load(gridOf, gridCount);
    this.remember();
    this.finalPrice();
    yield* as('refine', improveNeighbourhoods(this.workspace, this.cover, 6 * gridCount, 4, REFINE));
    this.moves.descend();
    this.remember();
  }

  /** Progress never goes back. */
  advance(done: number): void {
    this.done = Math.max(this.done, Math.min(1, done));
  }

  private *finish(large: boolean, effort: number): Generator<Phase, void> {
    const { workspace, recombiner, moves, cover } = this;
    const { plan, objective } = workspace;
    if (!large) {
      const steps = Math.round(effort * 25 * plan.gridCount) + 60;
      yield* as('recombine', anneal(workspace, recombiner, { steps, hot: 60, cold: 6, lenient: 200, strict: 1000 }));
    }
    objective.setViolationPrice(1000);
    moves.descend();
    const rounds = Math.round(effort * (large ? 5 : 7) * plan.gridCount);
    yield* as('refine', improveNeighbourhoods(workspace, cover, rounds, 6, REFINE));
    if (workspace.violation() > 0) yield* this.repairTight();
    this.finalPrice();
    moves.descend();
  }

  /** Up to four hotter and longer attempts at a plan within the range, then some polish. */
  private *repairTight(): Generator<Phase, void> {
    const { workspace, effort, recombiner, moves, cover } = this;
    const { plan } = workspace;
    for (let attempt = 1; attempt <= (this.hopeless ? 1 : 4) && workspace.violation() > 0; attempt++) {
      yield* as('repair', repair(workspace, moves, recombiner, Math.round(effort * 4000 * attempt)));
      this.finalPrice();
      moves.descend();
      if (workspace.violation() > 0)
        yield* as(
          'repair',
          improveNeighbourhoods(workspace, cover, 2 * plan.gridCount, 5, { atoms: 26, steps: 8000, nodes: 3000 }),
        );
    }
    if (workspace.violation() === 0) {
      const steps = Math.round(effort * 40 * plan.gridCount) + 200;
      yield* as('repair', anneal(workspace, recombiner, { steps, hot: 150, cold: 8, lenient: 1000, strict: 1000 }));
      this.finalPrice();
      moves.descend();
      yield* as(
        'repair',
        improveNeighbourhoods(workspace, cover, 3 * plan.gridCount, 4, { atoms: 22, steps: 3000, nodes: 1500 }),
      );
    }
  }

  finalPrice(): void {
    const { objective } = this.workspace;
    objective.setViolationPrice(Math.max(FINAL_PRICE_M, 10 * objective.moved), this.hopeless);
  }

  /** The optimum's number of grids is often a few percent under total / target: fewer grids, less border. */
  private startCounts(): number[] {
    const { graph, objective } = this.workspace;
    if (this.fixedCount !== null) return [this.fixedCount, this.fixedCount, this.fixedCount];
    const fewest = Math.max(1, Math.ceil(graph.total / objective.range.most));
    const most = Math.max(fewest, Math.floor(graph.total / objective.range.least));
    const clamp = (k: number): number => Math.max(fewest, Math.min(most, k));
    const middle = clamp(Math.round((0.95 * graph.total) / objective.target));
    return [
      middle,
      clamp(middle + Math.max(1, Math.round(0.03 * middle))),
      clamp(middle - Math.max(1, Math.round(0.04 * middle))),
    ];
  }

  snapshot(): Solution {
    const { plan } = this.workspace;
    this.finalPrice();
    return {
      gridOf: Int32Array.from(plan.gridOf),
      gridCount: plan.gridCount,
      claim: Int32Array.from(plan.claim.subarray(0, plan.gridCount)),
      violation: this.workspace.violation(),
      cost: this.workspace.cost(),
    };
  }

  /** Keeps the plan if it is the best so far. */
  remember(): void {
    const now = this.snapshot();
    if (!this.best || now.cost < this.best.cost) this.best = now;
  }
}

function* as(phase: Phase, steps: Generator<void, void>): Generator<Phase, void> {
  for (const _ of steps) yield phase;
}
