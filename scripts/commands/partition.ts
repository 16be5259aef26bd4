import type { BarrierClass, InputIssue, Result } from '../../geodata/model/index.ts';
import { BARRIER_CLASSES, fail, succeed } from '../../geodata/model/index.ts';
import type { PartitionOrder } from '../../geodata/pipeline/divide-community.ts';
import { type Arguments, argumentIssue, choiceOf, numberOf, pairsOf, readArguments } from './arguments.ts';
import { gridsOfCommunity, readCounty, readDrawnGrids } from './county-inputs.ts';
import { divideAll } from './divide-all.ts';
import { readingChoices } from './read-layer.ts';
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
  'existing',
  'mode',
  'prefer',
  'forbid',
  'seed',
  'effort',
  'jobs',
  'cells',
  'alternatives',
  'barrier-weight*',
  'out',
];

/** `gridplan partition`: communities, buildings and barriers in, grids and a report out. */
export async function run(argv: readonly string[]): Promise<number> {
  const parsed = readArguments(argv, OWN, ['communities', 'buildings', 'out']);
  if (!parsed.ok) return refuse(parsed.failure);
  const args = parsed.value;
  if (args.help) {
    console.log(USAGE);
    return EXIT.done;
  }
  const mode = choiceOf(
    args,
    'mode',
    ['fresh', 'adjust'] as const,
    args.text('existing') === null ? 'fresh' : 'adjust',
  );
  const prefer = choiceOf(args, 'prefer', ['balanced', 'fewest'] as const, 'balanced');
  const cells = choiceOf(args, 'cells', ['auto', 'footprints', 'buildings'] as const, 'auto');
  const seed = numberOf(args, 'seed', 1, 0);
  const effort = numberOf(args, 'effort', 1, 0.01);
  const jobs = numberOf(args, 'jobs', 1, 1);
  const alternatives = numberOf(args, 'alternatives', 1, 1);
  const choices = readingChoices(args);
  const ruleSet = await readRuleSet(args.text('rules'));
  const forbidden = (args.text('forbid') ?? '').split(',').filter((word) => word !== '');
  const barrierWeights = barrierWeightsOf(args);
  const checks = [mode, prefer, cells, seed, effort, jobs, alternatives, barrierWeights, choices, ruleSet];
  const bad: InputIssue[] = [
    ...checks.flatMap((check) => (check.ok ? [] : check.failure)),
    ...forbidden
      .filter((word) => !(BARRIER_CLASSES as readonly string[]).includes(word))
      .map((word) => argumentIssue('argumentInvalid', `--forbid ${word} (${BARRIER_CLASSES.join(',')})`)),
    ...(mode.ok && mode.value === 'adjust' && args.text('existing') === null
      ? [argumentIssue('argumentMissing', '--existing')]
      : []),
    ...outIssues(args),
  ];
  if (
    !mode.ok ||
    !prefer.ok ||
    !cells.ok ||
    !seed.ok ||
    !effort.ok ||
    !jobs.ok ||
    !alternatives.ok ||
    !barrierWeights.ok ||
    !choices.ok ||
    !ruleSet.ok ||
    bad.length > 0
  )
    return refuse(bad);

  const county = await readCounty(args, choices.value);
  const existing = await readDrawnGrids(args, 'existing', choices.value);
  if (!county.ok || !existing.ok) {
    return refuse([...(county.ok ? [] : county.failure), ...(existing.ok ? [] : existing.failure)]);
  }
  const inputIssues = [...county.value.issues, ...existing.value.issues];
  for (const issue of inputIssues) if (issue.severity !== 'notice') console.error(problemLine(issue));

  const orders = county.value.grounds
    .filter((ground) => ground.buildings.length > 0)
    .map(
      (ground): PartitionOrder => ({
        ground,
        ruleSet: ruleSet.value,
        existing: gridsOfCommunity(existing.value.drawn, ground.community).map(({ grid, area }) => ({ grid, area })),
        mode: mode.value,
        prefer: prefer.value,
        seed: seed.value,
        effort: effort.value,
        cells: cells.value,
        forbiddenBarriers: forbidden as BarrierClass[],
        alternatives: alternatives.value,
        barrierWeights: barrierWeights.value,
      }),
    );
  const divided = await divideAll(orders, jobs.value, ({ report }) => {
    const broken = report.issues.some((issue) => issue.severity === 'error');
    console.log(
      `${report.code} ${report.name}: ${report.households} households, ${report.grids.length} grids, ${broken ? 'rules broken' : 'ok'}, ${report.ms} ms`,
    );
    for (const [at, plan] of (report.alternatives ?? []).entries())
      console.log(
        `  ${at + 1} ${plan.wish}: ${plan.gridCount} grids of ${plan.smallest}-${plan.largest}, ${plan.compoundSplits} compound splits, ${Math.round(plan.totalM)} m`,
      );
    for (const issue of report.issues) if (issue.severity === 'error') console.error(issueLine(issue));
  });
  const writeIssues = await writeGridFile(
    args,
    divided.flatMap(({ features }) => features),
  );
  if (writeIssues.some((issue) => issue.severity === 'error')) return refuse(writeIssues);
  const reports = divided.map(({ report }) => report);
  await writeReport(args, ruleSet.value, seed.value, reports, inputIssues);
  return reports.some(({ issues }) => issues.some((issue) => issue.severity === 'error'))
    ? EXIT.rulesBroken
    : EXIT.done;
}

/** `--barrier-weight river=0.2`: what a metre of border along a class counts for, above 0. */
function barrierWeightsOf(args: Arguments): Result<Partial<Record<BarrierClass, number>>, readonly InputIssue[]> {
  const pairs = pairsOf(args, 'barrier-weight');
  if (!pairs.ok) return pairs;
  const bad = pairs.value.filter(
    ([name, weight]) => !(BARRIER_CLASSES as readonly string[]).includes(name) || !(Number(weight) > 0),
  );
  return bad.length > 0
    ? fail(bad.map(([name, weight]) => argumentIssue('argumentInvalid', `--barrier-weight ${name}=${weight}`)))
    : succeed(Object.fromEntries(pairs.value.map(([name, weight]) => [name, Number(weight)])));
}
