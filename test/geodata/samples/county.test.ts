import type { Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { overlap } from '../../../geodata/samples/building-layouts.ts';
import { sampleCounty } from '../../../geodata/samples/index.ts';
import type { Point } from '../../../geodata/samples/planar.ts';

const county = sampleCounty(2020);
const householdsOf = (name: string) =>
  county.grounds
    .find((ground) => ground.community.name === name)!
    .buildings.reduce((sum, building) => sum + building.householdCount, 0);

describe('the sample county', () => {
  it('is the same county for the same seed, and another one for another', () => {
    expect(sampleCounty(2020)).toEqual(county);
    expect(sampleCounty(2021)).not.toEqual(county);
  });

  it('has 12 communities under one county code and about 3,000 buildings', () => {
    expect(county.grounds).toHaveLength(12);
    for (const { community } of county.grounds) expect(community.code).toMatch(/^220199\d{6}$/);
    const buildings = county.grounds.flatMap((ground) => ground.buildings);
    expect(buildings.length).toBeGreaterThan(2500);
    expect(buildings.length).toBeLessThan(3500);
    expect(new Set(buildings.map((building) => building.id)).size).toBe(buildings.length);
  });

  it('has on purpose what no division can satisfy: 550 households, 240, towers over 500', () => {
    expect(householdsOf('建设社区')).toBe(550);
    expect(householdsOf('北郊社区')).toBe(240);
    const giants = county.grounds.flatMap((ground) => ground.buildings.filter((b) => b.householdCount > 500));
    expect(giants.map((giant) => giant.units.length).sort()).toEqual([0, 4]);
    expect(householdsOf('新城社区')).toBeGreaterThan(3000);
  });

  it('counts entrances that add up to their building', () => {
    for (const building of county.grounds.flatMap((ground) => ground.buildings)) {
      if (building.units.length === 0) continue;
      expect(building.units.reduce((sum, unit) => sum + unit.householdCount, 0)).toBe(building.householdCount);
    }
  });

  it('has no two buildings on the same ground', () => {
    for (const { buildings } of county.grounds) {
      const rings = buildings.map((building) =>
        (building.footprint as Polygon).coordinates[0]!.slice(0, -1).map((p) => [p[0]!, p[1]!] as Point),
      );
      const overlapping: string[] = [];
      rings.forEach((ring, i) => {
        for (let k = i + 1; k < rings.length; k++) {
          const near =
            Math.abs(ring[0]![0] - rings[k]![0]![0]) < 0.002 && Math.abs(ring[0]![1] - rings[k]![0]![1]) < 0.002;
          if (near && overlap(ring, rings[k]!)) overlapping.push(`${buildings[i]!.id} ${buildings[k]!.id}`);
        }
      });
      expect(overlapping).toEqual([]);
    }
  });

  it('has departments whose grids disagree, and a roster with every category of staff', () => {
    expect(county.departments.map((department) => department.name)).toEqual(['综治', '城管', '消防']);
    const firstCorner = county.departments.map((department) => department.grids[0]!.area.coordinates[0]![0]);
    expect(new Set(firstCorner.map(String)).size).toBe(3);
    expect(new Set(county.workers.map((worker) => worker.category))).toEqual(
      new Set(['committee', 'communityWorker', 'publicWelfare']),
    );
  });

  it('can be drawn from any seed', () => {
    for (let seed = 1; seed <= 8; seed++) expect(sampleCounty(seed).grounds).toHaveLength(12);
  });
});
