import { describe, expect, it } from 'vitest';
import { alternatives, runToEnd, solve } from '../../../geodata/partition/index.ts';
import { draw, optionsWith } from './draw.ts';

const ofTown = (text: string, count: number, options = optionsWith()) =>
  runToEnd(alternatives(draw(text), options, count));

describe('alternatives', () => {
  // 1,200 households: three grids of 400, or four of 300 that split no compound.
  const town = `
    100a 100a 100a 100b 100b 100b
    100c 100c 100c 100d 100d 100d
  `;

  it('begin with the plan asked for', () => {
    const problem = draw(town);
    const [first] = ofTown(town, 3);
    expect(first).toMatchObject({ wish: 'asAsked', differingHouseholds: 0 });
    expect(first!.outcome).toEqual(runToEnd(solve(problem, optionsWith())));
  });

  it('differ in the number of grids, the compounds kept or the spread of sizes, and say by how much', () => {
    const plans = ofTown(town, 3);
    expect(plans.length).toBeGreaterThan(1);
    const substance = plans.map(({ figures }) =>
      [figures.gridCount, figures.compoundSplits, figures.largest - figures.smallest].join(),
    );
    expect(new Set(substance).size).toBe(plans.length);
    expect(plans.map(({ figures }) => figures.gridCount)).toEqual(expect.arrayContaining([3, 4]));
    for (const { outcome, differingHouseholds } of plans.slice(1)) {
      expect(outcome.status).toBe('feasible');
      expect(differingHouseholds).toBeGreaterThan(0);
    }
  });

  it('come after the first in the order of what they cost in its terms', () => {
    const [first, ...others] = ofTown(town, 3).map(({ figures }) => figures.totalM);
    expect(others).toEqual([...others].sort((a, b) => a - b));
    expect(others.every((totalM) => totalM >= first!)).toBe(true);
  });

  it('are only the first where there is nothing to choose', () => {
    expect(ofTown('200a 200a', 3)).toHaveLength(1);
    expect(ofTown('100 100', 3)[0]!.outcome.status).toBe('infeasible');
    expect(ofTown(town, 1)).toHaveLength(1);
  });

  it('keep to the number of grids where it is given', () => {
    for (const { figures } of ofTown(town, 3, optionsWith({ gridCount: 4 }))) expect(figures.gridCount).toBe(4);
  });

  it('report progress that never goes back', () => {
    let done = 0;
    for (const progress of alternatives(draw(town), optionsWith(), 3)) {
      expect(progress.done).toBeGreaterThanOrEqual(done);
      done = progress.done;
    }
    expect(done).toBeLessThanOrEqual(1);
  });
});
