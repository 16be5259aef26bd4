import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type GridOfCell,
  type PartitionOptions,
  type PartitionProblem,
  runToEnd,
  scorePlan,
  solve,
} from '../../../geodata/partition/index.ts';
import { draw, drawPlan, optionsWith } from './draw.ts';
import { piecesOf } from './every-plan.ts';

const plan = (problem: PartitionProblem, options: Partial<PartitionOptions> = {}) =>
  runToEnd(solve(problem, optionsWith(options)));

/** A plan as letters in the order of the cells. */
const letters = (gridOfCell: GridOfCell): string =>
  gridOfCell.map((grid) => (grid < 0 ? '.' : String.fromCharCode(65 + grid))).join(' ');

function expectConnectedPartition(problem: PartitionProblem, options: PartitionOptions, gridOfCell: GridOfCell): void {
  expect(gridOfCell).toHaveLength(problem.cells.length);
  const members = new Map<number, number[]>();
  gridOfCell.forEach((grid, cell) => {
    expect(grid).toBeGreaterThanOrEqual(0);
    members.set(grid, [...(members.get(grid) ?? []), cell]);
  });
  expect([...members.keys()].sort((a, b) => a - b)).toEqual([...members.keys()].map((_, i) => i));
  for (const cells of members.values()) expect(piecesOf(problem, options, cells)).toBe(1);
}

/** A rectangle of cells with random households and compounds of 2 × 2, a road down the middle. */
function town(width: number, height: number, random: (most: number) => number): PartitionProblem {
  const rows = Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => {
      const compound = String.fromCharCode(97 + (((x >> 1) + (y >> 1) * 5) % 26));
      const households = random(9) === 0 ? 0 : 15 + random(60);
      return `${households}${random(3) > 0 ? compound : ''}`;
    }),
  );
  return draw(rows.map((row) => [...row.slice(0, width >> 1), '=', ...row.slice(width >> 1)].join(' ')).join('\n'));
}
const towns = fc.record({
  width: fc.integer({ min: 4, max: 9 }),
  height: fc.integer({ min: 4, max: 9 }),
  bits: fc.infiniteStream(fc.nat(1_000_000)),
});
const drawTown = ({ width, height, bits }: { width: number; height: number; bits: Iterator<number> }) =>
  town(width, height, (most) => bits.next().value % most);

describe('a fresh plan', () => {
  it('keeps compounds whole and follows the road', () => {
    const problem = draw(`
      100a 100a = 100c 100c
      100a 100a = 100c 100c
    `);
    expect(letters(plan(problem).gridOfCell)).toBe('A A B B A A B B');
  });

  it('does not cross a forbidden river', () => {
    const problem = draw(`
      200 ~ 150
      200 ~ 250
    `);
    const outcome = plan(problem, { forbiddenBarriers: ['river'] });
    expect(outcome.status).toBe('feasible');
    expect(letters(outcome.gridOfCell)).toBe('A B A B');
  });

  it('has the fewest grids where fewest are preferred', () => {
    const problem = draw('170 160 170 165 165 170 160 170 170');
    expect(plan(problem, { prefer: 'fewest' }).score.gridCount).toBe(3);
    const thin = draw('125 125 125 125 125 125 125 125 125 125 125 125');
    expect(plan(thin, { prefer: 'fewest' }).score.gridCount).toBe(3);
    expect(plan(thin, { target: 375, prefer: 'balanced' }).score.gridCount).toBe(4);
  });

  it('has exactly as many grids as asked for', () => {
    const problem = draw('100 100 100 100 100 100 100 100 100 100 100 100');
    expect(plan(problem, { gridCount: 3 }).score.gridCount).toBe(3);
    expect(plan(problem, { gridCount: 4 }).score.gridCount).toBe(4);
  });

  it('leaves locked grids alone and empty cells somewhere sensible', () => {
    const problem = draw(`
      200 120 0   100 200
      100 150 100 100 0
    `);
    const existing = drawPlan('A . . . . A A . . .');
    const outcome = plan(problem, { existing, lockedGrids: [0] });
    expect(outcome.status).toBe('feasible');
    const lockedCells = [0, 5, 6];
    const grid = outcome.gridOfCell[0];
    expect(outcome.gridOfCell.flatMap((g, cell) => (g === grid ? [cell] : []))).toEqual(lockedCells);
    expect(outcome.gridOfCell).not.toContain(-1);
  });

  it('follows the caller’s weights: a pair that belongs together, a border that is wanted', () => {
    const problem = draw('100 100 100 100 100 100 100');
    const apart = plan(problem, { affinity: problem.edges.map((_, i) => (i === 2 ? -5000 : 0)) });
    expect(letters(apart.gridOfCell)).toBe('A A A B B B B');
    const together = plan(problem, { pairs: [{ a: 0, b: 3, weightM: 5000 }] });
    expect(together.gridOfCell[0]).toBe(together.gridOfCell[3]);
  });

  it('is a partition into connected grids, the same for the same seed, whatever the order of the input', () => {
    fc.assert(
      fc.property(
        towns,
        fc.infiniteStream(fc.nat(1_000_000)),
        fc.integer({ min: 1, max: 99 }),
        (given, shuffle, seed) => {
          const problem = drawTown(given);
          fc.pre(problem.cells.some(({ householdCount }) => householdCount > 0));
          const options = optionsWith({ seed });
          const outcome = runToEnd(solve(problem, options));
          expectConnectedPartition(problem, options, outcome.gridOfCell);
          expect(runToEnd(solve(problem, options))).toEqual(outcome);

          const order = problem.cells.map((_, i) => i).sort(() => (shuffle.next().value % 2) - 0.5);
          const place = new Map(order.map((cell, i) => [cell, i]));
          const shuffled = {
            cells: order.map((cell) => problem.cells[cell]!),
            edges: problem.edges
              .map(({ a, b, ...rest }) => ({ ...rest, a: place.get(b)!, b: place.get(a)! }))
              .sort(() => (shuffle.next().value % 2) - 0.5),
          };
          const again = runToEnd(solve(shuffled, options));
          expect(order.map((_, cell) => again.gridOfCell[place.get(cell)!])).toEqual(outcome.gridOfCell);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('is never worse for more effort', () => {
    fc.assert(
      fc.property(towns, (given) => {
        const problem = drawTown(given);
        const once = plan(problem, { effort: 1 });
        const more = plan(problem, { effort: 3 });
        if (once.status === 'feasible') {
          expect(more.status).toBe('feasible');
          expect(more.score.totalM).toBeLessThanOrEqual(once.score.totalM + 1);
        }
      }),
      { numRuns: 10 },
    );
  });

  it('can be stopped at any time with the best plan so far', () => {
    const problem = drawTown({
      width: 9,
      height: 9,
      bits: fc.sample(fc.nat(1_000_000), { numRuns: 400, seed: 3 })[Symbol.iterator](),
    });
    let steps = 0;
    let done = 0;
    for (const progress of solve(problem, optionsWith())) {
      expect(progress.done).toBeGreaterThanOrEqual(done);
      done = progress.done;
      if (steps++ % 50 === 0) expectConnectedPartition(problem, optionsWith(), progress.plan());
    }
    expect(steps).toBeGreaterThan(5);
    expect(done).toBeLessThanOrEqual(1);
  });
});

describe('adjusting an existing plan', () => {
  it('returns a compliant plan unchanged', () => {
    const problem = draw(`
      100a 100b 100a 100b
      100a 100b 100a 100b
    `);
    const existing = drawPlan('B B A A B B A A');
    const outcome = plan(problem, { mode: 'adjust', existing });
    expect(outcome.score.movedHouseholds).toBe(0);
    expect(letters(outcome.gridOfCell)).toBe('A A B B A A B B');
    expect(outcome.continues).toEqual([1, 0]);
  });

  it('takes from an oversized grid of 550 what its neighbour has room for, and not a household more', () => {
    const problem = draw(`
      120 100 70  90 100 120
      110 100 50  80 100 110
    `);
    const existing = drawPlan(`
      A A A B B B
      A A A B B B
    `);
    const wide = {
      ...problem,
      cells: problem.cells.map((c, i) => ({ ...c, householdCount: i === 3 ? 10 : c.householdCount })),
    };
    const households = (grid: number) =>
      wide.cells.reduce((sum, c, i) => sum + (existing[i] === grid ? c.householdCount : 0), 0);
    expect([households(0), households(1)]).toEqual([550, 520]);
    // 550 + 520 is too much for two and enough for three: a third grid takes at least 300.
    const outcome = plan(wide, { mode: 'adjust', existing });
    expect(outcome.status).toBe('feasible');
    expect(outcome.score.gridCount).toBe(3);

    const roomy = draw(`
      120 100 70 60 100 90
      110 100 50 40 50  60
    `);
    const given = plan(roomy, { mode: 'adjust', existing });
    expect(given.score.movedHouseholds).toBe(50);
    expect(letters(given.gridOfCell)).toBe('A A A B B B A A B B B B');
  });

  it('never touches a grid that fits and need not give or take', () => {
    const problem = draw(`
      150 200 60 100 150 ~ 160 130
      100 0   50 100 80  ~ 20  0
    `);
    const existing = drawPlan(`
      A A A B B C C
      A A A B B C C
    `);
    const outcome = plan(problem, { mode: 'adjust', existing });
    expect(outcome.score.movedHouseholds).toBe(60);
    const first = outcome.gridOfCell[5]!;
    expect(outcome.gridOfCell.flatMap((grid, cell) => (grid === first ? [cell] : []))).toEqual([5, 6, 12, 13]);
  });

  it('joins grids that are too small', () => {
    const problem = draw('100 80 90 100 100 150 150');
    const existing = drawPlan('A A B B C D D');
    const outcome = plan(problem, { mode: 'adjust', existing });
    expect(outcome.status).toBe('feasible');
    expect(scorePlan(problem, optionsWith({ existing }), outcome.gridOfCell).movedHouseholds).toBe(280);
  });
});
