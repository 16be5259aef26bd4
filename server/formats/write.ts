import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Feature, Geometry } from 'geojson';
import type { ExportField } from '../../geodata/export/fields.ts';
import { GRID_FIELDS } from '../../geodata/export/grid-fields.ts';
import { findCrs, projectionOf } from '../../geodata/geometry/crs.ts';
import { mapPositions } from '../../geodata/geometry/map-positions.ts';
import type { InputFeature } from '../../geodata/import/input.ts';
import { fail, type InputIssue, type Result, succeed } from '../../geodata/model/index.ts';
import type { WrittenEncoding } from './encode-text.ts';
import { inferFields } from './infer-fields.ts';
import type { NamedBytes } from './layer.ts';
import { writeShapefile } from './shapefile/write-shapefile.ts';
import { writeZip } from './zip/write-zip.ts';

export type WrittenFormat = 'shapefile' | 'geojson' | 'geopackage';

export interface WriteOptions {
  readonly format: WrittenFormat;
  /** The layer's name and the members' in a zip. */
  readonly name?: string;
  /** 'EPSG:n' the coordinates are written in; CGCS2000 longitude and latitude when not given. */
  readonly crs?: string;
  /** Of a shapefile's attributes; the other formats are UTF-8 by definition. */
  readonly encoding?: WrittenEncoding;
  /** Names, labels and types of the attributes; found from the values when not given. */
  readonly fields?: readonly ExportField[];
  readonly modified?: Date;
}

export interface WrittenFiles {
  /** For a shapefile its members; else the one file. */
  readonly members: readonly NamedBytes[];
  /** Warnings and notices: texts cut, fields renamed. */
  readonly issues: readonly InputIssue[];
}

const fileSafe = (name: string): string => name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_').slice(0, 80) || 'layer';

/** A tenth of a millimetre in metres and in degrees. */
const rounded = (geographic: boolean): ((value: number) => number) => {
  const scale = geographic ? 1e9 : 1e4;
  return (value) => Math.round(value * scale) / scale;
};

/** The column type of a GeoPackage: QGIS shows layers of an undeclared type as several. */
function geopackageType(features: readonly (InputFeature | Feature)[]): string {
  const types = new Set(features.flatMap(({ geometry }) => (geometry === null ? [] : [geometry.type])));
  const plain = new Set([...types].map((type) => type.replace('Multi', '').toUpperCase()));
  const [only = 'GEOMETRY'] = plain;
  if (plain.size !== 1 || only === 'GEOMETRYCOLLECTION') return 'GEOMETRY';
  return only === 'POINT' && !types.has('MultiPoint') ? only : `MULTI${only}`;
}

/**
 * Features in CGCS2000 longitude and latitude → the files of one layer in another CRS and format. Fails with the issues that make the result wrong:
 * an unknown CRS, a character the encoding lacks (each named with its feature and field), GDAL's refusal.
 */
export async function writeVectorMembers(
  features: readonly (InputFeature | Feature)[],
  options: WriteOptions,
): Promise<Result<WrittenFiles, readonly InputIssue[]>> {
  const { format, crs = 'EPSG:4490', encoding = 'UTF-8', modified = new Date() } = options;
  const name = fileSafe(options.name ?? 'layer');
  const projection = findCrs(crs) === null ? null : projectionOf(crs);
  if (projection === null) return fail([{ code: 'crsUnknown', severity: 'error', values: { crs } }]);
  const round = rounded(findCrs(crs)!.geographic);
  const place = (shape: Geometry | null): Geometry | null =>
    shape === null
      ? null
      : mapPositions(shape, (lon, lat) => {
          const [x, y] = projection.fromLonLat(lon, lat);
          return [round(x), round(y)];
        });
  const rows = features.map(({ properties }) => properties ?? {});
  const issues: InputIssue[] = [];

  if (format === 'shapefile') {
    const inferred = options.fields === undefined ? inferFields(rows) : null;
    for (const { from, name: to } of inferred ?? []) {
      if (from !== to) issues.push({ code: 'fieldRenamed', severity: 'notice', field: from, values: { name: to } });
    }
    const fields = options.fields ?? inferred!;
    const written = features.map(({ geometry }, i) => ({
      geometry: place(geometry),
      row:
        inferred === null ? rows[i]! : Object.fromEntries(inferred.map((field) => [field.name, rows[i]![field.from]])),
    }));
    const shapefile = writeShapefile(name, written, { fields, crs, encoding, modified });
    const all = [...issues, ...shapefile.issues];
    return all.some(({ severity }) => severity === 'error')
      ? fail(all)
      : succeed({ members: shapefile.members, issues: all });
  }

  const named = findCrs(crs)!;
  const collection = {
    type: 'FeatureCollection',
    // RFC 7946 knows one CRS, which 4490 passes for; another one has to be said the old way or is lost.
    ...(named.geographic ? {} : { crs: { type: 'name', properties: { name: `urn:ogc:def:crs:EPSG::${named.epsg}` } } }),
    features: features.map(({ geometry }, i) => ({ type: 'Feature', properties: rows[i], geometry: place(geometry) })),
  };
  const bytes = Buffer.from(`${JSON.stringify(collection)}\n`);
  if (format === 'geojson') return succeed({ members: [{ name: `${name}.geojson`, bytes }], issues });

  const { runGdal } = await import('./gdal/run-gdal.ts');
  const answer = await runGdal(
    {
      kind: 'translate',
      file: 'input.geojson',
      options: ['-f', 'GPKG', '-nln', name, '-a_srs', crs, '-nlt', geopackageType(features)],
      output: 'output',
    },
    (folder) => writeFile(path.join(folder, 'input.geojson'), bytes),
  );
  if (answer.error !== null || answer.bytes === null) {
    return fail([{ code: 'gdalFailed', severity: 'error', values: { message: answer.error ?? '' } }]);
  }
  return succeed({ members: [{ name: `${name}.gpkg`, bytes: answer.bytes }], issues });
}

/** As above, as the one file to hand out: a shapefile zipped. */
export async function writeVectorFile(
  features: readonly (InputFeature | Feature)[],
  options: WriteOptions,
): Promise<Result<{ readonly bytes: Uint8Array; readonly issues: readonly InputIssue[] }, readonly InputIssue[]>> {
  const written = await writeVectorMembers(features, options);
  if (!written.ok) return written;
  const { members, issues } = written.value;
  const bytes =
    options.format === 'shapefile' ? await writeZip(members, options.modified ?? new Date()) : members[0]!.bytes;
  return succeed({ bytes, issues });
}

/** Exported grids (features made by `gridFeature`) as one file with the fields everyone is promised. */
export function writeGrids(
  features: readonly Feature[],
  options: Omit<WriteOptions, 'fields'>,
): ReturnType<typeof writeVectorFile> {
  const present = new Set(features.flatMap(({ properties }) => Object.keys(properties ?? {})));
  const fields = GRID_FIELDS.filter(({ name }, i) => i < 6 || present.has(name));
  return writeVectorFile(features, { name: 'grids', ...options, fields });
}
