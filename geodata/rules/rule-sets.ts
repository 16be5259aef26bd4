import type { RuleSet } from '../model/index.ts';
import jilin202023 from './jilin-2020-23.json' with { type: 'json' };
import { parseRuleSet } from './parse-rule-set.ts';

/** The rule set a plan stands on unless somebody chose another. */
export const DEFAULT_RULE_SET_ID = 'jilin-2020-23';

/** The rule sets that come with the product. A new province is one more JSON file and one more line here. */
export const ruleSets: readonly RuleSet[] = [jilin202023].map(bundled);

export function findRuleSet(id: string): RuleSet | undefined {
  return ruleSets.find((ruleSet) => ruleSet.id === id);
}

function bundled(json: unknown): RuleSet {
  const parsed = parseRuleSet(json);
  if (!parsed.ok) throw new Error(`bundled rule set is invalid: ${JSON.stringify(parsed.failure)}`);
  return parsed.value;
}
