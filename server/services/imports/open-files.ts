import type { InputFeature, InputRow } from '../../../geodata/import/index.ts';
import { suggestMapping, suggestTarget } from '../../../geodata/import/index.ts';
import type { InputIssue } from '../../../geodata/model/index.ts';
import type { NamedBytes } from '../../formats/layer.ts';
import { openVectorFiles } from '../../formats/read.ts';
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

const isTable = (name: string): boolean => /\.(csv|tsv|txt|xlsx|xls)$/i.test(name);

/** Opens everything at once: the members of a shapefile find each other by name. `encoding` is what the user says, against the files. */
export async function openFiles(files: readonly NamedBytes[], encoding: string | null): Promise<OpenedImport> {
  const vectors = await openVectorFiles(
    files.filter(({ name }) => !isTable(name)),
    { encoding },
  );
  return {
    layers: vectors.layers.map((layer): OpenedLayer => ({ kind: 'features', ...layer })),
    issues: vectors.issues,
  };
}

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
