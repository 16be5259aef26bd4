import { toLocal } from '../geometry/local-frame.ts';
import type { Building, LocalFrame } from '../model/index.ts';
import type { PolygonMm } from './outline-rings.ts';
import type { FootprintMm } from './straighten.ts';

/** Buildings' ground plans in the frame's millimetres, as straightening and cutting want them; computed once a community. */
export function footprintsMm(frame: LocalFrame, buildings: readonly Building[]): FootprintMm[] {
  return buildings.map(({ id, footprint }) => {
    const polygons =
      footprint.type === 'Polygon'
        ? [footprint.coordinates]
        : footprint.type === 'MultiPolygon'
          ? footprint.coordinates
          : [];
    return {
      buildingId: id,
      polygons: polygons.map(
        (rings): PolygonMm =>
          rings.map((ring) => ring.flatMap((position) => toLocal(frame, [position[0]!, position[1]!]))),
      ),
    };
  });
}
