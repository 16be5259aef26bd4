import { describe, expect, it } from 'vitest';
import { certify, runToEnd, solve } from '../../../geodata/partition/index.ts';
import { draw, optionsWith } from './draw.ts';

const codes = (text: string, options = {}) => certify(draw(text), optionsWith(options)).map(({ code }) => code);

describe('why there is no plan', () => {
  it('a tower over the limit is named, with the entrances it takes', () => {
    const [proof] = certify(draw('200 620 200'), optionsWith());
    expect(proof).toMatchObject({
      code: 'OVERSIZE',
      labels: ['c0001'],
      values: { householdCount: 620, entranceParts: 2 },
    });
  });

  it('a part cut off by a river is too small, and the barrier that would help is named', () => {
    const [proof] = certify(draw('200 200 ~ 6'), optionsWith({ forbiddenBarriers: ['river'] }));
    expect(proof).toMatchObject({
      code: 'COMPONENT_BELOW',
      cells: [2],
      values: { householdCount: 6, openBarrier: 'river', openFrom: 'c0002', openTo: 'c0001', openingHelps: 1 },
    });
  });

  it('550 households are too many for one grid and too few for two', () => {
    const [proof] = certify(draw('150 200 200'), optionsWith());
    expect(proof).toMatchObject({ code: 'COMPONENT_GAP', values: { householdCount: 550, nearest: [500, 600] } });
  });

  it('a building that alone links pockets cannot take what they must shed', () => {
    expect(codes('. 200 .\n200 150 200')).toContain('ARTICULATION');
  });

  it('a building no valid grid can hold', () => {
    expect(codes('260 260 260 260')).toContain('NO_VALID_GRID');
  });

  it('one cause is told once, with the buildings it is about, never with a park', () => {
    const proofs = certify(
      draw(`
        260 260 260 0
        260 260 260 0
        150 100 100 260
      `),
      optionsWith(),
    );
    expect(proofs).toHaveLength(1);
    expect(proofs[0]).toMatchObject({ code: 'NO_VALID_GRID', values: { householdCount: 260 } });
    expect(proofs[0]!.cells).toEqual(expect.arrayContaining([0, 1]));
    for (const { cells } of proofs) for (const cell of cells) expect([3, 7]).not.toContain(cell);
  });

  it('causes far from each other are told apart', () => {
    const row = '260 260 160 130 130 130 130 130 160 260 260';
    expect(codes(row).filter((code) => code === 'NO_VALID_GRID')).toHaveLength(2);
  });

  it('a number of grids that the households cannot fill', () => {
    expect(codes('150 150 150 150 150 150', { gridCount: 4 })).toEqual(['GRID_COUNT']);
  });

  it('nothing is claimed where a plan exists', () => {
    expect(codes('150 150 = 200 200\n100 100 = 0 100')).toEqual([]);
  });

  it('the upper limit comes first in a plan that cannot be valid', () => {
    const outcome = runToEnd(solve(draw('150 100 100 100 100'), optionsWith()));
    expect(outcome.status).toBe('infeasible');
    expect(outcome.score).toMatchObject({ householdsOver: 0, gridCount: 2 });
  });
});
