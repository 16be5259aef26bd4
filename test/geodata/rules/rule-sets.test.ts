import { describe, expect, test } from 'vitest';
import { DEFAULT_RULE_SET_ID, findRuleSet, parseRuleSet, ruleSets } from '../../../geodata/rules/index.ts';

const jilin = () => ({ ...structuredClone(findRuleSet('jilin-2020-23')!) }) as unknown as Record<string, unknown>;

describe('rule sets', () => {
  test('the default is 吉民发〔2020〕23号 with its clauses', () => {
    const ruleSet = findRuleSet(DEFAULT_RULE_SET_ID)!;
    expect(ruleSet.documentNumber).toBe('吉民发〔2020〕23号');
    expect(ruleSet.gridRange).toEqual({ clause: '二·六', least: 300, most: 500, target: 400 });
    expect(ruleSets.map((one) => one.id)).toContain('jilin-2020-23');
  });

  test('an unknown id finds nothing', () => expect(findRuleSet('zhejiang')).toBeUndefined());

  test('what is parsed comes back as it was', () => {
    const parsed = parseRuleSet(jilin());
    expect(parsed).toEqual({ ok: true, value: jilin() });
  });

  test('a missing field is named', () => {
    const { gridRange: _, ...rest } = jilin();
    const parsed = parseRuleSet(rest);
    expect(parsed.ok).toBe(false);
    expect(!parsed.ok && parsed.failure[0]).toMatchObject({ code: 'ruleSetInvalid', severity: 'error' });
  });

  test.each([
    ['a least over the target', { gridRange: { clause: '1', least: 450, most: 500, target: 400 } }, '/gridRange/least'],
    ['a target over the most', { gridRange: { clause: '1', least: 300, most: 350, target: 400 } }, '/gridRange/target'],
    [
      'a base range upside down',
      { posts: { ...findRuleSet('jilin-2020-23')!.posts, baseLeast: 16 } },
      '/posts/baseLeast',
    ],
    [
      'a most that grows more slowly than the least',
      { posts: { ...findRuleSet('jilin-2020-23')!.posts, householdsPerPostMost: 600 } },
      '/posts/householdsPerPostMost',
    ],
  ])('%s contradicts itself', (_, change, field) => {
    const parsed = parseRuleSet({ ...jilin(), ...change });
    expect(!parsed.ok && parsed.failure).toEqual([
      { code: 'ruleSetInvalid', severity: 'error', field, values: { problem: 'contradiction' } },
    ]);
  });

  test('a field nobody knows is refused, so that a typing error is not silently ignored', () => {
    expect(parseRuleSet({ ...jilin(), gridrange: {} }).ok).toBe(false);
  });
});
