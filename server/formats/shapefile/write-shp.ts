import type { Geometry, Position } from 'geojson';

export type WrittenKind = 'point' | 'multipoint' | 'polyline' | 'polygon';

const SHAPE_TYPE: Readonly<Record<WrittenKind, number>> = { point: 1, polyline: 3, polygon: 5, multipoint: 8 };

const isClockwise = (ring: readonly Position[]): boolean => {
  const [x0, y0] = ring[0] as [number, number];
  let twice = 0;
  for (let i = 1; i + 1 < ring.length; i++) {
    const [ax, ay] = ring[i] as [number, number];
    const [bx, by] = ring[i + 1] as [number, number];
    twice += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
  }
  return twice < 0;
};

/** The rings or lines of a shape; shells clockwise and holes counter-clockwise, as the format wants (RFC 7946 has them the other way). */
function partsOf(shape: Geometry): Position[][] {
  switch (shape.type) {
    case 'LineString':
      return [shape.coordinates];
    case 'MultiLineString':
      return shape.coordinates;
    case 'Polygon':
    case 'MultiPolygon':
      return (shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates).flatMap((rings) =>
        rings.map((ring, i) => (isClockwise(ring) === (i === 0) ? ring : [...ring].reverse())),
      );
    default:
      throw new Error(`no parts in a ${shape.type}`);
  }
}

interface Box {
  west: number;
  south: number;
  east: number;
  north: number;
}

function boxOf(points: readonly Position[]): Box {
  const box: Box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  for (const [x, y] of points) {
    box.west = Math.min(box.west, x!);
    box.south = Math.min(box.south, y!);
    box.east = Math.max(box.east, x!);
    box.north = Math.max(box.north, y!);
  }
  return box;
}

const putBox = (view: DataView, at: number, box: Box): void => {
  [box.west, box.south, box.east, box.north].forEach((value, i) => {
    view.setFloat64(at + 8 * i, Number.isFinite(value) ? value : 0, true);
  });
};

/** One record's contents, without its header. */
function recordOf(shape: Geometry | null, kind: WrittenKind): { bytes: Uint8Array; points: readonly Position[] } {
  if (shape === null) return { bytes: new Uint8Array(4), points: [] };
  const type = SHAPE_TYPE[kind];
  if (kind === 'point') {
    const [x, y] = (shape as { coordinates: Position }).coordinates;
    const bytes = new Uint8Array(20);
    const view = new DataView(bytes.buffer);
    view.setInt32(0, type, true);
    view.setFloat64(4, x!, true);
    view.setFloat64(12, y!, true);
    return { bytes, points: [[x!, y!]] };
  }
  const parts =
    kind === 'multipoint'
      ? [shape.type === 'Point' ? [shape.coordinates] : (shape as { coordinates: Position[] }).coordinates]
      : partsOf(shape);
  const points = parts.flat();
  const partBytes = kind === 'multipoint' ? 0 : 4 + 4 * parts.length;
  const bytes = new Uint8Array(40 + partBytes + 16 * points.length);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, type, true);
  putBox(view, 4, boxOf(points));
  let at = 36;
  if (kind !== 'multipoint') {
    view.setInt32(at, parts.length, true);
    at += 4;
  }
  view.setInt32(at, points.length, true);
  at += 4;
  if (kind !== 'multipoint') {
    let start = 0;
    for (const part of parts) {
      view.setInt32(at, start, true);
      start += part.length;
      at += 4;
    }
  }
  for (const [x, y] of points) {
    view.setFloat64(at, x!, true);
    view.setFloat64(at + 8, y!, true);
    at += 16;
  }
  return { bytes, points };
}

function header(kind: WrittenKind, byteLength: number, box: Box): Uint8Array {
  const bytes = new Uint8Array(100);
  const view = new DataView(bytes.buffer);
  view.setInt32(0, 9994);
  view.setInt32(24, byteLength / 2);
  view.setInt32(28, 1000, true);
  view.setInt32(32, SHAPE_TYPE[kind], true);
  putBox(view, 36, box);
  return bytes;
}

/** Shapes of one kind → the bytes of .shp and .shx. A null shape is written as one, so that records stay beside their rows. */
export function writeShp(
  shapes: readonly (Geometry | null)[],
  kind: WrittenKind,
): { readonly shp: Uint8Array; readonly shx: Uint8Array } {
  const records = shapes.map((shape) => recordOf(shape, kind));
  const size = records.reduce((sum, { bytes }) => sum + 8 + bytes.byteLength, 100);
  const shp = new Uint8Array(size);
  const shx = new Uint8Array(100 + 8 * records.length);
  const shpView = new DataView(shp.buffer);
  const shxView = new DataView(shx.buffer);
  const box: Box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity };
  let at = 100;
  records.forEach(({ bytes, points }, i) => {
    shpView.setInt32(at, i + 1);
    shpView.setInt32(at + 4, bytes.byteLength / 2);
    shp.set(bytes, at + 8);
    shxView.setInt32(100 + 8 * i, at / 2);
    shxView.setInt32(104 + 8 * i, bytes.byteLength / 2);
    at += 8 + bytes.byteLength;
    const own = boxOf(points);
    box.west = Math.min(box.west, own.west);
    box.south = Math.min(box.south, own.south);
    box.east = Math.max(box.east, own.east);
    box.north = Math.max(box.north, own.north);
  });
  shp.set(header(kind, size, box));
  shx.set(header(kind, shx.byteLength, box));
  return { shp, shx };
}
