import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faceAt, pointInFace, polygonize } from '../../../geodata/geometry/polygonize.ts';
import { addLine, addRing, noSegments, type Segments } from '../../../geodata/geometry/segments.ts';
import { type NodedEdges, snapRound } from '../../../geodata/geometry/snap-round.ts';
import { faceAreasByJsts } from '../../support/jsts-oracle.ts';

function segmentsOf(coordinates: readonly number[]): Segments {
  const segments = noSegments();
  for (let i = 0; i < coordinates.length; i += 4) addLine(segments, coordinates.slice(i, i + 4), 1);
  return segments;
}

/** Pairs of edges that meet other than at a common end. */
function badMeetings({ xs, ys, from, to }: NodedEdges): string[] {
  const side = (a: number, b: number, p: number) =>
    Math.sign((xs[b]! - xs[a]!) * (ys[p]! - ys[a]!) - (ys[b]! - ys[a]!) * (xs[p]! - xs[a]!));
  const between = (a: number, b: number, p: number) =>
    side(a, b, p) === 0 &&
    Math.min(xs[a]!, xs[b]!) <= xs[p]! &&
    xs[p]! <= Math.max(xs[a]!, xs[b]!) &&
    Math.min(ys[a]!, ys[b]!) <= ys[p]! &&
    ys[p]! <= Math.max(ys[a]!, ys[b]!);
  const bad: string[] = [];
  for (let e = 0; e < from.length; e++) {
    for (let f = 0; f < from.length; f++) {
      if (e === f) continue;
      const [a, b, p, q] = [from[e]!, to[e]!, from[f]!, to[f]!];
      for (const end of [p, q])
        if (end !== a && end !== b && between(a, b, end)) bad.push(`${e} through an end of ${f}`);
      if (side(a, b, p) * side(a, b, q) < 0 && side(p, q, a) * side(p, q, b) < 0) bad.push(`${e} crosses ${f}`);
    }
  }
  return bad;
}

/** Without segments of no length: they are no line to us, and a vertex that attracts others to JSTS. */
const segmentsWithin = (size: number, most: number) =>
  fc
    .array(
      fc
        .tuple(
          ...([0, 0, 0, 0].map(() => fc.integer({ min: 0, max: size })) as [
            fc.Arbitrary<number>,
            fc.Arbitrary<number>,
            fc.Arbitrary<number>,
            fc.Arbitrary<number>,
          ]),
        )
        .filter(([x0, y0, x1, y1]) => x0 !== x1 || y0 !== y1),
      { minLength: 1, maxLength: most },
    )
    .map((list) => list.flat());

describe('the snap rounder', () => {
  for (const [size, most] of [
    [8, 12],
    [30, 25],
    [1000, 30],
    [4_000_000, 30],
  ] as const) {
    it(`leaves nothing that meets but at ends, on a lattice of ${size}`, () => {
      fc.assert(
        fc.property(segmentsWithin(size, most), (coordinates) => {
          expect(badMeetings(snapRound(segmentsOf(coordinates)))).toEqual([]);
        }),
        { numRuns: 300 },
      );
    });
  }

  // A──────B      the second line ends a hair above the first: the ends' pixels are hot, so it becomes a T
  //     │
  //     C
  it('makes a T of an end that lies within a pixel of a line', () => {
    const noded = snapRound(segmentsOf([0, 0, 1001, 1, 500, 0, 500, -300]));
    expect(noded.from.length).toBe(3);
  });

  it('ors the tags of what lies on one another', () => {
    const segments = noSegments();
    addLine(segments, [0, 0, 10, 0], 1);
    addLine(segments, [4, 0, 20, 0], 2);
    const noded = snapRound(segments);
    expect([...noded.tags].sort()).toEqual([1, 2, 3]);
  });
});

describe('the polygonizer', () => {
  for (const [size, most] of [
    [12, 20],
    [100, 40],
    [100_000, 60],
  ] as const) {
    it(`finds the faces that JSTS finds, on a lattice of ${size}`, () => {
      fc.assert(
        fc.property(segmentsWithin(size, most), (coordinates) => {
          const { areaMm2 } = polygonize(snapRound(segmentsOf(coordinates)));
          expect([...areaMm2].sort((a, b) => a - b)).toEqual(faceAreasByJsts(coordinates));
        }),
        { numRuns: 150 },
      );
    });
  }

  it('points into every face', () => {
    fc.assert(
      fc.property(segmentsWithin(60, 40), (coordinates) => {
        const subdivision = polygonize(snapRound(segmentsOf(coordinates)));
        for (let face = 0; face < subdivision.faceCount; face++) {
          expect(faceAt(subdivision, ...pointInFace(subdivision, face))).toBe(face);
        }
      }),
    );
  });

  // ┌─────────────┐
  // │ ┌───┐ ┌───┐ │   two islands in a lake, one with a pond
  // │ │ o │ │   │ │
  // │ └───┘ └───┘ │
  // └─────────────┘
  it('takes holes off, islands in islands too', () => {
    const segments = noSegments();
    const square = (x: number, y: number, side: number) => [x, y, x + side, y, x + side, y + side, x, y + side];
    addRing(segments, square(0, 0, 100), 1);
    addRing(segments, square(10, 10, 30), 1);
    addRing(segments, square(20, 20, 5), 1);
    addRing(segments, square(60, 10, 30), 1);
    const subdivision = polygonize(snapRound(segments));
    expect([...subdivision.areaMm2].sort((a, b) => a - b)).toEqual([25, 875, 900, 8200]);
    expect(faceAt(subdivision, 50, 50)).toBe(faceAt(subdivision, 1, 1));
    expect(faceAt(subdivision, 200, 50)).toBe(-1);
  });
});
