import type { Geometry } from 'geojson';
import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { StoredGeometry } from './tables.ts';

// The only SQL geometry functions in use: those that answer alike in PostGIS 3.3 (Debian), later ones and the embedded engine.
// Everything is EPSG:4490 in longitude, latitude. Everything harder is the core's work, not the database's.

/** [west, south, east, north] in degrees. */
export type Box = readonly [number, number, number, number];

/** A value to write. Polygons become multi-polygons by `asMulti`, for columns of that type. */
export function fromGeoJson(geometry: Geometry): RawBuilder<StoredGeometry> {
  return sql<StoredGeometry>`ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(checked(geometry))}::text), 4490)`;
}

/** A polygon or multi-polygon to write into a column of multi-polygons; null stays null. */
export function multiFromGeoJson(geometry: Geometry): RawBuilder<StoredGeometry>;
export function multiFromGeoJson(geometry: Geometry | null): RawBuilder<StoredGeometry> | null;
export function multiFromGeoJson(geometry: Geometry | null): RawBuilder<StoredGeometry> | null {
  return geometry && sql<StoredGeometry>`ST_Multi(${fromGeoJson(geometry)})`;
}

/** A column as GeoJSON, 9 decimals (0.1 mm), no bounding box, no CRS member. */
export function asGeoJson<Shape extends Geometry = Geometry>(column: Expression<StoredGeometry>): RawBuilder<Shape>;
export function asGeoJson<Shape extends Geometry = Geometry>(
  column: Expression<StoredGeometry | null>,
): RawBuilder<Shape | null>;
export function asGeoJson(column: Expression<StoredGeometry | null>): RawBuilder<Geometry | null> {
  return sql<Geometry | null>`ST_AsGeoJSON(${column}, 9, 0)::json`;
}

/** Rows whose bounding box meets the box: uses the spatial index. */
export function meetsBox(column: Expression<StoredGeometry | null>, box: Box): RawBuilder<SqlBool> {
  const [west, south, east, north] = box;
  return sql<SqlBool>`${column} && ST_MakeEnvelope(${west}::float8, ${south}::float8, ${east}::float8, ${north}::float8, 4490)`;
}

/** Rows that truly meet the geometry of another column or value. */
export function intersects(
  column: Expression<StoredGeometry | null>,
  other: Expression<StoredGeometry | null>,
): RawBuilder<SqlBool> {
  return sql<SqlBool>`ST_Intersects(${column}, ${other})`;
}

/** Square metres on the ellipsoid. */
export function areaM2(column: Expression<StoredGeometry | null>): RawBuilder<number> {
  return sql<number>`ST_Area(${column}::geography)`;
}

/** The four sides of a column's bounding box, for the caller to put together. */
export function boxOf(column: Expression<StoredGeometry | null>): RawBuilder<Box | null> {
  return sql<Box | null>`case when ${column} is null then null else
    json_build_array(ST_XMin(${column}), ST_YMin(${column}), ST_XMax(${column}), ST_YMax(${column})) end`;
}

/**
 * Only what PostGIS needs (it refuses a `crs` member it doesn't know), and only numbers and rings that close: PostGIS takes a
 * polygon of two corners without a word and fails when it is used. Whether rings cross is for the core to have seen to.
 * @throws when it is a geometry nobody should have sent here.
 */
function checked(geometry: Geometry): object {
  if (geometry.type === 'GeometryCollection') throw new Error(`a GeometryCollection can't be stored`);
  const { type, coordinates } = geometry;
  const rings = type === 'Polygon' ? coordinates : type === 'MultiPolygon' ? coordinates.flat() : [];
  const ringsClose = rings.every((ring) => ring.length >= 4 && String(ring[0]) === String(ring.at(-1)));
  if (!ringsClose || !isNumbers(coordinates)) {
    throw new Error(`not a geometry to store: ${JSON.stringify(geometry).slice(0, 300)}`);
  }
  return { type, coordinates };
}

function isNumbers(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 && value.every(isNumbers) : Number.isFinite(value);
}
