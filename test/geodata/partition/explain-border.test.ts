import { describe, expect, it } from 'vitest';
import { explainBorder, type PartitionOptions } from '../../../geodata/partition/index.ts';
import { draw, drawPlan, optionsWith } from './draw.ts';

const explain = (town: string, plan: string, options: Partial<PartitionOptions> = {}, [a, b] = [0, 1]) =>
  explainBorder(draw(town), optionsWith(options), drawPlan(plan), a!, b!);

describe('why a border is where it is', () => {
  it('tells what it lies on, the longest first', () => {
    const why = explain(
      `
        100a = 100b
        100a = 100b
        100a   100c
        100     100
      `,
      'A B A B A B A B',
    )!;
    expect(why.lengthM).toBe(200);
    expect(why.along).toEqual([
      { ground: 'mainRoad', lengthM: 100 },
      { ground: 'compoundEdge', lengthM: 50 },
      { ground: 'open', lengthM: 50 },
    ]);
  });

  it('names the compounds that it keeps whole, and those that it splits', () => {
    const why = explain('100a 100a 100a 100b 100b 100b 100b', 'A A A B B B B')!;
    expect(why).toMatchObject({ compoundsKept: ['a', 'b'], compoundsSplit: [] });
    expect(explain('100a 100a 100a 100b 100b 100b 100b', 'A A A A B B B')).toMatchObject({
      compoundsKept: [],
      compoundsSplit: ['b'],
    });
  });

  it('tells what the best move of one cell would cost: here a compound', () => {
    const { bestMove } = explain('100a 100a 100a 100a 100b 100b 100b 100b', 'A A A A B B B B')!;
    expect(bestMove).toMatchObject({
      householdCount: 100,
      change: { compoundSplits: 1, deviationM: 200, cutLengthM: 0, totalM: 700, householdsOver: 0 },
    });
  });

  it('tells that a move would help where the border was drawn badly', () => {
    const { bestMove } = explain('100a 100a 100a 100a 100b 100b 100b 100b', 'A A A A A B B B')!;
    expect(bestMove).toMatchObject({ cell: 4, from: 0, to: 1, change: { compoundSplits: -1, totalM: -700 } });
  });

  it('puts the upper limit before everything: a move that breaks it is never the best if there is another', () => {
    const { bestMove } = explain('300 180 130a 190a', 'A A B B')!;
    expect(bestMove!.from).toBe(0);
    expect(bestMove!.change.householdsOver).toBe(0);
  });

  it('tells what joining would change', () => {
    const why = explain('200 200 200 200', 'A A B B')!;
    expect([why.householdsA, why.householdsB]).toEqual([400, 400]);
    expect(why.ifJoined).toMatchObject({ householdsOver: 300, cutLengthM: -50 });
    expect(explain('100 60 100 60', 'A A B B', {}, [1, 0])!.ifJoined).toMatchObject({ householdsUnder: -280 });
  });

  it('moves nothing over a forbidden river, nor what would leave a grid in pieces, nor the last cell of a grid', () => {
    expect(explain('200 200 ~ 200 200', 'A A B B', { forbiddenBarriers: ['river'] })!.bestMove).toBeNull();
    // Only the middle one of A touches B; without it A falls apart.
    const apart = explain(
      `
        150 100 150
        .   400 .
      `,
      'A A A B',
    )!;
    expect(apart.bestMove).toBeNull();
  });

  it('is silent about grids that do not touch', () => {
    expect(explain('300 300 300', 'A B C', {}, [0, 2])).toBeNull();
  });
});
