import type { InputFeature, InputRow } from '../../../geodata/import/index.ts';
import { suggestMapping, suggestTarget } from '../../../geodata/import/index.ts';
import type { InputIssue } from '../../../geodata/model/index.ts';
import type { NamedBytes } from '../../formats/layer.ts';
import { openVectorFiles } from '../../formats/read.ts';
import { openSpreadsheet, type SheetTable } from '../../formats/spreadsheet.ts';
import type { ImportLayer } from '../../wire.ts';

type Facts = Omit<ImportLayer, 'suggestedTarget' | 'suggestedMapping'> & { readonly issues: readonly InputIssue[] };

/** One layer or sheet of the files that were handed in; its contents are made when asked for. */
export type OpenedLayer =
  | (Facts & { readonly kind: 'features'; features(): readonly InputFeature[] })
  | (Facts & { readonly kind: 'table'; rows(): readonly InputRow[] });

export interface OpenedImport {
  readonly layers: readonly OpenedLayer[];
  readonly issues: readonly InputIssue[];
}

const isTable = (name: string): boolean => /\.(csv|tsv|txt|xlsx|xlsm|xls)$/i.test(name);

/** Opens everything at once: the members of a shapefile find each other by name. `encoding` is what the user says, against the files. */
export async function openFiles(files: readonly NamedBytes[], encoding: string | null): Promise<OpenedImport> {
  const vectors = await openVectorFiles(
    files.filter(({ name }) => !isTable(name)),
    { encoding },
  );
  const layers = vectors.layers.map((layer): OpenedLayer => ({ kind: 'features', ...layer }));
  const issues = [...vectors.issues];
  for (const file of files.filter(({ name }) => isTable(name))) {
    const opened = await openSpreadsheet(file, { encoding });
    layers.push(...opened.sheets.map(tableLayer));
    issues.push(...opened.issues);
  }
  return { layers, issues };
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
  fields: sheet.fields,
  issues: [],
  rows: () => sheet.rows,
});

/** What the import screen is told of a layer, with a guess at what it is and which column is what. */
export function describeLayer(opened: OpenedLayer): ImportLayer {
  const { file, layer, format, geometryType, featureCount, encoding, encodingSource, crs, crsCandidates, fields } =
    opened;
  const suggestedTarget = suggestTarget({ file, layer, geometryType, columns: fields });
  return {
    file,
    layer,
    format,
    geometryType,
    featureCount,
    encoding,
    encodingSource,
    crs,
    crsCandidates,
    fields,
    suggestedTarget,
    suggestedMapping: suggestedTarget ? suggestMapping(fields, suggestedTarget) : {},
  };
}
