import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Feature, FeatureCollection, LineString, MultiLineString, MultiPolygon, Polygon } from 'geojson';
import type {
  Barrier,
  BarrierClass,
  BarrierId,
  Building,
  BuildingId,
  CommunityCode,
  Ground,
} from '../../geodata/model/index.ts';
import { sharedDirectory } from './shared-data.ts';

const FLAT_M2 = 100;
const DEGREES_PER_METRE = 1 / 111_320;

/** Real ground that lies beside the project, cut to a window round a place. */
export function hasRealGround(folder: string): boolean {
  return existsSync(path.join(sharedDirectory, 'data', folder));
}

/** A square of Shanghai between two rivers: dual carriageways, ramps, tunnels left out. */
export function shanghaiGround(sideM = 1000, centre: readonly [number, number] = [121.4955, 31.2385]): Ground {
  const folder = 'china-shanghai-huangpu-lujiazui';
  const barriers = [
    ...read(folder, 'roads.geojson').flatMap((road) => {
      const { kind, is_tunnel: tunnel } = road.properties ?? {};
      const barrierClass =
        kind === 'major_road' || kind === 'highway' ? 'mainRoad' : kind === 'minor_road' ? 'road' : null;
      return barrierClass === null || tunnel ? [] : [barrier(road, barrierClass)];
    }),
    ...read(folder, 'rail.geojson').flatMap((rail) => (rail.properties?.is_tunnel ? [] : [barrier(rail, 'railway')])),
    ...read(folder, 'water.geojson').map((water) => barrier(water, 'river')),
  ];
  const buildings = read(folder, 'buildings.geojson')
    .filter(({ properties }) => properties?.kind === 'building')
    .map((feature) => building(feature, Math.round((feature.properties?.height ?? 18) / 3)));
  return window({ folder, barriers, buildings, sideM, centre });
}

/** Suzhou's old town: thousands of small houses that share walls, no roads. */
export function suzhouGround(sideM = 700, centre: readonly [number, number] = [120.607, 31.3]): Ground {
  const folder = 'china-suzhou-gusu';
  const buildings = read(folder, 'buildings_floor.geojson').map((feature) =>
    building(feature, feature.properties?.Floor ?? 1),
  );
  return window({ folder, barriers: [], buildings, sideM, centre });
}

/** Changchun, Kuancheng: roads and parcels as compounds, few buildings. */
export function changchunGround(sideM = 1500, centre: readonly [number, number] = [125.342, 43.904]): Ground {
  const folder = 'china-changchun-kuancheng';
  const main = new Set(['primary', 'secondary', 'trunk', 'tertiary', 'primary_link', 'secondary_link', 'trunk_link']);
  const barriers = [
    ...read(folder, 'roads.geojson').flatMap((road) =>
      road.properties?.tunnel === 'T' ? [] : [barrier(road, main.has(road.properties?.fclass) ? 'mainRoad' : 'road')],
    ),
    ...read(folder, 'rail.geojson').map((rail) => barrier(rail, 'railway')),
  ];
  const buildings = read(folder, 'protected_buildings_floor.geojson').map((feature) => building(feature, 3));
  return window({ folder, barriers, buildings, sideM, centre });
}

/** The polygons of Providence's census blocks, as buildings, within the blocks' own ward. */
export function providenceBlocks(): Feature<Polygon | MultiPolygon>[] {
  return read('us-providence-ri-blocks', 'blocks_wgs84.geojson') as Feature<Polygon | MultiPolygon>[];
}

function read(folder: string, file: string): Feature[] {
  const text = readFileSync(path.join(sharedDirectory, 'data', folder, file), 'utf8');
  return (JSON.parse(text) as FeatureCollection).features;
}

function barrier(feature: Feature, barrierClass: BarrierClass): Barrier {
  return {
    id: String(feature.properties?.id ?? feature.properties?.FID) as BarrierId,
    class: barrierClass,
    name: feature.properties?.name ?? null,
    shape: feature.geometry as LineString | MultiLineString | Polygon | MultiPolygon,
  };
}

function building(feature: Feature, floorCount: number): Building {
  const footprint = feature.geometry as Polygon | MultiPolygon;
  return {
    id: '' as BuildingId,
    name: null,
    compoundId: null,
    footprint,
    householdCount: Math.max(1, Math.round((areaM2(footprint) * floorCount) / FLAT_M2)),
    countSource: 'estimated',
    residentCount: null,
    floorCount,
    units: [],
  };
}

function areaM2(area: Polygon | MultiPolygon): number {
  const ring = (area.type === 'Polygon' ? area.coordinates : area.coordinates[0]!)[0]!;
  const scale = Math.cos((ring[0]![1]! * Math.PI) / 180) / DEGREES_PER_METRE ** 2;
  let twice = 0;
  for (let i = 0; i + 1 < ring.length; i++) twice += ring[i]![0]! * ring[i + 1]![1]! - ring[i + 1]![0]! * ring[i]![1]!;
  return (Math.abs(twice) / 2) * scale;
}

function window(of: {
  folder: string;
  barriers: readonly Barrier[];
  buildings: readonly Building[];
  sideM: number;
  centre: readonly [number, number];
}): Ground {
  const [longitude, latitude] = of.centre;
  const dy = (of.sideM / 2) * DEGREES_PER_METRE;
  const dx = dy / Math.cos((latitude * Math.PI) / 180);
  const near = ({ footprint }: Building): boolean => {
    const [x, y] = (
      footprint.type === 'Polygon' ? footprint.coordinates[0]![0]! : (footprint as MultiPolygon).coordinates[0]![0]![0]!
    ) as [number, number];
    return Math.abs(x - longitude) < dx && Math.abs(y - latitude) < dy;
  };
  return {
    community: {
      code: '310101001001' as CommunityCode,
      name: of.folder,
      streetName: null,
      area: {
        type: 'Polygon',
        coordinates: [
          [
            [longitude - dx, latitude - dy],
            [longitude + dx, latitude - dy],
            [longitude + dx, latitude + dy],
            [longitude - dx, latitude + dy],
            [longitude - dx, latitude - dy],
          ],
        ],
      },
    },
    buildings: of.buildings.filter(near).map((one, index) => ({ ...one, id: `h${index}` as BuildingId })),
    compounds: [],
    barriers: of.barriers,
  };
}
