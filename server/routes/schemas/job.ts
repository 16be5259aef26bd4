import { Type } from 'typebox';
import { CommunityCodeSchema, IdSchema, IssueSchema, OrNull } from './common.ts';

const Communities = Type.Union([Type.Array(CommunityCodeSchema, { minItems: 1, maxItems: 5000 }), Type.Literal('all')]);
const Seed = Type.Integer({ minimum: 0, maximum: 4_294_967_295 });

export const JobRequestSchema = Type.Union([
  Type.Object(
    {
      kind: Type.Literal('partition'),
      communities: Communities,
      mode: Type.Union([Type.Literal('fresh'), Type.Literal('adjust')]),
      prefer: Type.Union([Type.Literal('balanced'), Type.Literal('fewest')]),
      seed: Seed,
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      kind: Type.Literal('merge'),
      communities: Communities,
      departments: Type.Array(Type.Object({ id: IdSchema, weight: Type.Number({ minimum: 0, maximum: 1000 }) }), {
        maxItems: 100,
      }),
      seed: Seed,
    },
    { additionalProperties: false },
  ),
]);

export const JobStateSchema = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  state: Type.Union([
    Type.Literal('waiting'),
    Type.Literal('running'),
    Type.Literal('done'),
    Type.Literal('failed'),
    Type.Literal('cancelled'),
  ]),
  done: Type.Integer(),
  total: Type.Integer(),
  results: Type.Array(
    Type.Object({
      communityCode: CommunityCodeSchema,
      planId: OrNull(Type.String()),
      feasible: Type.Boolean(),
      issues: Type.Array(IssueSchema),
      ms: Type.Number(),
    }),
  ),
});
