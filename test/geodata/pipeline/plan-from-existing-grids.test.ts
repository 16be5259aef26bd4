import type { MultiPolygon, Polygon, Position } from 'geojson';
import { describe, expect, it } from 'vitest';
import { piecesOfGrids } from '../../../geodata/check/index.ts';
import { toLonLat } from '../../../geodata/geometry/local-frame.ts';
import type { Building, BuildingId, Fabric, GridId } from '../../../geodata/model/index.ts';
import { type DrawnGrid, planFromExistingGrids } from '../../../geodata/pipeline/plan-from-existing-grids.ts';
import { fabricOfTiles, type Tile } from '../../support/fabric-of-tiles.ts';

const SIDE = 30_000;

/** Every character is a cell of 30 m × 30 m: `#` with a house, `.` open ground. */
function cellsOf(rows: readonly string[]) {
  const tiles: Tile[] = rows.flatMap((row, y) =>
    [...row].map((letter, x): Tile => {
      const [west, east, north, south] = [x * SIDE, (x + 1) * SIDE, -y * SIDE, -(y + 1) * SIDE];
      return {
        rings: [
          [
            [west, south],
            [east, south],
            [east, north],
            [west, north],
            [west, south],
          ],
        ],
        buildings: letter === '#' ? [{ id: `b${y}-${x}`, households: 100 }] : [],
      };
    }),
  );
  const fabric = fabricOfTiles(tiles);
  const buildings = rows.flatMap((row, y) =>
    [...row].flatMap((letter, x) => (letter === '#' ? [house(fabric, `b${y}-${x}`, x + 0.5, y + 0.5)] : [])),
  );
  return { fabric, buildings, width: rows[0]!.length };
}

const house = (fabric: Fabric, id: string, x: number, y: number) =>
  ({
    id: id as BuildingId,
    footprint: { type: 'Point', coordinates: toLonLat(fabric.frame, x * SIDE, -y * SIDE) },
    householdCount: 100,
    units: [],
  }) as unknown as Building;

/** An area by its corners, in cells from the upper left. */
function drawn(fabric: Fabric, id: string, ...parts: (readonly (readonly [x: number, y: number])[])[]): DrawnGrid {
  const ring = (corners: readonly (readonly [number, number])[]): Position[] =>
    [...corners, corners[0]!].map(([x, y]) => toLonLat(fabric.frame, x * SIDE, -y * SIDE));
  const area: Polygon | MultiPolygon =
    parts.length === 1
      ? { type: 'Polygon', coordinates: [ring(parts[0]!)] }
      : { type: 'MultiPolygon', coordinates: parts.map((corners) => [ring(corners)]) };
  const grid = { id: id as GridId, code: id, name: id, kind: 'general' as const, locked: false };
  return { grid: { ...grid, detachedReason: null, workerIds: [] }, area };
}

function planOf({ fabric, buildings, width }: ReturnType<typeof cellsOf>, ...grids: readonly DrawnGrid[]) {
  const plan = planFromExistingGrids(fabric, buildings, grids);
  const letters = fabric.cells.map(({ id }) => plan.assignment.get(id) ?? '.').join('');
  return {
    rows: letters.match(new RegExp(`.{${width}}`, 'g'))!,
    pieces: Object.fromEntries([...piecesOfGrids(plan)].map(([grid, pieces]) => [grid, pieces.length])),
  };
}

/** The upper row but for the lower 2/3 of what is between `from` and `to`. */
const notched = (from: number, to: number, width: number) =>
  [
    [0, 0],
    [width, 0],
    [width, 1],
    [to, 1],
    [to, 0.3],
    [from, 0.3],
    [from, 1],
    [0, 1],
  ] as const;
const notch = (from: number, to: number, width: number) =>
  [
    [from, 0.3],
    [to, 0.3],
    [to, 1],
    [width, 1],
    [width, 2],
    [0, 2],
    [0, 1],
    [from, 1],
  ] as const;

describe('cells under grids drawn before', () => {
  //  a a a      The lower grid has most of the open ground in the middle, but the upper one lies across it.
  //  a_b_a
  //  b b b
  it('lets open ground join the grid that was drawn in one piece across it', () => {
    const cells = cellsOf(['#.#', '###']);
    const plan = planOf(cells, drawn(cells.fabric, 'a', notched(1, 2, 3)), drawn(cells.fabric, 'b', notch(1, 2, 3)));
    expect(plan).toEqual({ rows: ['aaa', 'bbb'], pieces: { a: 1, b: 1 } });
  });

  it('joins over several open cells', () => {
    const cells = cellsOf(['#..#', '####']);
    const plan = planOf(cells, drawn(cells.fabric, 'a', notched(1, 3, 4)), drawn(cells.fabric, 'b', notch(1, 3, 4)));
    expect(plan).toEqual({ rows: ['aaaa', 'bbbb'], pieces: { a: 1, b: 1 } });
  });

  it('leaves ground by its area where nothing is joined by it', () => {
    const cells = cellsOf(['##.', '###']);
    const plan = planOf(cells, drawn(cells.fabric, 'a', notched(2, 3, 3)), drawn(cells.fabric, 'b', notch(2, 3, 3)));
    expect(plan).toEqual({ rows: ['aab', 'bbb'], pieces: { a: 1, b: 1 } });
  });

  it('takes no house and no ground that a grid was not drawn on', () => {
    const built = cellsOf(['###', '###']);
    const grids = [drawn(built.fabric, 'a', notched(1, 2, 3)), drawn(built.fabric, 'b', notch(1, 2, 3))];
    expect(planOf(built, ...grids)).toEqual({ rows: ['aba', 'bbb'], pieces: { a: 2, b: 1 } });

    const open = cellsOf(['#.#', '###']);
    const left = [[0, 0], [1, 0], [1, 1], [0, 1]] as const; // biome-ignore format: corners of a box
    const right = [[2, 0], [3, 0], [3, 1], [2, 1]] as const; // biome-ignore format: corners of a box
    const rest = [[1, 0], [2, 0], [2, 1], [3, 1], [3, 2], [0, 2], [0, 1], [1, 1]] as const; // biome-ignore format: corners
    const apart = [drawn(open.fabric, 'a', left, right), drawn(open.fabric, 'b', rest)];
    expect(planOf(open, ...apart)).toEqual({ rows: ['aba', 'bbb'], pieces: { a: 2, b: 1 } });
  });

  //  a b a      Only one of the two can have the open ground in the middle.
  //  a . a
  //  a b a
  it('takes no other grid apart', () => {
    const cells = cellsOf(['###', '#.#', '#.#', '###']);
    const across = [[0, 0], [1, 0], [1, 1.7], [2, 1.7], [2, 0], [3, 0], [3, 4], [2, 4], [2, 2], [1, 2], [1, 4], [0, 4]] as const; // biome-ignore format: corners
    const upper = [[1, 0], [2, 0], [2, 1.7], [1, 1.7]] as const; // biome-ignore format: corners
    const lower = [[1, 2], [2, 2], [2, 4], [1, 4]] as const; // biome-ignore format: corners
    const { fabric } = cells;
    const plan = planOf(cells, drawn(fabric, 'a', across), drawn(fabric, 'b', upper), drawn(fabric, 'c', lower));
    expect(plan).toEqual({ rows: ['aba', 'aaa', 'aca', 'aca'], pieces: { a: 1, b: 1, c: 1 } });

    const split = planOf(cells, drawn(fabric, 'a', across), drawn(fabric, 'b', upper, lower));
    expect(split).toEqual({ rows: ['aba', 'aba', 'aba', 'aba'], pieces: { a: 2, b: 1 } });
  });
});
