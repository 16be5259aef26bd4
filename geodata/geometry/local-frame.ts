import type { MultiPolygon, Polygon } from 'geojson';
import type { LocalFrame } from '../model/index.ts';

// Gauss–Krüger by Krüger's series in the third flattening n, to n⁴: better than a micrometre within a zone.
// L. Krüger 1912; coefficients as in C. F. F. Karney, "Transverse Mercator with an accuracy of a few nanometers", 2011.
const SEMI_MAJOR_AXIS_M = 6378137;
const FLATTENING = 1 / 298.257222101; // CGCS2000
const FALSE_EASTING_M = 500000;
const RADIANS = Math.PI / 180;

const n = FLATTENING / (2 - FLATTENING);
const n2 = n * n;
const n3 = n2 * n;
const n4 = n2 * n2;
const RECTIFYING_RADIUS_M = (SEMI_MAJOR_AXIS_M / (1 + n)) * (1 + n2 / 4 + n4 / 64);
const ECCENTRICITY = (2 * Math.sqrt(n)) / (1 + n);
const TO_GRID = [
  n / 2 - (2 / 3) * n2 + (5 / 16) * n3 + (41 / 180) * n4,
  (13 / 48) * n2 - (3 / 5) * n3 + (557 / 1440) * n4,
  (61 / 240) * n3 - (103 / 140) * n4,
  (49561 / 161280) * n4,
] as const;
const TO_SPHERE = [
  n / 2 - (2 / 3) * n2 + (37 / 96) * n3 - (1 / 360) * n4,
  (1 / 48) * n2 + (1 / 15) * n3 - (437 / 1440) * n4,
  (17 / 480) * n3 - (37 / 840) * n4,
  (4397 / 161280) * n4,
] as const;
const TO_GEODETIC = [
  2 * n - (2 / 3) * n2 - 2 * n3 + (116 / 45) * n4,
  (7 / 3) * n2 - (8 / 5) * n3 - (227 / 45) * n4,
  (56 / 15) * n3 - (136 / 35) * n4,
  (4279 / 630) * n4,
] as const;

function gridOf(centralMeridianDeg: number, longitude: number, latitude: number): [eastM: number, northM: number] {
  const sinLatitude = Math.sin(latitude * RADIANS);
  const deltaLongitude = (longitude - centralMeridianDeg) * RADIANS;
  const t = Math.sinh(Math.atanh(sinLatitude) - ECCENTRICITY * Math.atanh(ECCENTRICITY * sinLatitude));
  const xi0 = Math.atan2(t, Math.cos(deltaLongitude));
  const eta0 = Math.atanh(Math.sin(deltaLongitude) / Math.sqrt(1 + t * t));
  let xi = xi0;
  let eta = eta0;
  for (let j = 1; j <= 4; j++) {
    xi += TO_GRID[j - 1]! * Math.sin(2 * j * xi0) * Math.cosh(2 * j * eta0);
    eta += TO_GRID[j - 1]! * Math.cos(2 * j * xi0) * Math.sinh(2 * j * eta0);
  }
  return [FALSE_EASTING_M + RECTIFYING_RADIUS_M * eta, RECTIFYING_RADIUS_M * xi];
}

function geodeticOf(centralMeridianDeg: number, eastM: number, northM: number): [longitude: number, latitude: number] {
  const xi0 = northM / RECTIFYING_RADIUS_M;
  const eta0 = (eastM - FALSE_EASTING_M) / RECTIFYING_RADIUS_M;
  let xi = xi0;
  let eta = eta0;
  for (let j = 1; j <= 4; j++) {
    xi -= TO_SPHERE[j - 1]! * Math.sin(2 * j * xi0) * Math.cosh(2 * j * eta0);
    eta -= TO_SPHERE[j - 1]! * Math.cos(2 * j * xi0) * Math.sinh(2 * j * eta0);
  }
  const conformal = Math.asin(Math.sin(xi) / Math.cosh(eta));
  let latitude = conformal;
  for (let j = 1; j <= 4; j++) latitude += TO_GEODETIC[j - 1]! * Math.sin(2 * j * conformal);
  return [centralMeridianDeg + Math.atan2(Math.sinh(eta), Math.cos(xi)) / RADIANS, latitude / RADIANS];
}

/**
 * The frame of a community: the 3-degree zone of the middle of its bounding box, and that middle in whole metres as (0, 0).
 * Longitude and latitude in degrees (EPSG:4490).
 */
export function localFrameFor(area: Polygon | MultiPolygon): LocalFrame {
  let west = Infinity;
  let south = Infinity;
  let east = -Infinity;
  let north = -Infinity;
  for (const rings of area.type === 'Polygon' ? [area.coordinates] : area.coordinates) {
    for (const [longitude, latitude] of rings[0] ?? []) {
      west = Math.min(west, longitude!);
      east = Math.max(east, longitude!);
      south = Math.min(south, latitude!);
      north = Math.max(north, latitude!);
    }
  }
  if (!(west <= east && south <= north))
    throw new Error(`an area without coordinates has no local frame: ${area.type}`);
  const centralMeridianDeg = 3 * Math.round((west + east) / 6);
  const [eastM, northM] = gridOf(centralMeridianDeg, (west + east) / 2, (south + north) / 2);
  return { centralMeridianDeg, originEastM: Math.round(eastM), originNorthM: Math.round(northM) };
}

/** Longitude and latitude in degrees → whole millimetres of the frame. */
export function toLocal(frame: LocalFrame, position: readonly number[]): [xMm: number, yMm: number] {
  const [eastM, northM] = gridOf(frame.centralMeridianDeg, position[0]!, position[1]!);
  // + 0 turns −0 into 0
  return [Math.round((eastM - frame.originEastM) * 1000) + 0, Math.round((northM - frame.originNorthM) * 1000) + 0];
}

/** Millimetres of the frame → longitude and latitude, rounded to 1e-9° (0.1 mm), which `toLocal` takes back exactly. */
export function toLonLat(frame: LocalFrame, xMm: number, yMm: number): [longitude: number, latitude: number] {
  const [longitude, latitude] = geodeticOf(
    frame.centralMeridianDeg,
    xMm / 1000 + frame.originEastM,
    yMm / 1000 + frame.originNorthM,
  );
  return [Math.round(longitude * 1e9) / 1e9, Math.round(latitude * 1e9) / 1e9];
}
