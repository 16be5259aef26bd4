import type { Geometry, Position } from 'geojson';
import type { InputFeature } from '../../geodata/import/input.ts';
import type { InputIssue } from '../../geodata/model/index.ts';
import { fieldNamesOf, layerOf, type NamedBytes, type VectorLayer } from './layer.ts';
import { decodeText, detectEncoding, encodingByName } from './text-encoding.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const decodeEntities = (text: string): string =>
  text.replaceAll(/&(#x[0-9a-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name] ?? whole;
    const point = name[1]!.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });

const MOST_DEPTH = 200;

/** Elements, attributes and text; no DTDs and so no entities but the five and numbers. null when tags don't nest. */
function parseXml(text: string): Element | null {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open: Element[] = [root];
  const token =
    /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>|<\?[\s\S]*?\?>|<![^>]*>|<(\/?)([\w:.-]+)((?:"[^"]*"|'[^']*'|[^'">])*?)(\/?)>|([^<]+)/g;
  for (const [, cdata, closing, rawName, attributes, selfClosing, plain] of text.matchAll(token)) {
    const top = open.at(-1)!;
    if (cdata !== undefined) top.text += cdata;
    else if (plain !== undefined) top.text += decodeEntities(plain);
    else if (rawName !== undefined) {
      const name = rawName.replace(/^.*:/, '');
      if (closing) {
        if (open.length === 1 || top.name !== name) return null;
        open.pop();
        continue;
      }
      const found = [...(attributes ?? '').matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)];
      const element: Element = {
        name,
        attributes: Object.fromEntries(found.map(([, key, a, b]) => [key!, decodeEntities(a ?? b ?? '')])),
        children: [],
        text: '',
      };
      top.children.push(element);
      if (!selfClosing) open.push(element);
      if (open.length > MOST_DEPTH) return null;
    }
  }
  return open.length === 1 ? root : null;
}

const child = (element: Element, name: string): Element | undefined =>
  element.children.find((one) => one.name === name);

function* descendants(element: Element, name: string): Generator<Element> {
  for (const one of element.children) {
    if (one.name === name) yield one;
    else yield* descendants(one, name);
  }
}

const positions = (element: Element | undefined): Position[] =>
  (child(element ?? { name: '', attributes: {}, children: [], text: '' }, 'coordinates')?.text ?? '')
    .trim()
    .split(/\s+/)
    .filter((tuple) => tuple !== '')
    .map((tuple) => tuple.split(',').map(Number));

const sound = (at: readonly Position[], least: number): boolean =>
  at.length >= least && at.every((position) => position.length >= 2 && position.every(Number.isFinite));

/** undefined: broken coordinates; null: none of the shapes we read. */
function geometryOf(element: Element): Geometry | null | undefined {
  switch (element.name) {
    case 'Point': {
      const at = positions(element);
      return sound(at, 1) ? { type: 'Point', coordinates: at[0]! } : undefined;
    }
    case 'LineString':
    case 'LinearRing': {
      const at = positions(element);
      return sound(at, 2) ? { type: 'LineString', coordinates: at } : undefined;
    }
    case 'Polygon': {
      const rings = ['outerBoundaryIs', 'innerBoundaryIs'].flatMap((name) =>
        element.children.filter((one) => one.name === name).map((one) => positions(child(one, 'LinearRing'))),
      );
      return rings.length > 0 && rings.every((ring) => sound(ring, 3))
        ? { type: 'Polygon', coordinates: rings }
        : undefined;
    }
    case 'MultiGeometry': {
      const shapes = element.children.map(geometryOf).filter((shape) => shape !== null);
      if (shapes.includes(undefined)) return undefined;
      const known = shapes as Geometry[];
      const [type] = new Set(known.map((shape) => shape.type));
      if (
        known.length > 0 &&
        known.every((shape) => shape.type === type) &&
        /^(Point|LineString|Polygon)$/.test(type!)
      ) {
        return {
          type: `Multi${type}`,
          coordinates: known.map((shape) => (shape as { coordinates: unknown }).coordinates),
        } as Geometry;
      }
      return known.length === 0 ? null : { type: 'GeometryCollection', geometries: known };
    }
    default:
      return null;
  }
}

function attributesOf(placemark: Element): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name of ['name', 'description']) {
    const text = child(placemark, name)?.text.trim();
    if (text) values[name] = text;
  }
  const extended = child(placemark, 'ExtendedData');
  if (extended === undefined) return values;
  for (const data of descendants(extended, 'Data'))
    values[data.attributes.name ?? ''] = child(data, 'value')?.text.trim() ?? '';
  for (const data of descendants(extended, 'SimpleData')) values[data.attributes.name ?? ''] = data.text.trim();
  return values;
}

/** Placemarks of a KML, in WGS 84 as the format has it, with their ExtendedData (which GDAL's own KML reader drops). */
export function openKml(
  { name: file, bytes }: NamedBytes,
  override: string | null,
): { readonly layer: VectorLayer | null; readonly issues: readonly InputIssue[] } {
  const prolog = new TextDecoder('latin1').decode(bytes.subarray(0, 200));
  const declared = encodingByName(/encoding=["']([\w-]+)["']/.exec(prolog)?.[1] ?? '');
  const encoding = override ?? declared ?? detectEncoding([bytes]).encoding;
  const root = parseXml(decodeText(bytes, encoding).replace(/^\uFEFF/, ''));
  if (root === null || child(root, 'kml') === undefined) {
    return { layer: null, issues: [{ code: 'kmlUnreadable', severity: 'error', file }] };
  }
  const issues: InputIssue[] = [];
  const features = [...descendants(root, 'Placemark')].map((placemark, index): InputFeature => {
    const shapes = placemark.children.map(geometryOf).filter((shape) => shape !== null);
    if (shapes.includes(undefined))
      issues.push({ code: 'geometryUnreadable', severity: 'error', file, feature: index + 1 });
    return { type: 'Feature', number: index + 1, geometry: shapes[0] ?? null, properties: attributesOf(placemark) };
  });
  if ([...descendants(root, 'NetworkLink')].length > 0)
    issues.push({ code: 'kmlNetworkLink', severity: 'warning', file });
  const layer = layerOf({
    file,
    layer: file.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, ''),
    format: 'kml',
    features,
    fieldNames: fieldNamesOf(features),
    encoding,
    encodingSource: declared === null ? null : 'declared',
    crs: 'EPSG:4326',
    issues,
  });
  return { layer, issues: [] };
}
