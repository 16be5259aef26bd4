import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { BarrierClass } from '../../geodata/model/index.ts';
import { type PartitionOptions, type PartitionProblem, runToEnd, solve } from '../../geodata/partition/index.ts';

const USAGE = 'gridplan bench --instances DIR --out results.json [--effort N] [--seed N] [--only PREFIX]';

/** An instance of the partition benchmark, as far as the solver needs it. */
export interface BenchInstance {
  readonly id: string;
  readonly options?: { readonly forbidden?: readonly string[]; readonly k?: number };
  readonly buildings: readonly {
    readonly id: string;
    readonly households: number;
    readonly compoundId: string | null;
  }[];
  readonly edges: readonly {
    readonly a: string;
    readonly b: string;
    readonly sharedLength: number;
    readonly crosses: string | null;
  }[];
}

const BARRIER_CLASS: Readonly<Record<string, BarrierClass>> = { road: 'mainRoad', river: 'river', rail: 'railway' };

function barrierClass(kind: string): BarrierClass {
  const known = BARRIER_CLASS[kind];
  if (!known) throw new Error(`unknown barrier kind ${kind}`);
  return known;
}

/** The instance as a partition problem; road blocks are the components left when no barrier is crossed. */
export function problemOfInstance(instance: BenchInstance): PartitionProblem {
  const index = new Map(instance.buildings.map((building, i) => [building.id, i]));
  const root = instance.buildings.map((_, i) => i);
  const find = (i: number): number => {
    let at = i;
    while (root[at] !== at) at = root[at]!;
    root[i] = at;
    return at;
  };
  const edges = instance.edges.map((edge) => ({
    a: index.get(edge.a)!,
    b: index.get(edge.b)!,
    lengthM: edge.sharedLength,
    crosses: edge.crosses === null ? null : barrierClass(edge.crosses),
  }));
  for (const edge of edges) if (edge.crosses === null) root[find(edge.a)] = find(edge.b);
  return {
    cells: instance.buildings.map((building, i) => ({
      label: building.id,
      householdCount: building.households,
      compoundId: building.compoundId === null ? null : String(building.compoundId),
      roadBlock: find(i),
    })),
    edges,
  };
}

/** The benchmark's own rules: 300 to 500 households, 400 wanted, its weights (the engine's defaults). */
export function optionsOfInstance(instance: BenchInstance, seed: number, effort: number): PartitionOptions {
  return {
    least: 300,
    most: 500,
    target: 400,
    mode: 'fresh',
    prefer: 'balanced',
    seed,
    effort,
    forbiddenBarriers: (instance.options?.forbidden ?? []).map(barrierClass),
    gridCount: instance.options?.k,
  };
}

/**
 * Solves every instance of the partition benchmark and writes the results its scorer reads.
 * Exit codes: 0 done, 2 bad arguments.
 */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      instances: { type: 'string' },
      out: { type: 'string' },
      effort: { type: 'string', default: '1' },
      seed: { type: 'string', default: '1' },
      only: { type: 'string', default: '' },
    },
  });
  const effort = Number(values.effort);
  const seed = Number(values.seed);
  if (!values.instances || !values.out || !(effort > 0) || !Number.isInteger(seed)) {
    console.error(`usage: ${USAGE}`);
    return 2;
  }
  const files = (await readdir(values.instances))
    .filter((f) => f.endsWith('.json') && f.startsWith(values.only))
    .sort();
  const results = [];
  for (const file of files) {
    const instance: BenchInstance = JSON.parse(await readFile(path.join(values.instances, file), 'utf8'));
    const problem = problemOfInstance(instance);
    const start = performance.now();
    const outcome = runToEnd(solve(problem, optionsOfInstance(instance, seed, effort)));
    results.push({
      id: instance.id,
      ms: performance.now() - start,
      feasible: outcome.status === 'feasible',
      assign: Object.fromEntries(instance.buildings.map((building, i) => [building.id, outcome.gridOfCell[i]])),
      reasons: outcome.reasons.map(({ code, labels, values: facts }) => ({ code, labels, values: facts })),
    });
  }
  await writeFile(values.out, `${JSON.stringify({ solver: 'gridplan', seed, effort, instances: results })}\n`);
  return 0;
}
