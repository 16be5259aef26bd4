import type { ArcId, BuildingId, BuildingUnitId, CellId, CommunityCode, CompoundId } from './ids.ts';
import type { BarrierClass, CountSource } from './place.ts';

/**
 * The local metric frame of one community: the 3-degree Gauss–Krüger zone of its middle (CGCS2000 ellipsoid,
 * false easting 500 km), shifted so that numbers are small. Fabric coordinates are whole millimetres in it.
 */
export interface LocalFrame {
  readonly centralMeridianDeg: number;
  /** Gauss–Krüger easting and northing, whole metres, of the frame's (0, 0). */
  readonly originEastM: number;
  readonly originNorthM: number;
}

/**
 * What a stretch of border lies on. 'community' is the community's own boundary (a hole's included), 'open' is open ground
 * between buildings, 'drawn' was drawn by a planner's hand, 'entrance' runs through one building between its entrances.
 */
export type ArcClass = BarrierClass | 'community' | 'open' | 'drawn' | 'entrance';

/** One border between two cells (or a cell and the outside, null), shared by both: there is no second copy of it. */
export interface Arc {
  readonly id: ArcId;
  /** x0, y0, x1, y1 … in millimetres of the frame; at least two points; a closed arc repeats its first point. */
  readonly points: readonly number[];
  /** The cell to the left when walking along `points`, and to the right. */
  readonly left: CellId | null;
  readonly right: CellId | null;
  readonly class: ArcClass;
}

/** A building, or one entrance of a building divided by entrance, standing in a cell. */
export interface CellBuilding {
  readonly buildingId: BuildingId;
  readonly unitId: BuildingUnitId | null;
  readonly householdCount: number;
  readonly countSource: CountSource;
}

/** The atom of a plan: one face of the arcs, in one piece, perhaps with holes. Its outline is what the arcs say. */
export interface Cell {
  readonly id: CellId;
  readonly buildings: readonly CellBuilding[];
  readonly householdCount: number;
  readonly areaM2: number;
  /** The compound most of its households (or, without any, its ground) belong to. */
  readonly compoundId: CompoundId | null;
  /** Cells that can be walked between without crossing a splitting barrier share a road block. */
  readonly roadBlock: number;
}

/** A community's planar subdivision: the cells cover it exactly, arcs meet only at their ends. Both lists ascend by id. */
export interface Fabric {
  readonly communityCode: CommunityCode;
  readonly version: number;
  readonly frame: LocalFrame;
  readonly arcs: readonly Arc[];
  readonly cells: readonly Cell[];
}

/** Two cells with a border between them (`a` < `b`). */
export interface Neighbours {
  readonly a: CellId;
  readonly b: CellId;
  readonly lengthM: number;
  /** The splitting barrier one must cross to get from one to the other; null when there is open ground between. */
  readonly crosses: BarrierClass | null;
}

/** What a cut took out of a fabric and put in its place; with the two swapped it is its own inverse. */
export interface FabricPatch {
  readonly removed: { readonly arcs: readonly Arc[]; readonly cells: readonly Cell[] };
  readonly added: { readonly arcs: readonly Arc[]; readonly cells: readonly Cell[] };
}
