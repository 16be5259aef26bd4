import { describe, expect, it } from 'vitest';
import type { BuildingId, CommunityCode, GridId, Ground } from '../../../geodata/model/index.ts';
import { EMPTY_BATCH, type HandedInGrid } from '../../../server/services/imports/batch.ts';
import { placeBatch } from '../../../server/services/imports/place-batch.ts';
import { rectangle } from '../../support/drawn-ground.ts';

//   west 0…100     east 100…200
//  +-----------+  +-----------+
//  | a       b |  |           |
//  +-----------+  +-----------+
const west = {
  code: '220103001001' as CommunityCode,
  name: '西社区',
  streetName: null,
  area: rectangle(0, 0, 100, 100),
};
const east = {
  code: '220103001002' as CommunityCode,
  name: '东社区',
  streetName: null,
  area: rectangle(100, 0, 200, 100),
};

const building = (id: string, footprint: Ground['buildings'][number]['footprint']): Ground['buildings'][number] => ({
  id: id as BuildingId,
  name: null,
  compoundId: null,
  footprint,
  householdCount: 10,
  countSource: 'counted',
  residentCount: null,
  floorCount: null,
  units: [],
});

const grid = (name: string, area: HandedInGrid['area'], communityLabel: string | null = null): HandedInGrid => ({
  grid: { id: name as GridId, code: name, name, kind: 'general', locked: false, detachedReason: null, workerIds: [] },
  area,
  communityLabel,
});

describe('placing what a file holds', () => {
  it('gives a building on the border to the community that most of it stands in', () => {
    const { shares, changed } = placeBatch(
      {
        ...EMPTY_BATCH,
        buildings: [building('a', rectangle(80, 10, 110, 20)), building('b', rectangle(95, 30, 120, 40))],
      },
      [west, east],
    );
    expect(shares.get(west.code)!.buildings.map(({ id }) => id)).toEqual(['a']);
    expect(shares.get(east.code)!.buildings.map(({ id }) => id)).toEqual(['b']);
    expect(changed).toEqual([west.code, east.code]);
  });

  it('names a building that stands nowhere', () => {
    const { issues, shares } = placeBatch(
      { ...EMPTY_BATCH, buildings: [building('far', rectangle(900, 0, 910, 10))] },
      [west],
    );
    expect(issues).toEqual([
      { code: 'buildingOutsideCommunities', severity: 'warning', values: { building: 'far', householdCount: 10 } },
    ]);
    expect(shares.size).toBe(0);
  });

  it('keeps a grid that only brushes the neighbour out of it, and has one that spreads over both in both', () => {
    const careless = grid('careless', rectangle(0, 0, 105, 100));
    const wide = grid('wide', rectangle(50, 0, 150, 100));
    const { shares } = placeBatch({ ...EMPTY_BATCH, grids: [careless, wide] }, [west, east]);
    expect(shares.get(west.code)!.grids).toEqual([careless, wide]);
    expect(shares.get(east.code)!.grids).toEqual([wide]);
  });

  it('believes a grid that says whose it is, by name or in its code', () => {
    const named = grid('n', rectangle(50, 0, 150, 100), '东');
    const coded = grid(`${west.code}01`, rectangle(50, 0, 150, 100));
    const { shares } = placeBatch({ ...EMPTY_BATCH, grids: [named, coded] }, [west, east]);
    expect(shares.get(east.code)!.grids).toEqual([named]);
    expect(shares.get(west.code)!.grids).toEqual([coded]);
  });
});
