import { anneal } from './anneal.ts';
import { bisect } from './bisection.ts';
import { BoundaryMoves } from './boundary-moves.ts';
import { cross, type Solution } from './crossover.ts';
import { type CoverLimits, ExactCover } from './exact-cover.ts';
import { improveNeighbourhoods } from './neighbourhoods.ts';
import type { Progress } from './options.ts';
import { Recombiner } from './recombine.ts';
import { FIERCE, GENTLE, polish, repair } from './repair.ts';
import type { Workspace } from './workspace.ts';

/** Limits of the neighbourhoods: the usual, for what is out of range, and for totals without slack. */
const REFINE: CoverLimits = { atoms: 28, atomsPerGrid: 4.6, steps: 2500, nodes: 1500 };
const THOROUGH: CoverLimits = { atoms: 26, atomsPerGrid: 4.6, steps: 8000, nodes: 3000 };
const DETAILED: CoverLimits = { atoms: 28, atomsPerGrid: 6, steps: 20_000, nodes: 4000 };
const MOST_GRIDS = 8;
/** A number of grids is tight if they have on average less of the range than this to spare. */
const TIGHT_SHARE = 0.08;
/** Plans kept to cross new ones with. */
const MOST_ELITE = 4;

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
   * Cycles, so many for each unit of effort: a start, annealed, its neighbourhoods improved, then crossed with the best plans
   * before it. More effort repeats what less effort did, and goes on: it is never worse.
   */
  *fresh(): Generator<Phase, void> {
    const large = this.isLarge();
    const cycles = Math.max(1, Math.round(this.effort * this.cyclesPerEffort()));
    const counts = this.startCounts();
    const elite: Solution[] = this.best ? [this.best] : [];
    for (let cycle = 0; cycle < cycles; cycle++) {
      yield* this.cycle(counts[cycle % counts.length]!, large);
      elite.push(this.snapshot());
      yield* this.crossAll(elite);
      const crossed = this.snapshot();
      if (elite.every((other) => other.cost !== crossed.cost)) elite.push(crossed);
      elite.sort((a, b) => a.cost - b.cost);
      elite.length = Math.min(elite.length, MOST_ELITE);
      this.advance((cycle + 1) / cycles);
    }
  }

  /** Small communities get more cycles for the same time; a usual one of 200 cells takes some 25 ms a cycle. */
  private cyclesPerEffort(): number {
    const { graph } = this.workspace;
    if (this.isLarge()) return 1;
    return graph.count > 400 ? 5 : Math.max(3, Math.min(8, Math.round(700 / graph.count)));
  }

  /** So many grids that one long cycle, which improves every corner by itself, beats several. */
  private isLarge(): boolean {
    const { graph, objective } = this.workspace;
    return graph.total / objective.target > 110;
  }

  /** Does the number of grids leave each of them only a few households to spare? */
  private isTight(): boolean {
    const { graph, objective } = this.workspace;
    const { least, most } = objective.range;
    const k = this.fixedCount ?? Math.max(1, Math.round(graph.total / objective.target));
    return Math.min(most - graph.total / k, graph.total / k - least) < TIGHT_SHARE * (most - least);
  }

  private *cycle(gridCount: number, large: boolean): Generator<Phase, void> {
    const { workspace, recombiner, moves, cover } = this;
    const { plan, objective } = workspace;
    const effort = Math.min(1, this.effort);
    yield* as('start', bisect(workspace, gridCount, 6));
    this.remember();
    const steps = Math.round(effort * (large ? 40 : 30) * plan.gridCount) + 60;
    const schedule = { steps, hot: 100, cold: 8, lenient: 30, strict: 1000 };
    yield* as('recombine', anneal(workspace, recombiner, schedule));
    objective.setViolationPrice(1000);
    moves.descend();
    this.remember();
    const rounds = Math.round(effort * (large ? 15 : 6) * plan.gridCount);
    yield* as('refine', improveNeighbourhoods(workspace, cover, rounds, MOST_GRIDS, REFINE));
    if (workspace.violation() > 0) yield* this.repairTight();
    else if (this.isTight()) yield* this.polishTight();
    this.finalPrice();
    moves.descend();
    this.remember();
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

  /** Two gentle attempts at a plan within the range, then fiercer and longer ones. */
  private *repairTight(): Generator<Phase, void> {
    const { workspace, recombiner, moves, cover } = this;
    const { plan } = workspace;
    const effort = Math.min(1, this.effort);
    const attempts = this.hopeless ? 1 : 5;
    for (let attempt = 1; attempt <= attempts && workspace.violation() > 0; attempt++) {
      const heat = attempt <= 2 ? GENTLE : FIERCE;
      yield* as('repair', repair(workspace, moves, recombiner, Math.round(effort * 3000 * attempt), heat));
      this.finalPrice();
      moves.descend();
      if (workspace.violation() > 0 && attempt > 1)
        yield* as('repair', improveNeighbourhoods(workspace, cover, 2 * plan.gridCount, 5, THOROUGH));
    }
    this.remember();
    if (workspace.violation() > 0) return;
    yield* this.polishTight();
  }

  /** Exchanges cells and divides pairs and triples of grids anew in fine detail: few sums fit, so many sets can be looked at. */
  private *polishTight(): Generator<Phase, void> {
    const { workspace, moves, cover } = this;
    const { plan } = workspace;
    const effort = Math.min(1, this.effort);
    for (let round = 0; round < 2; round++) {
      const before = this.snapshot();
      if (round > 0) yield* as('repair', polish(workspace, moves, Math.round(effort * 4000)));
      this.finalPrice();
      moves.descend();
      yield* as('repair', improveNeighbourhoods(workspace, cover, 6 * plan.gridCount, 5, DETAILED));
      if (this.snapshot().cost > before.cost) plan.load(before.gridOf, before.gridCount, before.claim);
      else this.remember();
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
