// Adjusts the old grids of every demo community: npx tsx scripts/bench-adjust.ts [--seed N] [--effort N]
// Prints markdown: households moved beside the fewest that arithmetic allows, and what the plan is worth afterwards.
import { parseArgs } from 'node:util';
import { tallyGrids } from '../geodata/check/index.ts';
import type { GridId } from '../geodata/model/index.ts';
import { runToEnd } from '../geodata/partition/index.ts';
import { partitionCommunity } from '../geodata/pipeline/partition-community.ts';
import { DEFAULT_RULE_SET_ID, findRuleSet } from '../geodata/rules/index.ts';
import { sampleCounty } from '../geodata/samples/index.ts';
import { fixed, markdownTable } from './benchmark/tables.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, effort: { type: 'string', default: '1' } },
});
const county = sampleCounty(2020);
const ruleSet = findRuleSet(DEFAULT_RULE_SET_ID)!;
const { least, most } = ruleSet.gridRange;

const rows = county.grounds.map((ground) => {
  const { community } = ground;
  const old = county.existingGrids.filter(({ communityCode }) => communityCode === community.code);
  let made = 0;
  const start = performance.now();
  const { before, outcome, problem } = adjusted();
  const ms = performance.now() - start;
  return [
    community.name,
    String(problem),
    before.map(String).join(' '),
    outcome.status === 'feasible' ? String(leastMoved(before)) : '–',
    String(outcome.score.movedHouseholds),
    outcome.status === 'feasible' ? 'yes' : outcome.reasons.map(({ code }) => code).join(' ') || 'not found',
    String(outcome.score.gridCount),
    fixed(ms, 0),
  ];

  function adjusted() {
    const partition = runToEnd(
      partitionCommunity(ground, ruleSet, {
        mode: 'adjust',
        prefer: 'balanced',
        seed: Number(values.seed),
        effort: Number(values.effort),
        cells: 'auto',
        existingGrids: old.map(({ id, code, name, area }) => ({
          grid: { id, code, name, kind: 'general', locked: false, detachedReason: null, workerIds: [] },
          area,
        })),
        naming: { changeId: 'adjust', newGridId: () => `new-${++made}` as GridId, nameOf: (n) => `${n}` },
      }),
    );
    return {
      before: [...tallyGrids(partition.before).values()].map(({ householdCount }) => householdCount),
      outcome: partition.outcome,
      problem: partition.fabric.cells.reduce((sum, { householdCount }) => sum + householdCount, 0),
    };
  }
});

/**
 * Whatever is done, what exceeds the upper limit leaves, and a grid that is too small fills up or is dissolved. A household that
 * moves can serve two small grids (the one it leaves and the one it joins), not more.
 * Grids that are missing to hold everybody have to be filled by somebody.
 */
function leastMoved(households: readonly number[]): number {
  const over = households.reduce((sum, h) => sum + Math.max(0, h - most), 0);
  const under = households.reduce((sum, h) => sum + (h < least ? Math.min(h, least - h) : 0), 0);
  const missing = Math.ceil(households.reduce((sum, h) => sum + h, 0) / most) - households.length;
  return Math.max(over, Math.ceil(under / 2), missing * least);
}

console.log(
  markdownTable(['community', 'households', 'old grids', 'moved at least', 'moved', 'compliant', 'grids', 'ms'], rows),
);
