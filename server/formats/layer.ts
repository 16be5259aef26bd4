import type { Feature } from 'geojson';
import { type Bbox, crsCandidates, findCrs } from '../../geodata/geometry/crs.ts';
import { positionsOf } from '../../geodata/geometry/map-positions.ts';
import type { InputFeature } from '../../geodata/import/input.ts';
import { privacyIssues } from '../../geodata/import/privacy.ts';
import type { InputIssue } from '../../geodata/model/index.ts';

export type VectorFormat = 'shapefile' | 'geojson' | 'geopackage' | 'kml';

/** One layer of a file. Features stay in the file's own coordinates; `toLonLatFeatures` takes them out of those. */
export interface VectorLayer {
  readonly file: string;
  readonly layer: string;
  readonly format: VectorFormat;
  /** The features' common GeoJSON type (a Multi one when both occur), 'Mixed', or null when there is no geometry at all. */
  readonly geometryType: string | null;
  readonly featureCount: number;
  readonly fields: readonly { readonly name: string; readonly samples: readonly string[] }[];
  readonly encoding: string | null;
  readonly encodingSource: 'declared' | 'detected' | null;
  /** 'EPSG:n', or WKT when it is none we number; null when the file doesn't say: then the user must. */
  readonly crs: string | null;
  /** Where `crs` is null, the systems that would put the layer in China, likeliest first. */
  readonly crsCandidates: readonly string[];
  /** minX, minY, maxX, maxY in the file's coordinates; null without any sane coordinate. */
  readonly bbox: Bbox | null;
  readonly issues: readonly InputIssue[];
  features(): readonly InputFeature[];
}

/** A file's name and contents, from disk or an upload. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const SAMPLE_COUNT = 5;

/** The first few values of each column, for the user to recognise it by; none of a column that looks like people's numbers. */
export function samplesOf(names: readonly string[], rows: readonly (Readonly<Record<string, unknown>> | null)[]) {
  const hidden = new Set(privacyIssues(rows.map((row) => row ?? {})).map(({ field }) => field));
  return names.map((name) => {
    const samples = new Set<string>();
    for (const row of hidden.has(name) ? [] : rows) {
      if (samples.size >= SAMPLE_COUNT) break;
      const value = row?.[name];
      if (value !== null && value !== undefined && value !== '') {
        samples.add((typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, 80));
      }
    }
    return { name, samples: [...samples] };
  });
}

function commonType(features: readonly InputFeature[]): string | null {
  const types = new Set(features.flatMap(({ geometry }) => (geometry === null ? [] : [geometry.type])));
  if (types.size === 0) return null;
  const [first, second] = [...types].sort((a, b) => b.length - a.length);
  if (types.size === 1) return first!;
  return types.size === 2 && first === `Multi${second}` ? first : 'Mixed';
}

/** Coordinates beyond any projection's reach would make the box useless for guessing the rest's place. */
function bboxOf(features: readonly InputFeature[]): Bbox | null {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { geometry } of features) {
    if (geometry === null) continue;
    for (const [x, y] of positionsOf(geometry)) {
      if (!(Math.abs(x!) < 1e8 && Math.abs(y!) < 1e8)) continue;
      west = Math.min(west, x!);
      east = Math.max(east, x!);
      south = Math.min(south, y!);
      north = Math.max(north, y!);
    }
  }
  return west === Infinity ? null : [west, south, east, north];
}

/** Whether most features lie where degrees can: a single stray one doesn't make a file metric. */
function areDegrees(features: readonly InputFeature[]): boolean {
  let metric = 0;
  let placed = 0;
  for (const { geometry } of features) {
    const first = geometry === null ? undefined : positionsOf(geometry).next().value;
    if (!first || !(Math.abs(first[0]!) < 1e8 && Math.abs(first[1]!) < 1e8)) continue;
    placed++;
    if (Math.abs(first[0]!) > 360 || Math.abs(first[1]!) > 360) metric++;
  }
  return metric * 2 <= placed;
}

/**
 * A layer from its parts: what can be derived from the features is derived here, the same for every format. A file that says (or,
 * like GeoJSON, means) degrees but holds metres has no CRS we may believe: `crsContradicted`.
 */
export function layerOf(parts: {
  readonly file: string;
  readonly layer: string;
  readonly format: VectorFormat;
  readonly features: readonly InputFeature[];
  readonly fieldNames: readonly string[];
  readonly encoding: string | null;
  readonly encodingSource: 'declared' | 'detected' | null;
  readonly crs: string | null;
  readonly issues: readonly InputIssue[];
}): VectorLayer {
  const { features, fieldNames, issues, ...rest } = parts;
  const bbox = bboxOf(features);
  const at = { file: parts.file };
  const found: InputIssue[] = [...issues];
  const contradicted = parts.crs !== null && findCrs(parts.crs)?.geographic === true && !areDegrees(features);
  const crs = contradicted ? null : parts.crs;
  if (contradicted) {
    found.push({ code: 'crsContradicted', severity: 'warning', ...at, values: { declared: parts.crs! } });
  } else if (crs === null && bbox !== null) found.push({ code: 'crsMissing', severity: 'warning', ...at });
  return {
    ...rest,
    crs,
    geometryType: commonType(features),
    featureCount: features.length,
    fields: samplesOf(
      fieldNames,
      features.map(({ properties }) => properties),
    ),
    crsCandidates: crs === null && bbox !== null ? crsCandidates(bbox) : [],
    bbox,
    issues: found,
    features: () => features,
  };
}

/** Field names in order of first appearance. */
export function fieldNamesOf(features: readonly (InputFeature | Feature)[]): string[] {
  const names = new Set<string>();
  for (const { properties } of features) for (const name of Object.keys(properties ?? {})) names.add(name);
  return [...names];
}
