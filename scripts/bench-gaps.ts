// Proven gaps: npx tsx scripts/bench-gaps.ts --instances DIR [--only g] [--efforts 1,8] [--seed N] [--out table.md]
// For instances of up to some 120 cells: the optimum by listing every possible grid and an integer program (HiGHS), and how far
// from it the engine's plans are. Prints markdown.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { runToEnd, solve } from '../geodata/partition/index.ts';
import { gapTable } from './benchmark/gaps.ts';
import { type BenchInstance, optionsOfInstance, problemOfInstance } from './commands/bench.ts';

const { values } = parseArgs({
  options: {
    instances: { type: 'string' },
    only: { type: 'string', default: 'g' },
    efforts: { type: 'string', default: '1,8' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
  },
});
const folder = values.instances;
if (!folder) {
  console.error('usage: bench-gaps --instances DIR [--only g] [--efforts 1,8] [--seed N] [--out table.md]');
  process.exit(2);
}
const efforts = values.efforts.split(',').map(Number);
const tasks = readdirSync(folder)
  .filter((file) => file.endsWith('.json') && file.startsWith(values.only))
  .sort()
  .map((file) => {
    const instance: BenchInstance = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
    const problem = problemOfInstance(instance);
    const plans = efforts.map(
      (effort) => runToEnd(solve(problem, optionsOfInstance(instance, Number(values.seed), effort))).gridOfCell,
    );
    return { instance, problem, plans };
  });
const table = await gapTable(efforts, tasks);
console.log(table);
if (values.out) writeFileSync(values.out, `${table}\n`);
