import { readFile } from 'node:fs/promises';
import { privacyIssues } from '../../../geodata/import/index.ts';
import type { InputIssue } from '../../../geodata/model/index.ts';
import type { NamedBytes } from '../../formats/layer.ts';
import type { ImportLayer } from '../../wire.ts';
import { describeLayer, type OpenedLayer, openFiles, stemOf } from './open-files.ts';

/** A file on disk under the name it came with. */
export interface FileOnDisk {
  readonly name: string;
  readonly path: string;
}

export interface LookTask {
  readonly files: readonly FileOnDisk[];
  /** Longitude and latitude of the data already there. */
  readonly near: readonly [number, number] | null;
}

export interface Looked {
  readonly layers: readonly ImportLayer[];
  readonly issues: readonly InputIssue[];
  /** Names of files that hold numbers of people, and of what belongs to them: they must not be kept. */
  readonly refused: readonly string[];
}

export const readFiles = (files: readonly FileOnDisk[]): Promise<NamedBytes[]> =>
  Promise.all(files.map(async ({ name, path }) => ({ name, bytes: await readFile(path) })));

/** What is in the files. A file with a column of ID-card or telephone numbers is refused whole, with all of its layers. */
export async function lookAtFiles({ files, near }: LookTask): Promise<Looked> {
  const opened = await openFiles(await readFiles(files), null);
  const refused = new Set<string>();
  const privacy: InputIssue[] = [];
  for (const layer of opened.layers) {
    const found = privacyIssues(recordsOf(layer), layer.file);
    privacy.push(...found);
    if (found.length > 0) for (const name of belongingTo(layer.file, files)) refused.add(name);
  }
  const isKept = (file: string) => !belongingTo(file, files).some((name) => refused.has(name));
  const layers = opened.layers.filter(({ file }) => isKept(file));
  return {
    layers: layers.map((layer) => describeLayer(layer, near)),
    issues: [...privacy, ...opened.issues, ...layers.flatMap(({ issues }) => issues)],
    refused: [...refused],
  };
}

const recordsOf = (layer: OpenedLayer): readonly Readonly<Record<string, unknown>>[] =>
  layer.kind === 'table'
    ? layer.rows().map(({ values }) => values)
    : layer.features().map(({ properties }) => properties ?? {});

const SHAPEFILE_PART = /\.(shp|shx|dbf|prj|cpg|sbn|sbx|qpj|qix|qmd)$/i;

/** The files a layer came from: the archive it lies in, the members of its shapefile, or the one file. */
function belongingTo(file: string, files: readonly FileOnDisk[]): readonly string[] {
  return files
    .map(({ name }) => name)
    .filter(
      (name) =>
        name === file ||
        file.startsWith(`${name}/`) ||
        (SHAPEFILE_PART.test(name) && SHAPEFILE_PART.test(file) && stemOf(name) === stemOf(file)),
    );
}
