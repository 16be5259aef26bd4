import { describe, expect, it } from 'vitest';
import type { DepartmentLayer } from '../../../geodata/merge/index.ts';
import type { DepartmentId, Ground } from '../../../geodata/model/index.ts';
import { divideCommunity } from '../../../geodata/pipeline/divide-community.ts';
import { type MergedCommunity, mergeCommunity } from '../../../geodata/pipeline/merge-community.ts';
import { findRuleSet } from '../../../geodata/rules/index.ts';
import { county, groundNamed } from '../../support/sample-grounds.ts';

const ruleSet = findRuleSet('jilin-2020-23')!;
const merge = (ground: Ground, layers: readonly DepartmentLayer[]) =>
  mergeCommunity({ ground, ruleSet, layers, seed: 1, effort: 1, cells: 'auto' }, () => 0);
const sampleLayers = (ground: Ground): DepartmentLayer[] =>
  county.departments.map((department) => ({
    id: department.id,
    name: department.name,
    weight: 1,
    duties: department.duties,
    grids: department.grids.filter((grid) => grid.communityCode === ground.community.code),
  }));
/** What a plan comes to, whatever its grids are called: the buildings of each grid. */
const groupsOf = ({ report }: Pick<MergedCommunity, 'report'>) =>
  report.grids.map((grid) => grid.buildings.join()).sort();

describe('departments that agree', () => {
  it('get their own grids back when those are compliant', () => {
    const ground = groundNamed('文化');
    const truth = divideCommunity(
      {
        ground,
        ruleSet,
        existing: [],
        mode: 'fresh',
        prefer: 'balanced',
        seed: 5,
        effort: 1,
        cells: 'auto',
        forbiddenBarriers: [],
      },
      () => 0,
    );
    const grids = truth.features.map(({ properties, geometry }) => ({
      code: String(properties.code),
      name: String(properties.name),
      area: geometry,
    }));
    const layers = ['甲', '乙', '丙'].map(
      (name): DepartmentLayer => ({ id: name as DepartmentId, name, weight: 1, duties: [`${name}巡查`], grids }),
    );
    const merged = merge(ground, layers);
    expect(groupsOf(merged)).toEqual(groupsOf(truth));
    // Every departmental grid went whole into one general grid.
    const lived = merged.crosswalk.filter((row) => row.householdCount > 0);
    expect(lived).toHaveLength(3 * grids.length);
    for (const row of lived) expect([row.shareOfDepartmentGrid, row.shareOfGrid]).toEqual([1, 1]);
  });
});

describe('departments that disagree', () => {
  const ground = groundNamed('南岸');
  const layers = sampleLayers(ground);
  const merged = merge(ground, layers);
  const households = ground.buildings.reduce((sum, building) => sum + building.householdCount, 0);

  it('get one compliant layer', () => {
    expect(merged.report.feasible).toBe(true);
    expect(merged.report.issues.filter((issue) => issue.severity === 'error')).toEqual([]);
  });

  it('get the same one in whatever order they come', () => {
    const turned = merge(ground, layers.toReversed());
    expect(groupsOf(turned)).toEqual(groupsOf(merged));
    expect(turned.crosswalk).toEqual(merged.crosswalk);
  });

  it('find all of their households and ground in the crosswalk', () => {
    for (const { id } of layers) {
      const rows = merged.crosswalk.filter((row) => row.departmentId === id);
      expect(rows.reduce((sum, row) => sum + row.householdCount, 0)).toBe(households);
      const grounds = merged.report.grids.reduce((sum, grid) => sum + grid.areaM2, 0);
      const areaM2 = rows.reduce((sum, row) => sum + row.areaM2, 0);
      expect(Math.abs(areaM2 - grounds) / grounds).toBeLessThan(0.001);
      for (const grid of merged.report.grids) {
        const into = rows.filter((row) => row.gridCode === grid.code);
        expect(into.reduce((sum, row) => sum + row.householdCount, 0)).toBe(grid.households);
      }
    }
  });

  it('hand their duties to the grids that replace theirs', () => {
    for (const { properties } of merged.features) {
      for (const duty of ['矛盾纠纷排查', '市容巡查', '消防通道巡查']) expect(properties.duties).toContain(duty);
    }
  });

  it('are heard by weight: a department that counts a thousand times is followed', () => {
    const loud = merge(
      ground,
      layers.map((layer) => ({ ...layer, weight: layer.name === '综治' ? 1000 : 1 })),
    );
    const whole = (result: MergedCommunity) =>
      result.crosswalk.filter((row) => row.departmentName === '综治' && row.householdCount > 0).length;
    expect(whole(loud)).toBeLessThanOrEqual(whole(merged));
  });
});
