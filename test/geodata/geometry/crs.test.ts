import { describe, expect, it } from 'vitest';
import {
  crsCandidates,
  crsEntries,
  datumShift,
  findCrs,
  identifyCrs,
  projectionOf,
  wktOf,
} from '../../../geodata/geometry/crs.ts';

// Reference values by PROJ 9 (cs2cs +init-free, EPSG:4490 → target) for Changchun, 125.3245° E, 43.8868° N.
const CHANGCHUN = [125.3245, 43.8868] as const;

describe('projections', () => {
  it('puts Changchun where zone CM 126E has it', () => {
    const [east, north] = projectionOf('EPSG:4551')!.fromLonLat(...CHANGCHUN);
    expect(east).toBeGreaterThan(445_600);
    expect(east).toBeLessThan(445_800);
    expect(north).toBeGreaterThan(4_861_000);
    expect(north).toBeLessThan(4_862_500);
  });

  it('prefixes the zone where the system does', () => {
    const [plain, north] = projectionOf('EPSG:4551')!.fromLonLat(...CHANGCHUN);
    const [prefixed, same] = projectionOf('EPSG:4530')!.fromLonLat(...CHANGCHUN);
    expect(prefixed - plain).toBeCloseTo(42_000_000, 6);
    expect(same).toBeCloseTo(north, 6);
  });

  it('takes every system there and back within a tenth of a millimetre', () => {
    for (const { code, geographic, transverseMercator: tm } of crsEntries()) {
      if (code === 'EPSG:2154') continue;
      const projection = projectionOf(code)!;
      const lon = tm === null ? 125.3 : tm.centralMeridianDeg - 0.7;
      const lat = /EPSG:327/.test(code) ? -43.9 : 43.9;
      const back = projection.toLonLat(...projection.fromLonLat(lon, lat));
      expect(Math.abs(back[0] - lon), code).toBeLessThan(1e-9);
      expect(Math.abs(back[1] - lat), code).toBeLessThan(1e-9);
      if (geographic) expect(projection.fromLonLat(lon, lat)).toEqual([lon, lat]);
    }
  });

  it('knows nothing of what is neither a known number nor WKT', () => {
    expect(projectionOf('EPSG:999999')).toBeNull();
    expect(projectionOf('Changchun local')).toBeNull();
  });

  it("says when a datum's shift is unknown instead of shifting silently", () => {
    expect(datumShift('EPSG:4551')).toBe('none');
    expect(datumShift('EPSG:4326')).toBe('none');
    expect(datumShift('EPSG:2435')).toBe('unknown');
    expect(datumShift('EPSG:2370')).toBe('unknown');
  });
});

describe('a .prj', () => {
  it('of every system we write is recognised again', () => {
    for (const { code } of crsEntries()) expect(identifyCrs(wktOf(code)!), code).toBe(code);
  });

  it.each([
    [
      'EPSG:4490',
      'GEOGCS["China Geodetic Coordinate System 2000",DATUM["China_2000",SPHEROID["CGCS2000",6378137,298.257222101]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4490"]]',
    ],
    [
      'EPSG:4326',
      'GEOGCS["WGS 84",DATUM["World Geodetic System 1984 [EPSG ID 6326]",SPHEROID["WGS 84 [EPSG ID 7030]",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Decimal_Degree",0.01745329251994328]]',
    ],
    [
      'EPSG:2435',
      'PROJCS["Beijing_1954_3_Degree_GK_CM_114E",GEOGCS["GCS_Beijing_1954",DATUM["D_Beijing_1954",SPHEROID["Krasovsky_1940",6378245.0,298.3]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",114.0],PARAMETER["Scale_Factor",1.0],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]',
    ],
    [
      'EPSG:3857',
      'PROJCS["WGS_1984_Web_Mercator_Auxiliary_Sphere",GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Mercator_Auxiliary_Sphere"],PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",0.0],PARAMETER["Standard_Parallel_1",0.0],PARAMETER["Auxiliary_Sphere_Type",0.0],UNIT["Meter",1.0]]',
    ],
  ])('that means %s is found out', (code, wkt) => {
    expect(identifyCrs(wkt)).toBe(code);
  });

  it('in feet is not taken for its metric twin', () => {
    const feet = wktOf('EPSG:32651')!.replace('UNIT["Meter",1.0]', 'UNIT["Foot_US",0.3048006096012192]');
    expect(identifyCrs(feet)).toBe(feet);
  });

  it('that is no WKT is none', () => {
    expect(identifyCrs('<html>')).toBeNull();
    expect(identifyCrs('')).toBeNull();
    expect(identifyCrs('GEOGCS["broken"')).toBeNull();
    expect(identifyCrs('ENGCRS["Undefined SRS",EDATUM[""]]')).toBeNull();
  });
});

describe('coordinates without a .prj', () => {
  const around = (code: string, lon = 125.3245, lat = 43.8868): [number, number, number, number] => {
    const [x, y] = projectionOf(code)!.fromLonLat(lon, lat);
    return [x - 1000, y - 1000, x + 1000, y + 1000];
  };

  it('in metres fit every meridian of their latitude; the one near the other data comes first', () => {
    const candidates = crsCandidates(around('EPSG:4551'));
    expect(candidates[0]).toBe('EPSG:4551');
    expect(candidates).toEqual(expect.arrayContaining(['EPSG:4550', 'EPSG:4552']));
    const near = crsCandidates(around('EPSG:4547', 114.4, 23.1), [114.4, 23.1]);
    expect(near[0]).toBe('EPSG:4547');
    expect(near).not.toContain('EPSG:4551');
  });

  it('with a zone prefix fit that zone only', () => {
    expect(crsCandidates(around('EPSG:4530'))[0]).toBe('EPSG:4530');
    expect(crsCandidates(around('EPSG:4530'))).not.toContain('EPSG:4551');
    expect(crsCandidates(around('EPSG:4499'))[0]).toBe('EPSG:4499');
  });

  it('in Web Mercator say so', () => {
    expect(crsCandidates(around('EPSG:3857'))).toContain('EPSG:3857');
  });

  it('in degrees are geographic, in China CGCS2000 first', () => {
    expect(crsCandidates([125, 43, 126, 44])).toEqual(['EPSG:4490', 'EPSG:4326']);
    expect(crsCandidates([2.5, 44.3, 2.6, 44.4])).toEqual(['EPSG:4326']);
  });

  it('that fit nothing get no suggestion', () => {
    expect(crsCandidates([9e7, 9e7, 9.1e7, 9.1e7])).toEqual([]);
  });

  it('only names systems it can project', () => {
    for (const code of crsCandidates(around('EPSG:4551'))) expect(findCrs(code)).not.toBeNull();
  });
});
