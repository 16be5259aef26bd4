import Flatbush from 'flatbush';
import { type PolygonMm, sideOfRing } from '../../geodata/fabric/outline-rings.ts';
import { toLocal } from '../../geodata/geometry/local-frame.ts';
import type { Building, CellId, Fabric } from '../../geodata/model/index.ts';
import { centreOf } from './plan-shapes.ts';

/** Finds cells by place. Coordinates are the fabric frame's millimetres. */
export interface CellIndex {
  /** The cell at a point, null outside the community. */
  cellAt(xMm: number, yMm: number): CellId | null;
  /** The cell at a point and those whose buildings (or, without any, whose middle) lie within `radiusMm` of it. */
  cellsWithin(xMm: number, yMm: number, radiusMm: number): CellId[];
  /** Cells with a building (or, without any, their middle) inside a closed or open ring x0, y0, x1, y1 … */
  cellsInRing(ring: readonly number[]): CellId[];
}

export function indexCells(
  fabric: Fabric,
  polygons: ReadonlyMap<CellId, readonly PolygonMm[]>,
  buildings: ReadonlyMap<string, Building>,
): CellIndex {
  const shaped = fabric.cells.filter((cell) => polygons.has(cell.id));
  const boxes = new Flatbush(Math.max(1, shaped.length));
  if (shaped.length === 0) boxes.add(0, 0, 0, 0);
  for (const cell of shaped) boxes.add(...boxOf(polygons.get(cell.id)!));
  boxes.finish();

  const anchors: { cellId: CellId; x: number; y: number }[] = [];
  for (const cell of shaped) {
    const standing = cell.buildings.flatMap(({ buildingId }) => buildings.get(buildingId) ?? []);
    for (const building of standing) {
      const [x, y] = toLocal(fabric.frame, centreOf(building));
      anchors.push({ cellId: cell.id, x, y });
    }
    if (standing.length === 0) anchors.push({ cellId: cell.id, ...middleOf(polygons.get(cell.id)!) });
  }
  const anchorIndex = new Flatbush(Math.max(1, anchors.length));
  if (anchors.length === 0) anchorIndex.add(0, 0, 0, 0);
  for (const { x, y } of anchors) anchorIndex.add(x, y, x, y);
  anchorIndex.finish();

  const cellAt = (x: number, y: number): CellId | null => {
    for (const i of boxes.search(x, y, x, y)) {
      const cell = shaped[i];
      if (cell && polygons.get(cell.id)!.some((rings) => inside(rings, x, y))) return cell.id;
    }
    return null;
  };
  const anchorsIn = (west: number, south: number, east: number, north: number) =>
    anchorIndex.search(west, south, east, north).flatMap((i) => anchors[i] ?? []);

  return {
    cellAt,
    cellsWithin(x, y, radiusMm) {
      const found = new Set<CellId>();
      const under = cellAt(x, y);
      if (under !== null) found.add(under);
      for (const anchor of anchorsIn(x - radiusMm, y - radiusMm, x + radiusMm, y + radiusMm)) {
        if (Math.hypot(anchor.x - x, anchor.y - y) <= radiusMm) found.add(anchor.cellId);
      }
      return [...found];
    },
    cellsInRing(open) {
      const ring = open[0] === open.at(-2) && open[1] === open.at(-1) ? open : [...open, open[0]!, open[1]!];
      const found = new Set<CellId>();
      for (const anchor of anchorsIn(...boxOf([[ring]]))) {
        if (sideOfRing(ring, anchor.x, anchor.y) >= 0) found.add(anchor.cellId);
      }
      return [...found];
    },
  };
}

const inside = (rings: PolygonMm, x: number, y: number) =>
  sideOfRing(rings[0]!, x, y) >= 0 && rings.slice(1).every((hole) => sideOfRing(hole, x, y) <= 0);

function boxOf(polygons: readonly PolygonMm[]): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [outer] of polygons) {
    for (let i = 0; i < outer!.length; i += 2) {
      box[0] = Math.min(box[0], outer![i]!);
      box[1] = Math.min(box[1], outer![i + 1]!);
      box[2] = Math.max(box[2], outer![i]!);
      box[3] = Math.max(box[3], outer![i + 1]!);
    }
  }
  return box;
}

function middleOf(polygons: readonly PolygonMm[]): { x: number; y: number } {
  const [west, south, east, north] = boxOf(polygons);
  return { x: (west + east) / 2, y: (south + north) / 2 };
}
