import proj4 from 'proj4';
import { crsEntries, findCrs } from './crs-table.ts';

export { type CrsEntry, crsEntries, type Datum, findCrs } from './crs-table.ts';
export { identifyCrs, wktOf } from './crs-wkt.ts';

export type LonLat = readonly [number, number];
export type Bbox = readonly [minX: number, minY: number, maxX: number, maxY: number];

const LON_LAT = '+proj=longlat +a=6378137 +rf=298.257222101 +towgs84=0,0,0 +no_defs';

/** Both directions between a CRS's own (x, y) and CGCS2000 longitude and latitude. */
export interface Projection {
  readonly crs: string;
  toLonLat(x: number, y: number): [number, number];
  fromLonLat(lon: number, lat: number): [number, number];
}

/**
 * The projection of a CRS given as 'EPSG:n' of the table or as WKT; null when it is neither. Geographic systems pass numbers
 * through untouched: CGCS2000, WGS 84 and the like are one here, and `datumShift` says when that isn't so.
 */
export function projectionOf(crs: string): Projection | null {
  const entry = findCrs(crs);
  if (entry?.geographic) {
    return { crs: entry.code, toLonLat: (x, y) => [x, y], fromLonLat: (lon, lat) => [lon, lat] };
  }
  if (entry === null && !/^\s*[A-Za-z_]+\s*[[(]/.test(crs)) return null;
  try {
    const convert = proj4(entry?.proj4 ?? crs, LON_LAT);
    return {
      crs: entry?.code ?? crs,
      toLonLat: (x, y) => convert.forward([x, y]) as [number, number],
      fromLonLat: (lon, lat) => convert.inverse([lon, lat]) as [number, number],
    };
  } catch {
    return null;
  }
}

/** For people: 'EPSG:n', or the name a WKT gives itself. */
export const crsName = (crs: string): string => findCrs(crs)?.code ?? /"([^"]+)"/.exec(crs)?.[1] ?? crs;

/**
 * 'none' when the datum is CGCS2000 or the same within a metre or two; 'unknown' when it is another one that is read
 * without a shift (Beijing 1954, Xi'an 1980: off by tens of metres to over a hundred), which the reader must say.
 */
export function datumShift(crs: string): 'none' | 'unknown' {
  const entry = findCrs(crs);
  if (entry !== null) return entry.datum === 'Beijing1954' || entry.datum === 'Xian1980' ? 'unknown' : 'none';
  return /beijing|xian|north_american_1927|nad27|pulkovo|new_beijing/i.test(crs) ? 'unknown' : 'none';
}

/** Mainland and islands with room to spare. */
const CHINA: Bbox = [73, 3, 136, 54];
const within = ([lon, lat]: LonLat, [west, south, east, north]: Bbox): boolean =>
  lon >= west && lon <= east && lat >= south && lat <= north;

/** Changchun: where rules and data begin, so its meridian comes first when nothing else is known. */
const HOME: LonLat = [125.3, 43.9];

/** Half a 3-degree zone, and as much again as survey offices stretch one. */
const ZONE_REACH_DEG = 2.2;

/**
 * The systems in which coordinates without a .prj would lie in China and, with `near`, within some 5° of the other data;
 * likeliest first. It never decides: numbers without a zone prefix fit every meridian of that latitude, so the user is asked.
 * `bbox` is in the file's own numbers; [] when nothing fits.
 */
export function crsCandidates(bbox: Bbox, near: LonLat | null = null): readonly string[] {
  const middle: LonLat = [(bbox[0] + bbox[2]) / 2, (bbox[1] + bbox[3]) / 2];
  if (!bbox.every(Number.isFinite)) return [];
  if (Math.abs(middle[0]) <= 180 && Math.abs(middle[1]) <= 90) {
    return within(middle, CHINA) ? ['EPSG:4490', 'EPSG:4326'] : ['EPSG:4326'];
  }
  const home = near ?? HOME;
  const found: { code: string; rank: number; distance: number }[] = [];
  for (const entry of crsEntries()) {
    const china = entry.datum === 'CGCS2000' || entry.datum === 'Xian1980' || entry.datum === 'Beijing1954';
    if (entry.geographic || (!china && entry.datum !== 'WGS84')) continue;
    // A 6-degree zone without prefix has the same numbers as the 3-degree one of its meridian.
    if (china && entry.name.includes(' / Gauss-Kruger CM')) continue;
    const at = projectionOf(entry.code)!.toLonLat(middle[0], middle[1]);
    if (!at.every(Number.isFinite) || !within(at, CHINA)) continue;
    const tm = entry.transverseMercator;
    const reach = tm === null ? 180 : entry.name.includes('3-degree') ? ZONE_REACH_DEG : 3.5;
    if (tm !== null && Math.abs(at[0] - tm.centralMeridianDeg) > reach) continue;
    const distance = Math.hypot(at[0] - home[0], at[1] - home[1]);
    if (near !== null && distance > 5) continue;
    const rank = { CGCS2000: 0, WGS84: 1, Xian1980: 2, Beijing1954: 3 }[entry.datum as 'WGS84'] ?? 4;
    found.push({ code: entry.code, rank, distance });
  }
  const nearest = Math.min(...found.map(({ distance }) => distance));
  return (
    found
      // The older datums have the same numbers: naming them once, at the likeliest place, is enough.
      .filter(({ rank, distance }) => rank === 0 || distance < nearest + 1e-3 || (rank === 1 && near !== null))
      .sort((a, b) => a.rank - b.rank || a.distance - b.distance)
      .map(({ code }) => code)
  );
}
