import { proveLeastCost } from '../../geodata/partition/exact/prove.ts';
import type { GridOfCell, PartitionProblem } from '../../geodata/partition/index.ts';
import { type BenchInstance, optionsOfInstance } from '../commands/bench.ts';
import { loadHighs } from './highs.ts';
import { judge } from './judge.ts';
import { fixed, markdownTable, mean } from './tables.ts';

export interface ToProve {
  readonly instance: BenchInstance;
  readonly problem: PartitionProblem;
  /** A plan for each of the efforts; at least the last is valid. */
  readonly plans: readonly GridOfCell[];
}

/** A markdown table of what lies between our plans and the proven optimum (or bound) of each instance. */
export async function gapTable(efforts: readonly number[], tasks: readonly ToProve[]): Promise<string> {
  const solveLinear = await loadHighs();
  const gaps: (readonly number[])[] = [];
  const rows = tasks.map(({ instance, problem, plans }) => {
    const start = performance.now();
    const options = optionsOfInstance(instance, 1, 1);
    const proof = proveLeastCost(problem, options, plans.at(-1)!, solveLinear);
    const seconds = fixed((performance.now() - start) / 1000, 1);
    process.stderr.write(`${instance.id} ${seconds} s `);
    const head = [instance.id, String(problem.cells.length)];
    if (!proof) return [...head, 'too many grids', ...plans.map(() => '–'), seconds];
    const percent = plans.map((plan) => {
      const judged = judge(instance, problem, plan);
      return judged.valid ? (judged.costM / proof.bound - 1) * 100 : Number.POSITIVE_INFINITY;
    });
    gaps.push(percent);
    const proven = `${fixed(proof.bound, 0)}${proof.gridOfCell ? '' : ' (bound)'}`;
    return [...head, proven, ...percent.map((gap) => `${fixed(gap, 2)} %`), seconds];
  });
  process.stderr.write('\n');
  const means = efforts.map((_, at) => `${fixed(mean(gaps.map((row) => row[at]!)), 2)} %`);
  return markdownTable(
    ['instance', 'cells', 'proven J', ...efforts.map((effort) => `gap, effort ${effort}`), 'proof, s'],
    [...rows, ['mean', '', '', ...means, '']],
  );
}
