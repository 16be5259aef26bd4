import { checkPlan } from '../check/index.ts';
import type { BarrierClass, GridId, Ground, RuleSet } from '../model/index.ts';
import { runToEnd } from '../partition/index.ts';
import { exportGridFeatures, type GridFeature } from './grid-features.ts';
import { partitionCommunity } from './partition-community.ts';
import type { DrawnGrid } from './plan-from-existing-grids.ts';
import type { BarrierWeights } from './prefer-barriers.ts';
import { type CommunityReport, reportOf } from './report.ts';

/** One community to divide, as plain data: it can be sent to another thread. */
export interface PartitionOrder {
  readonly ground: Ground;
  readonly ruleSet: RuleSet;
  readonly existing: readonly DrawnGrid[];
  readonly mode: 'fresh' | 'adjust';
  readonly prefer: 'balanced' | 'fewest';
  readonly seed: number;
  readonly effort: number;
  readonly cells: 'auto' | 'footprints' | 'buildings';
  readonly forbiddenBarriers: readonly BarrierClass[];
  readonly barrierWeights?: Partial<BarrierWeights>;
  /** Plans to report beside the one that is drawn, that one included; 1 without it. */
  readonly alternatives?: number;
}

export interface DividedCommunity {
  readonly features: readonly GridFeature[];
  readonly report: CommunityReport;
}

/** Divides a community in one go and says what came of it. @param now milliseconds, for the report's `ms` only. */
export function divideCommunity(order: PartitionOrder, now: () => number): DividedCommunity {
  const { ground, ruleSet, existing, ...choices } = order;
  const start = now();
  let made = 0;
  const partition = runToEnd(
    partitionCommunity(ground, ruleSet, {
      ...choices,
      existingGrids: choices.mode === 'adjust' ? existing : [],
      naming: {
        changeId: 'partition',
        newGridId: () => `new-${++made}` as GridId,
        nameOf: (sequence) => `${ground.community.name}第${sequence}网格`,
        retiredCodes: new Set(existing.map(({ grid }) => grid.code)),
      },
    }),
  );
  const drawn = exportGridFeatures(ground.community, partition.state, ground.buildings);
  const ms = now() - start;
  return {
    features: drawn.features,
    report: reportOf(
      ground.community,
      partition.state,
      drawn,
      [...partition.issues, ...checkPlan(partition.state, ruleSet)],
      {
        feasible: partition.outcome.status === 'feasible',
        movedHouseholds: choices.mode === 'adjust' ? partition.outcome.score.movedHouseholds : 0,
        ms,
        ...((choices.alternatives ?? 1) > 1 ? { alternatives: partition.alternatives } : {}),
      },
    ),
  };
}
