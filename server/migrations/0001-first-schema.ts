import { type Kysely, sql } from 'kysely';

/**
 * Everything the first version keeps. Points of policy:
 * times, ids and random values are always arguments (no `now()`, no sequences), because the embedded engine replays its
 * journal of statements and must come to the very same rows;
 * every table that belongs to a place has the place's administrative code, indexed by prefix: that is how reads are scoped.
 */
export async function up(database: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(database);
}

const STATEMENTS: readonly string[] = [
  `create table place (
    code text primary key,
    level text not null check (level in ('province', 'city', 'county', 'street', 'community')),
    name text not null,
    parent_code text,
    area geometry(MultiPolygon, 4490)
  )`,
  'create index place_by_prefix on place (code text_pattern_ops)',
  'create index place_by_area on place using gist (area)',

  `create table compound (
    community_code text not null,
    id text not null,
    name text not null,
    area geometry(MultiPolygon, 4490),
    primary key (community_code, id)
  )`,
  'create index compound_by_prefix on compound (community_code text_pattern_ops)',
  'create index compound_by_area on compound using gist (area)',

  `create table building (
    community_code text not null,
    id text not null,
    name text,
    compound_id text,
    footprint geometry(Geometry, 4490) not null,
    household_count integer not null check (household_count >= 0),
    count_source text not null check (count_source in ('counted', 'estimated', 'missing')),
    resident_count integer,
    floor_count integer,
    units jsonb not null,
    primary key (community_code, id)
  )`,
  'create index building_by_prefix on building (community_code text_pattern_ops)',
  'create index building_by_footprint on building using gist (footprint)',

  `create table barrier (
    county_code text not null,
    id text not null,
    class text not null check (class in ('river', 'railway', 'mainRoad', 'wall', 'road')),
    name text,
    shape geometry(Geometry, 4490) not null,
    primary key (county_code, id)
  )`,
  'create index barrier_by_prefix on barrier (county_code text_pattern_ops)',
  'create index barrier_by_shape on barrier using gist (shape)',

  `create table department (
    id text primary key,
    scope_code text not null,
    name text not null,
    colour text not null,
    duties jsonb not null,
    unique (scope_code, name)
  )`,
  `create table department_grid (
    department_id text not null references department on delete cascade,
    community_code text not null,
    id text not null,
    code text not null,
    name text not null,
    area geometry(MultiPolygon, 4490) not null,
    primary key (department_id, community_code, id)
  )`,
  'create index department_grid_by_prefix on department_grid (community_code text_pattern_ops)',
  'create index department_grid_by_area on department_grid using gist (area)',

  `create table fabric (
    community_code text not null,
    version integer not null,
    payload json not null,
    issues jsonb not null,
    made_at timestamptz not null,
    primary key (community_code, version)
  )`,

  `create table plan (
    id text primary key,
    community_code text not null,
    name text not null,
    origin text not null check (origin in ('planner', 'import', 'partition', 'merge')),
    status text not null check (status in ('draft', 'submitted', 'authorized', 'filed')),
    rule_set_id text not null,
    fabric_version integer not null,
    version integer not null check (version >= 0),
    grids_version integer not null,
    branch_of text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    foreign key (community_code, fabric_version) references fabric
  )`,
  'create index plan_by_prefix on plan (community_code text_pattern_ops, updated_at)',
  `create table plan_snapshot (
    plan_id text not null references plan on delete cascade,
    version integer not null,
    fabric json,
    grids json not null,
    assignment json not null,
    primary key (plan_id, version)
  )`,
  `create table change (
    plan_id text not null references plan on delete cascade,
    version integer not null check (version > 0),
    id text not null,
    verb text not null,
    made_by text not null,
    made_at timestamptz not null,
    change json not null,
    primary key (plan_id, version),
    unique (plan_id, id)
  )`,
  `create table grid (
    plan_id text not null references plan on delete cascade,
    id text not null,
    community_code text not null,
    code text not null,
    name text not null,
    kind text not null check (kind in ('general', 'department', 'dedicated')),
    locked boolean not null,
    detached_reason text,
    household_count integer not null,
    estimated_household_count integer not null,
    building_count integer not null,
    area_m2 double precision not null,
    area geometry(MultiPolygon, 4490),
    primary key (plan_id, id)
  )`,
  'create index grid_by_prefix on grid (community_code text_pattern_ops)',
  'create index grid_by_area on grid using gist (area)',
  `create table lineage (
    plan_id text not null references plan on delete cascade,
    community_code text not null,
    old_code text not null,
    new_code text not null,
    household_count integer not null,
    area_m2 double precision not null,
    made_at timestamptz not null,
    primary key (plan_id, old_code, new_code)
  )`,
  'create index lineage_by_prefix on lineage (community_code text_pattern_ops)',
  `create table crosswalk (
    plan_id text not null references plan on delete cascade,
    position integer not null,
    department_id text not null,
    department_name text not null,
    department_grid_code text not null,
    department_grid_name text not null,
    grid_code text,
    grid_name text,
    household_count integer not null,
    area_m2 double precision not null,
    share_of_department_grid double precision not null,
    share_of_grid double precision not null,
    primary key (plan_id, position)
  )`,

  `create table worker (
    community_code text not null,
    id text not null,
    name text not null,
    category text not null check (category in ('communityWorker', 'committee', 'publicWelfare', 'other')),
    full_time boolean not null,
    grid_label text,
    grid_id text,
    primary key (community_code, id)
  )`,
  'create index worker_by_prefix on worker (community_code text_pattern_ops)',
  `create table post_authorization (
    community_code text primary key,
    authorized_posts integer not null,
    reason text,
    authorized_by text not null,
    authorized_at timestamptz not null
  )`,
  `create table filing (
    id text primary key,
    scope_code text not null,
    filed_by text not null,
    filed_at timestamptz not null,
    content json not null
  )`,

  `create table import (
    id text primary key,
    scope_code text,
    imported_by text not null,
    imported_at timestamptz not null,
    reading jsonb not null,
    outcome jsonb not null,
    issues jsonb not null
  )`,
  `create table import_file (
    import_id text not null references import on delete cascade,
    name text not null,
    path text not null,
    byte_count integer not null,
    sha256 text not null,
    primary key (import_id, name)
  )`,
  `create table job (
    id text primary key,
    kind text not null,
    state text not null check (state in ('waiting', 'running', 'done', 'failed', 'cancelled')),
    request jsonb not null,
    done integer not null,
    total integer not null,
    results jsonb not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`,
  `create table setting (
    name text primary key,
    value jsonb not null
  )`,
];
