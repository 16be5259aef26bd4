import { type Certificate, type PartitionProblem, runToEnd, solve } from '../../geodata/partition/index.ts';
import { type BenchInstance, optionsOfInstance } from '../commands/bench.ts';
import { type Judgement, judge } from './judge.ts';

export interface Measured extends Judgement {
  readonly reasons: readonly Certificate[];
  readonly wallMs: number;
  /** Of this process, user and system: what a loaded machine doesn't change much. */
  readonly cpuMs: number;
}

/** Solves an instance once. */
export function measure(instance: BenchInstance, problem: PartitionProblem, seed: number, effort: number): Measured {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const outcome = runToEnd(solve(problem, optionsOfInstance(instance, seed, effort)));
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return {
    ...judge(instance, problem, outcome.gridOfCell),
    reasons: outcome.reasons,
    wallMs,
    cpuMs: (user + system) / 1000,
  };
}
