import { describe, expect, test } from 'vitest';
import { checkPlan, complianceOf, possibleGridCounts, tallyGrids } from '../../../geodata/check/index.ts';
import type { BuildingUnitId, Cell, GridId } from '../../../geodata/model/index.ts';
import { findRuleSet } from '../../../geodata/rules/index.ts';
import { type Drawing, drawnPlan } from '../../support/drawn-plan.ts';

const jilin = findRuleSet('jilin-2020-23')!;
const check = (drawing: Drawing) => checkPlan(drawnPlan(drawing), jilin);
const codes = (drawing: Drawing) => check(drawing).map((issue) => issue.code);

// Every cell holds 100 households unless the drawing says otherwise.

describe('household range (R1, 二·六)', () => {
  test('300 and 500 households fit', () => {
    expect(codes({ grids: ['AAABBBBB'] })).toEqual([]);
  });

  test('299 is under, 501 is over, and each says by its numbers', () => {
    const issues = check({ grids: ['AAABBBBB'], households: [100, 100, 99, 100, 100, 100, 100, 101] });
    expect(issues).toMatchObject([
      { code: 'gridUnderLimit', severity: 'error', gridIds: ['A'], values: { householdCount: 299, least: 300 } },
      { code: 'gridOverLimit', severity: 'error', gridIds: ['B'], values: { householdCount: 501, most: 500 } },
    ]);
  });

  test('a dedicated grid is outside the range', () => {
    const grids = { B: { kind: 'dedicated' as const } };
    expect(codes({ grids: ['AAAB'], households: [100, 100, 100, 0], gridsOf: grids })).toEqual([]);
    expect(codes({ grids: ['AAAB'], households: [100, 100, 100, 7], gridsOf: grids })).toEqual([
      'dedicatedGridHasHouseholds',
    ]);
  });
});

describe('one piece (R1)', () => {
  test('cells that share a border are one piece', () => {
    expect(
      codes({
        grids: [
          'AAB', //
          'BBB',
        ],
        households: [150, 150, 100, 100, 100, 100],
      }),
    ).toEqual([]);
  });

  test('cells that meet in a corner only are not', () => {
    const issues = check({
      grids: [
        'AAB', //
        'BBA',
      ],
      households: [100, 100, 100, 100, 100, 100],
    });
    expect(issues).toMatchObject([
      { code: 'gridDetached', severity: 'error', gridIds: ['A'], cellIds: [5], values: { pieces: 2 } },
      { code: 'gridDetached', severity: 'error', gridIds: ['B'], cellIds: [2] },
    ]);
  });

  test('a declared detached part is on record only, with its reason', () => {
    const issues = check({
      grids: ['ABBBA'],
      households: [200, 100, 100, 100, 200],
      gridsOf: { A: { detachedReason: '铁路' } },
    });
    expect(issues).toMatchObject([{ code: 'gridDetachedDeclared', severity: 'notice', values: { reason: '铁路' } }]);
  });

  test('the piece with the most households is the grid, the other one is detached', () => {
    const [piece] = tallyGrids(drawnPlan({ grids: ['ABAA'], households: [500, 300, 1, 1] })).values();
    expect(piece!.pieces).toEqual([[0], [2, 3]]);
  });
});

describe('no gap (R1)', () => {
  test('households in no grid are an error that names their buildings', () => {
    expect(check({ grids: ['AAA.'] })).toMatchObject([
      { code: 'buildingsUnassigned', severity: 'error', buildingIds: ['b3'], values: { householdCount: 100 } },
    ]);
  });

  test('a building without households in no grid is a warning', () => {
    expect(check({ grids: ['AAA.'], households: [100, 100, 100, 0] })).toMatchObject([
      { code: 'buildingsUnassigned', severity: 'warning' },
    ]);
  });

  test('ground without buildings in no grid is a warning with its area', () => {
    const plan = drawnPlan({ grids: ['AAA.'], households: [100, 100, 100, 0] });
    const cells = plan.fabric.cells.map((cell): Cell => (cell.id === 3 ? { ...cell, buildings: [] } : cell));
    expect(checkPlan({ ...plan, fabric: { ...plan.fabric, cells } }, jilin)).toMatchObject([
      { code: 'groundUnassigned', severity: 'warning', values: { areaM2: 100 } },
    ]);
  });
});

describe('a building is whole, or divided by entrance (R1)', () => {
  /** Makes cells 0 and 1 two parts of one building. */
  const divided = (unit: (part: number) => string | null) => {
    const plan = drawnPlan({ grids: ['ABABAB'], gridsOf: { A: { detachedReason: '-' }, B: { detachedReason: '-' } } });
    const cells = plan.fabric.cells.map((cell): Cell => {
      if (cell.id > 1) return cell;
      const unitId = unit(cell.id) as BuildingUnitId | null;
      return { ...cell, buildings: [{ ...cell.buildings[0]!, buildingId: 'tower' as never, unitId }] };
    });
    return checkPlan({ ...plan, fabric: { ...plan.fabric, cells } }, jilin).filter(
      (i) => i.code !== 'gridDetachedDeclared',
    );
  };

  test('by entrance it is on record', () => {
    expect(divided((part) => `unit ${part}`)).toMatchObject([
      { code: 'buildingDividedByEntrance', severity: 'notice', buildingIds: ['tower'], gridIds: ['A', 'B'] },
    ]);
  });

  test('otherwise it is an error', () => {
    expect(divided(() => null)).toMatchObject([{ code: 'buildingDivided', severity: 'error', buildingIds: ['tower'] }]);
  });

  test('one with 501 households can be in no grid, and is named; one with 500 can', () => {
    expect(codes({ grids: ['A'], households: [500] })).toEqual([]);
    expect(check({ grids: ['A'], households: [501] })).toContainEqual(
      expect.objectContaining({ code: 'buildingOverLimit', severity: 'error', buildingIds: ['b0'] }),
    );
  });
});

describe('compounds and barriers (R1: as far as possible)', () => {
  test('a compound of 400 in two grids is divided without need', () => {
    expect(check({ grids: ['AAABBB'], compounds: ['.XXXX.'] })).toMatchObject([
      { code: 'compoundDivided', severity: 'warning', gridIds: ['A', 'B'], values: { compound: 'X', unavoidable: 1 } },
    ]);
  });

  test('a compound of 600 in two grids is divided because it must be', () => {
    expect(check({ grids: ['AAABBB'], compounds: ['XXXXXX'] })).toMatchObject([
      { code: 'compoundDivided', severity: 'notice' },
    ]);
  });

  test('a grid that reaches over a river is told, with the length inside it', () => {
    const issues = check({
      grids: [
        'AAA', //
        'BBA',
        'BBB',
      ],
      blocks: ['000', '111', '111'],
      barrier: 'river',
      households: Array(9).fill(80),
    });
    expect(issues).toMatchObject([
      { code: 'barrierCrossed', severity: 'warning', gridIds: ['A'], values: { barrier: 'river', lengthM: 10 } },
    ]);
  });

  test('a border that runs along the river crosses nothing', () => {
    expect(codes({ grids: ['AAA', 'BBB'], blocks: ['000', '111'], barrier: 'river' })).toEqual([]);
  });
});

describe('counts', () => {
  test('missing ones are a warning, estimated ones a notice, each with how many', () => {
    expect(check({ grids: ['AAA'], sources: { 0: 'missing', 2: 'estimated' } })).toMatchObject([
      { code: 'householdCountMissing', severity: 'warning', buildingIds: ['b0'] },
      { code: 'householdCountEstimated', severity: 'notice', buildingIds: ['b2'] },
    ]);
  });

  test('the estimated part of a grid is counted apart', () => {
    const [tally] = tallyGrids(
      drawnPlan({ grids: ['AAA'], households: [100, 120, 80], sources: { 1: 'estimated' } }),
    ).values();
    expect(tally).toMatchObject({ householdCount: 300, estimatedHouseholdCount: 120, buildingCount: 3, areaM2: 300 });
  });
});

describe('how many grids are possible (R1)', () => {
  test.each([
    [0, null],
    [299, null],
    [300, { fewest: 1, most: 1 }],
    [500, { fewest: 1, most: 1 }],
    [501, null],
    [599, null],
    [600, { fewest: 2, most: 2 }],
    [1000, { fewest: 2, most: 3 }],
    [3996, { fewest: 8, most: 13 }],
  ])('%i households', (householdCount, expected) => {
    expect(possibleGridCounts(householdCount, jilin)).toEqual(expected);
  });

  test('a community of 550 is told why no plan can comply, and the totals on either side that could', () => {
    expect(check({ grids: ['AAAAAA'], households: [100, 100, 100, 100, 100, 50] })).toContainEqual(
      expect.objectContaining({
        code: 'communityTotalInGap',
        values: expect.objectContaining({ nearestBelow: 500, nearestAbove: 600 }),
      }),
    );
  });

  test('a community of 240 has too few', () => {
    expect(codes({ grids: ['AAA'], households: [80, 80, 80] })).toEqual(['communityBelowLeast', 'gridUnderLimit']);
  });
});

describe('the three states of a plan', () => {
  const stateOf = (drawing: Drawing) => complianceOf(drawnPlan(drawing), jilin).state;
  test('compliant', () => expect(stateOf({ grids: ['AAABBB'] })).toBe('compliant'));
  test('not compliant while a hard rule is broken', () => expect(stateOf({ grids: ['AAAABB'] })).toBe('notCompliant'));
  test('incomplete while households are in no grid', () => expect(stateOf({ grids: ['AAA.BB'] })).toBe('incomplete'));
  test('no plan before the first grid', () => expect(stateOf({ grids: ['...'] })).toBe('noPlan'));
  test('warnings do not break compliance', () => {
    expect(stateOf({ grids: ['AAABBB'], compounds: ['.XXXX.'] })).toBe('compliant');
  });

  test('over, under and unassigned are counted', () => {
    const plan = drawnPlan({ grids: ['AAAAAABB.'] });
    expect(complianceOf(plan, jilin)).toMatchObject({ gridCount: 2, over: 1, under: 1, unassignedHouseholdCount: 100 });
    expect(tallyGrids(plan).get('A' as GridId)!.householdCount).toBe(600);
  });
});
