import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { InputIssue, RuleSet } from '../../geodata/model/index.ts';
import type { GridFeature } from '../../geodata/pipeline/grid-features.ts';
import type { CommunityReport } from '../../geodata/pipeline/report.ts';
import { type Arguments, argumentIssue } from './arguments.ts';

const FORMATS = { '.geojson': 'geojson', '.json': 'geojson', '.zip': 'shapefile', '.gpkg': 'geopackage' } as const;

/** Whether `--out` names a format that can be written: asked before the work, not after it. */
export function outIssues(args: Arguments): InputIssue[] {
  const out = args.text('out')!;
  const encoding = args.text('encoding-out') ?? 'UTF-8';
  return [
    ...(path.extname(out).toLowerCase() in FORMATS
      ? []
      : [argumentIssue('formatUnknown', `--out ${out} (${Object.keys(FORMATS).join(' ')})`)]),
    ...(['UTF-8', 'GBK', 'GB18030'].includes(encoding)
      ? []
      : [argumentIssue('argumentInvalid', `--encoding-out ${encoding}`)]),
  ];
}

/** Writes grids in the format that the file's ending names; what could not be written comes back as issues. */
export async function writeGridFile(args: Arguments, features: readonly GridFeature[]): Promise<readonly InputIssue[]> {
  const out = args.text('out')!;
  const format = FORMATS[path.extname(out).toLowerCase() as keyof typeof FORMATS];
  await mkdir(path.dirname(path.resolve(out)), { recursive: true });
  const crs = args.text('to-crs');
  if (format === 'geojson' && crs === null) {
    // One feature a line, so that two versions can be compared by any text tool.
    const lines = features.map((feature) => JSON.stringify(feature)).join(',\n');
    await writeFile(out, `{"type":"FeatureCollection","features":[\n${lines}\n]}\n`);
    return [];
  }
  const { writeGrids } = await import('../../server/formats/write.ts');
  const written = await writeGrids(features, {
    format,
    name: path.basename(out, path.extname(out)),
    ...(crs === null ? {} : { crs }),
    encoding: (args.text('encoding-out') ?? 'UTF-8') as 'UTF-8' | 'GBK',
  });
  if (!written.ok) return written.failure.map((issue) => ({ file: out, ...issue }));
  await writeFile(out, written.value.bytes);
  return written.value.issues;
}

/** The report, if one is asked for. */
export async function writeReport(
  args: Arguments,
  ruleSet: RuleSet,
  seed: number,
  communities: readonly (CommunityReport | Readonly<Record<string, unknown>>)[],
  issues: readonly InputIssue[],
): Promise<void> {
  const file = args.text('report');
  if (file === null) return;
  await mkdir(path.dirname(path.resolve(file)), { recursive: true });
  const report = { rules: ruleSet.id, seed, communities, issues };
  await writeFile(file, `${JSON.stringify(report, null, 1)}\n`);
}
