import type { BarrierClass } from '../model/index.ts';
import { along, type Block, type Point, type Ring } from './planar.ts';
import type { RandomStream } from './random.ts';

export const COLUMNS = 5;
export const ROWS = 5;
const FACE_WIDTH_M = 430;
const FACE_HEIGHT_M = 310;
const RIVER_LINE = 2;
const RAILWAY_LINE = 4;
const RIVER_HALF_WIDTH_M = 24;

/** Metres from the river's middle to the roads along its banks. */
export const BANK_ROAD_M = 33;

/** Metres from a line's middle to the nearest fence. */
export const SETBACK_M: Readonly<Record<BarrierClass, number>> = {
  river: 42,
  railway: 24,
  mainRoad: 18,
  road: 9,
  wall: 0,
};

interface Line {
  readonly class: BarrierClass;
  readonly points: readonly Point[];
}

export interface NamedLine extends Line {
  readonly name: string;
}

/** The skeleton of the town: faces between main roads, river and railway, each a block with setbacks. */
export interface StreetNetwork {
  /** `faces[row][column]`, rows from the south. */
  readonly faces: readonly (readonly Block[])[];
  readonly lines: readonly NamedLine[];
  readonly riverArea: Ring;
  /** The outline of a rectangle of faces. */
  outlineOf(column: number, row: number, columns: number, rows: number): Ring;
}

const riverAt = (x: number) => RIVER_LINE * FACE_HEIGHT_M + 52 * Math.sin(x / 300 + 0.6) + 16 * Math.sin(x / 127 + 2);
const railwayAt = (x: number) => RAILWAY_LINE * FACE_HEIGHT_M + 14 + 44 * Math.sin(x / 820 - 0.7);

const ROW_NAMES = ['南环路', '人民大街', '清源河', '解放大路', '长示铁路', '北环路'];
const COLUMN_NAMES = ['西环路', '康平路', '新华大街', '站前大街', '民康路', '东环路'];

function curve(height: (x: number) => number, from: number, to: number, stepM: number): Point[] {
  const count = Math.max(1, Math.round((to - from) / stepM));
  return Array.from({ length: count + 1 }, (_, i) => {
    const x = from + ((to - from) * i) / count;
    return [x, height(x)];
  });
}

function bent(random: RandomStream, from: Point, to: Point, bendM: number): Point[] {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  const middle = along(from, to, random.between(0.4, 0.6));
  const offset = random.between(-bendM, bendM);
  return [from, [middle[0] - (dy / length) * offset, middle[1] + (dx / length) * offset], to];
}

/** @param random drawn from in a fixed order: the same stream gives the same streets. */
export function layStreets(random: RandomStream): StreetNetwork {
  const isEdge = (column: number, row: number) => column === 0 || column === COLUMNS || row === 0 || row === ROWS;
  const node = (column: number, line: number): Point => {
    const jitter = isEdge(column, line) ? 42 : 26;
    const x = column * FACE_WIDTH_M + random.between(-jitter, jitter);
    if (line === RIVER_LINE) return [x, riverAt(x)];
    if (line === RAILWAY_LINE) return [x, railwayAt(x)];
    return [x, line * FACE_HEIGHT_M + random.between(-jitter, jitter) * 0.8 - (column - 2.5) * 6];
  };
  const nodes = Array.from({ length: ROWS + 1 }, (_, line) =>
    Array.from({ length: COLUMNS + 1 }, (_, column) => node(column, line)),
  );
  /** Pieces between neighbouring nodes, west to east and south to north. */
  const across = nodes.map((row, line) =>
    row.slice(0, -1).map((from, column): Point[] => {
      const to = row[column + 1]!;
      if (line === RIVER_LINE) return curve(riverAt, from[0], to[0], 34);
      if (line === RAILWAY_LINE) return curve(railwayAt, from[0], to[0], 60);
      return bent(random, from, to, line === 0 || line === ROWS ? 30 : 9);
    }),
  );
  const up = nodes
    .slice(0, -1)
    .map((row, line) =>
      row.map((from, column) =>
        bent(random, from, nodes[line + 1]![column]!, column === 0 || column === COLUMNS ? 26 : 9),
      ),
    );
  const rowClass = (line: number): BarrierClass =>
    line === RIVER_LINE
      ? 'river'
      : line === RAILWAY_LINE
        ? 'railway'
        : line === 0 || line === ROWS
          ? 'road'
          : 'mainRoad';
  const columnClass = (column: number): BarrierClass => (column === 0 || column === COLUMNS ? 'road' : 'mainRoad');

  const corners = (points: readonly Point[], setbackM: number) => points.slice(0, -1).map((at) => ({ at, setbackM }));
  const faces = up.map((_, row) =>
    Array.from(
      { length: COLUMNS },
      (_, column): Block => [
        ...corners(across[row]![column]!, SETBACK_M[rowClass(row)]),
        ...corners(up[row]![column + 1]!, SETBACK_M[columnClass(column + 1)]),
        ...corners([...across[row + 1]![column]!].reverse(), SETBACK_M[rowClass(row + 1)]),
        ...corners([...up[row]![column]!].reverse(), SETBACK_M[columnClass(column)]),
      ],
    ),
  );
  const joined = (pieces: readonly (readonly Point[])[]) =>
    pieces.flatMap((piece, i) => (i === 0 ? piece : piece.slice(1)));
  const beyond = 90;
  const lines: NamedLine[] = [];
  for (let line = 0; line <= ROWS; line++) {
    if (line === RIVER_LINE) continue;
    let points: readonly Point[] = joined(across[line]!);
    if (line === RAILWAY_LINE) {
      const [west, east] = [points[0]![0], points.at(-1)![0]];
      points = [[west - beyond, railwayAt(west - beyond)], ...points, [east + beyond, railwayAt(east + beyond)]];
    }
    lines.push({ class: rowClass(line), name: ROW_NAMES[line]!, points });
  }
  for (let column = 0; column <= COLUMNS; column++) {
    lines.push({
      class: columnClass(column),
      name: COLUMN_NAMES[column]!,
      points: joined(up.map((row) => row[column]!)),
    });
  }
  for (const [side, name] of [
    [1, '滨河北路'],
    [-1, '滨河南路'],
  ] as const) {
    lines.push({ class: 'road', name, points: joined(across[RIVER_LINE]!).map((at) => besideRiver(at, side)) });
  }
  return {
    faces,
    lines,
    riverArea: riverBand(nodes[RIVER_LINE]![0]![0] - beyond, nodes[RIVER_LINE]![COLUMNS]![0] + beyond),
    outlineOf: (column, row, columns, rows) => [
      ...joined(across[row]!.slice(column, column + columns)).slice(0, -1),
      ...joined(up.slice(row, row + rows).map((line) => line[column + columns]!)).slice(0, -1),
      ...joined(across[row + rows]!.slice(column, column + columns))
        .reverse()
        .slice(0, -1),
      ...joined(up.slice(row, row + rows).map((line) => line[column]!))
        .reverse()
        .slice(0, -1),
    ],
  };
}

/** The point of the bank road opposite a point of the river's middle line. */
function besideRiver([x, y]: Point, side: 1 | -1): Point {
  const slope = (riverAt(x + 1) - riverAt(x - 1)) / 2;
  const length = Math.hypot(1, slope);
  return [x - (side * BANK_ROAD_M * slope) / length, y + (side * BANK_ROAD_M) / length];
}

/** The water between the banks, which widens and narrows a little. */
function riverBand(west: number, east: number): Ring {
  const middle = curve(riverAt, west, east, 30);
  const bank = (side: 1 | -1) =>
    middle.map(([x, y], i): Point => {
      const [before, after] = [middle[Math.max(0, i - 1)]!, middle[Math.min(middle.length - 1, i + 1)]!];
      const length = Math.hypot(after[0] - before[0], after[1] - before[1]);
      const half = RIVER_HALF_WIDTH_M + 4 * Math.sin(x / 90 + side);
      return [x - (side * half * (after[1] - before[1])) / length, y + (side * half * (after[0] - before[0])) / length];
    });
  return [...bank(-1), ...bank(1).reverse()];
}
