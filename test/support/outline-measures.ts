import type { GridBorder } from '../../geodata/fabric/dissolve.ts';
import type { PlanDrawing } from '../../geodata/fabric/outline.ts';
import type { FootprintMm } from '../../geodata/fabric/outline-footprints.ts';
import { sideOfRing } from '../../geodata/fabric/outline-rings.ts';
import { addLine, noSegments } from '../../geodata/geometry/segments.ts';
import { snapRound } from '../../geodata/geometry/snap-round.ts';
import type { BuildingId, CellId, Fabric, GridId } from '../../geodata/model/index.ts';

/** Corners (turns of more than a degree) of borders between grids per 100 m of them. */
export function cornersPer100M(borders: readonly GridBorder[]): number {
  let [corners, lengthMm] = [0, 0];
  for (const { right, points } of borders) {
    if (right === null) continue;
    let before: number | null = null;
    for (let i = 0; i + 3 < points.length; i += 2) {
      const [dx, dy] = [points[i + 2]! - points[i]!, points[i + 3]! - points[i + 1]!];
      lengthMm += Math.hypot(dx, dy);
      const angle = Math.atan2(dy, dx);
      if (before !== null) {
        const turn = Math.abs(angle - before);
        if (Math.min(turn, 2 * Math.PI - turn) > Math.PI / 180) corners++;
      }
      before = angle;
    }
  }
  return corners / (lengthMm / 1e5);
}

/** Metres of border inside ground plans, found by samples every 20 cm. */
export function metresInsideFootprints(borders: readonly GridBorder[], footprints: readonly FootprintMm[]): number {
  const rings = footprints.flatMap(({ polygons }) => polygons.map((rings) => rings[0]!));
  const boxes = rings.map((ring) => {
    const xs = ring.filter((_, i) => i % 2 === 0);
    const ys = ring.filter((_, i) => i % 2 === 1);
    return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)] as const;
  });
  let insideMm = 0;
  for (const { points } of borders)
    for (let i = 0; i + 3 < points.length; i += 2) {
      const [x0, y0, x1, y1] = [points[i]!, points[i + 1]!, points[i + 2]!, points[i + 3]!];
      rings.forEach((ring, at) => {
        const [minX, minY, maxX, maxY] = boxes[at]!;
        if (Math.max(x0, x1) < minX || Math.min(x0, x1) > maxX || Math.max(y0, y1) < minY || Math.min(y0, y1) > maxY)
          return;
        const steps = Math.ceil(Math.hypot(x1 - x0, y1 - y0) / 200);
        for (let s = 0; s < steps; s++) {
          const t = (s + 0.5) / steps;
          // a border on a wall is not inside: sample the inside by more than a millimetre
          if (sideOfRing(ring, x0 + t * (x1 - x0), y0 + t * (y1 - y0)) > 0)
            insideMm += Math.hypot(x1 - x0, y1 - y0) / steps;
        }
      });
    }
  return insideMm / 1000;
}

/** Buildings whose middle is not in the outline of the grid they are assigned to. */
export function strayBuildings(
  fabric: Fabric,
  assignment: ReadonlyMap<CellId, GridId>,
  { outlines }: PlanDrawing,
  footprints: readonly FootprintMm[],
): BuildingId[] {
  const footprintOf = new Map(footprints.map((footprint) => [footprint.buildingId, footprint]));
  return fabric.cells.flatMap((cell) =>
    cell.buildings.flatMap(({ buildingId }) => {
      const ring = footprintOf.get(buildingId)?.polygons[0]?.[0];
      const outline = outlines.get(assignment.get(cell.id)!);
      if (!ring || !outline) return [];
      let [x, y] = [0, 0];
      const count = ring.length / 2 - 1;
      for (let i = 0; i < count; i++) {
        x += ring[2 * i]! / count;
        y += ring[2 * i + 1]! / count;
      }
      const holds = outline.polygons.some(
        ([outer, ...holes]) => sideOfRing(outer!, x, y) > 0 && holes.every((hole) => sideOfRing(hole, x, y) < 0),
      );
      return holds ? [] : [buildingId];
    }),
  );
}

/** How many segments of borders cross or touch others between their ends: 0 when the borders are a clean network. */
export function crossingSegments(borders: readonly GridBorder[]): number {
  const segments = noSegments();
  for (const { points } of borders) addLine(segments, points, 1);
  return snapRound(segments).from.length - segments.tags.length;
}
