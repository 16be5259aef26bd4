import { describe, expect, it } from 'vitest';
import { checkFabric } from '../../../geodata/fabric/check-fabric.ts';
import { neighboursOf } from '../../../geodata/fabric/neighbours.ts';
import { fabricFromTiles } from '../../../geodata/fabric/tiles.ts';
import type { Ground } from '../../../geodata/model/index.ts';
import { drawnGround, polygon, rectangle } from '../../support/drawn-ground.ts';
import { hasRealGround, providenceBlocks } from '../../support/real-ground.ts';

const names = ({ cells }: { cells: readonly { buildings: readonly { buildingId: string }[] }[] }) =>
  cells.map(({ buildings }) => buildings.map(({ buildingId }) => buildingId).join('+'));

describe('polygons that tile the land', () => {
  // ┌───┬───────┐
  // │ A │   B   │   C's side has a vertex less than A's and B's: the shared border is noded
  // ├───┴───┬───┤
  // │   C   │   │   the last corner belongs to nobody
  // └───────┴───┘
  const ground = drawnGround('.', {
    area: rectangle(0, 0, 120, 100),
    buildings: {
      A: rectangle(0, 50, 40, 100),
      B: rectangle(40, 50, 120, 100),
      C: rectangle(0, 0, 80, 50),
    },
  });

  it('are the cells; what they leave is empty ground', () => {
    const { fabric } = fabricFromTiles(ground);
    expect(checkFabric(fabric, ground)).toEqual([]);
    expect(names(fabric)).toEqual(['A', 'B', 'C', '']);
    expect(fabric.cells.map(({ areaM2 }) => Math.round(areaM2 / 10) * 10)).toEqual([2000, 4000, 4000, 2000]);
    expect(neighboursOf(fabric)).toHaveLength(5);
  });

  it('join slivers of careless drawing to the tile beside', () => {
    const careless = drawnGround('.', {
      area: rectangle(0, 0, 120, 50),
      buildings: {
        A: polygon([
          [0, 0],
          [59.8, 0],
          [60.3, 50],
          [0, 50],
        ]),
        B: rectangle(60, 0, 120, 50),
      },
    });
    const { fabric } = fabricFromTiles(careless);
    expect(checkFabric(fabric, careless)).toEqual([]);
    expect(names(fabric)).toEqual(['A', 'B']);
  });

  // ┌─┐ ┌─┐ ┌─┐
  // └─┘ └─┘ └─┘   blocks drawn up to the kerb: no cell of streets that touches everything
  // ┌─┐ ┌─┐ ┌─┐
  // └─┘ └─┘ └─┘
  it('share out the streets that are left between them', () => {
    const blocks = Array.from({ length: 9 }, (_, k) => [k % 3, Math.floor(k / 3)] as const);
    const kerbs = drawnGround('.', {
      area: rectangle(0, 0, 360, 360),
      buildings: Object.fromEntries(
        blocks.map(([column, row]) => [
          `T${column}${row}`,
          rectangle(column * 120 + 10, row * 120 + 10, column * 120 + 110, row * 120 + 110),
        ]),
      ),
    });
    const { fabric } = fabricFromTiles(kerbs);
    expect(checkFabric(fabric, kerbs)).toEqual([]);
    expect(fabric.cells).toHaveLength(9);
    expect(neighboursOf(fabric).filter(({ lengthM }) => lengthM > 50)).toHaveLength(12);
  });

  it('take the class of a barrier their border runs along', () => {
    const withRoad: Ground = drawnGround('.', {
      area: rectangle(0, 0, 120, 100),
      buildings: { A: rectangle(0, 0, 60, 100), B: rectangle(60, 0, 120, 50), C: rectangle(60, 50, 120, 100) },
      barriers: [
        {
          class: 'mainRoad',
          line: [
            [62, -10],
            [61, 110],
          ],
        },
      ],
    });
    const { fabric } = fabricFromTiles(withRoad);
    expect(neighboursOf(fabric).map(({ crosses }) => crosses)).toEqual(['mainRoad', 'mainRoad', null]);
    expect(fabric.cells.map(({ roadBlock }) => roadBlock)).toEqual([0, 1, 1]);
  });
});

describe.skipIf(!hasRealGround('us-providence-ri-blocks'))('census blocks (skipped without the shared data)', () => {
  it('of Providence are cells as they are', () => {
    const blocks = providenceBlocks()
      .filter(({ properties }) => properties?.ALAND10 > 0)
      .slice(0, 400);
    const [west, south, east, north] = [-71.45, 41.8, -71.4, 41.84];
    const ground: Ground = {
      community: {
        ...drawnGround('.').community,
        area: {
          type: 'Polygon',
          coordinates: [
            [
              [west, south],
              [east, south],
              [east, north],
              [west, north],
              [west, south],
            ],
          ],
        },
      },
      buildings: blocks.map((block, index) => ({
        ...drawnGround('A').buildings[0]!,
        id: `${block.properties?.GEOID10 ?? index}` as never,
        footprint: block.geometry,
        householdCount: Math.round((block.properties?.TOTPOP ?? 0) / 2.6),
      })),
      compounds: [],
      barriers: [],
    };
    const { fabric, issues } = fabricFromTiles(ground);
    expect(checkFabric(fabric, ground)).toEqual([]);
    const outside = issues.filter(({ code }) => code === 'buildingOutsideCommunity').length;
    expect(fabric.cells.filter(({ buildings }) => buildings.length > 0)).toHaveLength(blocks.length - outside);
  });
});
