import { describe, expect, it } from 'vitest';
import { dissolve } from '../../../geodata/fabric/dissolve.ts';
import type { GridId } from '../../../geodata/model/index.ts';
import { drawnPlan } from '../../support/drawn-plan.ts';

const bordersOf = (...grids: string[]) => {
  const { fabric, assignment } = drawnPlan({ grids });
  return dissolve(fabric, assignment);
};
const between = (borders: ReturnType<typeof bordersOf>, left: string, right: string | null) =>
  borders.filter((border) => border.left === (left as GridId) && border.right === (right as GridId | null));

describe('dissolve', () => {
  it('joins the arcs between two grids into one border, with the smaller id on the left', () => {
    const borders = bordersOf(
      'aabb', //
      'aaab',
      'aabb',
    );
    const [border, ...others] = between(borders, 'a', 'b');
    expect(others).toEqual([]);
    expect(border!.points.slice(0, 2)).toEqual([20_000, -30_000]);
    expect(border!.points.slice(-2)).toEqual([20_000, -0]);
    expect(border!.arcIds).toHaveLength(5);
    expect(border!.stretches).toEqual([{ class: 'open', from: 0, to: 5 }]);
  });

  it('ends borders where three grids meet', () => {
    const borders = bordersOf(
      'aab', //
      'ccc',
    );
    expect(between(borders, 'a', 'b')).toHaveLength(1);
    expect(between(borders, 'a', 'c')).toHaveLength(1);
    expect(between(borders, 'b', 'c')).toHaveLength(1);
    expect(between(borders, 'a', null)).toHaveLength(1);
  });

  it('ends borders where two grids touch at a corner only', () => {
    const borders = bordersOf(
      'ab', //
      'ba',
    );
    expect(between(borders, 'a', 'b')).toHaveLength(4);
  });

  it('closes the border of an enclave', () => {
    const [border] = between(bordersOf('aaa', 'aba', 'aaa'), 'a', 'b');
    expect(border!.points.slice(0, 2)).toEqual(border!.points.slice(-2));
    expect(border!.points).toHaveLength(10);
  });

  it('tells unassigned ground from the outside by nothing: both are beyond every grid', () => {
    const borders = bordersOf('a.', '..');
    expect(borders).toHaveLength(1);
    expect(borders[0]).toMatchObject({ left: 'a', right: null });
    expect(new Set(borders[0]!.stretches.map((stretch) => stretch.class))).toEqual(new Set(['community', 'open']));
  });

  it('marks what each stretch runs along', () => {
    const { fabric, assignment } = drawnPlan({
      grids: ['ab', 'ab', 'bb'],
      blocks: ['01', '01', '00'],
      barrier: 'river',
    });
    const [border] = between(dissolve(fabric, assignment), 'a', 'b');
    expect(border!.stretches.map((stretch) => stretch.class)).toEqual(['open', 'river']);
    expect(border!.stretches[0]!.to).toBe(border!.stretches[1]!.from);
  });

  it('takes at most a few milliseconds for 3,000 cells', () => {
    const rows = Array.from({ length: 50 }, (_, y) =>
      Array.from({ length: 60 }, (_, x) => 'abcdefghij'[Math.floor(x / 12) + 5 * Math.floor(y / 25)]).join(''),
    );
    const { fabric, assignment } = drawnPlan({ grids: rows });
    for (let i = 0; i < 5; i++) dissolve(fabric, assignment);
    const start = performance.now();
    for (let i = 0; i < 5; i++) dissolve(fabric, assignment);
    // The goal is 9 ms; the machine that runs the tests may be busy.
    expect((performance.now() - start) / 5).toBeLessThan(40);
  });
});
