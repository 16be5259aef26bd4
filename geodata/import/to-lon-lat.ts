import { crsName, datumShift, projectionOf } from '../geometry/crs.ts';
import { type ShiftedDatum, unshift } from '../geometry/datum.ts';
import { mapPositions, positionsOf } from '../geometry/map-positions.ts';
import { fail, type InputIssue, type Result, succeed } from '../model/index.ts';
import { featureNumber, type InputFeature } from './input.ts';

export interface LonLatOptions {
  /** 'EPSG:n' or WKT of the features' numbers. */
  readonly crs: string;
  readonly datum?: ShiftedDatum | 'none';
}

interface Source {
  readonly file?: string;
  features(): readonly InputFeature[];
}

/** 1e-9 degrees is a tenth of a millimetre: finer digits are noise of the projection. */
const round9 = (value: number): number => Math.round(value * 1e9) / 1e9;

/** No CRS on earth has larger numbers (zone-prefixed eastings reach 4.6e7). */
const ABSURD = 1e8;

/**
 * A layer's features in CGCS2000 longitude and latitude. Coordinates that can't be on earth are left out with an issue each
 * (`coordinatesAbsurd`); heights are dropped (`heightDropped`, once); a datum read without its unknown shift is said
 * (`datumShiftUnknown`), as is a conversion from GCJ-02 or BD-09 (`datumConverted`). Fails with `crsUnknown` when `crs` isn't understood.
 */
export function toLonLatFeatures(
  layer: Source,
  { crs, datum = 'none' }: LonLatOptions,
): Result<{ readonly features: InputFeature[]; readonly issues: InputIssue[] }, InputIssue> {
  const at = layer.file === undefined ? {} : { file: layer.file };
  const projection = projectionOf(crs);
  if (projection === null) return fail({ code: 'crsUnknown', severity: 'error', ...at, values: { crs: crsName(crs) } });
  const issues: InputIssue[] = [];
  if (datumShift(crs) === 'unknown') {
    issues.push({ code: 'datumShiftUnknown', severity: 'warning', ...at, values: { crs: crsName(crs) } });
  }
  if (datum !== 'none') issues.push({ code: 'datumConverted', severity: 'notice', ...at, values: { datum } });
  const restore = unshift(datum);
  const geographic = projection.toLonLat(1000, 1000)[0] === 1000;
  let heights = 0;
  const features: InputFeature[] = [];
  layer.features().forEach((feature, index) => {
    const { geometry } = feature;
    if (geometry === null) {
      features.push({ ...feature, number: featureNumber(feature, index) });
      return;
    }
    let absurd: readonly number[] | null = null;
    let high = false;
    for (const position of positionsOf(geometry)) {
      const [x, y] = position;
      if (position.length > 2) high = true;
      const limit = geographic ? 360 : ABSURD;
      if (!(Math.abs(x!) <= limit && Math.abs(y!) <= limit)) {
        absurd = position.slice(0, 2);
        break;
      }
    }
    if (absurd === null) {
      const moved = mapPositions(geometry, (x, y) => {
        const [lon, lat] = restore(projection.toLonLat(x, y));
        if (!Number.isFinite(lon) || !Number.isFinite(lat)) absurd = [x, y];
        return geographic && datum === 'none' ? [lon, lat] : [round9(lon), round9(lat)];
      });
      if (absurd === null) {
        if (high) heights++;
        features.push({ ...feature, number: featureNumber(feature, index), geometry: moved });
        return;
      }
    }
    issues.push({
      code: 'coordinatesAbsurd',
      severity: 'error',
      ...at,
      feature: featureNumber(feature, index),
      values: { x: String(absurd[0]), y: String(absurd[1]) },
    });
  });
  if (heights > 0) issues.push({ code: 'heightDropped', severity: 'notice', ...at, values: { count: heights } });
  return succeed({ features, issues });
}
