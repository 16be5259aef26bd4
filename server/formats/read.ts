import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { InputIssue } from '../../geodata/model/index.ts';
import { openGeoJson } from './geojson.ts';
import { openKml } from './kml.ts';
import type { NamedBytes, VectorLayer } from './layer.ts';
import { FIELD_LIST_SUFFIX } from './shapefile/field-list.ts';
import { openShapefile, type ShapefileMembers } from './shapefile/open-shapefile.ts';
import { encodingByName } from './text-encoding.ts';
import { readZip } from './zip/read-zip.ts';

export type { NamedBytes, VectorFormat, VectorLayer } from './layer.ts';

export interface OpenOptions {
  /** What the user says the text is encoded in, against anything the files say. */
  readonly encoding?: string | null;
  /** Bytes of one file that is read at all. */
  readonly mostBytes?: number;
}

export interface OpenedFiles {
  readonly layers: readonly VectorLayer[];
  /** Of the files as a whole; each layer has its own besides. */
  readonly issues: readonly InputIssue[];
}

const SHAPEFILE_EXTENSIONS = ['shp', 'shx', 'dbf', 'prj', 'cpg'] as const;
const MOST_BYTES = 1024e6;

const extensionOf = (name: string): string => /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
const stemOf = (name: string): string => name.replace(/\.[^./\\]+$/, '');
const baseOf = (name: string): string => name.replace(/^.*[/\\]/, '');

const isShapefilePart = (name: string): boolean =>
  (SHAPEFILE_EXTENSIONS as readonly string[]).includes(extensionOf(name));
const isGdalFormat = (name: string): boolean => extensionOf(name) === 'gpkg';
const isArchive = (name: string): boolean => ['zip', 'kmz'].includes(extensionOf(name));
const isReadable = (name: string): boolean =>
  isShapefilePart(name) || isGdalFormat(name) || ['geojson', 'json', 'kml'].includes(extensionOf(name));

/** What lies beside a shapefile and says nothing we need: spatial indexes, styles, metadata, our own field list. */
const isSidecar = (name: string): boolean =>
  ['sbn', 'sbx', 'qpj', 'qix', 'qmd', 'qml', 'sld', 'cst', 'fix', 'lyr', 'xml'].includes(extensionOf(name)) ||
  name.endsWith(FIELD_LIST_SUFFIX);

/**
 * Opens vector files that were given together (the members of a shapefile dragged in as five files; zips; single files).
 * Whatever is wrong comes back as issues, never as an exception: a file either gives layers or an error that names it.
 */
export async function openVectorFiles(files: readonly NamedBytes[], options: OpenOptions = {}): Promise<OpenedFiles> {
  const layers: VectorLayer[] = [];
  const issues: InputIssue[] = [];
  let override: string | null = null;
  if (options.encoding) {
    override = encodingByName(options.encoding);
    if (override === null) {
      return {
        layers,
        issues: [{ code: 'encodingUnknown', severity: 'error', values: { encoding: options.encoding } }],
      };
    }
  }
  const flat: NamedBytes[] = [];
  for (const file of files) {
    if (file.bytes.byteLength > (options.mostBytes ?? MOST_BYTES)) {
      issues.push({
        code: 'fileTooLarge',
        severity: 'error',
        file: file.name,
        values: { bytes: file.bytes.byteLength },
      });
    } else if (isArchive(file.name)) {
      const members = await readZip(file, isReadable);
      if (!members.ok) issues.push(members.failure);
      else if (!members.value.some(({ name }) => /\.(shp|geojson|json|gpkg|kml)$/i.test(name))) {
        issues.push({ code: 'zipWithoutLayer', severity: 'error', file: file.name });
      } else flat.push(...members.value.map(({ name, bytes }) => ({ name: `${file.name}/${name}`, bytes })));
    } else if (isReadable(file.name)) flat.push(file);
    else if (!isSidecar(file.name)) issues.push({ code: 'formatUnknown', severity: 'error', file: file.name });
  }
  const shapefiles = new Map<string, { -readonly [Part in keyof ShapefileMembers]: NamedBytes }>();
  for (const file of flat) {
    if (isShapefilePart(file.name)) {
      const stem = stemOf(file.name).toLowerCase();
      const members = shapefiles.get(stem) ?? {};
      members[extensionOf(file.name) as keyof ShapefileMembers] = file;
      shapefiles.set(stem, members);
    } else if (isGdalFormat(file.name)) {
      // GDAL takes a second to start: only the formats that need it pay for it.
      const { openWithGdal } = await import('./gdal/open-with-gdal.ts');
      const opened = await openWithGdal(file);
      layers.push(...opened.layers);
      issues.push(...opened.issues);
    } else {
      const opened = extensionOf(file.name) === 'kml' ? openKml(file, override) : openGeoJson(file, override);
      if (opened.layer !== null) layers.push(opened.layer);
      issues.push(...opened.issues);
    }
  }
  for (const members of shapefiles.values()) {
    const name = baseOf(stemOf((members.shp ?? members.dbf ?? members.shx ?? members.prj ?? members.cpg)!.name));
    const opened = openShapefile(name, members, override);
    if (opened.layer !== null) layers.push(opened.layer);
    issues.push(...opened.issues);
  }
  return { layers, issues };
}

/**
 * Opens one file by path (a shapefile's siblings are found beside it, in any case of letters) or by name and bytes.
 * A missing or unreadable file is an issue like any other.
 */
export async function openVectorFile(source: string | NamedBytes, options: OpenOptions = {}): Promise<OpenedFiles> {
  if (typeof source !== 'string') return openVectorFiles([source], options);
  const file = baseOf(source);
  const mostBytes = options.mostBytes ?? MOST_BYTES;
  try {
    const { size } = await stat(source);
    if (size > mostBytes) {
      return { layers: [], issues: [{ code: 'fileTooLarge', severity: 'error', file, values: { bytes: size } }] };
    }
    if (!isShapefilePart(source)) return openVectorFiles([{ name: file, bytes: await readFile(source) }], options);
    const stem = stemOf(file).toLowerCase();
    const folder = path.dirname(source);
    const siblings = (await readdir(folder)).filter(
      (name) => isShapefilePart(name) && stemOf(name).toLowerCase() === stem,
    );
    const members = await Promise.all(
      siblings.map(async (name) => ({ name, bytes: new Uint8Array(await readFile(path.join(folder, name))) })),
    );
    return openVectorFiles(members, options);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'fileNotFound' : 'fileUnreadable';
    return { layers: [], issues: [{ code, severity: 'error', file: source }] };
  }
}
