import fc from 'fast-check';
import type { Point } from 'geojson';
import { BARRIER_CLASSES, type CompoundId, type Ground } from '../../geodata/model/index.ts';
import { drawnGround, lonLatOfMetres, multiPolygon, polygon } from './drawn-ground.ts';

const SIDE_M = 200;

const turnedRectangle = fc
  .record({
    x: fc.integer({ min: -5, max: SIDE_M + 5 }),
    y: fc.integer({ min: -5, max: SIDE_M + 5 }),
    halfLength: fc.integer({ min: 1, max: 30 }),
    halfWidth: fc.integer({ min: 1, max: 10 }),
    turn: fc.constantFrom(0, 0, 0.3, 0.7, 1.2, Math.PI / 2),
  })
  .map(({ x, y, halfLength, halfWidth, turn }) => {
    const [ux, uy] = [Math.cos(turn), Math.sin(turn)];
    const corner = (a: number, b: number): [number, number] => [
      x + a * halfLength * ux - b * halfWidth * uy,
      y + a * halfLength * uy + b * halfWidth * ux,
    ];
    return polygon([corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)]);
  });

/** A point, a plain rectangle, one with a courtyard, or one in two parts. */
const footprint = fc.oneof(
  { weight: 5, arbitrary: turnedRectangle },
  fc
    .tuple(fc.integer({ min: 0, max: SIDE_M }), fc.integer({ min: 0, max: SIDE_M }))
    .map((at): Point => ({ type: 'Point', coordinates: lonLatOfMetres(at) })),
  fc.tuple(fc.integer({ min: 20, max: 150 }), fc.integer({ min: 20, max: 150 })).map(([x, y]) =>
    polygon(
      [
        [x, y],
        [x + 40, y],
        [x + 40, y + 30],
        [x, y + 30],
      ],
      [
        [x + 10, y + 10],
        [x + 10, y + 20],
        [x + 30, y + 20],
        [x + 30, y + 10],
      ],
    ),
  ),
  fc.tuple(turnedRectangle, turnedRectangle).map(([a, b]) => multiPolygon(a, b)),
);

const metres = fc.tuple(fc.integer({ min: -20, max: SIDE_M + 20 }), fc.integer({ min: -20, max: SIDE_M + 20 }));

/** Ground as bad as it comes: buildings on one another, over the edge and across barriers, barriers of every class anyhow. */
export const randomGround: fc.Arbitrary<Ground> = fc
  .record({
    footprints: fc.array(footprint, { maxLength: 14 }),
    barriers: fc.array(
      fc.record({ class: fc.constantFrom(...BARRIER_CLASSES), line: fc.array(metres, { minLength: 2, maxLength: 5 }) }),
      { maxLength: 6 },
    ),
    water: fc.array(turnedRectangle, { maxLength: 2 }),
    compounds: fc.array(turnedRectangle, { maxLength: 2 }),
    divided: fc.boolean(),
  })
  .map(({ footprints, barriers, water, compounds, divided }) =>
    drawnGround('.', {
      area: polygon([
        [0, 0],
        [SIDE_M, 0],
        [SIDE_M + 20, SIDE_M / 2],
        [SIDE_M, SIDE_M],
        [0, SIDE_M],
        [30, SIDE_M / 2],
      ]),
      buildings: Object.fromEntries(footprints.map((footprint, index) => [`n${index}`, footprint])),
      barriers: [...barriers, ...water.map((area) => ({ class: 'river' as const, area }))],
      compounds: compounds.map((area, k) => ({ id: `K${k}` as CompoundId, name: `K${k}`, area })),
      units: divided ? { n0: [300, 200, 100], n3: [400, 300] } : {},
    }),
  );
