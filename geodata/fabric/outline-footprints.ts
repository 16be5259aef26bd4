import { toLocal } from '../geometry/local-frame.ts';
import type { Building, BuildingId, LocalFrame } from '../model/index.ts';
import type { PolygonMm } from './outline-rings.ts';

/** A building's ground plan in millimetres of the fabric's frame: polygons, or a point where the register knows no more. */
export interface FootprintMm {
  readonly buildingId: BuildingId;
  readonly polygons: readonly PolygonMm[];
  readonly point: readonly [xMm: number, yMm: number] | null;
}

/** Buildings' ground plans in the frame's millimetres, as straightening and cutting want them; computed once a community. */
export function footprintsMm(frame: LocalFrame, buildings: readonly Building[]): FootprintMm[] {
  return buildings.map(({ id, footprint }) => {
    if (footprint.type === 'Point')
      return { buildingId: id, polygons: [], point: toLocal(frame, footprint.coordinates) };
    const polygons = footprint.type === 'Polygon' ? [footprint.coordinates] : footprint.coordinates;
    return {
      buildingId: id,
      polygons: polygons.map((rings): PolygonMm => rings.map((ring) => ring.flatMap((at) => toLocal(frame, at)))),
      point: null,
    };
  });
}
