import { identifyCrs } from '../../../geodata/geometry/crs.ts';
import type { InputFeature } from '../../../geodata/import/input.ts';
import type { InputIssue } from '../../../geodata/model/index.ts';
import { layerOf, type NamedBytes, type VectorLayer } from '../layer.ts';
import { readDbf } from './read-dbf.ts';
import { offsetsOfShx, readShp } from './read-shp.ts';
import { hasHeights } from './shape-types.ts';

/** The members of one shapefile, whatever case their extensions were in. */
export interface ShapefileMembers {
  readonly shp?: NamedBytes;
  readonly shx?: NamedBytes;
  readonly dbf?: NamedBytes;
  readonly prj?: NamedBytes;
  readonly cpg?: NamedBytes;
}

const text = (member: NamedBytes | undefined): string | null =>
  member === undefined ? null : new TextDecoder().decode(member.bytes);

/**
 * One shapefile as a layer. The three files are witnesses against each other: when the shapes, the index and the rows differ in number
 * the file is damaged and that is an error (`shapeTruncated`, `recordCountsDiffer`); rows flagged as deleted go together with
 * their shapes, counted (`rowsDeleted`). Without .dbf or .shx it is read and said so.
 */
export function openShapefile(
  layerName: string,
  members: ShapefileMembers,
  override: string | null,
): { readonly layer: VectorLayer | null; readonly issues: readonly InputIssue[] } {
  const { shp, shx, dbf, prj, cpg } = members;
  if (shp === undefined) {
    const file = (dbf ?? shx ?? prj ?? cpg)?.name ?? layerName;
    return { layer: null, issues: [{ code: 'shpMissing', severity: 'error', file }] };
  }
  const file = shp.name;
  const issues: InputIssue[] = [];
  if (shx === undefined) issues.push({ code: 'shxMissing', severity: 'notice', file });
  if (dbf === undefined) issues.push({ code: 'dbfMissing', severity: 'warning', file });
  const indexed = shx === undefined ? null : (offsetsOfShx(shx.bytes)?.length ?? null);
  const shapes = readShp(file, shp.bytes, shx?.bytes ?? null);
  issues.push(...shapes.issues);
  const table =
    dbf === undefined ? null : readDbf(dbf.name, dbf.bytes, { cpg: text(cpg), cpgFile: cpg?.name ?? '', override });
  if (table !== null) issues.push(...table.issues);

  const shapeCount = shapes.geometries.length;
  const rowCount = table?.rows.length ?? shapeCount;
  const count = Math.max(shapeCount, table === null ? 0 : rowCount);
  if (shapes.truncated) {
    issues.push({
      code: 'shapeTruncated',
      severity: 'error',
      file,
      values: { read: shapeCount, expected: Math.max(indexed ?? 0, count, shapeCount + 1) },
    });
  } else if (
    table !== null &&
    table.rows.length > 0 &&
    (rowCount !== shapeCount || (indexed ?? shapeCount) !== shapeCount)
  ) {
    issues.push({
      code: 'recordCountsDiffer',
      severity: 'error',
      file,
      values: { shapes: shapeCount, rows: rowCount, index: indexed ?? -1 },
    });
  }
  if (table?.truncated)
    issues.push({ code: 'dbfTruncated', severity: 'error', file: dbf!.name, values: { read: rowCount } });

  const features: InputFeature[] = [];
  let deleted = 0;
  for (let i = 0; i < (shapes.truncated ? shapeCount : count); i++) {
    const row = table?.rows[i];
    if (row === null) {
      deleted++;
      continue;
    }
    features.push({ type: 'Feature', number: i + 1, geometry: shapes.geometries[i] ?? null, properties: row ?? {} });
  }
  if (deleted > 0)
    issues.push({ code: 'rowsDeleted', severity: 'notice', file: dbf!.name, values: { count: deleted } });
  if (hasHeights(shapes.shapeType)) {
    issues.push({ code: 'heightDropped', severity: 'notice', file, values: { count: shapeCount } });
  }
  const prjText = text(prj);
  const crs = prjText === null ? null : identifyCrs(prjText);
  if (prjText !== null && crs === null) {
    issues.push({ code: 'prjUnreadable', severity: 'warning', file: prj!.name });
  }
  return {
    layer: layerOf({
      file,
      layer: layerName,
      format: 'shapefile',
      features,
      fieldNames: table?.fields ?? [],
      encoding: table?.encoding.encoding ?? null,
      encodingSource: table?.encoding.source ?? null,
      crs,
      issues,
    }),
    issues: [],
  };
}
