import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { fail, type InputIssue, type Result, type RuleSet, succeed } from '../model/index.ts';

const Count = Type.Integer({ minimum: 1 });
const Clause = Type.String({ minLength: 1 });
const Category = Type.Union([
  Type.Literal('communityWorker'),
  Type.Literal('committee'),
  Type.Literal('publicWelfare'),
  Type.Literal('other'),
]);

const RuleSetSchema = Type.Object(
  {
    id: Type.String({ pattern: '^[a-z0-9-]+$' }),
    title: Type.String({ minLength: 1 }),
    documentNumber: Type.String({ minLength: 1 }),
    issuedBy: Type.String({ minLength: 1 }),
    effectiveDate: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }),
    householdBasis: Type.Union([Type.Literal('registered'), Type.Literal('resident')]),
    gridRange: Type.Object({ clause: Clause, least: Count, most: Count, target: Count }),
    gridWorkers: Type.Object({ clause: Clause, perGrid: Count, gridsPerWorker: Count }),
    posts: Type.Object({
      clause: Clause,
      baseHouseholds: Type.Integer({ minimum: 0 }),
      baseLeast: Type.Integer({ minimum: 0 }),
      baseMost: Type.Integer({ minimum: 0 }),
      householdsPerPostLeast: Count,
      householdsPerPostMost: Count,
      rounding: Type.Union([Type.Literal('floor'), Type.Literal('ceil'), Type.Literal('round')]),
    }),
    postCategories: Type.Object({ clause: Clause, categories: Type.Array(Category, { minItems: 1 }) }),
    gridCode: Type.Object({ sequenceDigits: Type.Integer({ minimum: 2, maximum: 4 }) }),
  },
  { additionalProperties: false },
);

/**
 * Reads a rule set from parsed JSON. Fails with `ruleSetInvalid`, one issue a field (`field` is its JSON pointer), when a field is
 * missing, unknown, of the wrong type, or when the numbers contradict each other (least ≤ target ≤ most).
 */
export function parseRuleSet(json: unknown): Result<RuleSet, readonly InputIssue[]> {
  if (!Value.Check(RuleSetSchema, json)) {
    return fail(Value.Errors(RuleSetSchema, json).map((error) => invalid(error.instancePath || '/', error.message)));
  }
  const ruleSet: Static<typeof RuleSetSchema> = json;
  const { gridRange, posts } = ruleSet;
  const contradictions = [
    gridRange.least > gridRange.target && '/gridRange/least',
    gridRange.target > gridRange.most && '/gridRange/target',
    posts.baseLeast > posts.baseMost && '/posts/baseLeast',
    posts.householdsPerPostMost > posts.householdsPerPostLeast && '/posts/householdsPerPostMost',
  ].filter((field) => field !== false);
  return contradictions.length > 0
    ? fail(contradictions.map((field) => invalid(field, 'contradiction')))
    : succeed(ruleSet);
}

function invalid(field: string, problem: string): InputIssue {
  return { code: 'ruleSetInvalid', severity: 'error', field, values: { problem } };
}
