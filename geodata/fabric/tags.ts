import type { ArcClass, BarrierClass } from '../model/index.ts';

/** What a stretch of noded edge is part of: bits, because stretches fall onto one another. */
export const TAG = {
  community: 1,
  river: 2,
  railway: 4,
  mainRoad: 8,
  wall: 16,
  road: 32,
  entrance: 64,
  open: 128,
  footprint: 256,
} as const;

export const BARRIER_TAGS = TAG.river | TAG.railway | TAG.mainRoad | TAG.wall | TAG.road;
/** Borders are drawn to these, but they part no blocks. */
export const ATTRACTING_TAGS = TAG.wall | TAG.road;
export const SPLITTING_TAGS = TAG.river | TAG.railway | TAG.mainRoad;

const BY_WEIGHT: readonly Exclude<ArcClass, 'drawn' | 'open' | 'community' | 'entrance'>[] = [
  'river',
  'railway',
  'mainRoad',
  'wall',
  'road',
];

/** The class of a border inside a community: the weightiest thing it lies on. */
export function classOfTags(tags: number): ArcClass {
  for (const candidate of BY_WEIGHT) if (tags & TAG[candidate]) return candidate;
  return 'open';
}

/** The weightiest barrier's bit alone, 0 without one. */
export function weightiestBarrier(tags: number): number {
  const barriers = tags & BARRIER_TAGS;
  return barriers & -barriers;
}

export function tagOf(barrier: BarrierClass): number {
  return TAG[barrier];
}
