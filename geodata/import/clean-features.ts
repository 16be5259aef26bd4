import type { Geometry, LineString, MultiLineString, MultiPolygon, Point, Polygon, Position } from 'geojson';
import { cleanRing } from '../geometry/clean-ring.ts';
import { mapPositions, positionsOf } from '../geometry/map-positions.ts';
import { ringAreaM2 } from '../geometry/plane-area.ts';
import type { InputIssue } from '../model/index.ts';
import { featureNumber, type InputFeature, type ReadingSource } from './input.ts';

export type Area = Polygon | MultiPolygon;
export type Line = LineString | MultiLineString;

/** A feature whose shape is fit for use, in CGCS2000 longitude and latitude. */
export interface CleanFeature<Shape extends Geometry> {
  readonly number: number;
  readonly shape: Shape;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Issues that mean a feature (or file) did not get in, and those that mean it got in changed. */
export const REJECTED: ReadonlySet<string> = new Set([
  'geometryMissing',
  'geometryTypeUnexpected',
  'geometryUnreadable',
  'coordinatesAbsurd',
  'zeroArea',
  'zeroLength',
  'ringTangled',
  'duplicateFeature',
  'privacyColumn',
]);
export const REPAIRED: ReadonlySet<string> = new Set(['lonLatSwapped', 'ringUnclosed', 'ringCrossed', 'partDropped']);

/** Smaller than a door mat is no building and no parcel, but what a collapsed outline leaves. */
const LEAST_AREA_M2 = 0.01;

type Note = (code: string, severity: InputIssue['severity'], values?: InputIssue['values']) => void;

function cleanArea(shape: Area, note: Note): Area | null {
  const parts = shape.type === 'Polygon' ? [shape.coordinates] : shape.coordinates;
  const kept: Position[][][] = [];
  let closed = false;
  let uncrossed = false;
  let dropped = 0;
  let tangled = false;
  for (const part of parts) {
    const rings: Position[][] = [];
    for (const [i, ring] of part.entries()) {
      const clean = cleanRing(ring);
      closed ||= clean.closed && clean.ring !== null;
      uncrossed ||= clean.uncrossed;
      tangled ||= clean.uncrossed && clean.ring === null;
      const area = clean.ring === null ? 0 : ringAreaM2(clean.ring);
      if (clean.ring === null || Math.abs(area) < LEAST_AREA_M2) {
        dropped++;
        if (i === 0) break;
      } else {
        // RFC 7946: shells counter-clockwise, holes clockwise.
        rings.push(area > 0 === (i === 0) ? clean.ring : clean.ring.reverse());
      }
    }
    if (rings.length > 0) kept.push(rings);
  }
  if (kept.length === 0) {
    note(tangled ? 'ringTangled' : 'zeroArea', 'error');
    return null;
  }
  if (closed) note('ringUnclosed', 'warning');
  if (uncrossed) note('ringCrossed', 'warning');
  if (dropped > 0) note('partDropped', 'warning', { count: dropped });
  return kept.length === 1 ? { type: 'Polygon', coordinates: kept[0]! } : { type: 'MultiPolygon', coordinates: kept };
}

function cleanLine(shape: Line, note: Note): Line | null {
  const parts = shape.type === 'LineString' ? [shape.coordinates] : shape.coordinates;
  const kept = parts
    .map((part) => part.filter((at, i) => i === 0 || at[0] !== part[i - 1]![0] || at[1] !== part[i - 1]![1]))
    .filter((part) => part.length > 1);
  if (kept.length === 0) {
    note('zeroLength', 'error');
    return null;
  }
  return kept.length === 1
    ? { type: 'LineString', coordinates: kept[0]! }
    : { type: 'MultiLineString', coordinates: kept };
}

/** The numbers can only be China's (or be degrees at all) with the two exchanged. */
function isSwapped(shape: Geometry): boolean {
  let count = 0;
  for (const [x, y] of positionsOf(shape)) {
    const beyondPole = Math.abs(y!) > 90 && Math.abs(x!) <= 90;
    const chinaTurned = x! >= 3 && x! <= 54 && y! >= 73 && y! <= 136;
    if (!beyondPole && !chinaTurned) return false;
    count++;
  }
  return count > 0;
}

function isOnEarth(shape: Geometry): boolean {
  for (const [lon, lat] of positionsOf(shape)) if (!(Math.abs(lon!) <= 180 && Math.abs(lat!) <= 90)) return false;
  return true;
}

/** The one geometry a collection with a single member stands for. */
const unwrapped = (shape: Geometry): Geometry =>
  shape.type === 'GeometryCollection' && shape.geometries.length === 1 ? shape.geometries[0]! : shape;

const isArea = (shape: Geometry): shape is Area => shape.type === 'Polygon' || shape.type === 'MultiPolygon';
const isLine = (shape: Geometry): shape is Line => shape.type === 'LineString' || shape.type === 'MultiLineString';

/**
 * Features (in lon/lat) whose shapes are sound, each repaired or rejected one named by an issue with its number: exchanged lon/lat,
 * unclosed and crossing rings are repaired; missing, collapsed, absurd and wrong-typed shapes and exact duplicates (shape and attributes)
 * are rejected. `accepts` says which kinds of geometry make sense here.
 */
export function cleanFeatures<Shape extends Area | Line | Point>(
  features: readonly InputFeature[],
  accepts: readonly ('area' | 'line' | 'point')[],
  { file }: ReadingSource,
): { readonly features: readonly CleanFeature<Shape>[]; readonly issues: readonly InputIssue[] } {
  const issues: InputIssue[] = [];
  const cleaned: CleanFeature<Shape>[] = [];
  const seen = new Map<string, number>();
  for (const [index, feature] of features.entries()) {
    const number = featureNumber(feature, index);
    const note: Note = (code, severity, values) =>
      issues.push({
        code,
        severity,
        ...(file === undefined ? {} : { file }),
        feature: number,
        ...(values ? { values } : {}),
      });
    if (feature.geometry === null) {
      note('geometryMissing', 'error');
      continue;
    }
    let shape = unwrapped(feature.geometry);
    if (isSwapped(shape)) {
      shape = mapPositions(shape, (x, y) => [y, x]);
      note('lonLatSwapped', 'warning');
    } else if (!isOnEarth(shape)) {
      note('coordinatesAbsurd', 'error');
      continue;
    }
    let sound: Geometry | null;
    if (isArea(shape) && accepts.includes('area')) sound = cleanArea(shape, note);
    else if (isLine(shape) && accepts.includes('line')) sound = cleanLine(shape, note);
    else if (shape.type === 'Point' && accepts.includes('point')) sound = shape;
    else if (shape.type === 'MultiPoint' && accepts.includes('point') && shape.coordinates.length > 0) {
      sound = { type: 'Point', coordinates: shape.coordinates[0]! };
    } else {
      note('geometryTypeUnexpected', 'error', { type: shape.type });
      continue;
    }
    if (sound === null) continue;
    const properties = feature.properties ?? {};
    const key = JSON.stringify([(sound as Area).coordinates, properties]);
    const first = seen.get(key);
    if (first !== undefined) {
      note('duplicateFeature', 'error', { of: first });
      continue;
    }
    seen.set(key, number);
    cleaned.push({ number, shape: sound as Shape, properties });
  }
  return { features: cleaned, issues };
}
