import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { toLonLat } from '../../geodata/geometry/local-frame.ts';
import type { Barrier, Building, Community, Ground } from '../../geodata/model/index.ts';

const FOLDER = new URL('../../../shared/bench/instances/', import.meta.url);
const FRAME = { centralMeridianDeg: 126, originEastM: 440_000, originNorthM: 4_860_000 };
const CLASSES = { road: 'mainRoad', river: 'river', rail: 'railway' } as const;

type Point = [number, number];
interface Instance {
  readonly id: string;
  readonly boundary: readonly Point[];
  readonly barriers: readonly { readonly kind: keyof typeof CLASSES; readonly line: readonly Point[] }[];
  readonly buildings: readonly {
    readonly id: string;
    readonly polygon: readonly Point[];
    readonly households: number;
    readonly compoundId: string | null;
  }[];
}

/** Are the benchmark's instances beside this project? */
export const benchIsThere = existsSync(FOLDER);

/** A benchmark community as ground; its name is an instance's beginning, such as 'u03'. */
export function benchGround(name: string): Ground {
  const file = readdirSync(FOLDER).find((entry) => entry.startsWith(name));
  if (!file) throw new Error(`no instance ${name}`);
  const { id, boundary, barriers, buildings } = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Instance;
  const place = ([x, y]: Point) => toLonLat(FRAME, Math.round(x * 1000), Math.round(y * 1000));
  const closed = (ring: readonly Point[]) => {
    const places = ring.map(place);
    return String(places[0]) === String(places.at(-1)) ? places : [...places, places[0]!];
  };
  return {
    community: {
      code: '220199001001' as Community['code'],
      name: id,
      streetName: null,
      area: { type: 'Polygon', coordinates: [closed(boundary)] },
    },
    compounds: [],
    barriers: barriers.map(({ kind, line }, i) => ({
      id: `barrier${i}` as Barrier['id'],
      class: CLASSES[kind],
      name: null,
      shape: { type: 'LineString', coordinates: line.map(place) },
    })),
    buildings: buildings.map((building) => ({
      id: building.id as Building['id'],
      name: null,
      compoundId: building.compoundId as Building['compoundId'],
      footprint: { type: 'Polygon', coordinates: [closed(building.polygon)] },
      householdCount: building.households,
      countSource: 'counted',
      residentCount: null,
      floorCount: null,
      units: [],
    })),
  };
}
