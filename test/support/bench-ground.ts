import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type {
  BarrierClass,
  BarrierId,
  BuildingId,
  CommunityCode,
  CompoundId,
  Ground,
} from '../../geodata/model/index.ts';

// Benchmark instances are in local metres; they are placed in Changchun.
const LONGITUDE = 125.33;
const LATITUDE = 43.88;
const EARTH_RADIUS_M = 6378137;
const RADIANS = Math.PI / 180;
const CLASS_OF_KIND: Readonly<Record<string, BarrierClass>> = { road: 'mainRoad', rail: 'railway', river: 'river' };

interface Instance {
  readonly id: string;
  readonly boundary: [number, number][];
  readonly barriers: { readonly kind: string; readonly line: [number, number][] }[];
  readonly buildings: {
    readonly id: string | number;
    readonly polygon: [number, number][];
    readonly households: number;
    readonly compoundId: string | number | null;
  }[];
}

/** Where shared test data lies when it is there: beside the project. */
export const sharedDirectory = path.resolve(import.meta.dirname, '../../../shared');
export const hasSharedData = existsSync(path.join(sharedDirectory, 'bench/instances'));

export function lonLatOfMetres([x, y]: readonly [number, number]): [number, number] {
  const round = (degrees: number): number => Number(degrees.toFixed(9));
  return [
    round(LONGITUDE + x / (EARTH_RADIUS_M * Math.cos(LATITUDE * RADIANS)) / RADIANS),
    round(LATITUDE + y / EARTH_RADIUS_M / RADIANS),
  ];
}

/** The ground of a benchmark instance, by the start of its file name ('u03'). */
export function benchGround(name: string): Ground {
  const directory = path.join(sharedDirectory, 'bench/instances');
  const instance: Instance = JSON.parse(readFileSync(path.join(directory, fileStarting(directory, name)), 'utf8'));
  const ring = (points: readonly [number, number][]): [number, number][] => {
    const positions = points.map(lonLatOfMetres);
    return String(positions[0]) === String(positions.at(-1)) ? positions : [...positions, positions[0]!];
  };
  const compoundIds = [...new Set(instance.buildings.map(({ compoundId }) => compoundId))].filter((id) => id !== null);
  return {
    community: {
      code: '220103001001' as CommunityCode,
      name: instance.id,
      streetName: null,
      area: { type: 'Polygon', coordinates: [ring(instance.boundary)] },
    },
    buildings: instance.buildings.map((building) => ({
      id: String(building.id) as BuildingId,
      name: null,
      compoundId: building.compoundId === null ? null : (String(building.compoundId) as CompoundId),
      footprint: { type: 'Polygon', coordinates: [ring(building.polygon)] },
      householdCount: building.households,
      countSource: 'counted',
      residentCount: null,
      floorCount: null,
      units: [],
    })),
    compounds: compoundIds.map((id) => ({ id: String(id) as CompoundId, name: String(id), area: null })),
    barriers: instance.barriers.map(({ kind, line }, index) => ({
      id: `b${index}` as BarrierId,
      class: CLASS_OF_KIND[kind] ?? 'road',
      name: null,
      shape: { type: 'LineString', coordinates: line.map(lonLatOfMetres) },
    })),
  };
}

function fileStarting(directory: string, name: string): string {
  const file = readdirSync(directory).find((entry) => entry.startsWith(name));
  if (!file) throw new Error(`no benchmark instance ${name} in ${directory}`);
  return file;
}
