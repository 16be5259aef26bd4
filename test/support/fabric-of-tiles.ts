import { topology } from 'topojson-server';
import type { GeometryCollection, Polygon as TopoPolygon } from 'topojson-specification';
import type {
  Arc,
  ArcClass,
  ArcId,
  BuildingId,
  Cell,
  CellId,
  CommunityCode,
  Fabric,
} from '../../geodata/model/index.ts';

export interface Tile {
  /** Rings in millimetres, outer first; neighbours share vertices exactly. */
  readonly rings: readonly (readonly (readonly [number, number])[])[];
  readonly buildings?: readonly { readonly id: string; readonly households: number }[];
}

/** A fabric from polygons that tile the ground. Cell ids are the tiles' positions, from 1. */
export function fabricOfTiles(
  tiles: readonly Tile[],
  classOf: (arc: Omit<Arc, 'class'>) => ArcClass | null = () => null,
): Fabric {
  const collection = {
    type: 'GeometryCollection' as const,
    geometries: tiles.map((tile) => ({
      type: 'Polygon' as const,
      coordinates: tile.rings.map((ring, i) =>
        oriented(
          ring.map(([x, y]) => [x, y] as [number, number]),
          i === 0,
        ),
      ),
    })),
  };
  const shared = topology({ cells: collection });
  const left: (CellId | null)[] = shared.arcs.map(() => null);
  const right: (CellId | null)[] = shared.arcs.map(() => null);
  const { geometries } = shared.objects.cells as GeometryCollection;
  geometries.forEach((geometry, at) => {
    const id = (at + 1) as CellId;
    for (const ring of (geometry as TopoPolygon).arcs)
      for (const ref of ring) {
        if (ref >= 0) left[ref] = id;
        else right[~ref] = id;
      }
  });
  const arcs = shared.arcs.map((line, at): Arc => {
    const points = line.flatMap(([x, y]) => [x!, y!]);
    const arc = { id: (at + 1) as ArcId, points, left: left[at]!, right: right[at]! };
    const outside = arc.left === null || arc.right === null;
    return { ...arc, class: outside ? 'community' : (classOf(arc) ?? 'open') };
  });
  const cells = tiles.map((tile, at): Cell => {
    const buildings = (tile.buildings ?? []).map(({ id, households }) => ({
      buildingId: id as BuildingId,
      unitId: null,
      householdCount: households,
      countSource: 'counted' as const,
    }));
    return {
      id: (at + 1) as CellId,
      buildings,
      householdCount: buildings.reduce((sum, { householdCount }) => sum + householdCount, 0),
      areaM2: tile.rings.reduce((sum, ring, i) => sum + (i === 0 ? 1 : -1) * Math.abs(doubledArea(ring)), 0) / 2e6,
      compoundId: null,
      roadBlock: 0,
    };
  });
  return {
    communityCode: '220103001001' as CommunityCode,
    version: 1,
    frame: { centralMeridianDeg: 126, originEastM: 440_000, originNorthM: 4_860_000 },
    arcs,
    cells,
  };
}

const doubledArea = (ring: readonly (readonly [number, number])[]) =>
  ring.slice(1).reduce((sum, [x, y], i) => sum + ring[i]![0] * y - x * ring[i]![1], 0);

function oriented(ring: [number, number][], counterClockwise: boolean): [number, number][] {
  return doubledArea(ring) > 0 === counterClockwise ? ring : ring.reverse();
}
