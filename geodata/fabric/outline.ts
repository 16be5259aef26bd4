import type { MultiPolygon } from 'geojson';
import { toLonLat } from '../geometry/local-frame.ts';
import type { ArcClass, CellId, Fabric, GridId, LocalFrame } from '../model/index.ts';
import { dissolve, type GridBorder } from './dissolve.ts';
import { doubledAreaMm2, type PolygonMm, polygonsOfBorders } from './outline-rings.ts';
import { type Straightening, straightenBorders } from './straighten.ts';

/** One grid's outline in millimetres of the fabric's frame, and its measures (of the outline as drawn). */
export interface GridOutline {
  readonly polygons: readonly PolygonMm[];
  readonly areaM2: number;
  readonly perimeterM: number;
}

export interface PlanDrawing {
  /** Each border between two grids once, and the grids' edges towards unassigned ground and the outside. */
  readonly borders: readonly GridBorder[];
  readonly outlines: ReadonlyMap<GridId, GridOutline>;
}

/**
 * What a plan looks like, in the frame's millimetres. A pure function of its arguments: adjacent grids share exactly the
 * same line, unassigned ground stays uncovered. Without `straightening` the borders are the cells' own.
 */
export function drawPlan(
  fabric: Fabric,
  assignment: ReadonlyMap<CellId, GridId>,
  straightening?: Straightening,
): PlanDrawing {
  const plain = dissolve(fabric, assignment);
  const borders = straightening ? straightenBorders(plain, straightening) : plain;
  const outlines = new Map<GridId, GridOutline>();
  for (const [grid, polygons] of polygonsOfBorders(borders)) outlines.set(grid, measured(polygons));
  return { borders, outlines };
}

/** Outlines of all grids in longitude and latitude, ready for GeoJSON. */
export function outlineGrids(
  fabric: Fabric,
  assignment: ReadonlyMap<CellId, GridId>,
  straightening?: Straightening,
): Map<GridId, MultiPolygon> {
  const { outlines } = drawPlan(fabric, assignment, straightening);
  return new Map([...outlines].map(([grid, outline]) => [grid, multiPolygonOf(fabric.frame, outline.polygons)]));
}

/** A border as a line to draw, in pieces of one class each. */
export interface BorderLine {
  readonly left: GridId;
  readonly right: GridId | null;
  readonly class: ArcClass;
  readonly line: readonly (readonly [longitude: number, latitude: number])[];
}

/** The borders of a drawing as lines in longitude and latitude: each exists once, also between two grids. */
export function gridBorders(frame: LocalFrame, borders: readonly GridBorder[]): BorderLine[] {
  return borders.flatMap(({ left, right, points, stretches }) =>
    stretches.map((stretch) => ({
      left,
      right,
      class: stretch.class,
      line: lonLatsOf(frame, points.slice(2 * stretch.from, 2 * stretch.to + 2)),
    })),
  );
}

/** Polygons of the frame as GeoJSON in longitude and latitude. */
export function multiPolygonOf(frame: LocalFrame, polygons: readonly PolygonMm[]): MultiPolygon {
  return {
    type: 'MultiPolygon',
    coordinates: polygons.map((rings) => rings.map((ring) => lonLatsOf(frame, ring))),
  };
}

function lonLatsOf(frame: LocalFrame, points: readonly number[]): [number, number][] {
  const line: [number, number][] = [];
  for (let i = 0; i < points.length; i += 2) line.push(toLonLat(frame, points[i]!, points[i + 1]!));
  return line;
}

function measured(polygons: readonly PolygonMm[]): GridOutline {
  let doubledMm2 = 0;
  let perimeterMm = 0;
  for (const ring of polygons.flat()) {
    doubledMm2 += doubledAreaMm2(ring);
    for (let i = 0; i + 3 < ring.length; i += 2)
      perimeterMm += Math.hypot(ring[i + 2]! - ring[i]!, ring[i + 3]! - ring[i + 1]!);
  }
  return { polygons, areaM2: doubledMm2 / 2e6, perimeterM: perimeterMm / 1e3 };
}
