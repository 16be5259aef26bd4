import type { InputIssue } from '../../geodata/model/index.ts';
import { checkDrawnGrids } from '../../geodata/pipeline/check-drawn-grids.ts';
import { exportGridFeatures } from '../../geodata/pipeline/grid-features.ts';
import { reportOf } from '../../geodata/pipeline/report.ts';
import { choiceOf, readArguments } from './arguments.ts';
import { gridsOfCommunity, readCounty, readDrawnGrids } from './county-inputs.ts';
import { readingChoices } from './read-layer.ts';
import { readRuleSet } from './rule-set.ts';
import { EXIT, issueLine, problemLine, refuse } from './tell.ts';
import { USAGE } from './usage.ts';
import { writeReport } from './write-outputs.ts';

const OWN = ['communities', 'buildings', 'households', 'barriers', 'compounds', 'grids', 'cells'];

/** `gridplan check`: are these grids what the rules want? Exit code 1 when a hard rule is broken. */
export async function run(argv: readonly string[]): Promise<number> {
  const parsed = readArguments(argv, OWN, ['communities', 'buildings', 'grids']);
  if (!parsed.ok) return refuse(parsed.failure);
  const args = parsed.value;
  if (args.help) {
    console.log(USAGE);
    return EXIT.done;
  }
  const choices = readingChoices(args);
  const cells = choiceOf(args, 'cells', ['auto', 'footprints', 'buildings'] as const, 'auto');
  const ruleSet = await readRuleSet(args.text('rules'));
  if (!choices.ok || !cells.ok || !ruleSet.ok) {
    return refuse([choices, cells, ruleSet].flatMap((check) => (check.ok ? [] : check.failure)));
  }
  const county = await readCounty(args, choices.value);
  const grids = await readDrawnGrids(args, 'grids', choices.value);
  if (!county.ok || !grids.ok) {
    return refuse([...(county.ok ? [] : county.failure), ...(grids.ok ? [] : grids.failure)]);
  }
  const inputIssues: InputIssue[] = [...county.value.issues, ...grids.value.issues];
  for (const issue of inputIssues) if (issue.severity !== 'notice') console.error(problemLine(issue));

  const reports = county.value.grounds
    .filter((ground) => ground.buildings.length > 0)
    .map((ground) => {
      const start = performance.now();
      const drawn = gridsOfCommunity(grids.value.drawn, ground.community).map(({ grid, area, imported }) => ({
        grid,
        area,
        stated: imported.householdCount,
      }));
      const { state, issues } = checkDrawnGrids(ground, drawn, ruleSet.value, cells.value);
      const report = reportOf(
        ground.community,
        state,
        exportGridFeatures(ground.community, state, ground.buildings),
        issues,
        {
          feasible: !issues.some(({ code }) => code === 'communityBelowLeast' || code === 'communityTotalInGap'),
          movedHouseholds: 0,
          ms: performance.now() - start,
        },
      );
      const broken = issues.filter((issue) => issue.severity === 'error');
      console.log(
        `${report.code} ${report.name}: ${report.households} households, ${report.grids.length} grids, ${broken.length === 0 ? 'ok' : `${broken.length} rules broken`}`,
      );
      for (const issue of broken) console.log(`  ${issueLine(issue)}`);
      return report;
    });
  await writeReport(args, ruleSet.value, 0, reports, inputIssues);
  const isBroken = reports.some(({ issues }) => issues.some((issue) => issue.severity === 'error'));
  return isBroken ? EXIT.rulesBroken : EXIT.done;
}
