import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildFabric } from '../../../geodata/fabric/build.ts';
import { checkFabric } from '../../../geodata/fabric/check-fabric.ts';
import { decodeFabric, encodeFabric } from '../../../geodata/fabric/codec.ts';
import { neighboursOf } from '../../../geodata/fabric/neighbours.ts';
import { benchGround, benchIsThere } from '../../support/bench-ground.ts';
import { drawnGround, rectangle } from '../../support/drawn-ground.ts';
import { randomGround } from '../../support/random-ground.ts';
import { changchunGround, hasRealGround, shanghaiGround, suzhouGround } from '../../support/real-ground.ts';

describe('any ground', () => {
  it('is covered exactly by cells in one piece, with every building in one of them', () => {
    fc.assert(
      fc.property(randomGround, (ground) => {
        const { fabric } = buildFabric(ground, { divideAboveHouseholds: 500 });
        expect(checkFabric(fabric, ground)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('comes back from its payload as it was', () => {
    fc.assert(
      fc.property(randomGround, (ground) => {
        const { fabric } = buildFabric(ground, { divideAboveHouseholds: 500 });
        expect(decodeFabric(JSON.parse(JSON.stringify(encodeFabric(fabric))))).toEqual(fabric);
      }),
      { numRuns: 40 },
    );
  });

  it('has cells that are neighbours both ways, once a pair', () => {
    fc.assert(
      fc.property(randomGround, (ground) => {
        const { fabric } = buildFabric(ground, { divideAboveHouseholds: 500 });
        const pairs = neighboursOf(fabric);
        expect(new Set(pairs.map(({ a, b }) => `${a} ${b}`)).size).toBe(pairs.length);
        for (const { a, b, lengthM } of pairs) {
          expect(a).toBeLessThan(b);
          expect(lengthM).toBeGreaterThan(0);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('a village', () => {
  // rows of houses, some touching, some with an alley a metre wide, none quite in line
  it('of 3,000 houses keeps every invariant', () => {
    const houses = Array.from({ length: 3000 }, (_, k) => {
      const [column, row] = [k % 60, Math.floor(k / 60)];
      const [x, y] = [column * 11 + ((row * 7) % 5) * 0.4, row * 14 + ((column * 3) % 4) * 0.5];
      return [`h${k}`, rectangle(x, y, x + 9 + ((k * 13) % 3), y + 8 + (k % 2))] as const;
    });
    const ground = drawnGround('.', { area: rectangle(-20, -20, 700, 740), buildings: Object.fromEntries(houses) });
    const { fabric } = buildFabric(ground, { divideAboveHouseholds: 500 });
    expect(checkFabric(fabric, ground)).toEqual([]);
    expect(fabric.cells).toHaveLength(3000);
  });
});

describe.skipIf(!benchIsThere)('the benchmark’s communities (skipped without the shared data)', () => {
  for (const name of ['u03', 'u06', 'l05', 'h09', 'u10']) {
    it(`${name} keeps every invariant`, () => {
      const ground = benchGround(name);
      const { fabric } = buildFabric(ground, { divideAboveHouseholds: 500 });
      expect(checkFabric(fabric, ground)).toEqual([]);
      expect(fabric.cells.length).toBeGreaterThan(ground.buildings.length * 0.95);
      expect(decodeFabric(encodeFabric(fabric))).toEqual(fabric);
    });
  }
});

describe.skipIf(!hasRealGround('china-shanghai-huangpu-lujiazui'))(
  'real ground (skipped without the shared data)',
  () => {
    for (const [name, ground] of [
      ['Shanghai', shanghaiGround],
      ['Suzhou', suzhouGround],
      ['Changchun', changchunGround],
    ] as const) {
      it(`of ${name} keeps every invariant`, () => {
        const there = ground();
        const { fabric } = buildFabric(there, { divideAboveHouseholds: 500 });
        expect(checkFabric(fabric, there)).toEqual([]);
      });
    }
  },
);
