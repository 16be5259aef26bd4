import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupsOf } from '../../../geodata/edit/after-cut.ts';
import { applyChange } from '../../../geodata/edit/apply-change.ts';
import { splitGrid } from '../../../geodata/edit/split-grid.ts';
import { buildFabric } from '../../../geodata/fabric/build.ts';
import { type FootprintMm, footprintsMm } from '../../../geodata/fabric/outline-footprints.ts';
import { toLonLat } from '../../../geodata/geometry/local-frame.ts';
import type { BuildingId, CommunityCode, Fabric, Grid, GridId, PlanState } from '../../../geodata/model/index.ts';
import { planFromExistingGrids } from '../../../geodata/pipeline/plan-from-existing-grids.ts';
import { editIds } from '../../support/edit-ids.ts';
import { faultsOf, totalAreaM2, totalHouseholds } from '../../support/fabric-invariants.ts';
import { fabricOfTiles } from '../../support/fabric-of-tiles.ts';
import { county } from '../../support/sample-grounds.ts';

const codes = { communityCode: '220199001001' as CommunityCode, sequenceDigits: 3, retiredCodes: new Set<string>() };
const gridOf = (id: string, code: string): Grid => ({
  id: id as GridId,
  code,
  name: id,
  kind: 'general',
  locked: false,
  detachedReason: null,
  workerIds: [],
});
const [WHOLE, NEW] = ['a' as GridId, 'new1' as GridId];

interface Town {
  readonly state: PlanState;
  readonly footprints: readonly FootprintMm[];
}

/** A house on its plot: distances from the plot's west, south, east and north edge in metres. */
type Margins = readonly [west: number, south: number, east: number, north: number];
/** Plots are 11 m × 11 m. */
const PLOT_MM = 11_000;

/** One grid of plots, first row north; `null` is a plot without a house. */
function townOf(plots: readonly (readonly (Margins | null)[])[]): Town {
  const footprints: FootprintMm[] = [];
  const tiles = plots.flatMap((row, r) =>
    row.map((margins, c) => {
      const [x0, y0, x1, y1] = [c * PLOT_MM, -(r + 1) * PLOT_MM, (c + 1) * PLOT_MM, -r * PLOT_MM];
      const id = `b${r}-${c}`;
      if (margins) {
        const [w, s, e, n] = margins.map((metres) => Math.round(metres * 1000)) as [number, number, number, number];
        const ring = [x0 + w, y0 + s, x1 - e, y0 + s, x1 - e, y1 - n, x0 + w, y1 - n, x0 + w, y0 + s];
        footprints.push({ buildingId: id as BuildingId, polygons: [[ring]], point: null });
      }
      const corners = [
        [x0, y0],
        [x1, y0],
        [x1, y1],
        [x0, y1],
        [x0, y0],
      ] as [number, number][];
      return { rings: [corners], buildings: margins ? [{ id, households: 1 }] : [] };
    }),
  );
  const fabric = fabricOfTiles(tiles);
  const assignment = new Map(fabric.cells.map(({ id }) => [id, WHOLE]));
  return { state: { fabric, grids: new Map([[WHOLE, gridOf('a', '220199001001001')]]), assignment }, footprints };
}

/** `#` is a plot with a house of 8 m × 8 m (so 3 m from the next), `.` one without. */
const drawnTown = (rows: readonly string[]) =>
  townOf(rows.map((row) => [...row].map((plot) => (plot === '#' ? [1.5, 1.5, 1.5, 1.5] : null))));

/** Splits along a line in millimetres of the fabric's frame. */
const split = ({ state, footprints }: Town, line: readonly number[], gridId = WHOLE) => {
  const places = Array.from({ length: line.length / 2 }, (_, i) =>
    toLonLat(state.fabric.frame, line[2 * i]!, line[2 * i + 1]!),
  );
  return splitGrid(state, { gridId, line: places, footprints, codes, name: '新' }, editIds());
};

/** The plan after a split that must have worked: ground covered as before, no building divided, both sides there. */
function parted(town: Town, line: readonly number[], gridId = WHOLE): PlanState {
  const edit = split(town, line, gridId);
  if (!edit.ok) throw new Error(JSON.stringify(edit.failure));
  const applied = applyChange(town.state, edit.value);
  if (!applied.ok) throw new Error(JSON.stringify(applied.failure));
  const [before, after] = [town.state.fabric, applied.value.fabric];
  expect(faultsOf(after)).toEqual([]);
  // where a border isn't upright or level, a crossing moves it by less than a millimetre
  expect(Math.abs(totalAreaM2(after) - totalAreaM2(before))).toBeLessThan(0.2);
  expect(totalHouseholds(after)).toBe(totalHouseholds(before));
  expect(dividedBuildings(after, town.footprints)).toEqual([]);
  expect(cellsIn(applied.value, gridId).size).toBeGreaterThan(0);
  expect(cellsIn(applied.value, NEW).size).toBeGreaterThan(0);
  return applied.value;
}

const cellsIn = ({ assignment }: PlanState, grid: GridId) =>
  new Set([...assignment].filter(([, id]) => id === grid).map(([cell]) => cell));
const piecesIn = (state: PlanState, grid: GridId) =>
  groupsOf(state.fabric.arcs, cellsIn(state, grid), () => false).length;
const householdsIn = (state: PlanState, grid: GridId) => {
  const cells = cellsIn(state, grid);
  return state.fabric.cells.reduce((sum, { id, householdCount }) => sum + (cells.has(id) ? householdCount : 0), 0);
};

/** A line may graze a building by less than this. */
const GRAZE_MM = 400;

/** Buildings that a drawn border runs through, looked at every 200 mm. */
function dividedBuildings(fabric: Fabric, footprints: readonly FootprintMm[]): BuildingId[] {
  const at: [number, number][] = [];
  for (const { points, class: kind } of fabric.arcs)
    for (let i = 0; kind === 'drawn' && i + 3 < points.length; i += 2) {
      const [dx, dy] = [points[i + 2]! - points[i]!, points[i + 3]! - points[i + 1]!];
      const steps = Math.ceil(Math.hypot(dx, dy) / 200);
      for (let k = 0; k <= steps; k++) at.push([points[i]! + (dx * k) / steps, points[i + 1]! + (dy * k) / steps]);
    }
  const holds = ({ polygons }: FootprintMm) =>
    polygons.some(([ring]) => {
      const [cornerX, cornerY] = [ring![0]!, ring![1]!];
      const reach = Math.max(...ring!.map((value, i) => Math.abs(value - (i % 2 === 0 ? cornerX : cornerY))));
      const near = at.filter(([x, y]) => Math.abs(x - cornerX) < reach && Math.abs(y - cornerY) < reach);
      return near.some(([x, y]) => depthIn(ring!, x, y) > GRAZE_MM);
    });
  return footprints.filter(holds).map(({ buildingId }) => buildingId);
}

/** How far from a ring's edge a point lies inside it; 0 outside. */
function depthIn(ring: readonly number[], x: number, y: number): number {
  let inside = false;
  let depth = Number.POSITIVE_INFINITY;
  for (let i = 0; i + 3 < ring.length; i += 2) {
    const [x0, y0, x1, y1] = ring.slice(i, i + 4) as [number, number, number, number];
    if (y0 > y !== y1 > y && x < x0 + ((y - y0) / (y1 - y0)) * (x1 - x0)) inside = !inside;
    const [dx, dy] = [x1 - x0, y1 - y0];
    const t = Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1)));
    depth = Math.min(depth, Math.hypot(x0 + t * dx - x, y0 + t * dy - y));
  }
  return inside ? depth : 0;
}

describe('splitting a grid of dense small houses', () => {
  const town = drawnTown([
    '######', //
    '######',
    '######',
    '######',
    '######',
  ]);

  it('leads a line straight through the houses between them, wherever it runs', () => {
    for (let x = 12_000; x <= 54_000; x += 700) {
      const after = parted(town, [x, 5000, x, -60_000]);
      expect([piecesIn(after, WHOLE), piecesIn(after, NEW)]).toEqual([1, 1]);
      const nearer = Math.min(x, 66_000 - x) / PLOT_MM;
      expect(Math.abs(householdsIn(after, NEW) - 5 * nearer)).toBeLessThanOrEqual(5);
    }
  });

  it('leads a slanted line between them', () => {
    for (let shift = 0; shift <= 30_000; shift += 1100) {
      const after = parted(town, [10_000 + shift, 5000, 30_000 + shift / 2, -60_000]);
      expect([piecesIn(after, WHOLE), piecesIn(after, NEW)]).toEqual([1, 1]);
    }
  });

  it('draws a short stroke on through all of them', () => {
    const after = parted(town, [31_000, -25_000, 31_500, -30_000]);
    expect([piecesIn(after, WHOLE), piecesIn(after, NEW)]).toEqual([1, 1]);
  });

  it('leaves slivers with their cells, but not the gap in the border that they would make', () => {
    const empty = drawnTown([
      '#...#', //
      '#...#',
    ]);
    // cuts 0.72 m² off the middle plot of the first row at its lower left corner
    const after = parted(empty, [7200, 5000, 39_200, -27_000]);
    expect([householdsIn(after, WHOLE), householdsIn(after, NEW)]).toEqual([2, 2]);
    expect([piecesIn(after, WHOLE), piecesIn(after, NEW)]).toEqual([1, 1]);
    for (const { areaM2 } of after.fabric.cells) expect(areaM2).toBeGreaterThan(2);
  });
});

describe('any houses, any line from border to border', () => {
  const townWithMargins = (min: number, max: number) => {
    const margin = fc.integer({ min, max }).map((decimetres) => decimetres / 10);
    const plot = fc.option(fc.tuple(margin, margin, margin, margin), { freq: 6 });
    return fc.array(fc.array(plot, { minLength: 5, maxLength: 5 }), { minLength: 5, maxLength: 5 }).map(townOf);
  };
  const place = fc.integer({ min: 120, max: 430 }).map((decimetres) => decimetres * 100);
  const line = fc.tuple(place, place, place, fc.boolean()).map(([from, via, to, upright]) => {
    return upright ? [from, 5000, via, -27_000, to, -60_000] : [-5000, -from, 27_000, -via, 60_000, -to];
  });

  it('parts the grid in two and leaves every building whole where there is 0.6 m between them', () => {
    fc.assert(
      fc.property(townWithMargins(3, 45), line, (town, across) => {
        const after = parted(town, across);
        expect([piecesIn(after, WHOLE), piecesIn(after, NEW)]).toEqual([1, 1]);
      }),
      { numRuns: 150 },
    );
  });

  it('may name a building that can’t be left whole where they touch, but never says that nothing is divided', () => {
    fc.assert(
      fc.property(townWithMargins(0, 30), line, (town, across) => {
        const edit = split(town, across);
        if (edit.ok) parted(town, across);
        else expect(edit.failure).toMatchObject({ code: 'lineDividesBuilding', buildingIds: [expect.any(String)] });
      }),
      { numRuns: 100 },
    );
  });
});

describe('the sample county', () => {
  const named = ['福民', '铁北', '东安', '北郊'];
  for (const name of named)
    it(`parts the grids of ${name} along lines across their middle`, () => {
      const ground = county.grounds.find(({ community }) => community.name.startsWith(name))!;
      const { fabric } = buildFabric(ground, { divideAboveHouseholds: 400 });
      const drawn = county.existingGrids
        .filter(({ communityCode }) => communityCode === ground.community.code)
        .map(({ id, code, area }) => ({ grid: gridOf(id, code), area }));
      const town: Town = {
        state: planFromExistingGrids(fabric, ground.buildings, drawn),
        footprints: footprintsMm(fabric.frame, ground.buildings),
      };
      for (const grid of town.state.grids.keys()) {
        const [x0, y0, x1, y1] = boxOf(town.state, grid);
        const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
        parted(town, [x, y0 - 5000, x, y1 + 5000], grid);
        parted(town, [x0 - 5000, y, x1 + 5000, y], grid);
        parted(town, [x, y - 20_000, x + 3000, y + 20_000], grid);
      }
    });
});

function boxOf(state: PlanState, grid: GridId): [number, number, number, number] {
  const cells = cellsIn(state, grid);
  const own = state.fabric.arcs.filter(({ left, right }) => cells.has(left!) || cells.has(right!));
  const xs = own.flatMap(({ points }) => points.filter((_, i) => i % 2 === 0));
  const ys = own.flatMap(({ points }) => points.filter((_, i) => i % 2 === 1));
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}
