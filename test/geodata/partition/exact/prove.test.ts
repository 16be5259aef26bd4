import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proveFewestMoved, proveLeastCost } from '../../../../geodata/partition/exact/prove.ts';
import { type PartitionOptions, type PartitionProblem, scorePlan } from '../../../../geodata/partition/index.ts';
import { loadHighs } from '../../../../scripts/benchmark/highs.ts';
import { draw, drawPlan, optionsWith } from '../draw.ts';
import { everyPlan } from '../every-plan.ts';

const solveLinear = await loadHighs();

/** Of all plans: the first, the least cost and the fewest households moved. */
function allPlans(problem: PartitionProblem, options: PartitionOptions) {
  const plans: (readonly number[])[] = [];
  everyPlan(problem, options, (plan) => plans.push([...plan]));
  const scores = plans.map((plan) => scorePlan(problem, options, plan));
  return {
    first: plans[0],
    leastM: Math.min(...scores.map(({ totalM }) => totalM)),
    fewestMoved: Math.min(...scores.map(({ movedHouseholds }) => movedHouseholds)),
  };
}

const problems = fc
  .array(
    fc.array(fc.tuple(fc.integer({ min: 60, max: 240 }), fc.constantFrom('', 'a', 'b', 'c')), {
      minLength: 4,
      maxLength: 4,
    }),
    { minLength: 3, maxLength: 3 },
  )
  .map((rows) =>
    draw(rows.map((row) => row.map(([count, compound]) => `${count}${compound}`).join(' ')).join('\n = = = =\n')),
  );

describe('the exact mode', () => {
  it('finds the cheapest of all plans, starting from any', () => {
    fc.assert(
      fc.property(problems, fc.boolean(), (problem, fixed) => {
        const total = problem.cells.reduce((sum, cell) => sum + cell.householdCount, 0);
        const options = optionsWith(fixed ? { gridCount: Math.ceil(total / 450) } : {});
        const { first, leastM } = allPlans(problem, options);
        fc.pre(first !== undefined);
        const proof = proveLeastCost(problem, options, first!, solveLinear)!;
        expect(proof.bound).toBeCloseTo(leastM, 3);
        expect(scorePlan(problem, options, proof.gridOfCell!).totalM).toBeCloseTo(leastM, 3);
      }),
      { numRuns: 25 },
    );
  });

  it('knows the fewest households that have to move', () => {
    fc.assert(
      fc.property(
        problems,
        fc.array(fc.integer({ min: -1, max: 3 }), { minLength: 12, maxLength: 12 }),
        (problem, existing) => {
          const options = optionsWith({ mode: 'adjust', existing });
          const { first, fewestMoved } = allPlans(problem, options);
          fc.pre(first !== undefined);
          const proof = proveFewestMoved(problem, options, first!, solveLinear)!;
          expect(proof.bound).toBe(fewestMoved);
          expect(scorePlan(problem, options, proof.gridOfCell!).movedHouseholds).toBe(fewestMoved);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('improves on a plan drawn badly', () => {
    const problem = draw(`
      100a 100a 100b 100b
      100a 100a 100b 100b
      100c 100c 100d 100d
      100c 100c 100d 100d
    `);
    const bad = drawPlan(`
      A B C D
      A B C D
      A B C D
      A B C D
    `);
    const proof = proveLeastCost(problem, optionsWith(), bad, solveLinear)!;
    expect(scorePlan(problem, optionsWith(), bad).compoundSplits).toBe(4);
    expect(proof.gridOfCell).toEqual(drawPlan('A A B B A A B B C C D D C C D D'));
    expect(proof.bound).toBe(8 * 50);
  });
});
