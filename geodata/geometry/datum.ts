import type { LonLat } from './crs.ts';

/** The public map services' shifted coordinates: 高德/腾讯 draw in GCJ-02, 百度 in BD-09 on top of it. */
export type ShiftedDatum = 'gcj02' | 'bd09';

const KRASOVSKY_A = 6378245;
const KRASOVSKY_E2 = 0.006693421622965943;
const BAIDU_ANGLE = (Math.PI * 3000) / 180;

/** The shift is defined inside this box only; outside, the services show WGS 84. */
const isShifted = ([lon, lat]: LonLat): boolean => lon > 72.004 && lon < 137.8347 && lat > 0.8293 && lat < 55.8271;

/** WGS 84 → GCJ-02, degrees. The formula the services' own SDKs carry, reproduced everywhere. */
export function toGcj02(at: LonLat): [number, number] {
  const [lon, lat] = at;
  if (!isShifted(at)) return [lon, lat];
  const x = lon - 105;
  const y = lat - 35;
  const sin = (degreesOfPi: number): number => Math.sin(degreesOfPi * Math.PI);
  const ripple = 20 * sin(6 * x) + 20 * sin(2 * x);
  const north =
    -100 +
    2 * x +
    3 * y +
    0.2 * y * y +
    0.1 * x * y +
    0.2 * Math.sqrt(Math.abs(x)) +
    ((ripple + 20 * sin(y) + 40 * sin(y / 3) + 160 * sin(y / 12) + 320 * sin(y / 30)) * 2) / 3;
  const east =
    300 +
    x +
    2 * y +
    0.1 * x * x +
    0.1 * x * y +
    0.1 * Math.sqrt(Math.abs(x)) +
    ((ripple + 20 * sin(x) + 40 * sin(x / 3) + 150 * sin(x / 12) + 300 * sin(x / 30)) * 2) / 3;
  const radLat = (lat * Math.PI) / 180;
  const magic = 1 - KRASOVSKY_E2 * Math.sin(radLat) ** 2;
  const root = Math.sqrt(magic);
  return [
    lon + (east * 180) / ((KRASOVSKY_A / root) * Math.cos(radLat) * Math.PI),
    lat + (north * 180) / (((KRASOVSKY_A * (1 - KRASOVSKY_E2)) / (magic * root)) * Math.PI),
  ];
}

/** GCJ-02 → BD-09, degrees. */
const gcj02ToBd09 = ([x, y]: LonLat): [number, number] => {
  const r = Math.hypot(x, y) + 0.00002 * Math.sin(y * BAIDU_ANGLE);
  const angle = Math.atan2(y, x) + 0.000003 * Math.cos(x * BAIDU_ANGLE);
  return [r * Math.cos(angle) + 0.0065, r * Math.sin(angle) + 0.006];
};

/** WGS 84 → BD-09, degrees. */
export const toBd09 = (at: LonLat): [number, number] => (isShifted(at) ? gcj02ToBd09(toGcj02(at)) : [at[0], at[1]]);

/** Converges by a factor of some hundreds a step, so a handful reach the last bit; 30 is never used up. */
function invert(forward: (at: LonLat) => LonLat, target: LonLat): [number, number] {
  let [lon, lat] = target;
  for (let step = 0; step < 30; step++) {
    const [lonThere, latThere] = forward([lon, lat]);
    const lonOff = target[0] - lonThere;
    const latOff = target[1] - latThere;
    lon += lonOff;
    lat += latOff;
    if (Math.abs(lonOff) < 1e-12 && Math.abs(latOff) < 1e-12) break;
  }
  return [lon, lat];
}

/** GCJ-02 → WGS 84, degrees, by iterating the forward formula: `toGcj02` of the result is the input within 1e-9°. */
export const fromGcj02 = (at: LonLat): [number, number] => invert(toGcj02, at);

/** BD-09 → WGS 84, degrees, within 1e-9° as above. */
export const fromBd09 = (at: LonLat): [number, number] => invert(toBd09, at);

/** The inverse for a datum by name; 'none' leaves coordinates alone. */
export const unshift = (datum: ShiftedDatum | 'none'): ((at: LonLat) => [number, number]) =>
  datum === 'gcj02' ? fromGcj02 : datum === 'bd09' ? fromBd09 : ([lon, lat]) => [lon, lat];
