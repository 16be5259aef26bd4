export { parseRuleSet } from './parse-rule-set.ts';
export { DEFAULT_RULE_SET_ID, findRuleSet, ruleSets } from './rule-sets.ts';
