export { checkPlan, checks } from './check-plan.ts';
export { type Compliance, type ComplianceState, complianceOf } from './compliance.ts';
export { piecesOfGrids } from './pieces.ts';
export { possibleGridCounts } from './possible-grid-counts.ts';
export type { Check, CheckInput } from './rule.ts';
export { type GridTally, tallyGrids } from './tally.ts';
