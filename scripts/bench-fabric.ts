// Measures fabrics: npx tsx scripts/bench-fabric.ts [--pictures DIR] [NAME …]
// NAME is a benchmark instance (u03) or shanghai, suzhou, changchun; the data lies beside the project. Prints a table, and with
// --pictures draws every fabric and its plan as SVG.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { buildFabric } from '../geodata/fabric/build.ts';
import { borderInsideFootprintsM, checkFabric, uncoveredAreaM2 } from '../geodata/fabric/check-fabric.ts';
import { encodeFabric } from '../geodata/fabric/codec.ts';
import { dissolve } from '../geodata/fabric/dissolve.ts';
import { type BorderLine, drawPlan, gridBorders } from '../geodata/fabric/outline.ts';
import { footprintsMm } from '../geodata/fabric/outline-footprints.ts';
import { toLocal } from '../geodata/geometry/local-frame.ts';
import type { CellId, Fabric, GridId, Ground } from '../geodata/model/index.ts';
import { partitionFabric } from '../geodata/pipeline/partition-fabric.ts';
import { DEFAULT_RULE_SET_ID, findRuleSet } from '../geodata/rules/index.ts';
import { benchGround, benchIsThere } from '../test/support/bench-ground.ts';
import { changchunGround, shanghaiGround, suzhouGround } from '../test/support/real-ground.ts';
import { fabricPicture } from './fabric-picture.ts';

const REAL: Readonly<Record<string, () => Ground>> = {
  shanghai: shanghaiGround,
  suzhou: suzhouGround,
  changchun: changchunGround,
};
const DEFAULTS = ['u03', 'u06', 'l05', 'shanghai', 'suzhou', 'changchun'];
/** A vertex where a border turns by less than this is no corner to the eye. */
const CORNER_DEGREES = 5;

const { values, positionals } = parseArgs({ allowPositionals: true, options: { pictures: { type: 'string' } } });
if (!benchIsThere) {
  console.log('no shared data beside the project: nothing to measure');
  process.exit(0);
}
if (values.pictures) mkdirSync(values.pictures, { recursive: true });
console.table((positionals.length > 0 ? positionals : DEFAULTS).map(measured));

function measured(name: string) {
  const ground = REAL[name]?.() ?? benchGround(name);
  const build = (): Fabric => buildFabric(ground, { divideAboveHouseholds: 500 }).fabric;
  const cold = timed(build);
  const fabric = cold.result;
  const warmMs = Math.min(...[1, 2, 3].map(() => timed(build).ms));
  const assignment = assignmentOf(fabric, ground);
  const footprints = footprintsMm(fabric.frame, ground.buildings);
  drawPlan(fabric, assignment, { footprints });
  const outlines = timed(() => drawPlan(fabric, assignment, { footprints }));
  const plain = timed(() => dissolve(fabric, assignment));
  const straight = gridBorders(fabric.frame, outlines.result.borders);
  if (values.pictures) {
    writeFileSync(path.join(values.pictures, `${name}-cells.svg`), fabricPicture(fabric, ground, { widthPx: 1600 }));
  }
  return {
    name,
    buildings: ground.buildings.length,
    cells: fabric.cells.length,
    empty: fabric.cells.filter(({ buildings }) => buildings.length === 0).length,
    blocks: new Set(fabric.cells.map(({ roadBlock }) => roadBlock)).size,
    faults: checkFabric(fabric, ground).length,
    uncoveredM2: rounded(uncoveredAreaM2(fabric, ground), 3),
    insideM: rounded(borderInsideFootprintsM(fabric, ground), 2),
    buildMs: `${cold.ms.toFixed(0)} / ${warmMs.toFixed(0)}`,
    bytesPerCell: rounded(gzipSync(JSON.stringify(encodeFabric(fabric)), { level: 9 }).length / fabric.cells.length, 1),
    grids: new Set(assignment.values()).size,
    'plain c/100m': rounded(cornersPer100M(fabric, gridBorders(fabric.frame, plain.result)), 2),
    'straight c/100m': rounded(cornersPer100M(fabric, straight), 2),
    outlinesMs: rounded(outlines.ms, 1),
    dissolveMs: rounded(plain.ms, 1),
  };
}

/** A plan to draw outlines of: the solver's own, at little effort. */
function assignmentOf(fabric: Fabric, ground: Ground): ReadonlyMap<CellId, GridId> {
  const ruleSet = findRuleSet(DEFAULT_RULE_SET_ID);
  if (!ruleSet) throw new Error(`no rule set ${DEFAULT_RULE_SET_ID}`);
  let ids = 0;
  const run = partitionFabric(
    ground.community,
    { fabric, grids: new Map(), assignment: new Map() },
    ruleSet,
    { mode: 'fresh', prefer: 'balanced', seed: 1, effort: 1 },
    { changeId: 'bench', newGridId: () => `g${++ids}` as GridId, nameOf: (sequence) => `${sequence}` },
  );
  let step = run.next();
  while (!step.done) step = run.next();
  return step.value.state.assignment;
}

/** Corners on the borders between two grids, by 100 m of them. Where borders meet is no corner. */
function cornersPer100M(fabric: Fabric, borders: readonly BorderLine[]): number {
  let corners = 0;
  let lengthM = 0;
  for (const { right, line } of borders) {
    if (right === null) continue;
    const points = line.map((position) => toLocal(fabric.frame, position));
    for (let i = 0; i + 1 < points.length; i++) {
      const [ax, ay] = points[i]!;
      const [bx, by] = points[i + 1]!;
      lengthM += Math.hypot(bx - ax, by - ay) / 1000;
      const next = points[i + 2];
      if (!next) continue;
      const turn = Math.atan2(
        (bx - ax) * (next[1] - by) - (by - ay) * (next[0] - bx),
        (bx - ax) * (next[0] - bx) + (by - ay) * (next[1] - by),
      );
      if (Math.abs(turn) * (180 / Math.PI) > CORNER_DEGREES) corners++;
    }
  }
  return lengthM === 0 ? 0 : (corners / lengthM) * 100;
}

function timed<Value>(work: () => Value): { result: Value; ms: number } {
  const start = performance.now();
  const result = work();
  return { result, ms: performance.now() - start };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
