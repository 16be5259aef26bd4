import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { csvOf, type StaffingLine, staffingTable } from '../../geodata/export/index.ts';
import { areaLocator } from '../../geodata/geometry/area-locator.ts';
import { spreadPoints } from '../../geodata/geometry/spread-points.ts';
import { readCommunities, readRoster } from '../../geodata/import/index.ts';
import type { Community, Grid, InputIssue, Result, Worker } from '../../geodata/model/index.ts';
import { fail, succeed } from '../../geodata/model/index.ts';
import { matchRoster, staffingOf } from '../../geodata/staff/index.ts';
import { type Arguments, argumentIssue, readArguments } from './arguments.ts';
import { readDrawnGrids, readValues } from './county-inputs.ts';
import { type ReadingChoices, readingChoices } from './read-layer.ts';
import { readSheet } from './read-sheet.ts';
import { readRuleSet } from './rule-set.ts';
import { EXIT, issueLine, problemLine, refuse } from './tell.ts';
import { USAGE } from './usage.ts';
import { writeReport } from './write-outputs.ts';

/** `gridplan staff`: the staffing schedule of a county from its grids and its roster. */
export async function run(argv: readonly string[]): Promise<number> {
  const parsed = readArguments(
    argv,
    ['communities', 'grids', 'roster', 'out', 'county'],
    ['communities', 'grids', 'out'],
  );
  if (!parsed.ok) return refuse(parsed.failure);
  const args = parsed.value;
  if (args.help) {
    console.log(USAGE);
    return EXIT.done;
  }
  const out = args.text('out')!;
  const choices = readingChoices(args);
  const ruleSet = await readRuleSet(args.text('rules'));
  if (!/\.(xlsx|csv)$/i.test(out)) return refuse([argumentIssue('formatUnknown', `--out ${out} (.xlsx .csv)`)]);
  if (!choices.ok || !ruleSet.ok) return refuse([choices, ruleSet].flatMap((read) => (read.ok ? [] : read.failure)));
  const communities = await readValues<Community>(args, choices.value, 'communities', (layer) =>
    readCommunities(layer.features, layer.mapping, layer),
  );
  const grids = await readDrawnGrids(args, 'grids', choices.value);
  if (!communities.ok || !grids.ok) {
    return refuse([communities, grids].flatMap((read) => (read.ok ? [] : read.failure)));
  }
  const uncounted = grids.value.drawn.filter(({ imported }) => imported.householdCount === null);
  if (uncounted.length > 0) {
    return refuse(
      uncounted.map(({ imported }) => ({
        code: 'householdsMissing',
        severity: 'error',
        file: args.text('grids')!,
        feature: imported.number,
        field: 'households',
      })),
    );
  }
  const roster = await readRosterFile(args, choices.value, communities.value.values);
  if (!roster.ok) return refuse(roster.failure);
  const inputIssues = [...communities.value.issues, ...grids.value.issues, ...roster.value.issues];
  for (const issue of inputIssues) if (issue.severity !== 'notice') console.error(problemLine(issue));

  const locator = areaLocator(communities.value.values.map(({ area }) => area));
  const communityOf = grids.value.drawn.map(({ imported }) => {
    const byName = communities.value.values.findIndex(
      ({ code, name }) => imported.communityLabel === code || imported.communityLabel === name,
    );
    const rings = imported.area.type === 'Polygon' ? imported.area.coordinates : imported.area.coordinates[0]!;
    const [x, y] = spreadPoints(rings, 9)[0]!;
    return byName >= 0 ? byName : locator.firstAt(x!, y!);
  });
  const lines: StaffingLine[] = [];
  const reports = communities.value.values.map((community, index) => {
    const own = grids.value.drawn.filter((_, at) => communityOf[at] === index);
    const workers = roster.value.workers.filter(({ communityCode }) => communityCode === community.code);
    const matched = matchRoster(
      own.map(({ grid }) => grid),
      workers,
    );
    const staffed = own.map(({ grid }): Grid => ({ ...grid, workerIds: matched.get(grid.id) ?? [] }));
    const households = own.reduce((sum, { imported }) => sum + imported.householdCount!, 0);
    const staffing = staffingOf(community.code, households, staffed, roster.value.workers, ruleSet.value);
    lines.push({
      communityName: community.name,
      streetName: community.streetName,
      estimatedHouseholdCount: 0,
      staffing,
    });
    const { posts, filled, gap, issues } = staffing;
    console.log(
      `${community.code} ${community.name}: ${households} households, posts ${posts.least}–${posts.most}, filled ${filled}, gap ${gap}, ${staffing.gridsWithoutWorker.length} of ${staffing.gridCount} grids without worker`,
    );
    for (const issue of issues) if (issue.severity === 'error') console.error(`  ${issueLine(issue)}`);
    const codeOf = new Map(own.map(({ grid }) => [grid.id, grid.code]));
    return {
      code: community.code,
      name: community.name,
      households,
      issues,
      grids: staffed.map(({ code, name, workerIds }) => ({ code, name, workers: workerIds.length })),
      posts: { least: posts.least, most: posts.most, filled, gap },
      gridsWithoutWorker: staffing.gridsWithoutWorker.map((id) => codeOf.get(id)!),
    };
  });
  await writeSchedule(out, args.text('county') ?? '', lines);
  await writeReport(args, ruleSet.value, 0, reports, inputIssues);
  return reports.some(({ issues }) => issues.some((issue) => issue.severity === 'error'))
    ? EXIT.rulesBroken
    : EXIT.done;
}

async function readRosterFile(
  args: Arguments,
  choices: ReadingChoices,
  communities: readonly Community[],
): Promise<
  Result<{ readonly workers: readonly Worker[]; readonly issues: readonly InputIssue[] }, readonly InputIssue[]>
> {
  const file = args.text('roster');
  if (file === null) return succeed({ workers: [], issues: [] });
  const opened = await readSheet(file, 'roster', choices);
  if (!opened.ok) return opened;
  const { sheet, mapping } = opened.value;
  const read = readRoster(sheet.rows, mapping, { file: sheet.file, communities });
  const issues = [...opened.value.issues, ...read.issues];
  const errors = issues.filter((issue) => issue.severity === 'error');
  return errors.length > 0 && !choices.skipBad ? fail(errors) : succeed({ workers: read.values, issues });
}

async function writeSchedule(out: string, countyName: string, lines: readonly StaffingLine[]): Promise<void> {
  const table = staffingTable(countyName, lines);
  await mkdir(path.dirname(path.resolve(out)), { recursive: true });
  if (/\.csv$/i.test(out)) return writeFile(out, csvOf(table));
  const { writeWorkbook } = await import('../../server/formats/spreadsheet.ts');
  return writeFile(out, await writeWorkbook([table]));
}
