import { readFile } from 'node:fs/promises';
import type { InputIssue, Result, RuleSet } from '../../geodata/model/index.ts';
import { fail, succeed } from '../../geodata/model/index.ts';
import { DEFAULT_RULE_SET_ID, findRuleSet, parseRuleSet, ruleSets } from '../../geodata/rules/index.ts';

/** `--rules`: a rule set that comes with the product, by id, or a JSON file of one's own. */
export async function readRuleSet(nameOrFile: string | null): Promise<Result<RuleSet, readonly InputIssue[]>> {
  const known = findRuleSet(nameOrFile ?? DEFAULT_RULE_SET_ID);
  if (known !== undefined) return succeed(known);
  const file = nameOrFile!;
  const refuse = (code: string, values?: InputIssue['values']) =>
    fail([{ code, severity: 'error' as const, file, field: '--rules', ...(values ? { values } : {}) }]);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return refuse('ruleSetUnknown', { known: ruleSets.map(({ id }) => id) });
  }
  try {
    const parsed = parseRuleSet(JSON.parse(text.replace(/^\uFEFF/, '')));
    return parsed.ok ? parsed : fail(parsed.failure.map((issue) => ({ ...issue, file })));
  } catch (error) {
    return refuse('jsonUnreadable', { message: String((error as Error).message) });
  }
}
