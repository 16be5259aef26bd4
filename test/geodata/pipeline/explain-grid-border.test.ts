import { describe, expect, it } from 'vitest';
import type { GridId } from '../../../geodata/model/index.ts';
import { runToEnd } from '../../../geodata/partition/index.ts';
import { explainGridBorder } from '../../../geodata/pipeline/explain-grid-border.ts';
import { partitionCommunity } from '../../../geodata/pipeline/partition-community.ts';
import { findRuleSet } from '../../../geodata/rules/index.ts';
import { groundNamed } from '../../support/sample-grounds.ts';

describe('the borders of a plan', () => {
  it('are each explained; no single building moved across would make the plan better', () => {
    const ruleSet = findRuleSet('jilin-2020-23')!;
    const choices = { mode: 'fresh', prefer: 'balanced', seed: 1, effort: 1 } as const;
    let made = 0;
    const naming = {
      changeId: 'c',
      newGridId: () => `g${++made}` as GridId,
      nameOf: (sequence: number) => `${sequence}`,
    };
    const { state } = runToEnd(partitionCommunity(groundNamed('文化'), ruleSet, { ...choices, cells: 'auto', naming }));
    const grids = [...state.grids.keys()];
    const explained = grids.flatMap((a, i) =>
      grids.slice(i + 1).flatMap((b) => explainGridBorder(state, ruleSet, choices, a, b) ?? []),
    );
    expect(explained.length).toBeGreaterThanOrEqual(3);
    for (const why of explained) {
      expect(why.along.reduce((sum, { lengthM }) => sum + lengthM, 0)).toBeCloseTo(why.lengthM, 6);
      expect(why.householdsA + why.householdsB).toBeGreaterThanOrEqual(600);
      if (!why.bestMove || why.bestMove.householdCount === 0) continue;
      const { change } = why.bestMove;
      expect(change.householdsOver > 0 || change.householdsUnder > 0 || change.totalM > -1).toBe(true);
    }
  });
});
