import { toLocal, toLonLat } from '../geometry/local-frame.ts';
import type { Arc, ArcId, BuildingId, CellId, Fabric, FabricPatch, Result } from '../model/index.ts';
import { fail, succeed } from '../model/index.ts';
import { bendAround } from './cut-around.ts';
import { extendEnds, SNAP_MM, snapLine } from './cut-line.ts';
import { nodeLine } from './cut-noding.ts';
import { patchOf } from './cut-patch.ts';
import { boxesOfCells, piecesOf } from './cut-pieces.ts';
import type { FootprintMm } from './outline-footprints.ts';

export interface CutOptions {
  readonly footprints: readonly FootprintMm[];
  /** Only these cells are cut; all when not given. The line has no effect elsewhere. */
  readonly within?: ReadonlySet<CellId>;
  /** Leads the line around a building it would divide instead of refusing it. */
  readonly bendAroundBuildings?: boolean;
  /** Draws ends that stop inside a cell on to the next arc, or the next of these; without it they are ignored from the last crossing on. */
  readonly extendEnds?: boolean | ReadonlySet<ArcId>;
  /** Longest piece by which an end is drawn on, millimetres; 200 m when not given. */
  readonly extendAtMostMm?: number;
}

export interface Cut {
  /** Nothing in it when the line runs along existing arcs only. */
  readonly patch: FabricPatch;
  /** Cells (of the fabric after the patch) that touch the line from its left and from its right. */
  readonly leftCells: readonly CellId[];
  readonly rightCells: readonly CellId[];
  /** Arcs (after the patch) that part the line's two sides: new ones, and old ones it runs along or leaves a sliver behind. */
  readonly alongArcs: readonly ArcId[];
  /** The line as it was cut: snapped, extended, bent. Flat coordinates in the frame's millimetres. */
  readonly line: readonly number[];
  /** New cell → the cell it was cut from. */
  readonly cutFrom: ReadonlyMap<CellId, CellId>;
}

export interface CutFailure {
  readonly code: 'lineTooShort' | 'lineDividesNothing' | 'lineDividesBuilding';
  readonly buildingIds?: readonly BuildingId[];
  readonly location?: readonly [longitude: number, latitude: number];
}

const EXTEND_MM = 200_000;
/** Buildings this near may come into the way of a line that is led around others. */
const BEND_MM = 30_000;

/**
 * Cuts the cells that a line (longitude and latitude) crosses. Its crossing points become vertices of the shared arcs, so
 * neighbours get them too; each building goes with the larger part of its ground plan; the new arcs are of class 'drawn'.
 * Fails when the line divides a building (named, with the place) or nothing at all.
 */
export function cutCells(
  fabric: Fabric,
  line: readonly (readonly [number, number])[],
  options: CutOptions,
): Result<Cut, CutFailure> {
  const local = line.flatMap((position) => toLocal(fabric.frame, position));
  const drawn = distinct(local);
  if (drawn.length < 4) return fail({ code: 'lineTooShort' });
  return cutLocal(fabric, drawn, options);
}

/** As `cutCells`, with the line in the frame's millimetres. */
export function cutLocal(fabric: Fabric, drawn: readonly number[], options: CutOptions): Result<Cut, CutFailure> {
  const drawnOver = cellsNear(fabric, drawn, options.within);
  if (drawnOver.size === 0) return fail({ code: 'lineDividesNothing' });
  const arcsThere = arcsOf(fabric, drawnOver);
  let line: readonly number[] = snapLine(drawn, arcsThere);
  if (line.length < 4) return fail({ code: 'lineTooShort' });
  const ends = options.extendEnds;
  const reachMm = options.extendAtMostMm ?? EXTEND_MM;
  if (ends === true) line = extendEnds(line, arcsThere, reachMm, false);
  else if (ends)
    line = extendEnds(
      line,
      fabric.arcs.filter(({ id }) => ends.has(id)),
      reachMm,
      true,
    );
  if (options.bendAroundBuildings) {
    const mayReach = cellsNear(fabric, line, options.within, BEND_MM);
    const standing = new Set(
      fabric.cells.filter(({ id }) => mayReach.has(id)).flatMap((cell) => cell.buildings.map((b) => b.buildingId)),
    );
    line = bendAround(
      line,
      options.footprints.filter(({ buildingId }) => standing.has(buildingId)),
    );
    if (line.length < 4) return fail({ code: 'lineTooShort' });
  }
  // drawn on and bent, the line comes by other cells than it was drawn over
  const near = cellsNear(fabric, line, options.within);
  if (near.size === 0) return fail({ code: 'lineDividesNothing' });
  const arcs = arcsOf(fabric, near);
  const noding = nodeLine(arcs, line);
  const linePath = noding.pathOf(line);
  const pieces = piecesOf(fabric, near, arcs, noding, linePath, options.footprints);
  if (!pieces.ok) {
    const { buildingId, x, y } = pieces.failure;
    return fail({ code: 'lineDividesBuilding', buildingIds: [buildingId], location: toLonLat(fabric.frame, x, y) });
  }
  const cut = { line, ...patchOf(fabric, arcs, noding, linePath, pieces.value) };
  return cut.alongArcs.length === 0 ? fail({ code: 'lineDividesNothing' }) : succeed(cut);
}

function distinct(points: readonly number[]): number[] {
  const kept: number[] = [];
  for (let i = 0; i < points.length; i += 2)
    if (points[i] !== kept.at(-2) || points[i + 1] !== kept.at(-1)) kept.push(points[i]!, points[i + 1]!);
  return kept;
}

const arcsOf = (fabric: Fabric, cells: ReadonlySet<CellId>): Arc[] =>
  fabric.arcs.filter(({ left, right }) => (left !== null && cells.has(left)) || (right !== null && cells.has(right)));

/** Cells whose bounding box some segment's bounding box touches, or comes that near to. */
function cellsNear(
  fabric: Fabric,
  line: readonly number[],
  within?: ReadonlySet<CellId>,
  reachMm = SNAP_MM,
): Set<CellId> {
  const near = new Set<CellId>();
  for (const [cell, [minX, minY, maxX, maxY]] of boxesOfCells(fabric.arcs)) {
    if (within && !within.has(cell)) continue;
    for (let i = 0; i + 3 < line.length; i += 2) {
      const [x0, y0, x1, y1] = line.slice(i, i + 4) as [number, number, number, number];
      if (Math.max(x0, x1) < minX - reachMm || Math.min(x0, x1) > maxX + reachMm) continue;
      if (Math.max(y0, y1) < minY - reachMm || Math.min(y0, y1) > maxY + reachMm) continue;
      near.add(cell);
      break;
    }
  }
  return near;
}
