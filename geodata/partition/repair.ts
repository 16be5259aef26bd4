import { recombineSomewhere } from './anneal.ts';
import type { BoundaryMoves } from './boundary-moves.ts';
import { geometricStages, STAGES } from './cooling.ts';
import type { Recombiner } from './recombine.ts';
import type { Workspace } from './workspace.ts';

const RECOMBINE_EVERY = 12;

/**
 * For totals without slack (five grids from 5 × 499): cells change sides and places one by one in a hot annealing whose
 * soft costs are mere noise beside the households outside the range. Keeps the least violation met; stops at none.
 */
export function* repair(
  workspace: Workspace,
  moves: BoundaryMoves,
  recombiner: Recombiner,
  steps: number,
): Generator<void, void> {
  const { plan, objective, random, graph } = workspace;
  objective.setViolationPrice(1000);
  const temperatures = geometricStages(300_000, 10_000);
  let least = workspace.violation();
  const best = Int32Array.from(plan.gridOf);
  let bestCount = plan.gridCount;
  const bestClaim = Int32Array.from(plan.claim);
  for (let step = 0; step < steps && least > 0 && plan.gridCount > 1; step++) {
    const temperature = temperatures[Math.floor((step * STAGES) / steps)]!;
    if (step % RECOMBINE_EVERY === 0) {
      let grid = random.below(plan.gridCount);
      for (let t = 0; t < 3 && objective.violation(plan.households[grid]!) === 0; t++)
        grid = random.below(plan.gridCount);
      recombineSomewhere(workspace, recombiner, grid, temperature);
    } else moves.step(temperature);
    if (step % 8 === 0) {
      const now = workspace.violation();
      if (now < least) {
        least = now;
        for (let v = 0; v < graph.count; v++) best[v] = plan.gridOf[v]!;
        bestClaim.set(plan.claim);
        bestCount = plan.gridCount;
      }
    }
    if (step % 256 === 255) yield;
  }
  if (workspace.violation() > least) plan.load(best, bestCount, bestClaim);
}
