import type { LineString, MultiLineString, MultiPolygon, Point, Polygon } from 'geojson';
import type { BarrierId, BuildingId, BuildingUnitId, CommunityCode, CompoundId } from './ids.ts';

// Geometry in this file is CGCS2000 longitude/latitude (EPSG:4490) in GeoJSON order: what is stored and exchanged.

/** 社区: an administrative area, never a gated estate (that is a Compound). */
export interface Community {
  readonly code: CommunityCode;
  readonly name: string;
  readonly streetName: string | null;
  readonly area: Polygon | MultiPolygon;
}

/** 小区: a gated residential estate. `area` is null when only its name is known from the buildings. */
export interface Compound {
  readonly id: CompoundId;
  readonly name: string;
  readonly area: Polygon | MultiPolygon | null;
}

/** How a household count came to be; an estimate stays marked as one everywhere it is shown or exported. */
export type CountSource = 'counted' | 'estimated' | 'missing';

/** 单元: one entrance of a building, the only way in which a building may be divided between grids. */
export interface BuildingUnit {
  readonly id: BuildingUnitId;
  readonly name: string;
  readonly householdCount: number;
}

/** 楼栋: the unit in which households are counted. */
export interface Building {
  readonly id: BuildingId;
  readonly name: string | null;
  readonly compoundId: CompoundId | null;
  /** A point where a register gives no footprint. */
  readonly footprint: Polygon | MultiPolygon | Point;
  /** 0 when `countSource` is 'missing', so that sums never need a special case. */
  readonly householdCount: number;
  readonly countSource: CountSource;
  readonly residentCount: number | null;
  readonly floorCount: number | null;
  /** Empty unless counts per entrance are known; then they add up to `householdCount`. */
  readonly units: readonly BuildingUnit[];
}

/** What can stop a grid at its edge, from the weightiest down. 'wall' is a compound's wall or fence. */
export const BARRIER_CLASSES = ['river', 'railway', 'mainRoad', 'wall', 'road'] as const;
export type BarrierClass = (typeof BARRIER_CLASSES)[number];

export interface Barrier {
  readonly id: BarrierId;
  readonly class: BarrierClass;
  readonly name: string | null;
  /** Lines; water may also come as areas. */
  readonly shape: LineString | MultiLineString | Polygon | MultiPolygon;
}

/** Everything known about the ground of one community, before it is cut into cells. */
export interface Ground {
  readonly community: Community;
  readonly buildings: readonly Building[];
  readonly compounds: readonly Compound[];
  readonly barriers: readonly Barrier[];
}
