import { Type } from 'typebox';
import { IssueSchema, OrNull } from './common.ts';

export const ImportTargetSchema = Type.Union([
  Type.Literal('communities'),
  Type.Literal('buildings'),
  Type.Literal('compounds'),
  Type.Literal('barriers'),
  Type.Literal('grids'),
  Type.Literal('departmentGrids'),
  Type.Literal('households'),
  Type.Literal('roster'),
]);

export const ImportReadingSchema = Type.Object(
  {
    layers: Type.Array(
      Type.Object(
        {
          file: Type.String({ maxLength: 300 }),
          layer: Type.String({ maxLength: 300 }),
          target: ImportTargetSchema,
          mapping: Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 200 })),
          encoding: OrNull(Type.String({ maxLength: 20 })),
          crs: OrNull(Type.String({ maxLength: 40 })),
          datum: Type.Union([Type.Literal('none'), Type.Literal('gcj02'), Type.Literal('bd09')]),
          departmentName: OrNull(Type.String({ minLength: 1, maxLength: 60 })),
          estimateM2PerHousehold: OrNull(Type.Number({ minimum: 10, maximum: 1000 })),
        },
        { additionalProperties: false },
      ),
      { minItems: 1, maxItems: 50 },
    ),
  },
  { additionalProperties: false },
);

export const ImportLayerSchema = Type.Object({
  file: Type.String(),
  layer: Type.String(),
  format: Type.String(),
  geometryType: OrNull(Type.String()),
  featureCount: Type.Integer(),
  encoding: OrNull(Type.String()),
  encodingSource: OrNull(Type.String()),
  crs: OrNull(Type.String()),
  crsCandidates: Type.Array(Type.String()),
  fields: Type.Array(Type.Object({ name: Type.String(), samples: Type.Array(Type.String()) })),
  suggestedTarget: OrNull(ImportTargetSchema),
  suggestedMapping: Type.Record(Type.String(), Type.String()),
});

export const ImportSessionSchema = Type.Object({
  id: Type.String(),
  layers: Type.Array(ImportLayerSchema),
  issues: Type.Array(IssueSchema),
});

export const ImportPreviewSchema = Type.Object({
  layers: Type.Array(
    Type.Object({
      file: Type.String(),
      layer: Type.String(),
      target: ImportTargetSchema,
      accepted: Type.Integer(),
      repaired: Type.Integer(),
      rejected: Type.Integer(),
      issues: Type.Array(IssueSchema),
      features: Type.Object({ type: Type.Literal('FeatureCollection'), features: Type.Array(Type.Unknown()) }),
    }),
  ),
});

export const ImportCommittedSchema = Type.Object({
  importId: Type.String(),
  preview: ImportPreviewSchema,
  jobId: OrNull(Type.String()),
});

export const ImportRecordSchema = Type.Object({
  id: Type.String(),
  importedAt: Type.String({ format: 'date-time' }),
  importedBy: Type.String(),
  layers: Type.Array(
    Type.Object({
      file: Type.String(),
      layer: Type.String(),
      target: ImportTargetSchema,
      accepted: Type.Integer(),
      repaired: Type.Integer(),
      rejected: Type.Integer(),
    }),
  ),
  issues: Type.Array(IssueSchema),
  files: Type.Array(Type.Object({ name: Type.String(), byteCount: Type.Integer() })),
});
