import type { ColumnType } from 'kysely';
import type {
  BarrierClass,
  BarrierId,
  Building,
  BuildingId,
  BuildingUnit,
  Change,
  CommunityCode,
  CompoundId,
  CountSource,
  DepartmentId,
  EditVerb,
  Grid,
  GridId,
  GridKind,
  InputIssue,
  Issue,
  PlanId,
  PlanStatus,
  StaffCategory,
  WorkerId,
} from '../../geodata/model/index.ts';
import type { ImportPreview, ImportReading, JobRequest, JobResult, JobState } from '../wire.ts';

/** A geometry as the database holds it. Goes in and out by the functions of geometry.ts only. */
export type StoredGeometry = string & { readonly __name: 'StoredGeometry' };

/** Read as a value, written as text (`JSON.stringify`): node-postgres would write a JavaScript array as an SQL one. */
type Json<Value> = ColumnType<Value, string, string>;
/** Read as a Date; times are always given, never taken from the database's clock. */
type Time = ColumnType<Date, Date | string, Date | string>;

export interface PlaceTable {
  /** Province 2, city 4, county 6, street 9 or community 12 digits. */
  code: string;
  level: 'province' | 'city' | 'county' | 'street' | 'community';
  name: string;
  parent_code: string | null;
  /** MultiPolygon. */
  area: StoredGeometry | null;
}

export interface CompoundTable {
  community_code: CommunityCode;
  id: CompoundId;
  name: string;
  /** MultiPolygon. */
  area: StoredGeometry | null;
}

export interface BuildingTable {
  community_code: CommunityCode;
  id: BuildingId;
  name: string | null;
  compound_id: CompoundId | null;
  /** Polygon, MultiPolygon or Point. */
  footprint: StoredGeometry;
  household_count: number;
  count_source: CountSource;
  resident_count: Building['residentCount'];
  floor_count: Building['floorCount'];
  units: Json<readonly BuildingUnit[]>;
}

/** A barrier may pass through many communities: it belongs to the county; ask for those that meet a community's box. */
export interface BarrierTable {
  county_code: string;
  id: BarrierId;
  class: BarrierClass;
  name: string | null;
  /** (Multi)LineString or (Multi)Polygon. */
  shape: StoredGeometry;
}

export interface DepartmentTable {
  id: DepartmentId;
  scope_code: string;
  name: string;
  colour: string;
  duties: Json<readonly string[]>;
}

export interface DepartmentGridTable {
  department_id: DepartmentId;
  community_code: CommunityCode;
  id: GridId;
  code: string;
  name: string;
  /** MultiPolygon. */
  area: StoredGeometry;
}

export interface FabricTable {
  community_code: CommunityCode;
  version: number;
  /** What `encodeFabric` made. */
  payload: Json<unknown>;
  issues: Json<readonly Issue[]>;
  made_at: Time;
}

/**
 * A plan's state is its newest snapshot with the later rows of `change` applied to it, so that a change costs what the change
 * is large, however large the plan is. Version 0 always has a snapshot.
 */
export interface PlanTable {
  id: PlanId;
  community_code: CommunityCode;
  name: string;
  origin: 'planner' | 'import' | 'partition' | 'merge';
  status: PlanStatus;
  rule_set_id: string;
  fabric_version: number;
  version: number;
  /** The version `grid` shows. Behind `version`, the grids must be materialised again. */
  grids_version: number;
  branch_of: PlanId | null;
  created_at: Time;
  updated_at: Time;
}

export interface PlanSnapshotTable {
  plan_id: PlanId;
  version: number;
  /** What `encodeFabric` made, once cuts have changed it; null while it is the fabric of the plan's `fabric_version`. */
  fabric: Json<unknown> | null;
  grids: Json<readonly Grid[]>;
  assignment: Json<readonly (readonly [cell: number, grid: GridId])[]>;
}

export interface ChangeTable {
  plan_id: PlanId;
  /** The version the change leads to. */
  version: number;
  id: string;
  verb: EditVerb;
  made_by: string;
  made_at: Time;
  change: Json<Change>;
}

/** The grids as last materialised: for tiles, exports, the county page and readers such as QGIS. */
export interface GridTable {
  plan_id: PlanId;
  id: GridId;
  community_code: CommunityCode;
  code: string;
  name: string;
  kind: GridKind;
  locked: boolean;
  detached_reason: string | null;
  household_count: number;
  estimated_household_count: number;
  building_count: number;
  area_m2: number;
  /** MultiPolygon; null for a grid without cells. */
  area: StoredGeometry | null;
}

export interface LineageTable {
  plan_id: PlanId;
  community_code: CommunityCode;
  old_code: string;
  new_code: string;
  household_count: number;
  area_m2: number;
  made_at: Time;
}

export interface CrosswalkTable {
  plan_id: PlanId;
  position: number;
  department_id: DepartmentId;
  department_name: string;
  department_grid_code: string;
  department_grid_name: string;
  grid_code: string | null;
  grid_name: string | null;
  household_count: number;
  area_m2: number;
  share_of_department_grid: number;
  share_of_grid: number;
}

export interface WorkerTable {
  community_code: CommunityCode;
  id: WorkerId;
  name: string;
  category: StaffCategory;
  full_time: boolean;
  grid_label: string | null;
  grid_id: GridId | null;
}

export interface PostAuthorizationTable {
  community_code: CommunityCode;
  authorized_posts: number;
  reason: string | null;
  authorized_by: string;
  authorized_at: Time;
}

export interface FilingTable {
  id: string;
  scope_code: string;
  filed_by: string;
  filed_at: Time;
  content: Json<unknown>;
}

export interface ImportTable {
  id: string;
  scope_code: string | null;
  imported_by: string;
  imported_at: Time;
  reading: Json<ImportReading>;
  /** Accepted, repaired, rejected by layer; without the previewed features. */
  outcome: Json<readonly Omit<ImportPreview['layers'][number], 'features' | 'issues'>[]>;
  issues: Json<readonly InputIssue[]>;
}

/** The source files themselves lie in the data directory, under `imports/`; `path` is relative to it. */
export interface ImportFileTable {
  import_id: string;
  name: string;
  path: string;
  byte_count: number;
  sha256: string;
}

export interface JobTable {
  id: string;
  kind: JobRequest['kind'] | string;
  state: JobState['state'];
  request: Json<JobRequest | unknown>;
  done: number;
  total: number;
  results: Json<readonly JobResult[]>;
  created_at: Time;
  updated_at: Time;
}

export interface SettingTable {
  name: string;
  value: Json<unknown>;
}

export interface Tables {
  place: PlaceTable;
  compound: CompoundTable;
  building: BuildingTable;
  barrier: BarrierTable;
  department: DepartmentTable;
  department_grid: DepartmentGridTable;
  fabric: FabricTable;
  plan: PlanTable;
  plan_snapshot: PlanSnapshotTable;
  change: ChangeTable;
  grid: GridTable;
  lineage: LineageTable;
  crosswalk: CrosswalkTable;
  worker: WorkerTable;
  post_authorization: PostAuthorizationTable;
  filing: FilingTable;
  import: ImportTable;
  import_file: ImportFileTable;
  job: JobTable;
  setting: SettingTable;
}
