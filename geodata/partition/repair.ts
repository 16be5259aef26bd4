import { recombineSomewhere } from './anneal.ts';
import type { BoundaryMoves } from './boundary-moves.ts';
import { geometricStages, STAGES } from './cooling.ts';
import type { Solution } from './crossover.ts';
import type { Recombiner } from './recombine.ts';
import type { Workspace } from './workspace.ts';

const RECOMBINE_EVERY = 12;

/** Temperatures in metres and prices in metres for a household outside the range, first and last. */
export interface Heat {
  readonly hot: number;
  readonly cold: number;
  readonly lenient: number;
  readonly strict: number;
}

/** Looks around the plan as it is: what is beautiful about it mostly stays. */
export const GENTLE: Heat = { hot: 400, cold: 40, lenient: 60, strict: 1000 };
/** Everything may change: soft costs are noise beside the households outside the range. */
export const FIERCE: Heat = { hot: 3000, cold: 100, lenient: 1000, strict: 1000 };

/**
 * For totals without slack (five grids from 5 × 499): cells change sides and places one by one, now and then two grids are
 * recombined. Grids outside the range are worked on first. Keeps the plan with the least violation it met.
 */
export function* repair(
  workspace: Workspace,
  moves: BoundaryMoves,
  recombiner: Recombiner,
  steps: number,
  heat: Heat,
): Generator<void, void> {
  const { plan, objective, random } = workspace;
  const temperatures = geometricStages(heat.hot * 100, heat.cold * 100);
  const prices = geometricStages(heat.lenient, heat.strict);
  let least = Infinity;
  let best: Pick<Solution, 'gridOf' | 'gridCount' | 'claim'> | null = null;
  let stage = -1;
  for (let step = 0; step < steps && least > 0 && plan.gridCount > 1; step++) {
    const now = Math.floor((step * STAGES) / steps);
    if (now !== stage) {
      stage = now;
      objective.setViolationPrice(prices[stage]!);
    }
    const temperature = temperatures[stage]!;
    if (step % RECOMBINE_EVERY === 0) {
      let grid = random.below(plan.gridCount);
      for (let t = 0; t < 3 && objective.violation(plan.households[grid]!) === 0; t++)
        grid = random.below(plan.gridCount);
      recombineSomewhere(workspace, recombiner, grid, temperature);
    } else moves.step(temperature);
    if (step % 8 === 0) {
      const violation = workspace.violation();
      if (violation < least) {
        least = violation;
        best = {
          gridOf: Int32Array.from(plan.gridOf),
          gridCount: plan.gridCount,
          claim: Int32Array.from(plan.claim.subarray(0, plan.gridCount)),
        };
      }
    }
    if (step % 256 === 255) yield;
  }
  if (best && workspace.violation() > least) plan.load(best.gridOf, best.gridCount, best.claim);
}

/**
 * The same moves with the range kept strictly, for beauty: exchanges of cells are what is left where totals have no slack.
 * Ends where it ends; the caller keeps the better plan.
 */
export function* polish(workspace: Workspace, moves: BoundaryMoves, steps: number): Generator<void, void> {
  workspace.objective.setViolationPrice(10_000);
  const temperatures = geometricStages(250 * 100, 8 * 100);
  for (let step = 0; step < steps && workspace.plan.gridCount > 1; step++) {
    moves.step(temperatures[Math.floor((step * STAGES) / steps)]!);
    if (step % 256 === 255) yield;
  }
}
