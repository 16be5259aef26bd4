import { describe, expect, it } from 'vitest';
import { buildFabric } from '../../../geodata/fabric/build.ts';
import { checkFabric } from '../../../geodata/fabric/check-fabric.ts';
import { arcLengthM, neighboursOf } from '../../../geodata/fabric/neighbours.ts';
import type { Cell, Fabric, Ground } from '../../../geodata/model/index.ts';
import { drawnGround, lonLatOfMetres, multiPolygon, polygon, rectangle } from '../../support/drawn-ground.ts';

/** Builds, and expects every invariant to hold. */
function build(ground: Ground, divideAboveHouseholds = 500) {
  const built = buildFabric(ground, { divideAboveHouseholds });
  expect(checkFabric(built.fabric, ground)).toEqual([]);
  return built;
}

/** Cells by the buildings in them: 'A', 'A+B', 'A1' for an entrance, '' for empty ground. */
function cellNames({ cells }: Fabric): string[] {
  return cells.map(nameOf).sort();
}

const nameOf = ({ buildings }: Cell): string =>
  buildings.map(({ buildingId, unitId }) => unitId ?? buildingId).join('+');

const cellOf = (fabric: Fabric, name: string): Cell => fabric.cells.find((cell) => nameOf(cell) === name)!;

/** What one crosses between two cells; undefined when they are no neighbours. */
/** What the border between two buildings' cells lies on, each class once. */
function classesBetween(fabric: Fabric, a: string, b: string) {
  const pair = [cellOf(fabric, a).id, cellOf(fabric, b).id];
  const shared = fabric.arcs.filter(({ left, right }) => pair.includes(left!) && pair.includes(right!));
  return [...new Set(shared.map((arc) => arc.class))].sort();
}

function between(fabric: Fabric, a: string, b: string) {
  const ids = [cellOf(fabric, a).id, cellOf(fabric, b).id].sort((p, q) => p - q);
  return neighboursOf(fabric).find((pair) => pair.a === ids[0] && pair.b === ids[1])?.crosses;
}

const blockCount = ({ cells }: Fabric): number => new Set(cells.map(({ roadBlock }) => roadBlock)).size;

const lengthOf = ({ arcs }: Fabric, arcClass: string): number =>
  arcs.filter((arc) => arc.class === arcClass).reduce((sum, arc) => sum + arcLengthM(arc), 0);

describe('cutting a community into cells', () => {
  it('gives a single building everything', () => {
    const { fabric } = build(
      drawnGround(`
        ............
        ....AAAA....
        ............`),
    );
    expect(cellNames(fabric)).toEqual(['A']);
    expect(fabric.cells[0]!.areaM2).toBeCloseTo(60 * 30, -1);
    expect(fabric.cells[0]!.householdCount).toBe(10);
  });

  it('makes one empty cell of a community without buildings', () => {
    const { fabric } = build(drawnGround('..........\n..........'));
    expect(cellNames(fabric)).toEqual(['']);
  });

  it('runs the border midway between two buildings, in one straight line', () => {
    const { fabric } = build(
      drawnGround(`
        ....................
        ..AAAA........BBBB..
        ..AAAA........BBBB..
        ....................`),
    );
    const border = fabric.arcs.find(({ class: arcClass }) => arcClass === 'open')!;
    expect(border.points).toHaveLength(4);
    expect(cellOf(fabric, 'A').areaM2).toBeCloseTo(cellOf(fabric, 'B').areaM2, -1);
  });

  it('runs the border down the common wall of touching buildings', () => {
    const { fabric } = build(
      drawnGround(`
        ..............
        ..AAAABBBBCC..
        ..............`),
    );
    expect(cellNames(fabric)).toEqual(['A', 'B', 'C']);
    expect(cellOf(fabric, 'B').areaM2).toBeGreaterThan(200);
  });

  it('gives a courtyard house a cell in the courtyard', () => {
    const { fabric } = build(
      drawnGround('....................\n'.repeat(10), {
        buildings: {
          A: polygon(
            [
              [20, 20],
              [80, 20],
              [80, 80],
              [20, 80],
            ],
            [
              [30, 30],
              [30, 70],
              [70, 70],
              [70, 30],
            ],
          ),
          B: rectangle(45, 45, 55, 55),
        },
      }),
    );
    expect(cellNames(fabric)).toEqual(['A', 'B']);
    expect(neighboursOf(fabric)).toHaveLength(1);
    expect(cellOf(fabric, 'B').areaM2).toBeGreaterThan(300);
  });

  it('puts identical duplicates, and what overlaps much, into one cell and says so', () => {
    const { fabric, issues } = build(
      drawnGround('....................\n'.repeat(6), {
        buildings: {
          A: rectangle(10, 10, 30, 20),
          B: rectangle(10, 10, 30, 20),
          C: rectangle(50, 10, 70, 20),
          D: rectangle(60, 15, 80, 30),
          E: rectangle(10, 40, 30, 50),
          F: rectangle(29.8, 40, 50, 50),
        },
      }),
    );
    expect(cellNames(fabric)).toEqual(['A+B', 'C+D', 'E', 'F']);
    expect(issues.map(({ code, buildingIds }) => [code, buildingIds])).toEqual([
      ['footprintsOverlap', ['A', 'B']],
      ['footprintsOverlap', ['C', 'D']],
    ]);
  });

  it('takes points instead of footprints, two on the same spot together', () => {
    const point = (x: number, y: number) => ({ type: 'Point' as const, coordinates: lonLatOfMetres([x, y]) });
    const { fabric } = build(
      drawnGround('....................\n'.repeat(4), {
        buildings: { A: point(20, 20), B: point(50, 20), C: point(80, 25), D: point(80, 25) },
      }),
    );
    expect(cellNames(fabric)).toEqual(['A', 'B', 'C+D']);
  });
});

describe('buildings at the edge', () => {
  it('belong where most of them lies', () => {
    const { fabric, issues } = build(
      drawnGround('....................\n'.repeat(4), {
        buildings: {
          A: rectangle(-5, 10, 15, 20),
          B: rectangle(90, 10, 120, 20),
          C: rectangle(40, 50, 50, 60),
          D: rectangle(40, 10, 50, 20),
        },
      }),
    );
    expect(cellNames(fabric)).toEqual(['A', 'D']);
    expect(issues.map(({ code, buildingIds }) => [code, buildingIds![0]])).toEqual([
      ['buildingOverEdge', 'A'],
      ['buildingOutsideCommunity', 'B'],
      ['buildingOutsideCommunity', 'C'],
    ]);
  });

  it('may touch the boundary from inside', () => {
    const { fabric, issues } = build(
      drawnGround(`
        AAAA......
        ..........
        ......BBBB`),
    );
    expect(cellNames(fabric)).toEqual(['A', 'B']);
    expect(issues).toEqual([]);
  });
});

describe('barriers', () => {
  it('part road blocks where they go through', () => {
    const { fabric } = build(
      drawnGround(`
        ..AAA..|..BBB..
        .......|.......
        =======+=======
        .......|.......
        ..CCC..|..DDD..`),
    );
    expect(blockCount(fabric)).toBe(4);
    expect(between(fabric, 'A', 'B')).toBe('mainRoad');
    expect(between(fabric, 'A', 'C')).toBe('mainRoad');
    expect(between(fabric, 'A', 'D')).toBeUndefined();
    expect(lengthOf(fabric, 'mainRoad')).toBeCloseTo(75 + 50, 0);
    expect(lengthOf(fabric, 'open')).toBe(0);
  });

  it('that end inside part nothing', () => {
    const { fabric } = build(
      drawnGround(`
        ..AAA.........BBB..
        ...................
        =========..........
        ...................
        ..CCC.........DDD..`),
    );
    expect(blockCount(fabric)).toBe(1);
    expect(between(fabric, 'B', 'D')).toBeNull();
  });

  it('that end just short of the boundary are closed, and that is reported', () => {
    const { fabric, issues } = build(
      drawnGround('....................\n'.repeat(6), {
        buildings: { A: rectangle(20, 40, 40, 50), B: rectangle(20, 10, 40, 20) },
        barriers: [
          {
            class: 'mainRoad',
            line: [
              [0.005, 30],
              [99.4, 30],
            ],
          },
        ],
      }),
    );
    expect(blockCount(fabric)).toBe(2);
    expect(issues.map(({ code, values }) => [code, values?.gapM])).toEqual([
      ['roadEndClosed', expect.closeTo(0.005, 2)],
      ['roadEndClosed', expect.closeTo(0.6, 2)],
    ]);
  });

  it('that are minor roads attract borders without parting blocks', () => {
    const { fabric } = build(
      drawnGround(`
        ..AAA..BBB..CCC..
        .................
        .................
        .................
        -----------------
        ..DDD..EEE..FFF..`),
    );
    expect(blockCount(fabric)).toBe(1);
    expect(lengthOf(fabric, 'road')).toBeCloseTo(85, 0);
    expect(between(fabric, 'A', 'D')).toBeNull();
    expect(cellOf(fabric, 'D').areaM2).toBeLessThan(30 * 16);
  });

  it('let a river part a community though a bridge crosses it', () => {
    const { fabric } = build(
      drawnGround(`
        ..AAA..:..BBB..
        .......:.......
        ~~~~~~~+~~~~~~~
        .......:.......
        ..CCC..:..DDD..`),
    );
    expect(between(fabric, 'A', 'C')).toBe('river');
    expect(between(fabric, 'A', 'B')).toBeNull();
    expect(blockCount(fabric)).toBe(2);
  });

  it('give water that comes as tiles of an area one line in its middle', () => {
    const { fabric } = build(
      drawnGround('....................\n'.repeat(12), {
        buildings: { A: rectangle(20, 95, 60, 105), B: rectangle(20, 10, 60, 20) },
        barriers: [
          { class: 'river', area: rectangle(-10, 45, 50, 75) },
          { class: 'river', area: rectangle(50, 45, 110, 75) },
        ],
      }),
    );
    expect(cellNames(fabric)).toEqual(['A', 'B']);
    expect(between(fabric, 'A', 'B')).toBe('river');
    expect(lengthOf(fabric, 'river')).toBeCloseTo(100, 0);
  });

  it('give a lake a cell of its own', () => {
    const { fabric } = build(
      drawnGround('........................................\n'.repeat(20), {
        buildings: { A: rectangle(10, 10, 30, 20) },
        barriers: [{ class: 'river', area: rectangle(50, 50, 180, 180) }],
      }),
    );
    expect(cellNames(fabric)).toEqual(['', 'A']);
    expect(cellOf(fabric, '').areaM2).toBeCloseTo(130 * 130, -2);
  });

  //  ┌─────┐ ┌─────┐
  //  │ A   │ │  B  │   two compounds with a street between: the border follows the street's middle, no wall is left alone with
  //  └─────┘│└─────┘   street ground, and both compounds are in one road block
  it('give the pavement before a compound to the compound', () => {
    const { fabric } = build(
      drawnGround(
        `
        ..AAA......BBB..
        ................`,
        {
          compounds: [
            { id: 'K' as never, name: 'K', area: rectangle(0, 0, 33, 20) },
            { id: 'L' as never, name: 'L', area: rectangle(45, 0, 80, 20) },
          ],
          barriers: [
            {
              class: 'road',
              line: [
                [37, -10],
                [37, 40],
              ],
            },
          ],
        },
      ),
    );
    expect(cellNames(fabric)).toEqual(['A', 'B']);
    expect(classesBetween(fabric, 'A', 'B')).toEqual(['road']);
    expect(cellOf(fabric, 'A').areaM2).toBeCloseTo(37 * 20, -1);
    expect(cellOf(fabric, 'A').roadBlock).toBe(cellOf(fabric, 'B').roadBlock);
  });

  it('follow a compound’s wall', () => {
    const { fabric } = build(
      drawnGround(
        `
        ..AAA...........BBB..
        .....................
        ..CCC...........DDD..`,
        {
          compounds: [{ id: 'K' as never, name: 'K', area: rectangle(0, 0, 70, 30) }],
        },
      ),
    );
    expect(classesBetween(fabric, 'A', 'B')).toEqual(['wall']);
    expect(between(fabric, 'A', 'B')).toBeNull();
    expect(cellOf(fabric, 'A').compoundId).toBe('K');
    expect(cellOf(fabric, 'B').compoundId).toBeNull();
    expect(cellOf(fabric, 'A').areaM2).toBeCloseTo(70 * 15, -2);
  });

  //  ════════════   carriageways 12 m apart: borders run down the median, streets reach it
  //  ════════════
  it('collapse to a line in the middle of dual carriageways', () => {
    const { fabric } = build(
      drawnGround('........................................\n'.repeat(12), {
        buildings: {
          A: rectangle(20, 90, 60, 100),
          B: rectangle(130, 90, 170, 100),
          C: rectangle(20, 20, 60, 30),
          D: rectangle(130, 20, 170, 30),
        },
        barriers: [
          {
            class: 'mainRoad',
            line: [
              [-5, 66],
              [205, 66],
            ],
          },
          {
            class: 'mainRoad',
            line: [
              [-5, 54],
              [205, 54],
            ],
          },
          {
            class: 'mainRoad',
            line: [
              [100, 66],
              [100, 125],
            ],
          },
          {
            class: 'mainRoad',
            line: [
              [110, 54],
              [110, -5],
            ],
          },
        ],
      }),
    );
    expect(cellNames(fabric)).toEqual(['A', 'B', 'C', 'D']);
    expect(blockCount(fabric)).toBe(4);
    expect(lengthOf(fabric, 'mainRoad')).toBeCloseTo(200 + 60 + 60, -1);
    expect(cellOf(fabric, 'A').areaM2 / (100 * 60)).toBeCloseTo(1, 1);
  });

  it('close a small roundabout in its middle', () => {
    const circle = Array.from({ length: 17 }, (_, k): [number, number] => [
      50 + 8 * Math.cos((k * Math.PI) / 8),
      50 + 8 * Math.sin((k * Math.PI) / 8),
    ]);
    const { fabric } = build(
      drawnGround('....................\n'.repeat(10), {
        buildings: {
          A: rectangle(10, 70, 30, 80),
          B: rectangle(70, 70, 90, 80),
          C: rectangle(10, 20, 30, 30),
          D: rectangle(70, 20, 90, 30),
        },
        barriers: [
          { class: 'mainRoad', line: circle },
          {
            class: 'mainRoad',
            line: [
              [0, 50],
              [42, 50],
            ],
          },
          {
            class: 'mainRoad',
            line: [
              [58, 50],
              [100, 50],
            ],
          },
          {
            class: 'mainRoad',
            line: [
              [50, 0],
              [50, 42],
            ],
          },
          {
            class: 'mainRoad',
            line: [
              [50, 58],
              [50, 100],
            ],
          },
        ],
      }),
    );
    expect(cellNames(fabric)).toEqual(['A', 'B', 'C', 'D']);
    expect(lengthOf(fabric, 'mainRoad')).toBeCloseTo(200, -1);
  });

  //  ╲   a ramp cuts a corner off a crossing: the triangle between belongs to nobody
  //  ═╲══
  it('collapse the eye between a ramp and its road', () => {
    const { fabric } = build(
      drawnGround('....................\n'.repeat(10), {
        buildings: { A: rectangle(10, 70, 30, 80), B: rectangle(80, 70, 95, 80), C: rectangle(10, 10, 30, 20) },
        barriers: [
          {
            class: 'mainRoad',
            line: [
              [0, 40],
              [100, 40],
            ],
          },
          {
            class: 'mainRoad',
            line: [
              [60, 40],
              [60, 100],
            ],
          },
          {
            class: 'mainRoad',
            line: [
              [40, 40],
              [52, 46],
              [60, 60],
            ],
          },
        ],
      }),
    );
    expect(cellNames(fabric)).toEqual(['A', 'B', 'C']);
    expect(blockCount(fabric)).toBe(3);
  });

  it('never go through a building that stands on them', () => {
    const { fabric } = build(
      drawnGround('....................\n'.repeat(6), {
        buildings: { A: rectangle(20, 22, 60, 40), B: rectangle(70, 5, 90, 15) },
        barriers: [
          {
            class: 'mainRoad',
            line: [
              [0, 30],
              [100, 30],
            ],
          },
        ],
      }),
    );
    expect(cellNames(fabric)).toEqual(['A', 'B']);
  });
});

describe('awkward communities', () => {
  it('may lie in two parts', () => {
    const { fabric } = build(
      drawnGround('.', {
        area: multiPolygon(rectangle(0, 0, 50, 50), rectangle(80, 0, 130, 50)),
        buildings: { A: rectangle(10, 10, 20, 20), B: rectangle(30, 10, 40, 20), C: rectangle(90, 10, 100, 20) },
      }),
    );
    expect(cellNames(fabric)).toEqual(['A', 'B', 'C']);
    expect(blockCount(fabric)).toBe(2);
    expect(between(fabric, 'B', 'C')).toBeUndefined();
  });

  it('may have a hole, which stays outside', () => {
    const { fabric } = build(
      drawnGround('.', {
        area: polygon(
          [
            [0, 0],
            [100, 0],
            [100, 100],
            [0, 100],
          ],
          [
            [40, 40],
            [40, 60],
            [60, 60],
            [60, 40],
          ],
        ),
        buildings: { A: rectangle(10, 40, 20, 60), B: rectangle(80, 40, 90, 60) },
      }),
    );
    expect(fabric.cells.reduce((sum, { areaM2 }) => sum + areaM2, 0)).toBeCloseTo(9600, -2);
    expect(lengthOf(fabric, 'community')).toBeCloseTo(480, -1);
  });

  it('may have a barrier along their boundary that wobbles across it', () => {
    const { fabric } = build(
      drawnGround('....................\n'.repeat(6), {
        buildings: { A: rectangle(20, 40, 40, 50), B: rectangle(20, 10, 40, 20) },
        barriers: [
          {
            class: 'mainRoad',
            line: [
              [-5, 1],
              [20, -1],
              [40, 1.5],
              [60, -0.5],
              [80, 0.3],
              [105, 0],
            ],
          },
        ],
      }),
    );
    expect(cellNames(fabric)).toEqual(['A', 'B']);
  });
});

describe('a building above the upper limit', () => {
  it('is divided by entrance along its long axis', () => {
    const { fabric } = build(
      drawnGround(
        `
        ......................
        ..AAAAAAAAAAAAAAAAAA..
        ......................
        ........BBBB..........`,
        { units: { A: [180, 200, 220] } },
      ),
    );
    expect(cellNames(fabric)).toEqual(['A1', 'A2', 'A3', 'B']);
    expect(cellOf(fabric, 'A2').householdCount).toBe(200);
    expect(between(fabric, 'A1', 'A2')).toBeNull();
    expect(between(fabric, 'A1', 'A3')).toBeUndefined();
    expect(lengthOf(fabric, 'entrance')).toBeCloseTo(20, 0);
  });

  it('stays whole without counts per entrance', () => {
    const { fabric } = build(drawnGround('..AAAAAAAA..\n....BB......', { households: { A: 700 } }));
    expect(cellNames(fabric)).toEqual(['A', 'B']);
  });
});

describe('every time', () => {
  it('the same ground gives the same fabric', () => {
    const ground = drawnGround(`
        ..AAA..|..BBB..
        =======+=======
        ..CCC..|..DDD..`);
    expect(build(ground).fabric).toEqual(build(ground).fabric);
  });
});
