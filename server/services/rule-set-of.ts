import type { RuleSet } from '../../geodata/model/index.ts';
import { findRuleSet } from '../../geodata/rules/index.ts';

/** A plan that names a rule set which this server doesn't have can't be judged: that is a fault of the installation. */
export function ruleSetOf(id: string): RuleSet {
  const ruleSet = findRuleSet(id);
  if (ruleSet === undefined) throw new Error(`no rule set ${JSON.stringify(id)}`);
  return ruleSet;
}
