import { crsCandidates } from '../../../geodata/geometry/crs.ts';
import type { InputFeature, InputRow } from '../../../geodata/import/index.ts';
import { suggestMapping, suggestTarget } from '../../../geodata/import/index.ts';
import type { InputIssue } from '../../../geodata/model/index.ts';
import type { NamedBytes, VectorLayer } from '../../formats/layer.ts';
import { openVectorFiles } from '../../formats/read.ts';
import { FIELD_LIST_SUFFIX } from '../../formats/shapefile/field-list.ts';
import { openSpreadsheet, type SheetTable } from '../../formats/spreadsheet.ts';
import type { ImportLayer } from '../../wire.ts';

type Facts = Omit<ImportLayer, 'suggestedTarget' | 'suggestedMapping'> &
  Pick<VectorLayer, 'bbox'> & { readonly issues: readonly InputIssue[] };

/** One layer or sheet of the files that were handed in; its contents are made when asked for. */
export type OpenedLayer =
  | (Facts & { readonly kind: 'features'; features(): readonly InputFeature[] })
  | (Facts & { readonly kind: 'table'; rows(): readonly InputRow[] });

export interface OpenedImport {
  readonly layers: readonly OpenedLayer[];
  readonly issues: readonly InputIssue[];
}

const isSheet = (name: string): boolean => /\.(csv|tsv|txt|xlsx|xlsm|xls)$/i.test(name);

/** What the members of one shapefile have in common: the name without its ending. */
export const stemOf = (name: string): string => name.replace(/\.[^./\\]*$/, '').toLowerCase();

/** Opens everything at once: the members of a shapefile find each other by name. `encoding` is what the user says, against the files. */
export async function openFiles(files: readonly NamedBytes[], encoding: string | null): Promise<OpenedImport> {
  const tables = tablesAmong(files);
  const isInTable = (file: NamedBytes) => tables.some(({ members }) => members.includes(file));
  const vectors = await openVectorFiles(
    files.filter((file) => !isInTable(file)),
    { encoding },
  );
  const layers = vectors.layers.map((layer): OpenedLayer => ({ kind: 'features', ...layer }));
  const issues = [...vectors.issues];
  for (const { table, declared } of tables) {
    const opened = await openSpreadsheet(table, { encoding, cpg: declared });
    layers.push(...opened.sheets.map(tableLayer));
    issues.push(...opened.issues);
  }
  return { layers, issues };
}

interface TableFiles {
  readonly table: NamedBytes;
  /** The table with what belongs to it. */
  readonly members: readonly NamedBytes[];
  /** What a .cpg beside it says. */
  readonly declared: string | null;
}

/** Sheets, and .dbf files without shapes beside them. The list of fields that our own exports carry is for people: no table. */
function tablesAmong(files: readonly NamedBytes[]): readonly TableFiles[] {
  const shapes = new Set(files.filter(({ name }) => /\.shp$/i.test(name)).map(({ name }) => stemOf(name)));
  return files.flatMap((file): TableFiles[] => {
    if (isSheet(file.name))
      return file.name.endsWith(FIELD_LIST_SUFFIX) ? [] : [{ table: file, members: [file], declared: null }];
    if (!/\.dbf$/i.test(file.name) || shapes.has(stemOf(file.name))) return [];
    const members = files.filter(
      ({ name }) => stemOf(name) === stemOf(file.name) && /\.(dbf|cpg|prj|shx)$/i.test(name),
    );
    const cpg = members.find(({ name }) => /\.cpg$/i.test(name));
    return [{ table: file, members, declared: cpg ? Buffer.from(cpg.bytes).toString('latin1').trim() || null : null }];
  });
}

const tableLayer = (sheet: SheetTable): OpenedLayer => ({
  kind: 'table',
  file: sheet.file,
  layer: sheet.layer,
  format: sheet.format,
  geometryType: null,
  featureCount: sheet.rows.length,
  encoding: sheet.encoding,
  encodingSource: sheet.encodingSource,
  crs: null,
  crsCandidates: [],
  bbox: null,
  fields: sheet.fields,
  issues: [],
  rows: () => sheet.rows,
});

/**
 * What the import screen is told of a layer, with a guess at what it is and which column is what. `near` is where the data
 * already stored lies: of the systems that would put the layer in China, those that put it there.
 */
export function describeLayer(opened: OpenedLayer, near: readonly [number, number] | null): ImportLayer {
  const { file, layer, format, geometryType, featureCount, encoding, encodingSource, crs, bbox, fields } = opened;
  const suggestedTarget = suggestTarget({ file, layer, geometryType, columns: fields });
  const close = crs === null && bbox !== null && near !== null ? crsCandidates(bbox, [near[0], near[1]]) : [];
  return {
    file,
    layer,
    format,
    geometryType,
    featureCount,
    encoding,
    encodingSource,
    crs,
    // A county's first file from elsewhere is not wrong for being far away.
    crsCandidates: close.length > 0 ? close : opened.crsCandidates,
    fields,
    suggestedTarget,
    suggestedMapping: suggestedTarget ? suggestMapping(fields, suggestedTarget) : {},
  };
}
