import { describe, expect, it } from 'vitest';
import { proveFewestMoved } from '../../../geodata/partition/exact/prove.ts';
import { runToEnd, solve } from '../../../geodata/partition/index.ts';
import { Random } from '../../../geodata/partition/random.ts';
import { loadHighs } from '../../../scripts/benchmark/highs.ts';
import { draw, drawPlan, optionsWith } from './draw.ts';

const WIDTH = 6;
const HEIGHT = 5;

/**
 * A town of 30 cells that was divided well once. Since then houses were pulled down and towers put up, so that some of its old
 * grids hold too many households and some too few.
 */
function grownTown(seed: number) {
  const random = new Random(seed, 7);
  const was = Array.from({ length: WIDTH * HEIGHT }, () => 60 + random.below(90));
  const now = was.map((count) => (random.chance(60) ? Math.round((count * (50 + random.below(130))) / 100) : count));
  const compounds = was.map((_, i) => 'abcdefghij'[Math.floor((i % WIDTH) / 2) + 3 * Math.floor(i / WIDTH / 2)]);
  const drawn = (counts: readonly number[]) =>
    draw(
      Array.from({ length: HEIGHT }, (_, y) =>
        Array.from({ length: WIDTH }, (_, x) => `${counts[y * WIDTH + x]}${compounds[y * WIDTH + x]}`).join(' '),
      ).join('\n'),
    );
  const existing = runToEnd(solve(drawn(was), optionsWith({ seed }))).gridOfCell;
  return { problem: drawn(now), existing };
}

describe('adjusting a plan that life has overtaken', () => {
  it('moves at most a twentieth more households than the proven fewest, in 20 towns that need it', async () => {
    const solveLinear = await loadHighs();
    const towns = Array.from({ length: 24 }, (_, i) => {
      const { problem, existing } = grownTown(i + 1);
      const options = optionsWith({ mode: 'adjust', existing });
      const outcome = runToEnd(solve(problem, options));
      expect(outcome.status).toBe('feasible');
      const { bound } = proveFewestMoved(problem, options, outcome.gridOfCell, solveLinear)!;
      return { town: i + 1, moved: outcome.score.movedHouseholds, fewest: bound };
    });
    expect(towns.filter(({ moved, fewest }) => moved > fewest * 1.05)).toEqual([]);
    // Some towns grew so evenly that nothing has to move.
    expect(towns.filter(({ fewest }) => fewest > 0).length).toBeGreaterThanOrEqual(20);
  }, 120_000);

  it('takes 50 households out of a grid of 550 and leaves the grids beyond its neighbour alone', () => {
    const problem = draw(`
      120a 100a 70a 60b 100b 90b 150c 150c
      110a 100a 50a 40b 50b  60b 100c  50c
      160d 160d 150d 120e 120e 90e 140f 160f
    `);
    const existing = drawPlan(`
      A A A B B B C C
      A A A B B B C C
      D D D E E E F F
    `);
    const outcome = runToEnd(solve(problem, optionsWith({ mode: 'adjust', existing })));
    expect(outcome.score.movedHouseholds).toBe(50);
    expect(outcome.gridOfCell).toEqual(
      drawPlan(`
        A A A B B B C C
        A A B B B B C C
        D D D E E E F F
      `),
    );
  });
});
