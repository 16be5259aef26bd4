/** A candidate with its price: the rows it covers, the row it claims (−1: none). */
export interface Column {
  readonly rows: readonly number[];
  readonly claim: number;
  readonly cost: number;
}

/** A set partitioning problem: every row covered exactly once, every claim taken at most once. */
export interface Partitioning {
  readonly rowCount: number;
  readonly claimCount: number;
  /** So many columns exactly; null for any number. */
  readonly columnCount: number | null;
}

/** What a solver of linear programs answers; missing duals and values are 0. */
export interface LinearSolution {
  readonly optimal: boolean;
  readonly objective: number;
  readonly values: ReadonlyMap<string, number>;
  readonly duals: ReadonlyMap<string, number>;
}

/** Solves a program in CPLEX LP format. The caller brings it: solvers are large, and not every place has one. */
export type SolveLinear = (lpText: string) => LinearSolution;

const TERMS_A_LINE = 12;

/** The program over some of the columns in CPLEX LP format; whole columns only with `integer`, else any fraction. */
export function linearProgram(
  { rowCount, claimCount, columnCount }: Partitioning,
  columns: readonly Column[],
  chosen: readonly number[],
  integer: boolean,
): string {
  const rows: string[][] = Array.from({ length: rowCount }, () => []);
  const claims: string[][] = Array.from({ length: claimCount }, () => []);
  for (const at of chosen) {
    for (const row of columns[at]!.rows) rows[row]!.push(`x${at}`);
    if (columns[at]!.claim >= 0) claims[columns[at]!.claim]!.push(`x${at}`);
  }
  const names = chosen.map((at) => `x${at}`);
  const lines = [
    'Minimize',
    ` cost: ${sum(chosen.map((at) => `${columns[at]!.cost} x${at}`))}`,
    'Subject To',
    ...rows.map((members, row) => ` r${row}: ${sum(members)} = 1`),
    ...claims.flatMap((members, claim) => (members.length === 0 ? [] : [` c${claim}: ${sum(members)} <= 1`])),
  ];
  if (columnCount !== null) lines.push(` k: ${sum(names)} = ${columnCount}`);
  if (integer) lines.push('Binary', broken(names, ' '));
  lines.push('End');
  return `${lines.join('\n')}\n`;
}

/** What a column costs less than its rows pay; negative where taking it would make the fractional plan cheaper. */
export function reducedCost({ rows, claim, cost }: Column, duals: LinearSolution['duals']): number {
  let reduced = cost - (duals.get('k') ?? 0);
  for (const row of rows) reduced -= duals.get(`r${row}`) ?? 0;
  return claim < 0 ? reduced : reduced - (duals.get(`c${claim}`) ?? 0);
}

/** `a + b − c`: a term with a minus of its own needs no plus. */
const sum = (terms: readonly string[]): string =>
  broken(terms, ' + ').replaceAll('+ -', '- ').replaceAll('+ \n -', '\n - ');

function broken(terms: readonly string[], between: string): string {
  const lines: string[] = [];
  for (let i = 0; i < terms.length; i += TERMS_A_LINE) lines.push(terms.slice(i, i + TERMS_A_LINE).join(between));
  return lines.join(`${between}\n `);
}
