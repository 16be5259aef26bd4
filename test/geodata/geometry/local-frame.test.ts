import fc from 'fast-check';
import proj4 from 'proj4';
import { describe, expect, it } from 'vitest';
import { localFrameFor, toLocal, toLonLat } from '../../../geodata/geometry/local-frame.ts';

const changchun = {
  type: 'Polygon' as const,
  coordinates: [
    [
      [125.33, 43.88],
      [125.35, 43.88],
      [125.35, 43.9],
      [125.33, 43.9],
      [125.33, 43.88],
    ],
  ],
};

describe('the local frame', () => {
  it('is the 3-degree Gauss–Krüger zone of the middle', () => {
    expect(localFrameFor(changchun).centralMeridianDeg).toBe(126);
  });

  it('agrees with proj4 to the millimetre', () => {
    const frame = localFrameFor(changchun);
    const zone = proj4('+proj=tmerc +lat_0=0 +lon_0=126 +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m');
    fc.assert(
      fc.property(
        fc.double({ min: 124.4, max: 127.6, noNaN: true }),
        fc.double({ min: 40, max: 47, noNaN: true }),
        (longitude, latitude) => {
          const [eastM, northM] = zone.forward([longitude, latitude]) as [number, number];
          const [xMm, yMm] = toLocal(frame, [longitude, latitude]);
          expect(Math.abs(xMm / 1000 + frame.originEastM - eastM)).toBeLessThanOrEqual(0.00051);
          expect(Math.abs(yMm / 1000 + frame.originNorthM - northM)).toBeLessThanOrEqual(0.00051);
        },
      ),
    );
  });

  it('gives every millimetre back', () => {
    const frame = localFrameFor(changchun);
    const millimetre = fc.integer({ min: -5_000_000, max: 5_000_000 });
    fc.assert(
      fc.property(millimetre, millimetre, (xMm, yMm) => {
        expect(toLocal(frame, toLonLat(frame, xMm, yMm))).toEqual([xMm, yMm]);
      }),
    );
  });
});
