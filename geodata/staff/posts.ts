import type { PostRange, RuleSet } from '../model/index.ts';

/**
 * R5 (二·二): the range of community-worker posts of a community with so many households. Up to the base the range is fixed; above it
 * one post more for every 300 to 500 households, so the least grows by the larger divisor and the most by the smaller one:
 * least = 10 + ⌊(H − 3000)/500⌋, most = 15 + ⌊(H − 3000)/300⌋ with jilin-2020-23, which also says how to round.
 * Throws on a count that is no count: that is a bug upstream.
 */
export function postRange(householdCount: number, { posts }: Pick<RuleSet, 'posts'>): PostRange {
  if (!Number.isInteger(householdCount) || householdCount < 0) throw new Error(`no household count: ${householdCount}`);
  const householdsAboveBase = Math.max(0, householdCount - posts.baseHouseholds);
  const round = Math[posts.rounding];
  const addedLeast = round(householdsAboveBase / posts.householdsPerPostLeast);
  const addedMost = round(householdsAboveBase / posts.householdsPerPostMost);
  return {
    householdCount,
    least: posts.baseLeast + addedLeast,
    most: posts.baseMost + addedMost,
    clause: posts.clause,
    householdsAboveBase,
    addedLeast,
    addedMost,
  };
}
