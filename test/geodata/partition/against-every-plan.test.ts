import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type PartitionOptions,
  type PartitionProblem,
  runToEnd,
  scorePlan,
  solve,
} from '../../../geodata/partition/index.ts';
import { draw, optionsWith } from './draw.ts';
import { everyPlan } from './every-plan.ts';

const cell = fc.tuple(
  fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 20, max: 260 }) }, { weight: 1, arbitrary: fc.constant(0) }),
  fc.constantFrom('', '', 'a', 'b', 'c'),
);
/** Communities of up to 12 cells with compounds, empty cells, holes, roads and rivers. */
const community = fc
  .tuple(fc.integer({ min: 2, max: 4 }), fc.integer({ min: 1, max: 3 }))
  .chain(([width, height]) =>
    fc.tuple(
      fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
      fc.constantFrom('', '', '=', '~'),
      fc.integer({ min: 1, max: 2 }),
    ),
  )
  .map(([rows, barrier, barrierRow]) => {
    const lines = rows.map((row) => row.map(([count, compound]) => `${count}${compound}`).join(' '));
    if (barrier && lines.length > barrierRow) lines.splice(barrierRow, 0, rows[0]!.map(() => barrier).join(' '));
    return draw(lines.join('\n'));
  })
  .filter((problem) => problem.cells.some(({ householdCount }) => householdCount > 0));

function bestOfAll(problem: PartitionProblem, options: PartitionOptions): { totalM: number; moved: number } | null {
  let best: { totalM: number; moved: number } | null = null;
  everyPlan(problem, options, (plan) => {
    const { totalM, movedHouseholds: moved } = scorePlan(problem, options, plan);
    if (!best || moved < best.moved || (moved === best.moved && totalM < best.totalM)) best = { totalM, moved };
  });
  return best;
}

describe('on communities small enough to try every plan', () => {
  it('a plan is found exactly when there is one, never beaten; without one there is a proof', () => {
    fc.assert(
      fc.property(community, (drawn) => {
        // Cells without households are attached first, so the optimum is only promised without them.
        const problem = { ...drawn, cells: drawn.cells.map((c) => ({ ...c, householdCount: c.householdCount || 7 })) };
        const options = optionsWith({ forbiddenBarriers: ['river'] });
        const best = bestOfAll(problem, options);
        const outcome = runToEnd(solve(problem, options));
        expect(outcome.status).toBe(best ? 'feasible' : 'infeasible');
        if (best) expect(outcome.score.totalM).toBeCloseTo(best.totalM, 0);
        else expect(outcome.reasons.length).toBeGreaterThan(0);
      }),
      { numRuns: 400 },
    );
  });

  it('cells without households never make a difference to whether there is a plan', () => {
    fc.assert(
      fc.property(community, (problem) => {
        const options = optionsWith({ forbiddenBarriers: ['river'] });
        let exists = false;
        everyPlan(problem, options, () => {
          exists = true;
        });
        const outcome = runToEnd(solve(problem, options));
        // An empty cell cut off by a river follows a neighbour across it, which "every plan" does not allow.
        if (exists) expect(outcome.status).toBe('feasible');
      }),
      { numRuns: 200 },
    );
  });

  it('adjusting moves no household more than the best of all plans', () => {
    fc.assert(
      fc.property(
        community,
        fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 12, maxLength: 12 }),
        (drawn, old) => {
          const problem = {
            ...drawn,
            cells: drawn.cells.map((c) => ({ ...c, householdCount: c.householdCount || 7 })),
          };
          const existing = problem.cells.map((_, i) => old[i]!);
          const options = optionsWith({ mode: 'adjust', existing });
          const best = bestOfAll(problem, options);
          const outcome = runToEnd(solve(problem, options));
          expect(outcome.status).toBe(best ? 'feasible' : 'infeasible');
          if (best) expect(outcome.score.movedHouseholds).toBe(best.moved);
        },
      ),
      { numRuns: 300 },
    );
  });
});
