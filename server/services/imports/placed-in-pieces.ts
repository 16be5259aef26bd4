import type { Barrier, Building, Community, CommunityCode, Compound } from '../../../geodata/model/index.ts';
import type { DrawnGrid } from '../../../geodata/pipeline/plan-from-existing-grids.ts';
import type { BatchToStore, CommunityShare, PlacedBatch } from './batch.ts';
import { type InPieces, inPieces, togetherByTurns } from './in-pieces.ts';

type Of<Item> = readonly [place: string, item: Item];

/** A placed batch on its way between threads: every long list flat, each item with the place it belongs to. */
export interface PlacedInPieces {
  readonly communities: InPieces<Community>;
  readonly shareCodes: readonly CommunityCode[];
  readonly buildings: InPieces<Of<Building>>;
  readonly compounds: InPieces<Of<Compound>>;
  readonly grids: InPieces<Of<DrawnGrid>>;
  readonly barrierCounties: readonly string[];
  readonly barriers: InPieces<Of<Barrier>>;
  readonly departments: readonly {
    readonly about: Omit<PlacedBatch['departments'][number], 'grids'>;
    readonly grids: InPieces<PlacedBatch['departments'][number]['grids'][number]>;
  }[];
  readonly workers: InPieces<PlacedBatch['workers'][number]>;
  readonly changed: readonly CommunityCode[];
}

export function placedInPieces(placed: PlacedBatch): PlacedInPieces {
  const shares = [...placed.shares];
  const flat = <Item>(of: (share: CommunityShare) => readonly Item[]): InPieces<Of<Item>> =>
    inPieces(shares.flatMap(([code, share]) => of(share).map((item): Of<Item> => [code, item])));
  const barriers = [...placed.barriers];
  return {
    communities: inPieces(placed.communities),
    shareCodes: shares.map(([code]) => code),
    buildings: flat((share) => share.buildings),
    compounds: flat((share) => share.compounds),
    grids: flat((share) => share.grids),
    barrierCounties: barriers.map(([county]) => county),
    barriers: inPieces(barriers.flatMap(([county, all]) => all.map((item): Of<Barrier> => [county, item]))),
    departments: placed.departments.map(({ grids, ...about }) => ({ about, grids: inPieces(grids) })),
    workers: inPieces(placed.workers),
    changed: placed.changed,
  };
}

/** Put together again, a piece at a time between the event loop's turns. */
export async function placedTogether(packed: PlacedInPieces): Promise<BatchToStore> {
  const shares = new Map(
    packed.shareCodes.map((code) => [
      code as string,
      { buildings: [] as Building[], compounds: [] as Compound[], grids: [] as DrawnGrid[] },
    ]),
  );
  for (const [code, building] of await togetherByTurns(packed.buildings)) shares.get(code)!.buildings.push(building);
  for (const [code, compound] of await togetherByTurns(packed.compounds)) shares.get(code)!.compounds.push(compound);
  for (const [code, grid] of await togetherByTurns(packed.grids)) shares.get(code)!.grids.push(grid);
  const barriers = new Map(packed.barrierCounties.map((county) => [county, [] as Barrier[]]));
  for (const [county, barrier] of await togetherByTurns(packed.barriers)) barriers.get(county)!.push(barrier);
  const departments = [];
  for (const { about, grids } of packed.departments)
    departments.push({ ...about, grids: await togetherByTurns(grids) });
  return {
    communities: await togetherByTurns(packed.communities),
    shares: shares as unknown as PlacedBatch['shares'],
    barriers,
    departments,
    workers: await togetherByTurns(packed.workers),
    changed: packed.changed,
  };
}
