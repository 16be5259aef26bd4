import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PartitionProblem } from '../../geodata/partition/index.ts';
import type { BenchInstance } from '../commands/bench.ts';
import { componentsOf, type Judgement, judge } from './judge.ts';

/** A general graph partitioner that is run as a program. */
export interface Partitioner {
  readonly name: string;
  readonly program: string;
  /** Arguments for k parts of a graph file, the parts to be written to `out`. */
  readonly args: (graphFile: string, k: number, seed: number, out: string) => string[];
  /** Where the program writes when it can't be told. */
  readonly outFile?: (graphFile: string, k: number) => string;
}

export const METIS: Partitioner = {
  name: 'METIS',
  program: 'gpmetis',
  args: (graphFile, k, seed) => ['-contig', '-ufactor=150', `-seed=${seed}`, graphFile, String(k)],
  outFile: (graphFile, k) => `${graphFile}.part.${k}`,
};

export const KAHIP: Partitioner = {
  name: 'KaHIP',
  program: 'kaffpa',
  args: (graphFile, k, seed, out) => [
    graphFile,
    `--k=${k}`,
    `--seed=${seed}`,
    '--imbalance=15',
    '--preconfiguration=strong',
    '--enforce_balance',
    `--output_filename=${out}`,
  ],
};

export const isInstalled = ({ program }: Partitioner): boolean => spawnSync('which', [program]).status === 0;

/** One household more in a grid's compound is worth as much as the benchmark asks for a split, spread over a border or two. */
const SAME_COMPOUND_M = 250;
const SHARES = [1, 0.96, 1.05];

export interface PeerResult {
  /** The best valid plan of all runs; null when no run was valid. */
  readonly best: Judgement | null;
  readonly runs: number;
  readonly ms: number;
}

/**
 * Best of many runs: three numbers of grids around households / 400, plain borders and borders that hold compounds together,
 * some seeds. Parts that no border connects are divided by themselves.
 */
export function bestOfMany(
  partitioner: Partitioner,
  instance: BenchInstance,
  problem: PartitionProblem,
  seeds: number,
): PeerResult {
  const folder = mkdtempSync(path.join(tmpdir(), 'grid-bench-'));
  const start = performance.now();
  let best: Judgement | null = null;
  let runs = 0;
  try {
    const counts = instance.options?.k ? [1] : SHARES;
    for (const compoundM of [0, SAME_COMPOUND_M])
      for (const share of counts)
        for (let seed = 1; seed <= seeds; seed++) {
          const plan = onePlan(partitioner, instance, problem, { folder, compoundM, share, seed });
          runs++;
          const judged = plan && judge(instance, problem, plan);
          if (judged?.valid && (!best || judged.costM < best.costM)) best = judged;
        }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return { best, runs, ms: performance.now() - start };
}

function onePlan(
  partitioner: Partitioner,
  instance: BenchInstance,
  problem: PartitionProblem,
  { folder, compoundM, share, seed }: { folder: string; compoundM: number; share: number; seed: number },
): number[] | null {
  const component = componentsOf(problem, instance);
  const plan = problem.cells.map(() => -1);
  let grids = 0;
  for (const part of new Set(component)) {
    const members = component.flatMap((of, cell) => (of === part ? [cell] : []));
    const households = members.reduce((sum, cell) => sum + problem.cells[cell]!.householdCount, 0);
    const k = instance.options?.k ?? Math.max(1, Math.round((households / 400) * share));
    const labels = k === 1 ? members.map(() => 0) : run(partitioner, folder, problem, members, compoundM, k, seed);
    if (!labels) return null;
    members.forEach((cell, i) => {
      plan[cell] = grids + labels[i]!;
    });
    grids += k;
  }
  const numbers = new Map<number, number>();
  for (const grid of plan) if (!numbers.has(grid)) numbers.set(grid, numbers.size);
  return plan.map((grid) => numbers.get(grid)!);
}

function run(
  partitioner: Partitioner,
  folder: string,
  problem: PartitionProblem,
  members: readonly number[],
  compoundM: number,
  k: number,
  seed: number,
): number[] | null {
  const graphFile = path.join(folder, 'graph');
  const out = partitioner.outFile?.(graphFile, k) ?? path.join(folder, 'parts');
  writeFileSync(graphFile, graphText(problem, members, compoundM));
  try {
    execFileSync(partitioner.program, partitioner.args(graphFile, k, seed, out), { stdio: 'ignore' });
    return readFileSync(out, 'utf8').trim().split('\n').map(Number);
  } catch {
    return null;
  }
}

/** The Chaco/METIS format: a line a node with its weight, then neighbours (from 1) and decimetres of border. */
function graphText(problem: PartitionProblem, members: readonly number[], compoundM: number): string {
  const place = new Map(members.map((cell, i) => [cell, i]));
  const rows = members.map(() => new Map<number, number>());
  for (const { a, b, lengthM } of problem.edges) {
    const [i, j] = [place.get(a), place.get(b)];
    if (i === undefined || j === undefined) continue;
    const { compoundId } = problem.cells[a]!;
    const together = compoundId !== null && compoundId === problem.cells[b]!.compoundId ? compoundM : 0;
    const weight = (rows[i]!.get(j) ?? 0) + Math.max(1, Math.round((lengthM + together) * 10));
    rows[i]!.set(j, weight);
    rows[j]!.set(i, weight);
  }
  const edges = rows.reduce((sum, row) => sum + row.size, 0) / 2;
  const lines = rows.map((row, i) =>
    [problem.cells[members[i]!]!.householdCount, ...[...row].flatMap(([j, weight]) => [j + 1, weight])].join(' '),
  );
  return `${members.length} ${edges} 011\n${lines.join('\n')}\n`;
}
