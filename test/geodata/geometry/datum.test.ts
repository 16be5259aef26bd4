import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBd09, fromGcj02, toBd09, toGcj02, unshift } from '../../../geodata/geometry/datum.ts';

const inChina = fc.tuple(
  fc.double({ min: 73.5, max: 135, noNaN: true }),
  fc.double({ min: 4, max: 53.5, noNaN: true }),
);
const WITHIN_DEG = 1e-9;

const metresApart = ([a, b]: readonly number[], [c, d]: readonly number[]): number =>
  Math.hypot((c! - a!) * 111_320 * Math.cos((b! * Math.PI) / 180), (d! - b!) * 111_320);

describe('GCJ-02 and BD-09', () => {
  it('agree with the published example (天安门 in WGS 84 → GCJ-02)', () => {
    const [lon, lat] = toGcj02([116.391349, 39.907375]);
    expect(lon).toBeCloseTo(116.397593, 5);
    expect(lat).toBeCloseTo(39.908776, 5);
  });

  it('lie some hundred metres off, as the maps show', () => {
    const changchun = [125.3245, 43.8868] as const;
    expect(metresApart(changchun, toGcj02(changchun))).toBeGreaterThan(100);
    expect(metresApart(changchun, toGcj02(changchun))).toBeLessThan(900);
    expect(metresApart(changchun, toBd09(changchun))).toBeGreaterThan(500);
  });

  it('come back to where they were, within 1e-9°', () => {
    fc.assert(
      fc.property(inChina, (at) => {
        for (const [there, back] of [
          [toGcj02, fromGcj02],
          [toBd09, fromBd09],
        ] as const) {
          const [lon, lat] = back(there(at));
          expect(Math.abs(lon - at[0])).toBeLessThan(WITHIN_DEG);
          expect(Math.abs(lat - at[1])).toBeLessThan(WITHIN_DEG);
        }
      }),
    );
  });

  it('are WGS 84 outside China', () => {
    expect(toGcj02([2.57, 44.35])).toEqual([2.57, 44.35]);
    expect(fromBd09([2.57, 44.35])).toEqual([2.57, 44.35]);
  });

  it('are undone by name, and left alone by "none"', () => {
    const at = [125.3, 43.9] as const;
    expect(unshift('none')(at)).toEqual(at);
    expect(unshift('gcj02')(at)).toEqual(fromGcj02(at));
    expect(unshift('bd09')(at)).toEqual(fromBd09(at));
  });
});
