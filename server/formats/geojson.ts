import type { Geometry } from 'geojson';
import { findCrs } from '../../geodata/geometry/crs.ts';
import type { InputFeature } from '../../geodata/import/input.ts';
import type { InputIssue } from '../../geodata/model/index.ts';
import { fieldNamesOf, layerOf, type NamedBytes, type VectorLayer } from './layer.ts';
import { decodeText, detectEncoding, encodingByName } from './text-encoding.ts';

/** How deep a type's coordinates nest: 0 for one position. */
const DEPTH: Readonly<Record<string, number>> = {
  Point: 0,
  MultiPoint: 1,
  LineString: 1,
  MultiLineString: 2,
  Polygon: 2,
  MultiPolygon: 3,
};

function isNested(value: unknown, depth: number): boolean {
  if (!Array.isArray(value)) return false;
  if (depth === 0) return value.length >= 2 && typeof value[0] === 'number' && typeof value[1] === 'number';
  return value.every((inner) => isNested(inner, depth - 1));
}

function isGeometry(value: unknown): value is Geometry {
  const shape = value as { type?: unknown; coordinates?: unknown; geometries?: unknown } | null;
  if (typeof shape !== 'object' || shape === null) return false;
  if (shape.type === 'GeometryCollection') return Array.isArray(shape.geometries) && shape.geometries.every(isGeometry);
  const depth = DEPTH[String(shape.type)];
  return depth !== undefined && isNested(shape.coordinates, depth);
}

/** RFC 7946 has no other CRS than WGS 84; GDAL and older writers name one in `crs` all the same, in lon/lat order. */
function crsOf(root: { crs?: unknown }): string | null {
  const name = (root.crs as { properties?: { name?: unknown } } | null | undefined)?.properties?.name;
  if (name === undefined) return 'EPSG:4326';
  const text = String(name);
  if (/CRS84$/i.test(text)) return 'EPSG:4326';
  const epsg = /EPSG:{1,2}(?:[\d.]*:)?(\d+)$/i.exec(text);
  return epsg ? (findCrs(`EPSG:${epsg[1]}`)?.code ?? `EPSG:${epsg[1]}`) : null;
}

const decode = (bytes: Uint8Array, override: string | null): { text: string; encoding: string; detected: boolean } => {
  if (override !== null)
    return { text: decodeText(bytes, encodingByName(override) ?? 'UTF-8'), encoding: override, detected: false };
  const { encoding } = bytes[0] === 0xff && bytes[1] === 0xfe ? { encoding: 'utf-16le' } : detectEncoding([bytes]);
  return { text: decodeText(bytes, encoding), encoding, detected: encoding !== 'UTF-8' };
};

/** GeoJSON in any of its three forms (collection, feature, bare geometry), parsed by JSON.parse; a fault is an issue with its place. */
export function openGeoJson(
  { name: file, bytes }: NamedBytes,
  override: string | null,
): { readonly layer: VectorLayer | null; readonly issues: readonly InputIssue[] } {
  const refuse = (code: string, values: Record<string, string | number> = {}) => ({
    layer: null,
    issues: [{ code, severity: 'error' as const, file, values }],
  });
  const { text, encoding, detected } = decode(bytes, override);
  let root: Record<string, unknown>;
  try {
    root = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return refuse('jsonUnreadable', { message: error instanceof Error ? error.message.slice(0, 200) : '' });
  }
  const members: unknown =
    root?.type === 'FeatureCollection'
      ? root.features
      : root?.type === 'Feature'
        ? [root]
        : isGeometry(root)
          ? [{ geometry: root }]
          : null;
  if (!Array.isArray(members)) return refuse('notGeoJson');
  const issues: InputIssue[] = [];
  const features = members.map((member: unknown, index): InputFeature => {
    const { geometry = null, properties = null, id } = (member ?? {}) as Record<string, unknown>;
    const sound = geometry === null || isGeometry(geometry);
    if (!sound) issues.push({ code: 'geometryUnreadable', severity: 'error', file, feature: index + 1 });
    const attributes =
      typeof properties === 'object' && properties !== null ? (properties as Record<string, unknown>) : {};
    return {
      type: 'Feature',
      number: index + 1,
      geometry: sound ? (geometry as Geometry | null) : null,
      // The member `id` is where GDAL puts a key column; as a property it can be mapped like any other.
      properties: id === undefined || 'id' in attributes ? attributes : { id, ...attributes },
    };
  });
  const layer = layerOf({
    file,
    layer: typeof root.name === 'string' ? root.name : file.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, ''),
    format: 'geojson',
    features,
    fieldNames: fieldNamesOf(features),
    encoding,
    encodingSource: detected ? 'detected' : null,
    crs: crsOf(root),
    issues,
  });
  return { layer, issues: [] };
}
