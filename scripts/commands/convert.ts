import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { crsName, findCrs } from '../../geodata/geometry/crs.ts';
import type { ShiftedDatum } from '../../geodata/geometry/datum.ts';
import { repairFeatures } from '../../geodata/import/clean-features.ts';
import { toLonLatFeatures } from '../../geodata/import/to-lon-lat.ts';
import type { InputIssue } from '../../geodata/model/index.ts';
import { openVectorFile, type VectorLayer } from '../../server/formats/read.ts';
import { type WriteOptions, writeVectorMembers } from '../../server/formats/write.ts';
import { writeZip } from '../../server/formats/zip/write-zip.ts';

const USAGE = `gridplan convert IN OUT [options]
  IN                 .shp, .zip, .geojson, .json, .gpkg, .kml or .kmz
  OUT                .zip (shapefile), .shp, .geojson, .json or .gpkg
  --to-crs EPSG:n    of the output; EPSG:4490 when not given
  --from-crs EPSG:n  of the input, where it doesn't say or is wrong
  --from-datum D     gcj02 or bd09: the input's coordinates are shifted so
  --encoding E       of a shapefile's text: UTF-8 (the usual one), GBK or GB18030
  --from-encoding E  of the input's text, where detection is wrong
  --layer NAME       the only layer to convert`;

const EXIT_DONE = 0;
const EXIT_BAD_INPUT = 2;

/** One problem as one line: severity, code, file, feature, field, then what else is known. */
export function issueLine({ severity, code, file, feature, field, values }: InputIssue): string {
  const where = [file, feature === undefined ? '' : `#${feature}`, field].filter(Boolean).join(' ');
  const more = Object.entries(values ?? {}).map(
    ([name, value]) => `${name}=${Array.isArray(value) ? value.join('|') : value}`,
  );
  return [`${severity}: ${code}`, where, more.join(' ')].filter(Boolean).join('  ');
}

const FORMATS: Readonly<Record<string, WriteOptions['format']>> = {
  '.zip': 'shapefile',
  '.shp': 'shapefile',
  '.geojson': 'geojson',
  '.json': 'geojson',
  '.gpkg': 'geopackage',
};

function usage(message: string): number {
  console.error(`${message}\n\n${USAGE}`);
  return EXIT_BAD_INPUT;
}

interface ConvertOptions {
  readonly toCrs: string;
  readonly fromCrs: string | null;
  readonly fromDatum: ShiftedDatum | 'none';
  readonly encoding: NonNullable<WriteOptions['encoding']>;
}

/** What one layer becomes: files to write, or none when it can't be right. */
async function convertLayer(layer: VectorLayer, name: string, format: WriteOptions['format'], options: ConvertOptions) {
  const crs = options.fromCrs ?? layer.crs;
  const issues: InputIssue[] = layer.issues.filter(
    ({ code }) => options.fromCrs === null || (code !== 'crsMissing' && code !== 'crsContradicted'),
  );
  if (crs === null && layer.bbox !== null) {
    issues.push({
      code: 'crsNeeded',
      severity: 'error',
      file: layer.file,
      values: { candidates: layer.crsCandidates },
    });
  }
  if (issues.some(({ severity }) => severity === 'error')) return { members: [], featureCount: 0, issues };
  const placed = toLonLatFeatures(layer, { crs: crs ?? 'EPSG:4490', datum: options.fromDatum });
  if (!placed.ok) return { members: [], featureCount: 0, issues: [...issues, placed.failure] };
  const repaired = repairFeatures(placed.value.features, layer);
  issues.push(...placed.value.issues, ...repaired.issues);
  const written = await writeVectorMembers(repaired.features, {
    format,
    name,
    crs: options.toCrs,
    encoding: options.encoding,
  });
  if (!written.ok) return { members: [], featureCount: 0, issues: [...issues, ...written.failure] };
  return {
    members: written.value.members,
    featureCount: repaired.features.length,
    issues: [...issues, ...written.value.issues],
  };
}

/**
 * `gridplan convert IN OUT`: any readable vector file into another format, CRS or encoding. 0 when all of it went over; 2 when something could not (each
 * on a line of stderr), in which case only layers that are whole were written.
 */
export async function run(args: string[]): Promise<number> {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  if (values.help) {
    console.log(USAGE);
    return EXIT_DONE;
  }
  const [input, output] = positionals;
  if (input === undefined || output === undefined || positionals.length > 2) return usage('IN and OUT are needed');
  const extension = path.extname(output).toLowerCase();
  const format = FORMATS[extension];
  if (format === undefined) return usage(`unknown output format: ${output}`);
  const toCrs = values['to-crs'] ?? 'EPSG:4490';
  for (const crs of [toCrs, values['from-crs']]) {
    if (crs !== undefined && findCrs(crs) === null) return usage(`unknown CRS: ${crs}`);
  }
  const fromDatum = values['from-datum'] ?? 'none';
  if (fromDatum !== 'none' && fromDatum !== 'gcj02' && fromDatum !== 'bd09')
    return usage(`unknown datum: ${fromDatum}`);
  const encoding = (values.encoding ?? 'UTF-8').toUpperCase();
  if (encoding !== 'UTF-8' && encoding !== 'GBK' && encoding !== 'GB18030')
    return usage(`unknown encoding: ${encoding}`);
  const options = { toCrs, fromCrs: values['from-crs'] ?? null, fromDatum, encoding } as const;

  const opened = await openVectorFile(input, { encoding: values['from-encoding'] ?? null });
  const layers = opened.layers.filter(({ layer }) => values.layer === undefined || layer === values.layer);
  const issues: InputIssue[] = [...opened.issues];
  if (layers.length === 0 && issues.length === 0) issues.push({ code: 'noLayer', severity: 'error', file: input });
  if (layers.length > 1 && extension !== '.zip') {
    issues.push({
      code: 'severalLayers',
      severity: 'error',
      file: input,
      values: { layers: layers.map(({ layer }) => layer) },
    });
    layers.length = 0;
  }
  const stem = path.basename(output, path.extname(output));
  const names = new Set<string>();
  const members: { name: string; bytes: Uint8Array }[] = [];
  for (const layer of layers) {
    let name = layers.length === 1 ? stem : layer.layer;
    for (let n = 2; names.has(name); n++) name = `${layer.layer}_${n}`;
    names.add(name);
    const converted = await convertLayer(layer, name, format, options);
    issues.push(...converted.issues);
    members.push(...converted.members);
    const state =
      converted.members.length > 0 ? `${converted.featureCount} of ${layer.featureCount} features` : 'not written';
    console.log(`${layer.layer}: ${state}, ${crsName(options.fromCrs ?? layer.crs ?? 'no CRS')} → ${toCrs}`);
  }
  if (members.length > 0) {
    if (extension === '.zip') await writeFile(output, await writeZip(members, new Date()));
    else if (extension === '.shp') {
      for (const { name, bytes } of members) await writeFile(path.join(path.dirname(output), name), bytes);
    } else await writeFile(output, members[0]!.bytes);
  }
  for (const issue of issues) console.error(issueLine(issue));
  return issues.some(({ severity }) => severity === 'error') ? EXIT_BAD_INPUT : EXIT_DONE;
}

function parse(args: string[]) {
  return parseArgs({
    args,
    allowPositionals: true,
    options: {
      'to-crs': { type: 'string' },
      'from-crs': { type: 'string' },
      'from-datum': { type: 'string' },
      encoding: { type: 'string' },
      'from-encoding': { type: 'string' },
      layer: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
}
