// Times a whole county by the built command line: npm run build && npx tsx scripts/bench-county.ts
//   [--communities 100] [--buildings 20000] [--jobs 2] [--cli dist/server/gridplan.js] [--keep DIR] [--profile]
// The county is made of copies of the sample county side by side. Prints wall time, CPU time and the largest memory; CPU and memory
// are read from /proc, so only on Linux. With --profile, one thread and a .cpuprofile beside the files.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { FeatureCollection } from 'geojson';
import { countyFiles, SAMPLE_COUNTY_CODE, sampleCounty } from '../geodata/samples/index.ts';

const { values } = parseArgs({
  options: {
    communities: { type: 'string', default: '100' },
    buildings: { type: 'string', default: '20000' },
    jobs: { type: 'string', default: '2' },
    cli: { type: 'string', default: 'dist/server/gridplan.js' },
    keep: { type: 'string' },
    profile: { type: 'boolean', default: false },
  },
});
if (!existsSync(values.cli)) {
  console.error(`notBuilt: ${values.cli} is missing; run \`npm run build\` first`);
  process.exit(2);
}
const folder = values.keep ?? mkdtempSync(path.join(tmpdir(), 'grid-county-'));
mkdirSync(folder, { recursive: true });
const LAYERS = ['communities', 'buildings', 'compounds', 'barriers'];
const DEGREES_APART = 0.1;
const CLOCK_TICKS_PER_S = 100;

const made = writeCounty(Number(values.communities), Number(values.buildings));
const run = await timed();
console.log(
  `${made.communities} communities, ${made.buildings} buildings (${Math.round(made.bytes / 2 ** 20)} MB of GeoJSON), ${values.jobs} threads: ` +
    `${(run.wallMs / 1000).toFixed(1)} s, CPU ${run.cpuS.toFixed(1)} s, memory at most ${run.peakMb} MB, exit code ${run.code}`,
);
console.log(`the communities' own times add up to ${(communityMs() / 1000).toFixed(1)} s`);
if (!values.keep) rmSync(folder, { recursive: true });

/** Copies of the sample county, every id and code its own, until there are enough communities; buildings to the count. */
function writeCounty(communityCount: number, buildingCount: number) {
  const { layers } = countyFiles(sampleCounty(2020));
  const features = new Map<string, unknown[]>(LAYERS.map((name) => [name, []]));
  const perCopy = layers.find(({ name }) => name === 'communities')!.collection.features.length;
  const copies = Math.ceil(communityCount / perCopy);
  for (let copy = 0; copy < copies; copy++) {
    const kept = new Set<string>();
    for (const { name, collection } of layers.filter((layer) => LAYERS.includes(layer.name))) {
      const moved: FeatureCollection = JSON.parse(
        JSON.stringify(collection).replaceAll(SAMPLE_COUNTY_CODE, String(220100 + copy)),
      );
      for (const feature of moved.features) {
        shift(feature.geometry as { coordinates: unknown }, copy * DEGREES_APART);
        const list = features.get(name)!;
        if (name === 'communities') {
          if (list.length >= communityCount) continue;
          kept.add(String(feature.properties!.社区编码));
        }
        if (name === 'buildings') {
          const code = String(feature.properties!.楼栋编号).slice(0, 12);
          if (!kept.has(code) || list.length >= buildingCount) continue;
        }
        list.push(feature);
      }
    }
  }
  let bytes = 0;
  for (const [name, list] of features) {
    const file = path.join(folder, `${name}.geojson`);
    writeFileSync(file, JSON.stringify({ type: 'FeatureCollection', features: list }));
    bytes += statSync(file).size;
  }
  return { communities: features.get('communities')!.length, buildings: features.get('buildings')!.length, bytes };
}

function shift(geometry: { coordinates: unknown }, degrees: number): void {
  const move = (at: unknown): unknown => {
    const list = at as unknown[];
    return typeof list[0] === 'number' ? [(list[0] as number) + degrees, list[1]] : list.map(move);
  };
  geometry.coordinates = move(geometry.coordinates);
}

function timed(): Promise<{ wallMs: number; cpuS: number; peakMb: number; code: number | null }> {
  const files = LAYERS.flatMap((name) => [`--${name}`, path.join(folder, `${name}.geojson`)]);
  const outputs = ['--out', path.join(folder, 'grids.geojson'), '--report', path.join(folder, 'report.json')];
  const profiling = values.profile ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];
  const start = performance.now();
  const child = spawn(
    process.execPath,
    [...profiling, values.cli, 'partition', ...files, ...outputs, '--jobs', values.profile ? '1' : values.jobs],
    { stdio: 'ignore' },
  );
  let cpuS = 0;
  let peakMb = 0;
  const watch = setInterval(() => {
    if (!existsSync(`/proc/${child.pid}/stat`)) return;
    try {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
      cpuS = (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_S;
      const peak = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
      if (peak) peakMb = Math.round(Number(peak[1]) / 1024);
    } catch {
      // It ended between two looks.
    }
  }, 50);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(watch);
      resolve({ wallMs: performance.now() - start, cpuS, peakMb, code });
    });
  });
}

function communityMs(): number {
  const file = path.join(folder, 'report.json');
  if (!existsSync(file)) return Number.NaN;
  const { communities }: { communities: { ms: number }[] } = JSON.parse(readFileSync(file, 'utf8'));
  return communities.reduce((sum, { ms }) => sum + ms, 0);
}
