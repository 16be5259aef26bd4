import { Type } from 'typebox';
import { CommunityCodeSchema, GeometrySchema, IssueSchema, OrNull } from './common.ts';
import { PlanHeaderSchema } from './plan.ts';

const Count = Type.Integer({ minimum: 0 });

export const PostRangeSchema = Type.Object({
  householdCount: Count,
  least: Count,
  most: Count,
  clause: Type.String(),
  householdsAboveBase: Count,
  addedLeast: Count,
  addedMost: Count,
});

export const ComplianceSchema = Type.Object({
  state: Type.Union([
    Type.Literal('noPlan'),
    Type.Literal('incomplete'),
    Type.Literal('notCompliant'),
    Type.Literal('compliant'),
  ]),
  gridCount: Count,
  over: Count,
  under: Count,
  unassignedHouseholdCount: Count,
  issues: Type.Array(IssueSchema),
});

export const CommunitySummarySchema = Type.Object({
  code: CommunityCodeSchema,
  name: Type.String(),
  streetName: OrNull(Type.String()),
  area: GeometrySchema,
  householdCount: Count,
  estimatedHouseholdCount: Count,
  buildingCount: Count,
  plan: OrNull(PlanHeaderSchema),
  compliance: ComplianceSchema,
  posts: PostRangeSchema,
  filledPosts: Count,
  gridsWithoutWorker: Count,
});

export const CommunityDetailSchema = Type.Object(
  {
    community: Type.Object({ code: CommunityCodeSchema, name: Type.String(), area: GeometrySchema }),
    buildings: Type.Array(Type.Object({ id: Type.String(), householdCount: Count, footprint: GeometrySchema })),
    compounds: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
    barriers: Type.Array(Type.Object({ id: Type.String(), class: Type.String(), shape: GeometrySchema })),
    ruleSet: Type.Object({ id: Type.String(), title: Type.String() }),
    workers: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), category: Type.String() })),
    plans: Type.Array(PlanHeaderSchema),
    departments: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), grids: Type.Array(Type.Unknown()) })),
    neighbours: Type.Array(Type.Object({ code: CommunityCodeSchema, name: Type.String(), area: GeometrySchema })),
  },
  { additionalProperties: true },
);
