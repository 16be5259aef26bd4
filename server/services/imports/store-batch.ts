import { decodeFabric } from '../../../geodata/fabric/codec.ts';
import type {
  Building,
  Community,
  CommunityCode,
  Compound,
  DepartmentId,
  GridId,
  Ground,
  PlanId,
} from '../../../geodata/model/index.ts';
import { type DrawnGrid, planFromExistingGrids } from '../../../geodata/pipeline/plan-from-existing-grids.ts';
import { DEFAULT_RULE_SET_ID } from '../../../geodata/rules/index.ts';
import { matchRoster } from '../../../geodata/staff/index.ts';
import type { Box } from '../../database/geometry.ts';
import { conflict } from '../../plugins/failure.ts';
import { saveBarriers } from '../../repositories/barriers.ts';
import { deleteBuildings, locateBuildings, saveBuildings } from '../../repositories/buildings.ts';
import { saveCommunities } from '../../repositories/communities.ts';
import { saveCompounds } from '../../repositories/compounds.ts';
import { readDepartments, replaceDepartmentGrids, saveDepartment } from '../../repositories/departments.ts';
import { lockCommunity, newestFabricVersion, saveFabric } from '../../repositories/fabrics.ts';
import { insertPlan } from '../../repositories/plans.ts';
import { type Connection, EVERYWHERE, type Scope } from '../../repositories/scope.ts';
import { markFresh, markStale } from '../../repositories/stale-fabrics.ts';
import { readWorkers, replaceWorkers } from '../../repositories/workers.ts';
import { boxAround } from '../box.ts';
import { type Context, inTransaction } from '../context.ts';
import type { Fabrics } from '../fabrics.ts';
import { boxOfArea, readGround } from '../ground.ts';
import { snapshotOf } from '../plan-states.ts';
import type { CutFabric } from '../work.ts';
import type { BatchToStore, CommunityShare } from './batch.ts';

const NOTHING: CommunityShare = { buildings: [], compounds: [], grids: [] };
const COLOURS = ['#b4530a', '#1d6fb8', '#b3261e', '#2e7d32', '#6a4fb3', '#00838f', '#9c6b00', '#ad3b74'];

/** A community that brings grids of its own: its fabric is cut before anything is stored, so that the plan of them fits in. */
interface CutCommunity extends CutFabric {
  readonly ground: Ground;
  readonly version: number;
}

export interface StoreOptions {
  readonly planName: string;
  /** Told before each community that is cut. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Stores a placed batch in one transaction, and whatever else `alongside` does in the same one.
 * @returns the communities whose fabric is still to be cut.
 */
export async function storeBatch(
  context: Context,
  fabrics: Fabrics,
  scope: Scope,
  batch: BatchToStore,
  options: StoreOptions,
  alongside: (connection: Connection) => Promise<void> = async () => {},
): Promise<readonly CommunityCode[]> {
  const cut = await cutCommunities(context, fabrics, scope, batch, options);
  const later = batch.changed.filter((code) => !cut.has(code));
  const left = await inTransaction(context, async (connection) => {
    const now = context.now();
    await saveCommunities(connection, batch.communities);
    for (const [county, barriers] of batch.barriers) await saveBarriers(connection, county, barriers);
    const left = await removeMoved(connection, batch);
    for (const [code, share] of batch.shares) {
      await saveCompounds(connection, code, share.compounds);
      await saveBuildings(connection, code, share.buildings);
    }
    await storeDepartments(context, connection, batch);
    await replaceWorkers(connection, scope, batch.workers);
    await markStale(connection, [...later, ...left.filter((code) => !cut.has(code))]);
    for (const [code, community] of cut) {
      await lockCommunity(connection, code);
      const newest = (await newestFabricVersion(connection, EVERYWHERE, code)) ?? 0;
      if (newest !== community.version - 1) throw conflict('groundChanged', { communityCode: code });
      await saveFabric(connection, { communityCode: code, ...community }, now);
      await markFresh(connection, code);
      await storeExistingGrids(context, connection, code, community, batch.shares.get(code)!.grids, options.planName);
      await fabrics.afterCut(connection, code, community.version);
    }
    await alongside(connection);
    return left;
  });
  return [...new Set([...later, ...left])].filter((code) => !cut.has(code)).sort();
}

/**
 * A building that was stored in another community and stands where this batch has it now has been moved by a new boundary, or a
 * better footprint. One of the same id that stands elsewhere is another building: offices number from 1. @returns whom it left.
 */
async function removeMoved(connection: Connection, batch: BatchToStore): Promise<readonly CommunityCode[]> {
  const left = new Set<CommunityCode>();
  for (const [code, { buildings }] of batch.shares) {
    const boxes = new Map(buildings.map((building) => [building.id, boxAround(building.footprint)]));
    const stored = await locateBuildings(connection, { prefix: code.slice(0, 6) }, [...boxes.keys()]);
    for (const { communityCode, id, box } of stored) {
      if (communityCode === code || !boxesMeet(boxes.get(id)!, box)) continue;
      await deleteBuildings(connection, { prefix: code.slice(0, 6) }, communityCode, [id]);
      left.add(communityCode);
    }
  }
  return [...left];
}

async function cutCommunities(
  context: Context,
  fabrics: Fabrics,
  scope: Scope,
  batch: BatchToStore,
  { onProgress }: StoreOptions,
): Promise<ReadonlyMap<CommunityCode, CutCommunity>> {
  const codes = [...batch.shares].filter(([, share]) => share.grids.length > 0).map(([code]) => code);
  const cut = new Map<CommunityCode, CutCommunity>();
  const cutOne = async (code: CommunityCode): Promise<void> => {
    const { stored, version } = await inTransaction(context, async (connection) => ({
      stored: await readGround(connection, scope, code),
      version: ((await newestFabricVersion(connection, scope, code)) ?? 0) + 1,
    }));
    const ground = groundAfter(stored, batch, code);
    const built = await fabrics.build(ground, version);
    cut.set(code, { ground, version, ...built });
    onProgress?.(cut.size, codes.length);
  };
  onProgress?.(0, codes.length);
  const waiting = [...codes];
  const next = async (): Promise<void> => {
    for (let code = waiting.shift(); code !== undefined; code = waiting.shift()) await cutOne(code);
  };
  await Promise.all([next(), next(), next(), next()]);
  return new Map([...cut].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A community's ground as it will be once the batch is stored. */
function groundAfter(stored: Ground | null, batch: BatchToStore, code: CommunityCode): Ground {
  const community: Community | undefined =
    batch.communities.find((candidate) => candidate.code === code) ?? stored?.community;
  if (community === undefined) throw new Error(`community ${code} is neither stored nor in the batch`);
  const share = batch.shares.get(code) ?? NOTHING;
  const box = boxOfArea(community.area);
  const movedAway = placedElsewhere(batch, code);
  const staying = (stored?.buildings ?? []).filter((building) => {
    const there = movedAway.get(building.id);
    return there === undefined || !boxesMeet(boxAround(there.footprint), boxAround(building.footprint));
  });
  return {
    community,
    buildings: merged(staying, share.buildings),
    compounds: merged<Compound>(stored?.compounds ?? [], share.compounds),
    barriers: merged(stored?.barriers ?? [], batch.barriers.get(code.slice(0, 6)) ?? []).filter((barrier) => {
      return boxesMeet(boxOfArea(barrier.shape as Community['area']), box);
    }),
  };
}

/** Buildings that the batch has in other communities of the county. */
function placedElsewhere(batch: BatchToStore, code: CommunityCode): ReadonlyMap<string, Building> {
  const elsewhere = new Map<string, Building>();
  for (const [other, { buildings }] of batch.shares)
    if (other !== code && other.slice(0, 6) === code.slice(0, 6))
      for (const building of buildings) elsewhere.set(building.id, building);
  for (const { id } of batch.shares.get(code)?.buildings ?? []) elsewhere.delete(id);
  return elsewhere;
}

const boxesMeet = (a: Box, b: Box): boolean => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];

function merged<Item extends { readonly id: Building['id'] | Compound['id'] | string }>(
  stored: readonly Item[],
  brought: readonly Item[],
): Item[] {
  const items = new Map<string, Item>(stored.map((item) => [item.id, item]));
  for (const item of brought) items.set(item.id, item);
  return [...items.values()].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

async function storeDepartments(context: Context, connection: Connection, batch: BatchToStore): Promise<void> {
  for (const department of batch.departments) {
    const known = await readDepartments(connection, { prefix: department.countyCode });
    const same = known.find((candidate) => candidate.name === department.name);
    const id = same?.id ?? (context.newId() as DepartmentId);
    await saveDepartment(connection, {
      id,
      scopeCode: same?.scopeCode ?? department.countyCode,
      name: department.name,
      colour: same?.colour ?? department.colour ?? COLOURS[known.length % COLOURS.length]!,
      duties: department.duties.length > 0 ? department.duties : (same?.duties ?? []),
    });
    const grids = department.grids.map((grid) => ({ ...grid, id: context.newId() as GridId }));
    await replaceDepartmentGrids(connection, { prefix: department.countyCode }, id, grids);
  }
}

/** The grids that were handed in, as a plan of its own: what is there today, to look at, to adjust, to compare with. */
async function storeExistingGrids(
  context: Context,
  connection: Connection,
  code: CommunityCode,
  { ground, version, payload }: CutCommunity,
  drawn: readonly DrawnGrid[],
  name: string,
): Promise<void> {
  const fabric = decodeFabric(payload);
  const state = planFromExistingGrids(fabric, ground.buildings, drawn);
  const roster = await readWorkers(connection, { prefix: code });
  const workersOf = matchRoster(state.grids.values(), roster);
  const grids = new Map(
    [...state.grids].map(([id, grid]) => [id, { ...grid, workerIds: workersOf.get(id) ?? grid.workerIds }]),
  );
  await insertPlan(
    connection,
    {
      header: {
        id: context.newId() as PlanId,
        communityCode: code,
        name,
        status: 'draft',
        ruleSetId: DEFAULT_RULE_SET_ID,
        version: 0,
      },
      origin: 'import',
      fabricVersion: version,
      branchOf: null,
      snapshot: snapshotOf({ state: { ...state, grids }, cut: false }),
    },
    context.now(),
  );
}
