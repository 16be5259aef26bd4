import type { Geometry, Position } from 'geojson';
import type { InputIssue } from '../../../geodata/model/index.ts';
import { ringsToPolygons } from './rings-to-polygons.ts';
import { MULTIPATCH, NULL_SHAPE, type ShapeKind, shapeKind } from './shape-types.ts';

export interface ShpRecords {
  readonly shapeType: number;
  /** By record, in file order; null for a null shape or one that could not be read (then there is an issue). */
  readonly geometries: readonly (Geometry | null)[];
  /** Set when the file ends before its last record does. */
  readonly truncated: boolean;
  readonly issues: readonly InputIssue[];
}

const HEADER_BYTES = 100;

function readPoints(view: DataView, at: number, count: number): Position[] {
  const points: Position[] = new Array(count);
  for (let i = 0; i < count; i++)
    points[i] = [view.getFloat64(at + 16 * i, true), view.getFloat64(at + 16 * i + 8, true)];
  return points;
}

/** One record's contents → geometry without Z and M; undefined when its numbers contradict its length. */
function readShape(view: DataView, kind: ShapeKind): Geometry | null | undefined {
  const size = view.byteLength;
  if (kind === 'point') {
    if (size < 20) return undefined;
    return { type: 'Point', coordinates: [view.getFloat64(4, true), view.getFloat64(12, true)] };
  }
  if (size < 40) return undefined;
  if (kind === 'multipoint') {
    const count = view.getInt32(36, true);
    if (count < 0 || 40 + 16 * count > size) return undefined;
    return { type: 'MultiPoint', coordinates: readPoints(view, 40, count) };
  }
  if (size < 44) return undefined;
  const partCount = view.getInt32(36, true);
  const pointCount = view.getInt32(40, true);
  const pointsAt = 44 + 4 * partCount;
  if (partCount < 0 || pointCount < 0 || pointsAt + 16 * pointCount > size) return undefined;
  const starts = Array.from({ length: partCount }, (_, i) => view.getInt32(44 + 4 * i, true));
  const points = readPoints(view, pointsAt, pointCount);
  const parts = starts
    .map((start, i) => points.slice(start, starts[i + 1] ?? pointCount))
    .filter((part) => part.length > 0);
  if (parts.length === 0) return null;
  if (kind === 'polygon') return ringsToPolygons(parts);
  return parts.length === 1
    ? { type: 'LineString', coordinates: parts[0]! }
    : { type: 'MultiLineString', coordinates: parts };
}

/** Where records begin: by the index if it is one for this file, else by walking from each record to the next. */
function recordOffsets(view: DataView, shx: Uint8Array | null): { offsets: number[]; truncated: boolean; end: number } {
  const size = view.byteLength;
  const indexed = shx === null ? null : offsetsOfShx(shx);
  const offsets: number[] = [];
  let end = HEADER_BYTES;
  if (
    indexed?.every(
      (at, i) => at >= HEADER_BYTES && (at + 8 > size || view.getInt32(at) === i + 1 || view.getInt32(at) === i),
    )
  ) {
    for (const at of indexed) {
      const next = at + 12 <= size ? at + 8 + view.getInt32(at + 4) * 2 : size + 1;
      if (next > size) return { offsets, truncated: true, end: size };
      offsets.push(at);
      end = Math.max(end, next);
    }
    return { offsets, truncated: false, end };
  }
  while (end + 12 <= size) {
    const number = view.getInt32(end);
    const length = view.getInt32(end + 4) * 2;
    // Record numbers ascend from 1 (some writers from 0); anything else is no record but what was left behind it.
    if ((number !== offsets.length + 1 && number !== offsets.length) || length < 4) break;
    if (end + 8 + length > size) return { offsets, truncated: true, end: size };
    offsets.push(end);
    end += 8 + length;
  }
  return { offsets, truncated: false, end };
}

/**
 * The records of a .shp; with its .shx (null when there is none) also where they are. Trailing bytes and a wrong length in
 * the header do no harm. Fails softly: what can't be read is null with an issue.
 */
export function readShp(file: string, bytes: Uint8Array, shx: Uint8Array | null): ShpRecords {
  const issues: InputIssue[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < HEADER_BYTES || view.getInt32(0) !== 9994) {
    issues.push({ code: 'shpUnreadable', severity: 'error', file });
    return { shapeType: NULL_SHAPE, geometries: [], truncated: false, issues };
  }
  const shapeType = view.getInt32(32, true);
  const { offsets, truncated, end } = recordOffsets(view, shx);
  const geometries: (Geometry | null)[] = [];
  let unsupported = 0;
  for (const at of offsets) {
    const length = view.getInt32(at + 4) * 2;
    const type = length < 4 ? NULL_SHAPE : view.getInt32(at + 8, true);
    const kind = shapeKind(type);
    if (type === NULL_SHAPE) geometries.push(null);
    else if (kind === null) {
      unsupported++;
      geometries.push(null);
    } else {
      const shape = readShape(new DataView(bytes.buffer, bytes.byteOffset + at + 8, length), kind);
      if (shape === undefined) {
        issues.push({ code: 'shapeUnreadable', severity: 'error', file, feature: geometries.length + 1 });
      }
      geometries.push(shape ?? null);
    }
  }
  if (unsupported > 0) {
    issues.push({
      code: 'shapeTypeUnsupported',
      severity: 'error',
      file,
      values: {
        count: unsupported,
        type: shapeType,
        name: shapeType === MULTIPATCH ? 'MultiPatch' : String(shapeType),
      },
    });
  }
  if (!truncated && end < bytes.byteLength) {
    issues.push({ code: 'trailingBytes', severity: 'notice', file, values: { count: bytes.byteLength - end } });
  }
  return { shapeType, geometries, truncated, issues };
}

/** Byte offsets of the records a .shx lists; null when it is no .shx. */
export function offsetsOfShx(bytes: Uint8Array): number[] | null {
  if (bytes.byteLength < HEADER_BYTES) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getInt32(0) !== 9994) return null;
  const count = Math.floor((bytes.byteLength - HEADER_BYTES) / 8);
  return Array.from({ length: count }, (_, i) => view.getInt32(HEADER_BYTES + 8 * i) * 2);
}
