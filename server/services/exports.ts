import { crosswalkTable, csvOf, gridFeature, staffingTable } from '../../geodata/export/index.ts';
import type { CommunityCode, GridId, PlanId, Worker } from '../../geodata/model/index.ts';
import { holdsPost } from '../../geodata/staff/index.ts';
import { writeWorkbook } from '../formats/spreadsheet.ts';
import { type WriteOptions, writeGrids } from '../formats/write.ts';
import { invalid, notFound } from '../plugins/failure.ts';
import { findCommunity, findPlace } from '../repositories/communities.ts';
import type { MaterialisedGrid } from '../repositories/grids.ts';
import type { StoredPlan } from '../repositories/plans.ts';
import type { Connection, Scope } from '../repositories/scope.ts';
import { readWorkers } from '../repositories/workers.ts';
import type { Communities } from './communities.ts';
import { type Context, inTransaction } from './context.ts';
import { crosswalkNow, dutiesNow } from './crosswalk-now.ts';
import type { GridOutlines } from './grid-outlines.ts';
import type { PlanStates } from './plan-states.ts';
import { mustFindPlan } from './plans.ts';
import { ruleSetOf } from './rule-set-of.ts';

export interface Download {
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
}

export type GridExport = Required<Pick<WriteOptions, 'format' | 'crs' | 'encoding'>>;

const EXTENSIONS = { shapefile: 'zip', geojson: 'geojson', geopackage: 'gpkg' } as const;
const MEDIA_TYPES = {
  shapefile: 'application/zip',
  geojson: 'application/geo+json',
  geopackage: 'application/geopackage+sqlite3',
} as const;

type GridFeature = ReturnType<typeof gridFeature>;

/** What leaves: files for those above and beside. */
export class Exports {
  readonly #context: Context;
  readonly #communities: Communities;
  readonly #states: PlanStates;
  readonly #outlines: GridOutlines;

  constructor(context: Context, communities: Communities, states: PlanStates, outlines: GridOutlines) {
    this.#context = context;
    this.#communities = communities;
    this.#states = states;
    this.#outlines = outlines;
  }

  /**
   * The grids of one plan, or of the plans in force of a scope. @throws Refusal 404 `noGrids`, 422 with the issues that would make
   * the file wrong (a character that the encoding lacks, an unknown CRS).
   */
  async grids(scope: Scope, plan: PlanId | null, options: GridExport): Promise<Download> {
    const { features, place } = await inTransaction(this.#context, (connection) =>
      plan === null ? this.#featuresOfScope(connection, scope) : this.#featuresOf(connection, scope, plan),
    );
    if (features.length === 0) throw notFound('grids', plan ?? scope.prefix);
    const written = await writeGrids(features, { ...options, name: 'grids', modified: this.#context.now() });
    if (!written.ok) throw invalid('exportRefused', {}, written.failure.slice(0, 200));
    return {
      fileName: `网格_${place}_${this.#day()}.${EXTENSIONS[options.format]}`,
      mediaType: MEDIA_TYPES[options.format],
      bytes: written.value.bytes,
    };
  }

  /** 配备明细表: one line a community. */
  async staffing(scope: Scope): Promise<Download> {
    const { standings, place } = await inTransaction(this.#context, async (connection) => ({
      standings: await this.#communities.standings(connection, scope),
      place: await placeName(connection, scope),
    }));
    if (standings.length === 0) throw notFound('communities', scope.prefix);
    const lines = standings.map(({ community, households, staffing }) => ({
      communityName: community.name,
      streetName: community.streetName,
      estimatedHouseholdCount: households.estimatedHouseholdCount,
      staffing,
    }));
    return {
      fileName: `配备明细表_${place}_${this.#day()}.xlsx`,
      mediaType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      bytes: await writeWorkbook([staffingTable(place, lines)]),
    };
  }

  async crosswalk(scope: Scope, id: PlanId): Promise<Download> {
    const { rows, place } = await inTransaction(this.#context, async (connection) => {
      const plan = await mustFindPlan(connection, scope, id);
      const { header } = plan;
      const community = await findCommunity(connection, scope, header.communityCode);
      const { state } = await this.#states.read(connection, scope, plan);
      return {
        rows: await crosswalkNow(connection, scope, plan, state),
        place: community?.name ?? header.communityCode,
      };
    });
    if (rows.length === 0) throw notFound('crosswalk', id);
    return {
      fileName: `网格对照表_${place}_${this.#day()}.csv`,
      mediaType: 'text/csv; charset=utf-8',
      bytes: Buffer.from(csvOf(crosswalkTable(rows))),
    };
  }

  async #featuresOfScope(connection: Connection, scope: Scope) {
    const features: GridFeature[] = [];
    for (const { plan } of await this.#communities.standings(connection, scope))
      if (plan) features.push(...(await this.#featuresOf(connection, scope, plan.header.id)).features);
    return { features, place: await placeName(connection, scope) };
  }

  async #featuresOf(connection: Connection, scope: Scope, id: PlanId) {
    const grids = await this.#outlines.read(connection, scope, id);
    const plan = await mustFindPlan(connection, scope, id);
    const { communityCode } = plan.header;
    const community = await findCommunity(connection, scope, communityCode);
    if (community === null) throw notFound('community', communityCode);
    const workers = await this.#workersOf(connection, scope, plan);
    const { state } = await this.#states.read(connection, scope, plan);
    const duties = plan.origin === 'merge' ? await dutiesNow(connection, scope, plan, state) : null;
    const features = grids.flatMap((grid: MaterialisedGrid) => {
      if (grid.area === null) return [];
      const { area } = grid;
      const outline =
        area.coordinates.length === 1 ? { type: 'Polygon' as const, coordinates: area.coordinates[0]! } : area;
      return [
        gridFeature({
          ...grid,
          communityCode,
          communityName: community.name,
          workerCount: workers.get(grid.id) ?? 0,
          outline,
          ...(duties ? { duties: duties.get(grid.id) ?? [] } : {}),
        }),
      ];
    });
    return { features, place: community.name };
  }

  /** Grid workers in the sense of R3: full time, in a community-worker post. */
  async #workersOf(connection: Connection, scope: Scope, plan: StoredPlan): Promise<ReadonlyMap<GridId, number>> {
    const { communityCode, ruleSetId } = plan.header;
    const ruleSet = ruleSetOf(ruleSetId);
    const roster = await readWorkers(connection, { prefix: communityCode });
    const entitled = new Set(roster.filter((worker: Worker) => holdsPost(worker, ruleSet)).map((worker) => worker.id));
    const { state } = await this.#states.read(connection, scope, plan);
    return new Map(
      [...state.grids.values()].map((grid) => [grid.id, grid.workerIds.filter((id) => entitled.has(id)).length]),
    );
  }

  #day(): string {
    return this.#context.now().toISOString().slice(0, 10);
  }
}

/** What the scope is called: its own name, that of its county, or its code. */
async function placeName(connection: Connection, scope: Scope): Promise<string> {
  if (scope.prefix.length === 12) {
    const community = await findCommunity(connection, scope, scope.prefix as CommunityCode);
    if (community) return community.name;
  }
  return (await findPlace(connection, scope))?.name ?? (scope.prefix || '全部');
}
