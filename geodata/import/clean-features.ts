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

type Kind = 'area' | 'line' | 'point';

/** One shape made sound, or null with the reason noted. A MultiPoint is left to the caller. */
function cleanShape(given: Geometry, accepts: readonly Kind[], note: Note): Geometry | null {
  let shape = unwrapped(given);
  if (isSwapped(shape)) {
    shape = mapPositions(shape, (x, y) => [y, x]);
    note('lonLatSwapped', 'warning');
  } else if (!isOnEarth(shape)) {
    note('coordinatesAbsurd', 'error');
    return null;
  }
  if (isArea(shape) && accepts.includes('area')) return cleanArea(shape, note);
  if (isLine(shape) && accepts.includes('line')) return cleanLine(shape, note);
  if (/Point$/.test(shape.type) && accepts.includes('point')) return shape;
  note('geometryTypeUnexpected', 'error', { type: shape.type });
  return null;
}

const noteInto =
  (issues: InputIssue[], file: string | undefined, feature: number): Note =>
  (code, severity, values) =>
    issues.push({ code, severity, ...(file === undefined ? {} : { file }), feature, ...(values ? { values } : {}) });

/** The number of the first feature with this shape and these attributes; remembers those it hasn't met. */
function duplicates(): (number: number, shape: Geometry, properties: object) => number | null {
  const seen = new Map<string, number>();
  return (number, shape, properties) => {
    const key = JSON.stringify([(shape as Area).coordinates, properties]);
    const first = seen.get(key);
    if (first === undefined) seen.set(key, number);
    return first ?? null;
  };
}

/**
 * Features (in lon/lat) whose shapes are sound, each repaired or rejected one named by an issue with its number: exchanged lon/lat,
 * unclosed and crossing rings are repaired; missing, collapsed, absurd and wrong-typed shapes and exact duplicates (shape and attributes)
 * are rejected. `accepts` says which kinds of geometry make sense here.
 */
export function cleanFeatures<Shape extends Area | Line | Point>(
  features: readonly InputFeature[],
  accepts: readonly Kind[],
  { file }: ReadingSource,
): { readonly features: readonly CleanFeature<Shape>[]; readonly issues: readonly InputIssue[] } {
  const issues: InputIssue[] = [];
  const cleaned: CleanFeature<Shape>[] = [];
  const firstLike = duplicates();
  for (const [index, feature] of features.entries()) {
    const number = featureNumber(feature, index);
    const note = noteInto(issues, file, number);
    if (feature.geometry === null) {
      note('geometryMissing', 'error');
      continue;
    }
    let shape = cleanShape(feature.geometry, accepts, note);
    if (shape === null) continue;
    // A building or a stake has one place.
    if (shape.type === 'MultiPoint') shape = { type: 'Point', coordinates: shape.coordinates[0] ?? [] };
    const properties = feature.properties ?? {};
    const first = firstLike(number, shape, properties);
    if (first === null) cleaned.push({ number, shape: shape as Shape, properties });
    else note('duplicateFeature', 'error', { of: first });
  }
  return { features: cleaned, issues };
}

/**
 * Features of any kind with their shapes made sound, for handing on: as above, but features without a shape and duplicates stay (and are said), since
 * what they are for isn't known here.
 */
export function repairFeatures(
  features: readonly InputFeature[],
  { file }: ReadingSource,
): { readonly features: readonly InputFeature[]; readonly issues: readonly InputIssue[] } {
  const issues: InputIssue[] = [];
  const repaired: InputFeature[] = [];
  const firstLike = duplicates();
  for (const [index, feature] of features.entries()) {
    const number = featureNumber(feature, index);
    const note = noteInto(issues, file, number);
    const { geometry } = feature;
    if (geometry === null) note('geometryMissing', 'warning');
    const shape = geometry === null ? null : cleanShape(geometry, ['area', 'line', 'point'], note);
    if (geometry !== null && shape === null) continue;
    if (shape !== null) {
      const first = firstLike(number, shape, feature.properties ?? {});
      if (first !== null) note('duplicateFeature', 'warning', { of: first });
    }
    repaired.push({ ...feature, number, geometry: shape });
  }
  return { features: repaired, issues };
}
