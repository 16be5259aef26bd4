import type { InputIssue, Issue } from '../../geodata/model/index.ts';

export const EXIT = { done: 0, rulesBroken: 1, badInput: 2, fault: 3 } as const;

/** One problem a line: code, file, feature, field, and what else is known as JSON. A dash stands for what doesn't apply. */
export function problemLine(issue: InputIssue): string {
  const place = [issue.code, issue.file ?? '-', issue.feature ?? '-', issue.field ?? '-'].join(', ');
  return issue.values === undefined ? place : `${place} ${JSON.stringify(issue.values)}`;
}

/** Prints why a command can't go on, and gives its exit code. */
export function refuse(issues: readonly InputIssue[]): number {
  for (const issue of issues) console.error(problemLine(issue));
  return EXIT.badInput;
}

/** A line about a community's issue: severity, code, place, values. Ids beyond a few are counted, not listed. */
export function issueLine(issue: Issue): string {
  const ids = [...(issue.buildingIds ?? [])];
  const buildings = ids.length > 5 ? [...ids.slice(0, 5), `… ${ids.length}`] : ids;
  return [
    issue.severity,
    issue.code,
    issue.communityCode ?? '',
    buildings.length > 0 ? `buildings ${buildings.join(' ')}` : '',
    issue.values === undefined ? '' : JSON.stringify(issue.values),
  ]
    .filter((part) => part !== '')
    .join(' ');
}
