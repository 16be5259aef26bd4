import { type TSchema, Type } from 'typebox';

/**
 * An administrative code or the beginning of one: province 2, county 6, street 9, community 12 digits. Files have other codes too,
 * which are taken as they are.
 */
export const ScopeSchema = Type.String({ pattern: '^[^/%\\s]{0,40}$', description: 'Administrative code prefix' });
export const CommunityCodeSchema = Type.String({ pattern: '^[^/%\\s]{1,40}$' });
export const IdSchema = Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9._:-]+$' });
export const NameSchema = Type.String({ minLength: 1, maxLength: 120 });
export const ScopeQuery = Type.Object({ scope: Type.Optional(ScopeSchema) }, { additionalProperties: false });

/** GeoJSON is checked by the core where it is parsed; here only that it has the shape of a geometry. */
export const GeometrySchema = Type.Object(
  { type: Type.String(), coordinates: Type.Optional(Type.Array(Type.Any())) },
  { additionalProperties: true },
);

export const IssueSchema = Type.Object(
  {
    code: Type.String(),
    severity: Type.Union([Type.Literal('error'), Type.Literal('warning'), Type.Literal('notice')]),
  },
  { additionalProperties: true },
);

export const ErrorSchema = Type.Object(
  {
    code: Type.String(),
    values: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    issues: Type.Optional(Type.Array(IssueSchema)),
  },
  { description: 'Why it was refused' },
);

/** The refusals every route may answer with. */
export const refusals = { 400: ErrorSchema, 404: ErrorSchema, 422: ErrorSchema, 500: ErrorSchema, 503: ErrorSchema };

export const OrNull = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);

/** A schema whose TypeScript type is the one of wire.ts: the page and the routes are held to the same one. */
export const wire = <Value>(schema: TSchema) => Type.Unsafe<Value>(schema);
