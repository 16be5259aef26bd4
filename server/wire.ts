import type { FeatureCollection } from 'geojson';
import type { Compliance } from '../geodata/check/index.ts';
import type { CrosswalkLine } from '../geodata/export/crosswalk-table.ts';
import type { ImportTarget } from '../geodata/import/aliases.ts';
import type {
  Barrier,
  Building,
  Change,
  Community,
  CommunityCode,
  Compound,
  DepartmentId,
  Grid,
  GridId,
  InputIssue,
  Issue,
  PlanHeader,
  PlanId,
  PostRange,
  RuleSet,
  Worker,
} from '../geodata/model/index.ts';

// What goes over the wire between page and server; the page imports these types only (`import type`).

/** GET /api/communities → one line a community; the county page is made of it. `scope` (code prefix) narrows it. */
export interface CommunitySummary {
  readonly code: CommunityCode;
  readonly name: string;
  readonly streetName: string | null;
  readonly area: Community['area'];
  readonly householdCount: number;
  readonly estimatedHouseholdCount: number;
  readonly buildingCount: number;
  /** Of the plan in force (the newest one saved); null without any. */
  readonly plan: PlanHeader | null;
  readonly compliance: Compliance;
  readonly posts: PostRange;
  readonly filledPosts: number;
  readonly gridsWithoutWorker: number;
}

export type { Compliance } from '../geodata/check/index.ts';

/** GET /api/communities/:code → everything the workbench needs besides the fabric and the plan. */
export interface CommunityDetail {
  readonly community: Community;
  readonly buildings: readonly Building[];
  readonly compounds: readonly Compound[];
  readonly barriers: readonly Barrier[];
  readonly ruleSet: RuleSet;
  readonly workers: readonly Worker[];
  readonly plans: readonly PlanHeader[];
  readonly departments: readonly DepartmentLayer[];
  /** Neighbouring communities' areas, to draw greyed. */
  readonly neighbours: readonly {
    readonly code: CommunityCode;
    readonly name: string;
    readonly area: Community['area'];
  }[];
}

/** One department's grids over one community, as it handed them in. */
export interface DepartmentLayer {
  readonly id: DepartmentId;
  readonly name: string;
  readonly colour: string;
  readonly duties: readonly string[];
  readonly grids: readonly {
    readonly id: GridId;
    readonly code: string;
    readonly name: string;
    readonly area: Community['area'];
  }[];
}

/** GET /api/plans/:id → the plan with the fabric it stands on. `fabric` is what `encodeFabric` made. */
export interface PlanDetail {
  readonly plan: PlanHeader;
  readonly fabric: unknown;
  readonly grids: readonly Grid[];
  readonly assignment: readonly (readonly [cell: number, grid: GridId])[];
  /** Codes given out for good: one of them that no grid of the plan bears is retired and never given again. */
  readonly issuedCodes: readonly string[];
}

/** GET /api/plans/:id/lineage: how grids passed into others where grids came, went or were renumbered. */
export interface LineageRow {
  readonly oldCode: string;
  readonly newCode: string;
  readonly householdCount: number;
  readonly areaM2: number;
}

/** POST /api/plans: a new plan, empty or a branch of another one. → PlanDetail */
export interface NewPlan {
  readonly communityCode: CommunityCode;
  readonly name: string;
  readonly branchOf: PlanId | null;
}

/**
 * POST /api/plans/:id/changes → 200 {version}, or 409 StaleChange: the changes that came in between, oldest first.
 * 422 {code: gridLocked | gridCodeTaken | gridCodeRetired | cellDiffers | gridDiffers | assignmentDiffers …} when the change itself can't be made.
 * A change sent again (same id) is answered with the version it led to, and not made twice.
 * When `changes` don't lead from the base version to `version` one by one, the plan was laid onto newly imported ground: read it again.
 * GET /api/plans/:id/changes?since=N → StaleChange. GET /api/plans/:id/events → server-sent events: first `version` {version}, then
 * `change` {version, change} for each one accepted.
 */
export interface ChangeRequest {
  readonly baseVersion: number;
  readonly change: Change;
}
export interface ChangeAccepted {
  readonly version: number;
}
export interface StaleChange {
  readonly version: number;
  readonly changes: readonly { readonly version: number; readonly change: Change }[];
}

// ---- import: upload → look → map columns and coordinates → preview → commit (one transaction)

export type { ImportTarget } from '../geodata/import/aliases.ts';

/** POST /api/imports (multipart: one or more files) → what is in them. Nothing is stored but the files. */
export interface ImportSession {
  readonly id: string;
  readonly layers: readonly ImportLayer[];
  readonly issues: readonly InputIssue[];
}
export interface ImportLayer {
  readonly file: string;
  readonly layer: string;
  readonly format: 'shapefile' | 'geojson' | 'geopackage' | 'kml' | 'csv' | 'xlsx';
  readonly geometryType: string | null;
  readonly featureCount: number;
  readonly encoding: string | null;
  /** How the encoding was found: 'declared' by a .cpg, 'detected' from the bytes. */
  readonly encodingSource: 'declared' | 'detected' | null;
  /** 'EPSG:4490', or null when the file doesn't say: then the user must. `crsCandidates` are those that put it in China. */
  readonly crs: string | null;
  readonly crsCandidates: readonly string[];
  readonly fields: readonly { readonly name: string; readonly samples: readonly string[] }[];
  readonly suggestedTarget: ImportTarget | null;
  /** target field → column name, found by alias. */
  readonly suggestedMapping: Readonly<Record<string, string>>;
}

/** POST /api/imports/:id/preview and /commit: how to read each layer. */
export interface ImportReading {
  readonly layers: readonly {
    readonly file: string;
    readonly layer: string;
    readonly target: ImportTarget;
    readonly mapping: Readonly<Record<string, string>>;
    readonly encoding: string | null;
    readonly crs: string | null;
    readonly datum: 'none' | 'gcj02' | 'bd09';
    readonly departmentName: string | null;
    /** Estimate missing counts: gross floor area per household; null leaves them missing. */
    readonly estimateM2PerHousehold: number | null;
  }[];
}
export interface ImportPreview {
  readonly layers: readonly {
    readonly file: string;
    readonly layer: string;
    readonly target: ImportTarget;
    readonly accepted: number;
    readonly repaired: number;
    readonly rejected: number;
    readonly issues: readonly InputIssue[];
    /** In EPSG:4490; at most a few thousand features. */
    readonly features: FeatureCollection;
  }[];
}
export interface ImportCommitted {
  readonly importId: string;
  readonly preview: ImportPreview;
  /** Communities whose fabric must be cut anew; a job does it at once. */
  readonly jobId: string | null;
}

/** GET /api/imports?scope= → what was imported, the newest first. GET /api/imports/:id → ImportSession, as after the upload. */
export interface ImportRecord {
  readonly id: string;
  /** ISO time. */
  readonly importedAt: string;
  readonly importedBy: string;
  readonly layers: readonly Omit<ImportPreview['layers'][number], 'features' | 'issues'>[];
  readonly issues: readonly InputIssue[];
  readonly files: readonly { readonly name: string; readonly byteCount: number }[];
}

// ---- jobs: long work on the server; progress by GET /api/jobs/:id and server-sent events at /api/jobs/:id/events

/** POST /api/jobs → JobState; DELETE /api/jobs/:id cancels. */
export type JobRequest =
  | {
      readonly kind: 'partition';
      readonly communities: readonly CommunityCode[] | 'all';
      readonly mode: 'fresh' | 'adjust';
      readonly prefer: 'balanced' | 'fewest';
      readonly seed: number;
    }
  | {
      readonly kind: 'merge';
      readonly communities: readonly CommunityCode[] | 'all';
      readonly departments: readonly { readonly id: DepartmentId; readonly weight: number }[];
      readonly seed: number;
    };
export interface JobState {
  readonly id: string;
  readonly kind: string;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  readonly done: number;
  readonly total: number;
  readonly results: readonly JobResult[];
}
/** Each community's outcome as it comes; the plan made is a new one, never over the planner's work. */
export interface JobResult {
  readonly communityCode: CommunityCode;
  readonly planId: PlanId | null;
  readonly feasible: boolean;
  readonly issues: readonly Issue[];
  readonly ms: number;
}

/** GET /api/plans/:id/crosswalk: for a merged plan, how each departmental grid passes into the general ones. */
export interface CrosswalkRow extends CrosswalkLine {
  readonly departmentId: DepartmentId;
}

/** Errors of every route. `issues` says which file, feature and field where there are several. */
export interface ErrorBody {
  readonly code: string;
  readonly values?: Readonly<Record<string, unknown>>;
  readonly issues?: readonly InputIssue[];
}

// ---- exports: GET /api/exports/grids?scope=220103&format=shapefile|geojson|geopackage&crs=EPSG:4490&encoding=UTF-8|GBK (a download)
// ----          GET /api/exports/staffing?scope=220103 (xlsx), GET /api/exports/crosswalk?plan=ID (csv)
