import type { Geometry } from 'geojson';
import type { ExportField } from '../../../geodata/export/fields.ts';
import { wktOf } from '../../../geodata/geometry/crs.ts';
import type { InputIssue } from '../../../geodata/model/index.ts';
import type { WrittenEncoding } from '../encode-text.ts';
import type { NamedBytes } from '../layer.ts';
import { FIELD_LIST_SUFFIX, fieldList } from './field-list.ts';
import { writeDbf } from './write-dbf.ts';
import { type WrittenKind, writeShp } from './write-shp.ts';

/** A shape with its row, in the CRS it is to be written in; row keys are the fields' names. */
export interface WrittenFeature {
  readonly geometry: Geometry | null;
  readonly row: Readonly<Record<string, unknown>>;
}

/** 936 is the name both ArcGIS and GDAL know GBK by. */
const CPG: Readonly<Record<WrittenEncoding, string>> = { 'UTF-8': 'UTF-8', GBK: '936', GB18030: 'GB18030' };

const kindOf = (shape: Geometry): WrittenKind =>
  /Polygon/.test(shape.type) ? 'polygon' : /LineString/.test(shape.type) ? 'polyline' : 'point';

const SUFFIX: Readonly<Record<WrittenKind, string>> = {
  polygon: 'area',
  polyline: 'line',
  point: 'point',
  multipoint: 'point',
};

/**
 * The members of a shapefile: .shp .shx .dbf .prj .cpg and a field list in Chinese. A shapefile holds one kind of shape, so a mixed layer
 * becomes one for each kind, with a suffix. Errors (a character the encoding lacks, a CRS without a .prj) come as issues and then nothing should be handed out.
 */
export function writeShapefile(
  name: string,
  features: readonly WrittenFeature[],
  options: {
    readonly fields: readonly ExportField[];
    readonly crs: string;
    readonly encoding: WrittenEncoding;
    readonly modified: Date;
  },
): { readonly members: readonly NamedBytes[]; readonly issues: readonly InputIssue[] } {
  const prj = wktOf(options.crs);
  if (prj === null) {
    return { members: [], issues: [{ code: 'crsNotWritable', severity: 'error', values: { crs: options.crs } }] };
  }
  const byKind = new Map<WrittenKind, WrittenFeature[]>();
  const shapeless: WrittenFeature[] = [];
  for (const feature of features) {
    if (feature.geometry === null) {
      shapeless.push(feature);
      continue;
    }
    const kind = kindOf(feature.geometry);
    const own = byKind.get(kind);
    if (own === undefined) byKind.set(kind, [feature]);
    else own.push(feature);
  }
  if (byKind.size <= 1) {
    const [kind = 'polygon'] = byKind.keys();
    byKind.set(kind, [...features]);
  } else if (shapeless.length > 0) {
    const [kind] = byKind.keys();
    byKind.get(kind!)!.push(...shapeless);
  }
  const members: NamedBytes[] = [];
  const issues: InputIssue[] = [];
  for (const [kind, own] of byKind) {
    const base = byKind.size === 1 ? name : `${name}_${SUFFIX[kind]}`;
    const shapes = own.map(({ geometry }) => geometry);
    const written = kind === 'point' && shapes.some((shape) => shape?.type === 'MultiPoint') ? 'multipoint' : kind;
    const { shp, shx } = writeShp(shapes, written);
    const dbf = writeDbf(
      `${base}.dbf`,
      own.map(({ row }) => row),
      options.fields,
      options.encoding,
      options.modified,
    );
    issues.push(...dbf.issues);
    members.push(
      { name: `${base}.shp`, bytes: shp },
      { name: `${base}.shx`, bytes: shx },
      { name: `${base}.dbf`, bytes: dbf.bytes },
      { name: `${base}.prj`, bytes: Buffer.from(prj) },
      { name: `${base}.cpg`, bytes: Buffer.from(CPG[options.encoding]) },
    );
  }
  if (options.fields.length > 0)
    members.push({ name: `${name}${FIELD_LIST_SUFFIX}`, bytes: fieldList(options.fields) });
  return { members, issues };
}
