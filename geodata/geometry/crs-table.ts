/**
 * What a coordinate's numbers mean on the ground, told apart from how they are projected. Only CGCS2000 and WGS 84 (and
 * NAD 83, RGF 93: all within a metre or two) may be taken for one another; Beijing 1954 and Xi'an 1980 need parameters
 * that are not public, so they are read without a shift and said to be.
 */
export type Datum = 'CGCS2000' | 'WGS84' | 'Beijing1954' | 'Xian1980' | 'NAD83' | 'RGF93';

export interface TransverseMercator {
  readonly centralMeridianDeg: number;
  readonly falseEastingM: number;
  readonly scale: number;
}

/** A coordinate reference system by EPSG number; `transverseMercator` is null for geographic and other ones. */
export interface CrsEntry {
  readonly code: string;
  readonly epsg: number;
  readonly name: string;
  readonly datum: Datum;
  readonly geographic: boolean;
  readonly transverseMercator: TransverseMercator | null;
  readonly proj4: string;
}

/** Ellipsoids by semi-major axis in metres and inverse flattening. */
export const ELLIPSOIDS: Readonly<Record<Datum, { readonly a: number; readonly inverseFlattening: number }>> = {
  CGCS2000: { a: 6378137, inverseFlattening: 298.257222101 },
  WGS84: { a: 6378137, inverseFlattening: 298.257223563 },
  Beijing1954: { a: 6378245, inverseFlattening: 298.3 },
  Xian1980: { a: 6378140, inverseFlattening: 298.257 },
  NAD83: { a: 6378137, inverseFlattening: 298.257222101 },
  RGF93: { a: 6378137, inverseFlattening: 298.257222101 },
};

const ellipsoidOf = (datum: Datum): string => {
  const { a, inverseFlattening } = ELLIPSOIDS[datum];
  return `+a=${a} +rf=${inverseFlattening} +towgs84=0,0,0`;
};

const geographic = (epsg: number, name: string, datum: Datum): CrsEntry => ({
  code: `EPSG:${epsg}`,
  epsg,
  name,
  datum,
  geographic: true,
  transverseMercator: null,
  proj4: `+proj=longlat ${ellipsoidOf(datum)} +no_defs`,
});

const transverse = (epsg: number, name: string, datum: Datum, tm: TransverseMercator, southM = 0): CrsEntry => ({
  code: `EPSG:${epsg}`,
  epsg,
  name,
  datum,
  geographic: false,
  transverseMercator: tm,
  proj4: `+proj=tmerc +lat_0=0 +lon_0=${tm.centralMeridianDeg} +k=${tm.scale} +x_0=${tm.falseEastingM} +y_0=${southM} ${ellipsoidOf(datum)} +units=m +no_defs`,
});

/** One country-wide family of Gauss–Krüger zones: the first EPSG number and the first zone of it. */
const FAMILIES = [
  { datum: 'CGCS2000', title: 'CGCS2000', zones6: 4491, meridians6: 4502, zones3: 4513, meridians3: 4534 },
  { datum: 'Xian1980', title: 'Xian 1980', zones6: 2327, meridians6: 2338, zones3: 2349, meridians3: 2370 },
  { datum: 'Beijing1954', title: 'Beijing 1954', zones6: 21413, meridians6: 21453, zones3: 2401, meridians3: 2422 },
] as const;

function* gaussKruger(): Generator<CrsEntry> {
  for (const family of FAMILIES) {
    for (let i = 0; i < 21; i++) {
      const zone = 25 + i;
      const at = { centralMeridianDeg: zone * 3, scale: 1 };
      const title = `${family.title} / 3-degree Gauss-Kruger`;
      yield transverse(family.zones3 + i, `${title} zone ${zone}`, family.datum, {
        ...at,
        falseEastingM: zone * 1_000_000 + 500_000,
      });
      yield transverse(family.meridians3 + i, `${title} CM ${zone * 3}E`, family.datum, {
        ...at,
        falseEastingM: 500_000,
      });
    }
    for (let i = 0; i < 11; i++) {
      const zone = 13 + i;
      const at = { centralMeridianDeg: zone * 6 - 3, scale: 1 };
      yield transverse(family.zones6 + i, `${family.title} / Gauss-Kruger zone ${zone}`, family.datum, {
        ...at,
        falseEastingM: zone * 1_000_000 + 500_000,
      });
      yield transverse(family.meridians6 + i, `${family.title} / Gauss-Kruger CM ${zone * 6 - 3}E`, family.datum, {
        ...at,
        falseEastingM: 500_000,
      });
    }
  }
}

function* utm(): Generator<CrsEntry> {
  for (let zone = 1; zone <= 60; zone++) {
    const tm = { centralMeridianDeg: zone * 6 - 183, falseEastingM: 500_000, scale: 0.9996 };
    yield transverse(32600 + zone, `WGS 84 / UTM zone ${zone}N`, 'WGS84', tm);
    yield transverse(32700 + zone, `WGS 84 / UTM zone ${zone}S`, 'WGS84', tm, 10_000_000);
    if (zone <= 23) yield transverse(26900 + zone, `NAD83 / UTM zone ${zone}N`, 'NAD83', tm);
  }
}

const ENTRIES: readonly CrsEntry[] = [
  geographic(4490, 'China Geodetic Coordinate System 2000', 'CGCS2000'),
  geographic(4326, 'WGS 84', 'WGS84'),
  geographic(4214, 'Beijing 1954', 'Beijing1954'),
  geographic(4610, 'Xian 1980', 'Xian1980'),
  geographic(4269, 'NAD83', 'NAD83'),
  geographic(4171, 'RGF93 v1', 'RGF93'),
  {
    code: 'EPSG:3857',
    epsg: 3857,
    name: 'WGS 84 / Pseudo-Mercator',
    datum: 'WGS84',
    geographic: false,
    transverseMercator: null,
    proj4:
      '+proj=merc +a=6378137 +b=6378137 +lat_ts=0 +lon_0=0 +x_0=0 +y_0=0 +k=1 +units=m +nadgrids=@null +wktext +no_defs',
  },
  {
    code: 'EPSG:2154',
    epsg: 2154,
    name: 'RGF93 v1 / Lambert-93',
    datum: 'RGF93',
    geographic: false,
    transverseMercator: null,
    proj4: `+proj=lcc +lat_0=46.5 +lon_0=3 +lat_1=49 +lat_2=44 +x_0=700000 +y_0=6600000 ${ellipsoidOf('RGF93')} +units=m +no_defs`,
  },
  ...gaussKruger(),
  ...utm(),
];

const BY_CODE: ReadonlyMap<string, CrsEntry> = new Map(ENTRIES.map((entry) => [entry.code, entry]));

/** All systems known by number, in a fixed order. */
export const crsEntries = (): readonly CrsEntry[] => ENTRIES;

/** The system of an 'EPSG:n' label (any case, surrounding space allowed); null when it isn't one of the table. */
export const findCrs = (label: string): CrsEntry | null => BY_CODE.get(label.trim().toUpperCase()) ?? null;
