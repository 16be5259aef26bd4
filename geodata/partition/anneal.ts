import { geometricStages, STAGES } from './cooling.ts';
import type { Recombiner } from './recombine.ts';
import type { Workspace } from './workspace.ts';

export interface Schedule {
  readonly steps: number;
  /** Temperatures in metres, first and last. */
  readonly hot: number;
  readonly cold: number;
  /** Price in metres of a household outside the range, first and last. */
  readonly lenient: number;
  readonly strict: number;
}

const STEPS_BETWEEN_YIELDS = 32;

/**
 * Recombination annealing: mostly two neighbouring grids are divided anew, sometimes three, sometimes two become three,
 * three two, or two one, so that the number of grids finds itself.
 */
export function* anneal(workspace: Workspace, recombiner: Recombiner, schedule: Schedule): Generator<void, void> {
  const { plan, random, objective } = workspace;
  const temperatures = geometricStages(schedule.hot * 100, schedule.cold * 100);
  const prices = geometricStages(schedule.lenient, schedule.strict);
  let stage = -1;
  for (let step = 0; step < schedule.steps && plan.gridCount > 1; step++) {
    const now = Math.floor((step * STAGES) / schedule.steps);
    if (now !== stage) {
      stage = now;
      objective.setViolationPrice(prices[stage]!);
    }
    recombineSomewhere(workspace, recombiner, random.below(plan.gridCount), temperatures[stage]!);
    if (step % STEPS_BETWEEN_YIELDS === STEPS_BETWEEN_YIELDS - 1) yield;
  }
}

const cluster: number[] = [];
const found: number[] = [];

/** Draws one of the moves around a grid and tries it. */
export function recombineSomewhere(
  workspace: Workspace,
  recombiner: Recombiner,
  grid: number,
  temperature: number,
): void {
  const { plan, random, objective, countFixed } = workspace;
  const { least, most } = objective.range;
  cluster[0] = grid;
  const neighbours = workspace.neighbourGrids(cluster, 1, found);
  if (neighbours === 0) return;
  cluster[1] = found[random.below(neighbours)]!;
  const two = plan.households[cluster[0]!]! + plan.households[cluster[1]!]!;
  const slack = (most - least) / 5;
  const roll = random.below(100);
  if (roll < 10) {
    const around = workspace.neighbourGrids(cluster, 2, found);
    if (around === 0) return;
    cluster[2] = found[random.below(around)]!;
    const three = two + plan.households[cluster[2]!]!;
    if (!countFixed && roll < 6 && three <= 2 * most + slack) recombiner.run(cluster, 3, 2, 2, temperature);
    else recombiner.run(cluster, 3, 3, 1, temperature);
  } else if (!countFixed && roll < 14 && two >= 3 * least - slack) recombiner.run(cluster, 2, 3, 1, temperature);
  else if (!countFixed && roll < 50 && two <= most) recombiner.run(cluster, 2, 1, 1, temperature);
  else recombiner.run(cluster, 2, 2, 2, temperature);
}
