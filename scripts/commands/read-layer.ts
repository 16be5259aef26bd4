import path from 'node:path';
import type { ShiftedDatum } from '../../geodata/geometry/datum.ts';
import {
  type ColumnMapping,
  type ImportTarget,
  type InputFeature,
  suggestMapping,
  suggestTarget,
  toLonLatFeatures,
} from '../../geodata/import/index.ts';
import type { InputIssue, Result } from '../../geodata/model/index.ts';
import { fail, succeed } from '../../geodata/model/index.ts';
import { openVectorFile, type VectorLayer } from '../../server/formats/read.ts';
import { type Arguments, choiceOf, pairsOf } from './arguments.ts';

/** How all files of one call are read. */
export interface ReadingChoices {
  /** Field → column, or target.field → column. */
  readonly columns: readonly (readonly [field: string, column: string])[];
  readonly crs: string | null;
  readonly datum: ShiftedDatum | 'none';
  readonly encoding: string | null;
  readonly skipBad: boolean;
}

export function readingChoices(args: Arguments): Result<ReadingChoices, readonly InputIssue[]> {
  const columns = pairsOf(args, 'column');
  const datum = choiceOf(args, 'datum', ['none', 'gcj02', 'bd09'] as const, 'none');
  if (!columns.ok) return columns;
  if (!datum.ok) return datum;
  return succeed({
    columns: columns.value,
    crs: args.text('crs'),
    datum: datum.value,
    encoding: args.text('encoding'),
    skipBad: args.flag('skip-bad'),
  });
}

/** A layer of a file in lon/lat, with its columns found. */
export interface ReadLayer {
  readonly file: string;
  readonly layer: string;
  readonly features: readonly InputFeature[];
  readonly mapping: ColumnMapping;
  readonly issues: readonly InputIssue[];
}

/**
 * Opens a file for one purpose. Of several layers those are taken that look like it; barriers may come in several. Fails where the file
 * can't be read, no layer fits, coordinates can't be placed, or a column asked for doesn't exist.
 */
export async function readLayers(
  file: string,
  target: ImportTarget,
  choices: ReadingChoices,
): Promise<Result<readonly ReadLayer[], readonly InputIssue[]>> {
  const opened = await openVectorFile(file, { encoding: choices.encoding });
  const broken = opened.issues.filter((issue) => issue.severity === 'error');
  if (broken.length > 0) return fail(broken.map((issue) => ({ file, ...issue })));
  const chosen = chooseLayers(opened.layers, target, file);
  if (!chosen.ok) return chosen;
  const layers: ReadLayer[] = [];
  const issues: InputIssue[] = [...opened.issues];
  const problems: InputIssue[] = [];
  for (const layer of chosen.value) {
    const crs = choices.crs !== null && layer.crs === null ? choices.crs : (layer.crs ?? null);
    if (crs === null) {
      problems.push({
        code: 'crsMissing',
        severity: 'error',
        file: layer.file,
        field: '--crs',
        values: { candidates: layer.crsCandidates },
      });
      continue;
    }
    const placed = toLonLatFeatures(layer, { crs, datum: choices.datum });
    if (!placed.ok) {
      problems.push({ file: layer.file, ...placed.failure });
      continue;
    }
    const mapping = mappingFor(layer, target, choices);
    problems.push(...mapping.problems);
    layers.push({
      file: path.basename(layer.file),
      layer: layer.layer,
      features: placed.value.features,
      mapping: mapping.columns,
      // A missing shape is reported again, as an error, by whoever needs the shape.
      issues: [...layer.issues, ...placed.value.issues].filter((issue) => issue.code !== 'geometryMissing'),
    });
  }
  if (problems.length > 0) return fail(problems);
  if (layers[0] !== undefined) layers[0] = { ...layers[0], issues: [...issues, ...layers[0].issues] };
  return succeed(layers);
}

function chooseLayers(
  layers: readonly VectorLayer[],
  target: ImportTarget,
  file: string,
): Result<readonly VectorLayer[], readonly InputIssue[]> {
  const [only, ...others] = layers;
  if (only === undefined) return fail([{ code: 'noLayer', severity: 'error', file }]);
  if (others.length === 0) return succeed([only]);
  const fitting = layers.filter(
    (layer) => suggestTarget({ ...layer, columns: layer.fields }) === target && layer.featureCount > 0,
  );
  if (fitting.length === 1 || (fitting.length > 1 && target === 'barriers')) return succeed(fitting);
  return fail([
    {
      code: fitting.length === 0 ? 'noLayerFits' : 'severalLayersFit',
      severity: 'error',
      file,
      values: { layers: layers.map(({ layer }) => layer), wanted: target },
    },
  ]);
}

function mappingFor(layer: VectorLayer, target: ImportTarget, choices: ReadingChoices) {
  const columns: Record<string, string | undefined> = suggestMapping(layer.fields, target);
  const problems: InputIssue[] = [];
  for (const [field, column] of choices.columns) {
    const [owner, own] = field.includes('.') ? field.split('.', 2) : [null, field];
    if (owner !== null && owner !== target) continue;
    if (layer.fields.some(({ name }) => name === column)) columns[own!] = column;
    else if (owner === target) {
      problems.push({ code: 'columnMissing', severity: 'error', file: layer.file, field: column });
    }
  }
  return { columns, problems };
}
