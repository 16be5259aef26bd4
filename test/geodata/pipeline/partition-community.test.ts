import { describe, expect, it } from 'vitest';
import { overlayLayers } from '../../../geodata/geometry/overlay-layers.ts';
import type { GridId, Ground } from '../../../geodata/model/index.ts';
import { divideCommunity, type PartitionOrder } from '../../../geodata/pipeline/divide-community.ts';
import { cutGround } from '../../../geodata/pipeline/partition-community.ts';
import { planFromExistingGrids } from '../../../geodata/pipeline/plan-from-existing-grids.ts';
import { BARRIER_WEIGHTS, preferBarriers } from '../../../geodata/pipeline/prefer-barriers.ts';
import { problemOf } from '../../../geodata/pipeline/problem-of-fabric.ts';
import { findRuleSet } from '../../../geodata/rules/index.ts';
import { county, groundNamed } from '../../support/sample-grounds.ts';

const ruleSet = findRuleSet('jilin-2020-23')!;
const order = (ground: Ground, more: Partial<PartitionOrder> = {}): PartitionOrder => ({
  ground,
  ruleSet,
  existing: [],
  mode: 'fresh',
  prefer: 'balanced',
  seed: 1,
  effort: 1,
  cells: 'auto',
  forbiddenBarriers: [],
  ...more,
});
const divide = (ground: Ground, more: Partial<PartitionOrder> = {}) => divideCommunity(order(ground, more), () => 0);
const IMPOSSIBLE = ['北郊社区', '建设社区', '光明社区'];

describe('the sample county divided', () => {
  const divided = new Map(county.grounds.map((ground) => [ground.community.name, divide(ground)]));

  it.each(county.grounds.filter(({ community }) => !IMPOSSIBLE.includes(community.name)))(
    '$community.name gets grids of 300 to 500 households, each in one piece',
    ({ community }) => {
      const { report } = divided.get(community.name)!;
      expect(report.feasible).toBe(true);
      expect(report.issues.filter((issue) => issue.severity === 'error')).toEqual([]);
      for (const grid of report.grids) {
        expect(grid.parts).toBe(1);
        expect(grid.households).toBeGreaterThanOrEqual(300);
        expect(grid.households).toBeLessThanOrEqual(500);
      }
    },
  );

  it.each([
    ['北郊社区', 'COMPONENT_BELOW'],
    ['建设社区', 'COMPONENT_GAP'],
    ['光明社区', 'OVERSIZE'],
  ])('%s is told to be impossible, and why: %s', (name, code) => {
    const { report } = divided.get(name)!;
    expect(report.feasible).toBe(false);
    expect(report.issues.map((issue) => issue.code)).toContain(code);
  });

  it('covers every community exactly, without overlap', () => {
    for (const { community } of county.grounds) {
      const grids = divided.get(community.name)!.features.map(({ geometry }) => geometry);
      const pieces = overlayLayers([[community.area], grids]);
      const wrong = pieces.filter(({ holders }) => holders[0]!.length !== holders[1]!.length);
      expect(wrong.reduce((sum, { areaM2 }) => sum + areaM2, 0)).toBeLessThan(0.5);
    }
  });

  it('counts every household and every building once', () => {
    for (const { community, buildings } of county.grounds) {
      const { report, features } = divided.get(community.name)!;
      const households = buildings.reduce((sum, building) => sum + building.householdCount, 0);
      expect(report.households).toBe(households);
      expect(features.reduce((sum, { properties }) => sum + Number(properties.households), 0)).toBe(households);
      const named = report.grids.flatMap((grid) => grid.buildings);
      expect(new Set(named).size).toBe(named.length);
    }
  });

  it('divides the tower with 520 households between its entrances', () => {
    const giant = groundNamed('新城').buildings.find((building) => building.householdCount > 500)!;
    const grids = divided.get('新城社区')!.report.grids;
    for (const unit of giant.units) expect(grids.filter((grid) => grid.buildings.includes(unit.id))).toHaveLength(1);
  });

  it('gives the same grids for the same seed', () => {
    const ground = groundNamed('滨河');
    expect(divide(ground)).toEqual(divide(ground));
  });

  it('numbers grids with the community code and three digits', () => {
    const codes = divided.get('新城社区')!.features.map(({ properties }) => properties.code);
    expect(codes).toEqual(codes.map((_, i) => `220199003003${String(i + 1).padStart(3, '0')}`));
  });
});

describe('grids drawn before', () => {
  it('come back as the plan they were exported from', () => {
    const ground = groundNamed('文化');
    const { fabric } = cutGround(ground, ruleSet, 'auto');
    const { features, report } = divide(ground);
    const plan = planFromExistingGrids(
      fabric,
      ground.buildings,
      features.map(({ properties, geometry }) => ({
        area: geometry,
        grid: {
          id: String(properties.code) as GridId,
          code: String(properties.code),
          name: String(properties.name),
          kind: 'general',
          locked: false,
          detachedReason: null,
          workerIds: [],
        },
      })),
    );
    const households = new Map<string, number>();
    for (const cell of fabric.cells) {
      const grid = plan.assignment.get(cell.id)!;
      households.set(grid, (households.get(grid) ?? 0) + cell.householdCount);
    }
    expect([...households].sort()).toEqual(report.grids.map((grid) => [grid.code, grid.households]).sort());
  });

  it('are adjusted by moving few households: a grid that fits keeps its code', () => {
    const ground = groundNamed('滨河');
    const { features } = divide(ground);
    const existing = features.map(({ properties, geometry }) => ({
      area: geometry,
      grid: {
        id: String(properties.code) as GridId,
        code: String(properties.code),
        name: String(properties.name),
        kind: 'general' as const,
        locked: false,
        detachedReason: null,
        workerIds: [],
      },
    }));
    const { report } = divide(ground, { existing, mode: 'adjust', seed: 7 });
    expect(report.movedHouseholds).toBe(0);
    expect(report.grids.map(({ code, households }) => [code, households])).toEqual(
      features.map(({ properties }) => [properties.code, properties.households]),
    );
  });
});

describe('the problem of a fabric', () => {
  const { fabric } = cutGround(groundNamed('滨河'), ruleSet, 'auto');
  const { problem, cellIds } = problemOf(fabric);

  it('has the cells in order and every household', () => {
    expect(cellIds).toEqual(fabric.cells.map(({ id }) => id));
    expect(problem.cells.map(({ householdCount }) => householdCount)).toEqual(
      fabric.cells.map(({ householdCount }) => householdCount),
    );
  });

  it('parts road blocks at the river', () => {
    const crossing = problem.edges.filter(({ crosses }) => crosses === 'river');
    expect(crossing.length).toBeGreaterThan(0);
    for (const { a, b } of crossing) expect(problem.cells[a]!.roadBlock).not.toBe(problem.cells[b]!.roadBlock);
  });
});

describe('borders between grids', () => {
  it('run along roads, walls and the river rather than over open ground', () => {
    const ground = groundNamed('福民');
    const { fabric } = cutGround(ground, ruleSet, 'auto');
    const prepared = problemOf(fabric);
    const more = preferBarriers(fabric, prepared);
    const lengthOf = (edge: number) => prepared.problem.edges[edge]!.lengthM;
    // Never so cheap that a border would be wanted for its own sake.
    expect(more.filter((metres, edge) => lengthOf(edge) + metres <= 0)).toEqual([]);
    expect(more.some((metres) => metres < 0)).toBe(true);
    expect(more.some((metres) => metres > 0)).toBe(true);
  });

  it('weigh barriers by class: a river before a railway before a main road, unless told otherwise', () => {
    expect(BARRIER_WEIGHTS.river).toBeLessThan(BARRIER_WEIGHTS.railway);
    expect(BARRIER_WEIGHTS.railway).toBeLessThan(BARRIER_WEIGHTS.mainRoad);
    const { fabric } = cutGround(groundNamed('福民'), ruleSet, 'auto');
    const prepared = problemOf(fabric);
    const usual = preferBarriers(fabric, prepared);
    const onRoads = preferBarriers(fabric, prepared, { mainRoad: 0.1, road: 0.1 });
    expect(onRoads.every((metres, edge) => metres <= usual[edge]!)).toBe(true);
    expect(onRoads.some((metres, edge) => metres < usual[edge]!)).toBe(true);
    expect(() => preferBarriers(fabric, prepared, { river: 0 })).toThrow('river');
  });
});
