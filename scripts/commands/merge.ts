import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { crosswalkTable, csvOf } from '../../geodata/export/index.ts';
import { boundingBox, boxesMeet } from '../../geodata/geometry/bounding-box.ts';
import { type ImportedDepartmentGrid, readDepartmentGrids } from '../../geodata/import/index.ts';
import type { DepartmentLayer } from '../../geodata/merge/index.ts';
import type { DepartmentId, Ground, InputIssue, Result } from '../../geodata/model/index.ts';
import { fail, succeed } from '../../geodata/model/index.ts';
import { type MergedCommunity, mergeCommunity } from '../../geodata/pipeline/merge-community.ts';
import { type Arguments, argumentIssue, choiceOf, numberOf, pairsOf, readArguments } from './arguments.ts';
import { readCounty, readValues } from './county-inputs.ts';
import { type ReadingChoices, readingChoices } from './read-layer.ts';
import { readRuleSet } from './rule-set.ts';
import { EXIT, issueLine, problemLine, refuse } from './tell.ts';
import { USAGE } from './usage.ts';
import { outIssues, writeGridFile, writeReport } from './write-outputs.ts';

const OWN = [
  'communities',
  'buildings',
  'households',
  'barriers',
  'compounds',
  'department*',
  'weight*',
  'seed',
  'effort',
  'cells',
  'out',
  'crosswalk',
];

/** `gridplan merge`: several departments' grids in, one general layer, its crosswalk and a report out. */
export async function run(argv: readonly string[]): Promise<number> {
  const parsed = readArguments(argv, OWN, ['communities', 'buildings', 'department', 'out']);
  if (!parsed.ok) return refuse(parsed.failure);
  const args = parsed.value;
  if (args.help) {
    console.log(USAGE);
    return EXIT.done;
  }
  const departments = pairsOf(args, 'department');
  const weights = weightsOf(args);
  const cells = choiceOf(args, 'cells', ['auto', 'footprints', 'buildings'] as const, 'auto');
  const seed = numberOf(args, 'seed', 1, 0);
  const effort = numberOf(args, 'effort', 1, 0.01);
  const choices = readingChoices(args);
  const ruleSet = await readRuleSet(args.text('rules'));
  const checks = [departments, weights, cells, seed, effort, choices, ruleSet];
  const bad = [...checks.flatMap((check) => (check.ok ? [] : check.failure)), ...outIssues(args)];
  if (
    !departments.ok ||
    !weights.ok ||
    !cells.ok ||
    !seed.ok ||
    !effort.ok ||
    !choices.ok ||
    !ruleSet.ok ||
    bad.length > 0
  )
    return refuse(bad);

  const county = await readCounty(args, choices.value);
  const layers = await readDepartments(args, choices.value, departments.value, weights.value);
  if (!county.ok || !layers.ok) {
    return refuse([...(county.ok ? [] : county.failure), ...(layers.ok ? [] : layers.failure)]);
  }
  const inputIssues = [...county.value.issues, ...layers.value.issues];
  for (const issue of inputIssues) if (issue.severity !== 'notice') console.error(problemLine(issue));

  const merged = county.value.grounds
    .filter((ground) => ground.buildings.length > 0)
    .map((ground): MergedCommunity => {
      const result = mergeCommunity(
        {
          ground,
          ruleSet: ruleSet.value,
          layers: layersOver(ground, layers.value.layers),
          seed: seed.value,
          effort: effort.value,
          cells: cells.value,
        },
        () => performance.now(),
      );
      const { report } = result;
      const broken = report.issues.filter((issue) => issue.severity === 'error');
      console.log(
        `${report.code} ${report.name}: ${report.households} households, ${report.grids.length} grids, ${broken.length === 0 ? 'ok' : 'rules broken'}, ${report.ms} ms`,
      );
      for (const issue of broken) console.error(issueLine(issue));
      return result;
    });
  const writeIssues = await writeGridFile(
    args,
    merged.flatMap(({ features }) => features),
  );
  if (writeIssues.some((issue) => issue.severity === 'error')) return refuse(writeIssues);
  await writeCrosswalk(args, merged);
  const reports = merged.map(({ report }) => report);
  await writeReport(args, ruleSet.value, seed.value, reports, inputIssues);
  return reports.some(({ issues }) => issues.some((issue) => issue.severity === 'error'))
    ? EXIT.rulesBroken
    : EXIT.done;
}

function weightsOf(args: Arguments): Result<ReadonlyMap<string, number>, readonly InputIssue[]> {
  const pairs = pairsOf(args, 'weight');
  if (!pairs.ok) return pairs;
  const bad = pairs.value.filter(([, weight]) => !(Number(weight) > 0));
  if (bad.length > 0)
    return fail(bad.map(([name, weight]) => argumentIssue('argumentInvalid', `--weight ${name}=${weight}`)));
  return succeed(new Map(pairs.value.map(([name, weight]) => [name, Number(weight)])));
}

async function readDepartments(
  args: Arguments,
  choices: ReadingChoices,
  files: readonly (readonly [name: string, file: string])[],
  weights: ReadonlyMap<string, number>,
): Promise<
  Result<{ readonly layers: readonly DepartmentLayer[]; readonly issues: readonly InputIssue[] }, readonly InputIssue[]>
> {
  const twice = files.filter(([name], i) => files.findIndex(([other]) => other === name) !== i);
  if (twice.length > 0) return fail(twice.map(([name]) => argumentIssue('departmentTwice', `--department ${name}`)));
  const layers: DepartmentLayer[] = [];
  const issues: InputIssue[] = [];
  const problems: InputIssue[] = [];
  for (const [name, file] of files) {
    const read = await readValues<ImportedDepartmentGrid>(
      args,
      choices,
      'departmentGrids',
      (layer) => readDepartmentGrids(layer.features, layer.mapping, { ...layer, departmentName: name }),
      'department',
      file,
    );
    if (!read.ok) {
      problems.push(...read.failure);
      continue;
    }
    if (read.value.values.length === 0) problems.push({ code: 'noFeatures', severity: 'error', file });
    issues.push(...read.value.issues);
    layers.push({
      id: name as DepartmentId,
      name,
      weight: weights.get(name) ?? 1,
      duties: [name],
      grids: read.value.values.map((grid) => ({ code: grid.code ?? grid.key, name: grid.name, area: grid.area })),
    });
  }
  return problems.length > 0 ? fail(problems) : succeed({ layers, issues });
}

/** The layers with the grids that come near a community only. */
function layersOver({ community }: Ground, layers: readonly DepartmentLayer[]): DepartmentLayer[] {
  const box = boundingBox([community.area]);
  return layers.map((layer) => ({
    ...layer,
    grids: layer.grids.filter(({ area }) => boxesMeet(boundingBox([area]), box)),
  }));
}

async function writeCrosswalk(args: Arguments, merged: readonly MergedCommunity[]): Promise<void> {
  const file = args.text('crosswalk');
  if (file === null) return;
  await mkdir(path.dirname(path.resolve(file)), { recursive: true });
  const lines = merged.flatMap(({ crosswalk }) =>
    crosswalk.map((row) => ({
      ...row,
      departmentGridCode: row.departmentGridCode ?? '',
      departmentGridName: row.departmentGridName ?? '',
    })),
  );
  await writeFile(file, csvOf(crosswalkTable(lines)));
}
