import { describe, expect, it } from 'vitest';
import { type CutOptions, cutLocal } from '../../../geodata/fabric/cut.ts';
import type { FootprintMm } from '../../../geodata/fabric/outline-footprints.ts';
import { applyPatch, invertPatch } from '../../../geodata/fabric/patch.ts';
import type { BuildingId, Fabric } from '../../../geodata/model/index.ts';
import { drawnPlan } from '../../support/drawn-plan.ts';
import { faultsOf, totalAreaM2, totalHouseholds } from '../../support/fabric-invariants.ts';
import { fabricOfTiles } from '../../support/fabric-of-tiles.ts';

const metres = (...points: number[]) => points.map((value) => Math.round(value * 1000));
/** A house of 4 m × 4 m around a point. */
const house = (id: string, x: number, y: number, half = 2): FootprintMm => ({
  buildingId: id as BuildingId,
  polygons: [
    [metres(x - half, y - half, x + half, y - half, x + half, y + half, x - half, y + half, x - half, y - half)],
  ],
  point: null,
});
const square = (x: number, y: number, side: number, households = 10) => ({
  rings: [
    [
      [x, y],
      [x + side, y],
      [x + side, y + side],
      [x, y + side],
      [x, y],
    ].map(([a, b]) => [a! * 1000, b! * 1000] as [number, number]),
  ],
  buildings: [{ id: `h${x},${y}`, households }],
});

function cut(fabric: Fabric, line: readonly number[], options: Partial<CutOptions> = {}) {
  const made = cutLocal(fabric, line, { footprints: [], ...options });
  if (!made.ok) return { failure: made.failure, fabric, value: null };
  const after = applyPatch(fabric, made.value.patch);
  expect(faultsOf(after)).toEqual([]);
  expect(totalAreaM2(after)).toBeCloseTo(totalAreaM2(fabric), 6);
  expect(totalHouseholds(after)).toBe(totalHouseholds(fabric));
  expect(applyPatch(after, invertPatch(made.value.patch))).toEqual(fabric);
  return { failure: null, fabric: after, value: made.value };
}

// two cells of 10 m × 10 m side by side:  [0 | 1]
const pair = drawnPlan({ grids: ['ab'] }).fabric;

describe('cutting cells along a line', () => {
  it('splits the cells it crosses; the shared arc gets the crossing for both neighbours', () => {
    const { fabric, value } = cut(pair, metres(-5, -3, 25, -3));
    expect(fabric.cells).toHaveLength(4);
    expect(value!.leftCells).toHaveLength(2);
    expect(value!.rightCells).toHaveLength(2);
    expect(fabric.arcs.filter((arc) => arc.class === 'drawn')).toHaveLength(2);
    const areas = Object.fromEntries(fabric.cells.map(({ id, areaM2 }) => [id, areaM2]));
    expect(value!.leftCells.map((id) => areas[id])).toEqual([30, 30]);
    expect([...value!.cutFrom.values()].sort()).toEqual([0, 0, 1, 1]);
  });

  it('gives each building to the larger part', () => {
    const { fabric } = cut(pair, metres(-5, -3, 25, -3), {
      footprints: [house('b0', 5, -7), house('b1', 15, -0.9, 0.9)],
    });
    const household = fabric.cells.filter((cell) => cell.householdCount > 0);
    expect(household.map((cell) => [cell.areaM2, cell.buildings[0]!.buildingId])).toEqual([
      [70, 'b0'],
      [30, 'b1'],
    ]);
  });

  it('refuses to divide a building and names it', () => {
    const { failure } = cut(pair, metres(-5, -5, 25, -5), { footprints: [house('b0', 5, -5)] });
    expect(failure).toMatchObject({ code: 'lineDividesBuilding', buildingIds: ['b0'] });
    expect(failure!.location).toHaveLength(2);
  });

  it('goes around a building when asked to, on the side where less of it is', () => {
    const { fabric, value } = cut(pair, metres(-5, -5, 25, -5), {
      footprints: [house('b0', 5, -5.5), house('b1', 15, -5)],
      bendAroundBuildings: true,
    });
    expect(value!.leftCells).toHaveLength(2);
    const holder = fabric.cells.find((cell) => cell.buildings.some(({ buildingId }) => buildingId === 'b0'))!;
    expect(value!.rightCells).toContain(holder.id);
  });

  it('ignores an end that stops inside a cell, or draws it on when asked to', () => {
    const line = metres(-5, -3, 15, -3);
    expect(cut(pair, line).fabric.cells).toHaveLength(3);
    expect(cut(pair, line, { extendEnds: true }).fabric.cells).toHaveLength(4);
    expect(cut(pair, metres(3, -3, 7, -3)).failure).toEqual({ code: 'lineDividesNothing' });
    expect(cut(pair, metres(3, -3, 7, -3), { extendEnds: true }).fabric.cells).toHaveLength(3);
  });

  it('passes through a vertex that the line touches', () => {
    // corner to corner of the left cell
    const { fabric } = cut(pair, metres(-5, 5, 15, -15));
    expect(fabric.cells.map((cell) => cell.areaM2).sort((a, b) => a - b)).toEqual([50, 50, 100]);
  });

  it('pulls a line that passes a vertex within a hand’s width onto it', () => {
    const { fabric } = cut(pair, metres(-5, 5.2, 15, -14.9));
    expect(fabric.cells.map((cell) => cell.areaM2).sort((a, b) => a - b)).toEqual([50, 50, 100]);
  });

  it('runs along an arc without dividing anything', () => {
    const { fabric, value } = cut(pair, metres(10, 5, 10, -15));
    expect(fabric.cells).toHaveLength(2);
    expect(value!.alongArcs).toHaveLength(1);
    expect([value!.leftCells, value!.rightCells]).toEqual([[1], [0]]);
  });

  it('runs along an arc for a while and then leaves it', () => {
    const { fabric, value } = cut(pair, metres(10, 5, 10, -5, 25, -5));
    expect(fabric.cells).toHaveLength(3);
    expect(value!.alongArcs).toHaveLength(2);
  });

  it('parts a loop from the rest when it crosses itself', () => {
    const { fabric } = cut(pair, metres(-2, -5, 8, -5, 8, -2, 4, -2, 4, -12));
    expect(fabric.cells.map((cell) => Math.round(cell.areaM2)).sort((a, b) => a - b)).toEqual([12, 20, 68, 100]);
  });

  it('closes a ring inside one cell: an island with a hole around it', () => {
    const { fabric, value } = cut(pair, metres(2, -2, 2, -8, 8, -8, 8, -2, 2, -2));
    expect(fabric.cells).toHaveLength(3);
    expect(fabric.cells.map((cell) => cell.areaM2).sort((a, b) => a - b)).toEqual([36, 64, 100]);
    expect(value!.leftCells).toHaveLength(1);
  });

  it('crosses a cell with a hole', () => {
    const tile = (side: number, from: number) =>
      [
        [from, from],
        [from + side, from],
        [from + side, from + side],
        [from, from + side],
        [from, from],
      ].map(([x, y]) => [x! * 1000, y! * 1000] as [number, number]);
    const ringed = fabricOfTiles([{ rings: [tile(30, 0), tile(10, 10)] }, { rings: [tile(10, 10)] }]);
    expect(cut(ringed, metres(-5, 15, 35, 15)).fabric.cells).toHaveLength(4);
    // from the outside into the hole: no piece comes off the ring, one off the island
    expect(cut(ringed, metres(-5, 15, 20, 15)).fabric.cells).toHaveLength(3);
    // past the hole
    expect(cut(ringed, metres(-5, 5, 35, 5)).fabric.cells).toHaveLength(3);
  });

  it('cuts only the cells it is told to', () => {
    const { fabric } = cut(pair, metres(-5, -3, 25, -3), { within: new Set([pair.cells[0]!.id]) });
    expect(fabric.cells).toHaveLength(3);
  });

  it('keeps slivers from being cut', () => {
    const { failure } = cut(pair, metres(-5, -0.15, 25, -0.2));
    expect(failure).toBeNull();
    expect(cut(pair, metres(-5, -0.15, 25, -0.2)).fabric.cells).toHaveLength(2);
  });

  it('works on cells of any direction and keeps the sum exact', () => {
    const tilted = fabricOfTiles([square(0, 0, 33), square(33, 0, 33), square(0, 33, 33), square(33, 33, 33)]);
    const { fabric } = cut(tilted, metres(-5, 3.3, 17, 21.7, 40.3, 29, 70, 64.1));
    expect(fabric.cells.length).toBeGreaterThan(5);
  });
});
