import { Type } from 'typebox';
import { CommunityCodeSchema, IdSchema, NameSchema, OrNull } from './common.ts';

const CellIdSchema = Type.Integer({ minimum: 0 });
const ArcIdSchema = Type.Integer({ minimum: 0 });
const Count = Type.Integer({ minimum: 0, maximum: 10_000_000 });

export const PlanHeaderSchema = Type.Object({
  id: IdSchema,
  communityCode: CommunityCodeSchema,
  name: NameSchema,
  status: Type.Union([
    Type.Literal('draft'),
    Type.Literal('submitted'),
    Type.Literal('authorized'),
    Type.Literal('filed'),
  ]),
  ruleSetId: Type.String(),
  version: Type.Integer({ minimum: 0 }),
});

export const GridSchema = Type.Object(
  {
    id: IdSchema,
    code: Type.String({ maxLength: 40 }),
    name: Type.String({ maxLength: 120 }),
    kind: Type.Union([Type.Literal('general'), Type.Literal('department'), Type.Literal('dedicated')]),
    locked: Type.Boolean(),
    detachedReason: OrNull(Type.String({ maxLength: 500 })),
    workerIds: Type.Array(Type.String({ minLength: 1, maxLength: 80 }), { maxItems: 200 }),
  },
  { additionalProperties: false },
);

const ArcSchema = Type.Object(
  {
    id: ArcIdSchema,
    points: Type.Array(Type.Integer(), { minItems: 4, maxItems: 200_000 }),
    left: OrNull(CellIdSchema),
    right: OrNull(CellIdSchema),
    class: Type.String({ maxLength: 20 }),
  },
  { additionalProperties: false },
);

const CellSchema = Type.Object(
  {
    id: CellIdSchema,
    buildings: Type.Array(
      Type.Object(
        {
          buildingId: Type.String({ maxLength: 120 }),
          unitId: OrNull(Type.String({ maxLength: 160 })),
          householdCount: Count,
          countSource: Type.Union([Type.Literal('counted'), Type.Literal('estimated'), Type.Literal('missing')]),
        },
        { additionalProperties: false },
      ),
    ),
    householdCount: Count,
    areaM2: Type.Number({ minimum: 0 }),
    compoundId: OrNull(Type.String({ maxLength: 120 })),
    roadBlock: Type.Integer(),
  },
  { additionalProperties: false },
);

const PieceSchema = Type.Object({
  arcs: Type.Array(ArcSchema, { maxItems: 20_000 }),
  cells: Type.Array(CellSchema, { maxItems: 20_000 }),
});

export const ChangeSchema = Type.Object(
  {
    id: IdSchema,
    verb: Type.Union([
      Type.Literal('assignCells'),
      Type.Literal('joinGrids'),
      Type.Literal('splitGrid'),
      Type.Literal('drawGrid'),
      Type.Literal('deleteGrid'),
      Type.Literal('redrawBorder'),
      Type.Literal('editGrid'),
      Type.Literal('lockGrid'),
      Type.Literal('renumberGrids'),
      Type.Literal('adoptPartition'),
    ]),
    fabric: OrNull(Type.Object({ removed: PieceSchema, added: PieceSchema })),
    grids: Type.Array(Type.Object({ id: IdSchema, before: OrNull(GridSchema), after: OrNull(GridSchema) }), {
      maxItems: 2000,
    }),
    cells: Type.Array(Type.Object({ id: CellIdSchema, before: OrNull(IdSchema), after: OrNull(IdSchema) }), {
      maxItems: 100_000,
    }),
  },
  { additionalProperties: false },
);

export const ChangeRequestSchema = Type.Object(
  { baseVersion: Type.Integer({ minimum: 0 }), change: ChangeSchema },
  { additionalProperties: false },
);
export const ChangeAcceptedSchema = Type.Object({ version: Type.Integer() });
export const StaleChangeSchema = Type.Object({
  version: Type.Integer(),
  changes: Type.Array(Type.Object({ version: Type.Integer(), change: ChangeSchema })),
});

export const NewPlanSchema = Type.Object(
  { communityCode: CommunityCodeSchema, name: NameSchema, branchOf: OrNull(IdSchema) },
  { additionalProperties: false },
);

export const PlanDetailSchema = Type.Object({
  plan: PlanHeaderSchema,
  fabric: Type.Unknown({ description: 'Cells and shared arcs, compact' }),
  grids: Type.Array(GridSchema),
  assignment: Type.Array(Type.Array(Type.Unknown(), { minItems: 2, maxItems: 2 }), { description: '[cell, grid]' }),
  issuedCodes: Type.Array(Type.String(), { description: 'Codes that no new grid may be given' }),
});

export const LineageRowSchema = Type.Object({
  oldCode: Type.String(),
  newCode: Type.String(),
  householdCount: Type.Number(),
  areaM2: Type.Number(),
});

export const CrosswalkRowSchema = Type.Object({
  departmentId: Type.String(),
  departmentName: Type.String(),
  departmentGridCode: Type.String(),
  departmentGridName: Type.String(),
  gridCode: OrNull(Type.String()),
  gridName: OrNull(Type.String()),
  householdCount: Type.Number(),
  areaM2: Type.Number(),
  shareOfDepartmentGrid: Type.Number(),
  shareOfGrid: Type.Number(),
});
