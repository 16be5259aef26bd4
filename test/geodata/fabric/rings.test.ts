import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { neighboursOf } from '../../../geodata/fabric/neighbours.ts';
import { NumberReader, NumberWriter } from '../../../geodata/fabric/number-text.ts';
import { ringsOf, ringsOfCell } from '../../../geodata/fabric/rings.ts';
import type { Arc, ArcClass, Cell, Fabric } from '../../../geodata/model/index.ts';

function arc(
  id: number,
  left: number | null,
  right: number | null,
  points: number[],
  arcClass: ArcClass = 'open',
): Arc {
  return { id, left, right, points, class: arcClass } as unknown as Arc;
}

function fabricOf(arcs: readonly Arc[]): Fabric {
  const ids = [...new Set(arcs.flatMap(({ left, right }) => [left, right]))].filter((id) => id !== null).sort();
  return { arcs, cells: ids.map((id) => ({ id }) as Cell) } as unknown as Fabric;
}

describe('rings of a cell', () => {
  // 4┌────────┐
  //  │  2┌─┐  │   cell 1 around cell 2
  //  │   └─┘  │
  // 0└────────┘
  it('are an outer and a hole where another cell lies inside', () => {
    const fabric = fabricOf([
      arc(1, 1, null, [0, 0, 4, 0, 4, 4, 0, 4, 0, 0], 'community'),
      arc(2, 2, 1, [1, 1, 2, 1, 2, 2, 1, 2, 1, 1]),
    ]);
    expect(ringsOfCell(fabric, 1 as never).map(({ areaMm2 }) => areaMm2)).toEqual([16, -1]);
    expect(ringsOfCell(fabric, 2 as never).map(({ areaMm2 }) => areaMm2)).toEqual([1]);
  });

  // ┌───────┐
  // │\  2  /│   2 touches the outline of 1 in one point below: an outer ring and a hole that touch
  // │ \  / │
  // └──\/───┘
  it('are parted where a hole touches the outline', () => {
    const fabric = fabricOf([
      arc(1, 1, null, [4, 0, 8, 0, 8, 8, 0, 8, 0, 0, 4, 0], 'community'),
      arc(2, 2, 1, [4, 0, 6, 4, 2, 4, 4, 0]),
    ]);
    expect(
      ringsOfCell(fabric, 1 as never)
        .map(({ areaMm2 }) => areaMm2)
        .sort((a, b) => a - b),
    ).toEqual([-8, 64]);
  });

  // ┌──┐
  // │1 │──┐     two squares that meet in a corner stay two rings
  // └──┘  │
  //    └──┘
  it('stay apart where ground meets in a corner only', () => {
    const uses = [arc(1, 1, null, [0, 0, 2, 0, 2, 2, 0, 2, 0, 0]), arc(2, 1, null, [2, 2, 4, 2, 4, 4, 2, 4, 2, 2])].map(
      (one) => ({ arc: one, reversed: false }),
    );
    expect(ringsOf(uses).map(({ areaMm2 }) => areaMm2)).toEqual([4, 4]);
  });

  it('that do not close are a bug', () => {
    expect(() => ringsOf([{ arc: arc(7, 1, null, [0, 0, 2, 0]), reversed: false }])).toThrow('arc 7 ends at 2,0');
  });
});

describe('neighbours', () => {
  //  ┌────┬────┐
  //  │ 1  │ 2  │   the border is one third main road: it can be walked over
  //  └────┴────┘
  it('are parted by a barrier only where it makes up most of their border', () => {
    const border = (roadMm: number) =>
      fabricOf([
        arc(1, 1, null, [3000, 3000, 0, 3000, 0, 0, 3000, 0], 'community'),
        arc(2, 2, null, [3000, 0, 6000, 0, 6000, 3000, 3000, 3000], 'community'),
        arc(3, 1, 2, [3000, 0, 3000, roadMm], 'mainRoad'),
        arc(4, 2, 1, [3000, 3000, 3000, roadMm]),
      ]);
    expect(neighboursOf(border(1000))).toEqual([{ a: 1, b: 2, lengthM: 3, crosses: null }]);
    expect(neighboursOf(border(2000))).toEqual([{ a: 1, b: 2, lengthM: 3, crosses: 'mainRoad' }]);
  });

  it('do not come of minor roads, walls or the outside', () => {
    const fabric = fabricOf([arc(1, 1, 2, [0, 0, 5000, 0], 'road'), arc(2, 1, null, [0, 0, 0, 5000], 'community')]);
    expect(neighboursOf(fabric)).toEqual([{ a: 1, b: 2, lengthM: 5, crosses: null }]);
  });
});

describe('numbers as text', () => {
  it('come back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -(2 ** 45), max: 2 ** 45 })), (numbers) => {
        const writer = new NumberWriter();
        for (const number of numbers) writer.add(number);
        const reader = new NumberReader(writer.text());
        expect(numbers.map(() => reader.next())).toEqual(numbers);
        expect(() => reader.next()).toThrow('no number');
      }),
    );
  });

  it('are one character when small', () => {
    const writer = new NumberWriter();
    for (const number of [0, -1, 15, -16]) writer.add(number);
    expect(writer.text()).toHaveLength(4);
  });
});
