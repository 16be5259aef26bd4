// Measures the partition engine: npx tsx scripts/bench-partition.ts --instances DIR [--peers peers.json] [--out table.md]
//   [--efforts 1,2,4,8] [--seed N] [--only PREFIX] [--peer-seeds N] [--no-peers]
// Prints markdown: every instance against the best known plan and against METIS and KaHIP where they are installed, all judged
// by the same rules; effort against quality; time against size; gaps to proven optima. Minutes, not seconds.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { bestOfMany, isInstalled, KAHIP, METIS, type PeerResult } from './benchmark/graph-partitioners.ts';
import { type Measured, measure } from './benchmark/measure.ts';
import { fixed, geometricMean, markdownTable, median } from './benchmark/tables.ts';
import { type BenchInstance, problemOfInstance } from './commands/bench.ts';

const { values } = parseArgs({
  options: {
    instances: { type: 'string' },
    peers: { type: 'string' },
    out: { type: 'string' },
    efforts: { type: 'string', default: '1,2,4,8' },
    seed: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    'peer-seeds': { type: 'string', default: '4' },
    'no-peers': { type: 'boolean', default: false },
  },
});
if (!values.instances) {
  console.error('usage: bench-partition --instances DIR [--peers peers.json] [--out table.md] …');
  process.exit(2);
}

interface Known {
  readonly bestKnown?: number;
  readonly proven?: boolean;
  readonly feasible?: boolean;
  readonly peers?: Readonly<Record<string, { readonly J: number | null }>>;
}
const known: Readonly<Record<string, Known>> = values.peers
  ? JSON.parse(readFileSync(values.peers, 'utf8')).instances
  : {};
const folder = values.instances;
const efforts = values.efforts.split(',').map(Number);
const seed = Number(values.seed);
const partitioners = values['no-peers'] ? [] : [METIS, KAHIP].filter(isInstalled);

interface Row {
  readonly instance: BenchInstance;
  readonly known: Known;
  /** By effort, in the order of `efforts`. */
  readonly ours: readonly Measured[];
  readonly peers: readonly PeerResult[];
}

const none: PeerResult = { best: null, runs: 0, ms: 0 };
let warm = false;
const rows = readdirSync(folder)
  .filter((file) => file.endsWith('.json') && file.startsWith(values.only))
  .sort()
  .map((file): Row => {
    const instance: BenchInstance = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
    const problem = problemOfInstance(instance);
    // The first run would pay for compiling the engine.
    if (!warm) for (let run = 0; run < 3; run++) measure(instance, problem, seed, 1);
    warm = true;
    const ours = efforts.map((effort) => measure(instance, problem, seed, effort));
    const solvable = ours.some(({ valid }) => valid);
    const peers = partitioners.map((partitioner) =>
      solvable ? bestOfMany(partitioner, instance, problem, Number(values['peer-seeds'])) : none,
    );
    process.stderr.write(`${instance.id} `);
    return { instance, known: known[instance.id] ?? {}, ours, peers };
  });
process.stderr.write('\n');

/** What our plan costs against another; null where one of the two is missing. */
const ratio = (ours: Measured | undefined, other: number | null | undefined): number | null =>
  ours?.valid && other ? ours.costM / other : null;
const solvable = rows.filter(({ known: { feasible }, ours }) => feasible ?? ours.some(({ valid }) => valid));
const hopeless = rows.filter((row) => !solvable.includes(row));
const recorded = (name: string, at: number) =>
  geometricMean(solvable.map((row) => ratio(row.ours[at], row.known.peers?.[name]?.J)));

const everyInstance = markdownTable(
  [
    'instance',
    'buildings',
    'grids',
    'splits',
    'J',
    'J / best known',
    ...partitioners.map(({ name }) => `J / ${name}`),
    'CPU ms',
    'ms',
  ],
  rows.map((row) => {
    const [first] = row.ours;
    const said = [...new Set(first!.reasons.map(({ code }) => code))].join(', ');
    return [
      row.instance.id,
      String(row.instance.buildings.length),
      ...(solvable.includes(row)
        ? [
            String(first!.gridCount),
            String(first!.compoundSplits),
            first!.valid ? fixed(first!.costM, 0) : 'not valid',
            `${fixed(ratio(first, row.known.bestKnown), 3)}${row.known.proven ? ' of the optimum' : ''}`,
          ]
        : ['–', '–', said === '' ? 'not explained' : `impossible: ${said}`, '–']),
      ...row.peers.map(({ best }) => fixed(ratio(first, best?.costM), 3)),
      fixed(first!.cpuMs, 0),
      fixed(first!.wallMs, 0),
    ];
  }),
);

const usual = solvable.filter(({ instance: { id } }) => id.startsWith('u'));
const curve = markdownTable(
  [
    'effort',
    'valid',
    'J / best known',
    'better than known',
    'J / METIS, recorded',
    'J / GerryChain, recorded',
    'CPU ms, usual',
    'CPU ms, all',
  ],
  efforts.map((effort, at) => [
    String(effort),
    `${solvable.filter(({ ours }) => ours[at]!.valid).length}/${solvable.length}`,
    fixed(geometricMean(solvable.map((row) => ratio(row.ours[at], row.known.bestKnown))), 4),
    String(solvable.filter((row) => (ratio(row.ours[at], row.known.bestKnown) ?? 1) < 0.99999).length),
    fixed(recorded('metis', at), 3),
    fixed(recorded('gerrychain', at), 3),
    fixed(median(usual.map(({ ours }) => ours[at]!.cpuMs)), 0),
    fixed(
      solvable.reduce((sum, { ours }) => sum + ours[at]!.cpuMs, 0),
      0,
    ),
  ]),
);

const sizes = [...solvable]
  .filter(({ instance: { id } }) => /^[sul]/.test(id))
  .sort((a, b) => a.instance.buildings.length - b.instance.buildings.length);
const growth = markdownTable(
  ['buildings', 'CPU ms', 'ms', 'CPU ms per building'],
  sizes.map(({ instance, ours: [first] }) => {
    const buildings = instance.buildings.length;
    return [String(buildings), fixed(first!.cpuMs, 0), fixed(first!.wallMs, 0), fixed(first!.cpuMs / buildings, 2)];
  }),
);

const peerSummary = partitioners.map(({ name }, at) => {
  const found = solvable.filter(({ peers }) => peers[at]!.best).length;
  const times = solvable.map(({ peers }) => peers[at]!.ms);
  const runs = Math.max(...solvable.map(({ peers }) => peers[at]!.runs));
  const against = geometricMean(solvable.map((row) => ratio(row.ours[0], row.peers[at]!.best?.costM)));
  return `- ${name}, best of ${runs} runs here: valid ${found}/${solvable.length}, median ${fixed(median(times), 0)} ms; our J / its J at effort ${efforts[0]}: ${fixed(against, 3)} where it is valid.`;
});
const missing = values['no-peers'] ? [] : [METIS, KAHIP].filter((partitioner) => !partitioners.includes(partitioner));

const report = [
  `### Every instance, effort ${efforts[0]}, seed ${seed}\n`,
  everyInstance,
  `\n- Impossible ones explained: ${hopeless.filter(({ ours }) => ours[0]!.reasons.length > 0).length}/${hopeless.length}.`,
  ...peerSummary,
  ...missing.map(({ name, program }) => `- ${name} is not installed here (\`${program}\`).`),
  '\n### Effort against quality\n',
  curve,
  `\n### Time against size, effort ${efforts[0]}\n`,
  growth,
].join('\n');
console.log(report);
if (values.out) writeFileSync(values.out, `${report}\n`);
