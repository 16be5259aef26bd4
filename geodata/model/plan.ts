import type { Fabric, FabricPatch } from './fabric.ts';
import type { CellId, CommunityCode, GridId, PlanId, WorkerId } from './ids.ts';

/** 全科网格, 部门网格, 专属网格. A dedicated grid (school, market) has no households and is outside the household range. */
export type GridKind = 'general' | 'department' | 'dedicated';

export interface Grid {
  readonly id: GridId;
  /** By default the community's 12 digits and a 3-digit sequence. */
  readonly code: string;
  readonly name: string;
  readonly kind: GridKind;
  readonly locked: boolean;
  /** Why the grid may lie in several pieces (飞地); null when it may not. */
  readonly detachedReason: string | null;
  readonly workerIds: readonly WorkerId[];
}

export type PlanStatus = 'draft' | 'submitted' | 'authorized' | 'filed';

export interface PlanHeader {
  readonly id: PlanId;
  readonly communityCode: CommunityCode;
  readonly name: string;
  readonly status: PlanStatus;
  readonly ruleSetId: string;
  /** Counts the changes that made it; a change is accepted only on the version it was made on. */
  readonly version: number;
}

/** What an edit works on: the ground as cut, the grids, and which cell belongs to which. Outlines and counts derive from it. */
export interface PlanState {
  readonly fabric: Fabric;
  readonly grids: ReadonlyMap<GridId, Grid>;
  /** Cells that are not in the map are unassigned. */
  readonly assignment: ReadonlyMap<CellId, GridId>;
}

/** The verbs a planner (or the engine for them) can do, one file each in `edit/`. The history shows them by this name. */
export type EditVerb =
  | 'assignCells'
  | 'joinGrids'
  | 'splitGrid'
  | 'drawGrid'
  | 'deleteGrid'
  | 'redrawBorder'
  | 'editGrid'
  | 'lockGrid'
  | 'renumberGrids'
  | 'adoptPartition';

/**
 * One edit as data: it says what was and what is, so it can be checked before it is applied, inverted, stored and replayed.
 * Applied in the order fabric, grids, assignment.
 */
export interface Change {
  readonly id: string;
  readonly verb: EditVerb;
  readonly fabric: FabricPatch | null;
  readonly grids: readonly { readonly id: GridId; readonly before: Grid | null; readonly after: Grid | null }[];
  readonly cells: readonly { readonly id: CellId; readonly before: GridId | null; readonly after: GridId | null }[];
}
