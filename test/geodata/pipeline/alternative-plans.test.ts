import { describe, expect, it } from 'vitest';
import { divideCommunity, type PartitionOrder } from '../../../geodata/pipeline/divide-community.ts';
import { findRuleSet } from '../../../geodata/rules/index.ts';
import { groundNamed } from '../../support/sample-grounds.ts';

const order: PartitionOrder = {
  ground: groundNamed('东安'),
  ruleSet: findRuleSet('jilin-2020-23')!,
  existing: [],
  mode: 'fresh',
  prefer: 'balanced',
  seed: 1,
  effort: 1,
  cells: 'auto',
  forbiddenBarriers: [],
};

describe('several plans of one community', () => {
  const alone = divideCommunity(order, () => 0);
  const several = divideCommunity({ ...order, alternatives: 3 }, () => 0);

  it('leave the plan that is drawn as it would be alone', () => {
    expect(several.features).toEqual(alone.features);
    expect(alone.report).not.toHaveProperty('alternatives');
  });

  it('are reported with what tells them apart, each with all households', () => {
    const plans = several.report.alternatives!;
    expect(plans.length).toBeGreaterThan(1);
    expect(plans[0]).toMatchObject({ wish: 'asAsked', gridCount: alone.report.grids.length, differingHouseholds: 0 });
    for (const { grids, gridCount, smallest, largest } of plans) {
      expect(grids).toHaveLength(gridCount);
      expect(grids.reduce((sum, { households }) => sum + households, 0)).toBe(alone.report.households);
      expect([smallest, largest]).toEqual([
        Math.min(...grids.map(({ households }) => households)),
        Math.max(...grids.map(({ households }) => households)),
      ]);
    }
  });
});
