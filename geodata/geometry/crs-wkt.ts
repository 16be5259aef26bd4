import { type CrsEntry, crsEntries, type Datum, ELLIPSOIDS, findCrs } from './crs-table.ts';

/** One bracketed WKT node: `KEYWORD["text",1.0,CHILD[…]]`. */
interface WktNode {
  readonly keyword: string;
  readonly values: readonly (string | number)[];
  readonly children: readonly WktNode[];
}

function parseWkt(text: string): WktNode | null {
  let at = 0;
  const space = () => {
    while (at < text.length && /\s/.test(text[at]!)) at++;
  };
  const word = (): string => {
    const start = at;
    while (at < text.length && /[A-Za-z0-9_.+-]/.test(text[at]!)) at++;
    return text.slice(start, at);
  };
  const node = (keyword: string, depth: number): WktNode | null => {
    if (depth > 20) return null;
    at++;
    const values: (string | number)[] = [];
    const children: WktNode[] = [];
    for (;;) {
      space();
      if (text[at] === '"') {
        const end = text.indexOf('"', at + 1);
        if (end < 0) return null;
        values.push(text.slice(at + 1, end));
        at = end + 1;
      } else {
        const token = word();
        space();
        if (token === '') return null;
        if (text[at] === '[' || text[at] === '(') {
          const child = node(token.toUpperCase(), depth + 1);
          if (child === null) return null;
          children.push(child);
        } else {
          const number = Number(token);
          values.push(Number.isFinite(number) ? number : token);
        }
      }
      space();
      if (text[at] === ',') at++;
      else if (text[at] === ']' || text[at] === ')') {
        at++;
        return { keyword, values, children };
      } else return null;
    }
  };
  space();
  const keyword = word();
  space();
  if (keyword === '' || (text[at] !== '[' && text[at] !== '(')) return null;
  return node(keyword.toUpperCase(), 0);
}

const find = (node: WktNode, ...keywords: string[]): WktNode | null => {
  for (const child of node.children) {
    if (keywords.includes(child.keyword)) return child;
  }
  for (const child of node.children) {
    const deeper = find(child, ...keywords);
    if (deeper !== null) return deeper;
  }
  return null;
};

function datumOf(node: WktNode): Datum | null {
  const datum = find(node, 'DATUM', 'GEODETICDATUM', 'TRF');
  const geographicNode = node.keyword.startsWith('GEO') ? node : find(node, 'GEOGCS', 'BASEGEOGCRS', 'BASEGEODCRS');
  const names = [datum?.values[0], geographicNode?.values[0]].map((name) => String(name ?? ''));
  const said = names.join(' ').toLowerCase().replaceAll(/[_\s]/g, '');
  if (said.includes('china2000') || said.includes('cgcs2000') || said.includes('chinageodeticcoordinatesystem2000')) {
    return 'CGCS2000';
  }
  if (said.includes('beijing1954') && !said.includes('new')) return 'Beijing1954';
  if (said.includes('xian1980')) return 'Xian1980';
  if (said.includes('wgs1984') || said.includes('wgs84') || said.includes('worldgeodeticsystem1984')) return 'WGS84';
  if (said.includes('northamerican1983') || said.includes('northamericandatum1983') || said.includes('nad83')) {
    return /harn|csrs|2011|nsrs/.test(said) ? null : 'NAD83';
  }
  if (said.includes('rgf1993') || said.includes('rgf93') || said.includes('geodesiquefrancais1993')) return 'RGF93';
  return null;
}

function parametersOf(node: WktNode): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const collect = (from: WktNode) => {
    for (const child of from.children) {
      if (child.keyword === 'PARAMETER' && typeof child.values[1] === 'number') {
        found.set(String(child.values[0]).toLowerCase().replaceAll(/\s/g, '_'), child.values[1]);
      }
      collect(child);
    }
  };
  collect(node);
  return found;
}

const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-6 * Math.max(1, Math.abs(b));

/** Metres only: a system in feet must not pass for its metric twin. */
const isMetric = (node: WktNode): boolean => {
  const units = node.children.filter((child) => child.keyword === 'UNIT' || child.keyword === 'LENGTHUNIT');
  return units.every((unit) => unit.values[1] === 1);
};

const plainWkt = (name: string): string => name.toLowerCase().replaceAll(/[\s_/-]/g, '');

function byMeaning(node: WktNode): CrsEntry | null {
  const datum = datumOf(node);
  if (node.keyword === 'COMPD_CS' || node.keyword === 'COMPOUNDCRS') {
    const flat = node.children.find((child) => /^(PROJCS|PROJCRS|GEOGCS|GEOGCRS)$/.test(child.keyword));
    return flat ? byMeaning(flat) : null;
  }
  if (datum === null) return null;
  if (/^GEOG(CS|CRS)$/.test(node.keyword)) {
    return crsEntries().find((entry) => entry.geographic && entry.datum === datum) ?? null;
  }
  if (!/^PROJ(CS|CRS|EDCRS)$/.test(node.keyword) || !isMetric(node)) return null;
  const method = String(find(node, 'PROJECTION', 'METHOD')?.values[0] ?? '').toLowerCase();
  const parameters = parametersOf(node);
  const parameter = (...names: string[]): number => {
    for (const name of names) {
      const value = parameters.get(name);
      if (value !== undefined) return value;
    }
    return 0;
  };
  const eastM = parameter('false_easting', 'easting_at_false_origin');
  if (/gauss_kruger|transverse[_ ]mercator/.test(method)) {
    const meridian = parameter('central_meridian', 'longitude_of_natural_origin');
    const scale = parameters.get('scale_factor') ?? parameter('scale_factor_at_natural_origin');
    const northM = parameter('false_northing');
    const originLat = parameter('latitude_of_origin', 'latitude_of_natural_origin');
    if (originLat !== 0) return null;
    const fitting = crsEntries().filter(
      ({ datum: ofEntry, transverseMercator: tm, proj4 }) =>
        tm !== null &&
        ofEntry === datum &&
        near(tm.centralMeridianDeg, meridian) &&
        near(tm.falseEastingM, eastM) &&
        near(tm.scale, scale) &&
        proj4.includes(`+y_0=${northM} `),
    );
    // A 6-degree zone and the 3-degree one of its meridian differ in name only.
    const name = plainWkt(String(node.values[0]));
    return (
      fitting.find((entry) => plainWkt(entry.name) === name || plainWkt(esriName(entry)) === name) ?? fitting[0] ?? null
    );
  }
  if (/mercator_auxiliary_sphere|popular_visualisation/.test(method.replaceAll(' ', '_')) && datum === 'WGS84') {
    return findCrs('EPSG:3857');
  }
  if (/lambert_conformal_conic|lambert_conic_conformal/.test(method.replaceAll(' ', '_')) && datum === 'RGF93') {
    return near(eastM, 700_000) ? findCrs('EPSG:2154') : null;
  }
  return null;
}

/**
 * The CRS a .prj or other WKT (1 or 2, OGC's or ESRI's) means: 'EPSG:n' when it is one of the table, by its own authority
 * code or by its datum and parameters (ESRI files carry no code); else the WKT itself, for proj4 to try; null when the text isn't WKT.
 */
export function identifyCrs(wkt: string): string | null {
  const text = wkt.replace(/^\uFEFF/, '').trim();
  const root = parseWkt(text);
  if (root === null) return null;
  if (/^(ENGCRS|LOCAL_CS|ENGINEERINGCRS)$/.test(root.keyword)) return null;
  const authority = root.children.find((child) => child.keyword === 'AUTHORITY' || child.keyword === 'ID');
  if (authority && String(authority.values[0]).toUpperCase() === 'EPSG') {
    const known = findCrs(`EPSG:${authority.values[1]}`);
    if (known) return known.code;
  }
  return byMeaning(root)?.code ?? text.replaceAll(/\s*\n\s*/g, '');
}

const ESRI_DATUM: Readonly<Record<Datum, readonly [geographic: string, datum: string, spheroid: string]>> = {
  CGCS2000: ['GCS_China_Geodetic_Coordinate_System_2000', 'D_China_2000', 'CGCS2000'],
  WGS84: ['GCS_WGS_1984', 'D_WGS_1984', 'WGS_1984'],
  Beijing1954: ['GCS_Beijing_1954', 'D_Beijing_1954', 'Krasovsky_1940'],
  Xian1980: ['GCS_Xian_1980', 'D_Xian_1980', 'Xian_1980'],
  NAD83: ['GCS_North_American_1983', 'D_North_American_1983', 'GRS_1980'],
  RGF93: ['GCS_RGF_1993', 'D_RGF_1993', 'GRS_1980'],
};

const decimal = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value));

function esriName({ name }: CrsEntry): string {
  return name
    .replace(/^WGS 84/, 'WGS_1984')
    .replace(/^NAD83/, 'NAD_1983')
    .replace('3-degree Gauss-Kruger', '3_Degree_GK')
    .replace('Gauss-Kruger', 'GK')
    .replaceAll(' / ', '_')
    .replaceAll(' ', '_')
    .replace('_zone_', '_Zone_');
}

/**
 * The text of a .prj for a CRS of the table, in ESRI's form of WKT 1, which ArcGIS, QGIS and GDAL all recognise;
 * null for a system whose projection this does not write (it writes geographic, transverse Mercator, 3857 and 2154).
 */
export function wktOf(code: string): string | null {
  const entry = findCrs(code);
  if (entry === null) return null;
  const [geographicName, datumName, spheroid] = ESRI_DATUM[entry.datum];
  const { a, inverseFlattening } = ELLIPSOIDS[entry.datum];
  const geographic = `GEOGCS["${geographicName}",DATUM["${datumName}",SPHEROID["${spheroid}",${decimal(a)},${inverseFlattening}]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]`;
  if (entry.geographic) return geographic;
  const projected = (name: string, method: string, parameters: readonly (readonly [string, number])[]): string =>
    `PROJCS["${name}",${geographic},PROJECTION["${method}"],${parameters
      .map(([parameter, value]) => `PARAMETER["${parameter}",${decimal(value)}],`)
      .join('')}UNIT["Meter",1.0]]`;
  const tm = entry.transverseMercator;
  if (tm !== null) {
    const chinese = tm.scale === 1;
    return projected(esriName(entry), chinese ? 'Gauss_Kruger' : 'Transverse_Mercator', [
      ['False_Easting', tm.falseEastingM],
      ['False_Northing', entry.proj4.includes('+y_0=10000000 ') ? 10_000_000 : 0],
      ['Central_Meridian', tm.centralMeridianDeg],
      ['Scale_Factor', tm.scale],
      ['Latitude_Of_Origin', 0],
    ]);
  }
  if (entry.epsg === 3857) {
    return projected('WGS_1984_Web_Mercator_Auxiliary_Sphere', 'Mercator_Auxiliary_Sphere', [
      ['False_Easting', 0],
      ['False_Northing', 0],
      ['Central_Meridian', 0],
      ['Standard_Parallel_1', 0],
      ['Auxiliary_Sphere_Type', 0],
    ]);
  }
  if (entry.epsg === 2154) {
    return projected('RGF_1993_Lambert_93', 'Lambert_Conformal_Conic', [
      ['False_Easting', 700_000],
      ['False_Northing', 6_600_000],
      ['Central_Meridian', 3],
      ['Standard_Parallel_1', 49],
      ['Standard_Parallel_2', 44],
      ['Latitude_Of_Origin', 46.5],
    ]);
  }
  return null;
}
