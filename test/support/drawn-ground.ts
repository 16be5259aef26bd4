import type { MultiPolygon, Polygon } from 'geojson';
import { toLonLat } from '../../geodata/geometry/local-frame.ts';
import type {
  Barrier,
  BarrierClass,
  BarrierId,
  Building,
  BuildingId,
  CommunityCode,
  Compound,
  Ground,
} from '../../geodata/model/index.ts';

type Metres = readonly [number, number];

// A place in Changchun; metres there are metres of the zone, turned by a little against north.
const FRAME = { centralMeridianDeg: 126, originEastM: 446_000, originNorthM: 4_860_000 };

/** Metres from the lower left corner of a drawing, as longitude and latitude. */
export function lonLatOfMetres([x, y]: Metres): [longitude: number, latitude: number] {
  return toLonLat(FRAME, Math.round(x * 1000), Math.round(y * 1000));
}

/** A character is 5 m wide and 10 m high. */
const WIDTH_M = 5;
const HEIGHT_M = 10;
const ACROSS: Readonly<Record<string, BarrierClass>> = { '=': 'mainRoad', '-': 'road', '~': 'river', '#': 'railway' };
const DOWN: Readonly<Record<string, BarrierClass>> = { '|': 'mainRoad', ':': 'road', '!': 'wall' };

/**
 * Ground from a drawing. Letters are buildings (the rectangle around all places of a letter), `=` main roads, `-` and `:` minor roads,
 * `~` a river, `#` a railway, `|` main roads, `!` walls, `+` where lines across and down meet. The community is the whole drawing.
 * Every building has 10 households unless `households` says otherwise; the rest is given in metres from the lower left corner.
 */
export function drawnGround(
  drawing: string,
  extra: {
    households?: Readonly<Record<string, number>>;
    units?: Readonly<Record<string, readonly number[]>>;
    area?: Polygon | MultiPolygon;
    buildings?: Readonly<Record<string, Building['footprint']>>;
    barriers?: readonly { class: BarrierClass; line?: readonly Metres[]; area?: Polygon }[];
    compounds?: readonly Compound[];
  } = {},
): Ground {
  const rows = drawing.split('\n').filter((row) => row.trim() !== '');
  const indent = Math.min(...rows.map((row) => row.length - row.trimStart().length));
  const lines = rows.map((row) => row.slice(indent).trimEnd());
  const columns = Math.max(...lines.map((line) => line.length));
  const at = (row: number, column: number): string => lines[row]?.[column] ?? ' ';
  const yOf = (row: number): number => (lines.length - row) * HEIGHT_M;

  const boxes = new Map<string, [number, number, number, number]>();
  const barriers: Barrier[] = [];
  const addBarrier = (barrierClass: BarrierClass, shape: Barrier['shape']): void => {
    barriers.push({ id: `b${barriers.length}` as BarrierId, class: barrierClass, name: null, shape });
  };
  const addLine = (barrierClass: BarrierClass, from: Metres, to: Metres): void => {
    addBarrier(barrierClass, { type: 'LineString', coordinates: [lonLatOfMetres(from), lonLatOfMetres(to)] });
  };
  for (let row = 0; row < lines.length; row++) {
    for (let column = 0; column < columns; column++) {
      const mark = at(row, column);
      if (/[a-zA-Z]/.test(mark)) {
        const box = boxes.get(mark) ?? [column, row, column, row];
        boxes.set(mark, [
          Math.min(box[0], column),
          Math.min(box[1], row),
          Math.max(box[2], column),
          Math.max(box[3], row),
        ]);
      }
      const across = ACROSS[mark];
      if (across && !isPart(at(row, column - 1), mark)) {
        let end = column;
        while (isPart(at(row, end + 1), mark)) end++;
        const y = yOf(row) - HEIGHT_M / 2;
        addLine(across, [column * WIDTH_M, y], [(end + 1) * WIDTH_M, y]);
      }
      const down = DOWN[mark];
      if (down && !isPart(at(row - 1, column), mark)) {
        let end = row;
        while (isPart(at(end + 1, column), mark)) end++;
        const x = (column + 0.5) * WIDTH_M;
        addLine(down, [x, yOf(row)], [x, yOf(end + 1)]);
      }
    }
  }
  for (const { class: barrierClass, line, area } of extra.barriers ?? []) {
    addBarrier(barrierClass, area ?? { type: 'LineString', coordinates: (line ?? []).map(lonLatOfMetres) });
  }
  const footprints = new Map<string, Building['footprint']>();
  for (const [id, [left, top, right, bottom]] of [...boxes].sort(([a], [b]) => (a < b ? -1 : 1))) {
    footprints.set(id, rectangle(left * WIDTH_M, yOf(bottom + 1), (right + 1) * WIDTH_M, yOf(top)));
  }
  for (const [id, footprint] of Object.entries(extra.buildings ?? {})) footprints.set(id, footprint);
  return {
    community: {
      code: '220103001001' as CommunityCode,
      name: 'drawn',
      streetName: null,
      area: extra.area ?? rectangle(0, 0, columns * WIDTH_M, lines.length * HEIGHT_M),
    },
    buildings: [...footprints].map(([id, footprint]) => {
      const units = extra.units?.[id] ?? [];
      return {
        id: id as BuildingId,
        name: null,
        compoundId: null,
        footprint,
        householdCount:
          units.length > 0 ? units.reduce((sum, count) => sum + count, 0) : (extra.households?.[id] ?? 10),
        countSource: 'counted',
        residentCount: null,
        floorCount: null,
        units: units.map((householdCount, k) => ({ id: `${id}${k + 1}` as never, name: `${k + 1}`, householdCount })),
      };
    }),
    compounds: extra.compounds ?? [],
    barriers,
  };
}

/** Does a line of this mark go on through that character? */
function isPart(character: string, mark: string): boolean {
  return character === mark || character === '+';
}

/** A rectangle in metres, as longitude and latitude. */
export function rectangle(left: number, bottom: number, right: number, top: number): Polygon {
  return polygon([
    [left, bottom],
    [right, bottom],
    [right, top],
    [left, top],
  ]);
}

/** A polygon in metres, as longitude and latitude; rings are closed here. */
export function polygon(...rings: readonly (readonly Metres[])[]): Polygon {
  return { type: 'Polygon', coordinates: rings.map((ring) => [...ring, ring[0]!].map(lonLatOfMetres)) };
}

export function multiPolygon(...polygons: readonly Polygon[]): MultiPolygon {
  return { type: 'MultiPolygon', coordinates: polygons.map(({ coordinates }) => coordinates) };
}
