import { describe, expect, test } from 'vitest';
import type { RuleSet } from '../../../geodata/model/index.ts';
import { findRuleSet } from '../../../geodata/rules/index.ts';
import { postRange } from '../../../geodata/staff/index.ts';

const jilin = findRuleSet('jilin-2020-23')!;
const rounded = (rounding: RuleSet['posts']['rounding']) => ({ posts: { ...jilin.posts, rounding } });

describe('posts of a community (R5, 二·二), computed by hand', () => {
  // H ≤ 3000: 10 to 15; above, one post more for every 500 (least) and every 300 (most) households, rounded down.
  test.each([
    [0, 10, 15],
    [299, 10, 15],
    [300, 10, 15],
    [3000, 10, 15],
    [3001, 10, 15],
    [3299, 10, 15],
    [3300, 10, 16],
    [3499, 10, 16],
    [3500, 11, 16],
    [3600, 11, 17],
    [3996, 11, 18],
    [10000, 24, 38],
  ])('%i households: %i to %i posts', (householdCount, least, most) => {
    expect(postRange(householdCount, jilin)).toMatchObject({ least, most });
  });

  test.each([
    [3001, 11, 16],
    [3300, 11, 16],
    [3301, 11, 17],
    [3500, 11, 17],
    [3501, 12, 17],
  ])('rounded up, %i households: %i to %i posts', (householdCount, least, most) => {
    expect(postRange(householdCount, rounded('ceil'))).toMatchObject({ least, most });
  });

  test.each([
    [3149, 10, 15],
    [3150, 10, 16],
    [3249, 10, 16],
    [3250, 11, 16],
  ])('rounded to the nearest, %i households: %i to %i posts', (householdCount, least, most) => {
    expect(postRange(householdCount, rounded('round'))).toMatchObject({ least, most });
  });

  test('the range carries its arithmetic and its clause', () => {
    expect(postRange(3996, jilin)).toEqual({
      householdCount: 3996,
      least: 11,
      most: 18,
      clause: '二·二',
      householdsAboveBase: 996,
      addedLeast: 1,
      addedMost: 3,
    });
  });

  test.each([-1, 1.5, Number.NaN])('%d is no household count', (count) => {
    expect(() => postRange(count, jilin)).toThrow(String(count));
  });
});
