import highsLoader from 'highs';
import type { LinearSolution, SolveLinear } from '../../geodata/partition/exact/linear-program.ts';

const TIME_LIMIT_S = 120;

/** HiGHS (compiled to WebAssembly) as the solver of linear and integer programs. */
export async function loadHighs(): Promise<SolveLinear> {
  const highs = await highsLoader();
  return (lpText): LinearSolution => {
    const solution = highs.solve(lpText, {
      time_limit: TIME_LIMIT_S,
      mip_rel_gap: 0,
      mip_abs_gap: 1e-6,
      output_flag: false,
    });
    const values = new Map(Object.values(solution.Columns).map((column) => [column.Name, column.Primal ?? 0]));
    const duals = new Map(solution.Rows.flatMap((row) => ('Dual' in row ? [[row.Name, row.Dual] as const] : [])));
    return { optimal: solution.Status === 'Optimal', objective: solution.ObjectiveValue, values, duals };
  };
}
