/** Findings of the checks, by issue code. */
export const issues = {
  communityBelowLeast:
    'The whole community has {householdCount} households, below the least of one grid ({least}): no plan can comply',
  communityTotalInGap:
    '{householdCount} households cannot be divided into grids of {least}–{most} (nearest possible totals: {nearestBelow} or {nearestAbove})',
  gridOverLimit: '{grid} holds {householdCount} households, over the limit of {most}',
  gridUnderLimit: '{grid} holds {householdCount} households, under the least of {least}',
  dedicatedGridHasHouseholds: 'Dedicated grid {grid} holds {householdCount} households; move them to a general grid',
  gridDetached: '{grid} lies in {pieces} pieces that are not connected',
  gridDetachedDeclared: '{grid} is declared to be in {pieces} pieces: {reason}',
  buildingsUnassigned: '{buildingCount} buildings ({householdCount} households) are in no grid',
  groundUnassigned: '{areaM2} m² of empty ground are in no grid',
  buildingOverLimit:
    '{building} alone has {householdCount} households, over the limit of {most}: divide it by entrance',
  buildingDivided: '{building} is divided between {grids} grids, which is not allowed',
  buildingDividedByEntrance: '{building} is divided between {grids} grids by entrance',
  compoundDivided:
    'Compound “{compound}” ({householdCount} households) is divided between {grids} grids; at least {unavoidable} are needed',
  barrierCrossed: '{grid} reaches across: {barrier}, about {lengthM} m',
  householdCountMissing: '{buildingCount} buildings have no household count and count as 0',
  householdCountEstimated: 'Household counts of {buildingCount} buildings are estimates',
  gridWithoutWorker: '{grid} has no full-time grid worker',
  publicWelfareAsGridWorker: '{worker} of {grid} holds a public-welfare post and does not count as a grid worker',
  partTimeGridWorker: '{worker} of {grid} is part-time and does not count as a grid worker',
  gridWorkerWithoutPost: '{worker} of {grid} holds no community-worker post and does not count as a grid worker',
  gridWorkerUnknown: '{worker} of {grid} is not in the roster',
  workerOnSeveralGrids: '{worker} covers {grids} grids at once',
  postsUnderLeast: '{filled} posts are filled, fewer than the {least} due',
  postsOverMost: '{filled} posts are filled, more than the {most} allowed',
  moreGridsThanPosts: '{grids} grids are more than the {most} posts allowed: not every grid can have its own worker',
  OVERSIZE:
    '{labels} has {householdCount} households, over the limit of {most}: it fits no grid. With counts per entrance it can be divided into {entranceParts}',
  COMPONENT_BELOW:
    'A part that is cut off has only {householdCount} households, below the least of {least}; it can be joined only across a border (river, railway, main road)',
  COMPONENT_GAP:
    'A part that is cut off has {householdCount} households, which cannot be divided into grids of {least}–{most}; nearest possible: {nearest}',
  ARTICULATION:
    '{labels} is the only link between several places and must share a grid with them: at least {needed} households, over {most}',
  NO_VALID_GRID: 'No connected grid of {least}–{most} households exists around {labels}',
  NO_COMPATIBLE_GRID: 'Every grid with {labels} makes the rest impossible',
  NO_PARTITION: 'A part of {householdCount} households was searched completely: no division satisfies {least}–{most}',
  GRID_COUNT: '{gridCount} grids are impossible: {householdCount} households make {fewest}–{most}',
  planNotFound: 'The nearest plan still has {householdsOver} households over and {householdsUnder} under the limits',
  unknown: 'Something to look at ({code})',
};
