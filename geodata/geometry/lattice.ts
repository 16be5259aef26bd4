import type { MultiPolygon, Polygon, Position } from 'geojson';
import type { LocalFrame } from '../model/index.ts';
import { toLocal } from './local-frame.ts';

/** A ring, x0, y0, x1, y1 … in millimetres; the first point is not repeated. Outer rings run counter-clockwise, holes clockwise. */
export type LatticeRing = readonly number[];

export interface Box {
  readonly minX: number;
  readonly minY: number;
  readonly maxX: number;
  readonly maxY: number;
}

/** The rings of an area on the lattice, oriented with the ground on the left; rings that shrink to nothing are left out. */
export function latticeRings(frame: LocalFrame, area: Polygon | MultiPolygon): LatticeRing[] {
  const rings: LatticeRing[] = [];
  for (const polygon of area.type === 'Polygon' ? [area.coordinates] : area.coordinates) {
    polygon.forEach((positions, index) => {
      const ring = latticeLine(frame, positions);
      if (ring.length >= 4 && ring[0] === ring[ring.length - 2] && ring[1] === ring[ring.length - 1]) ring.length -= 2;
      const area = ringAreaMm2(ring);
      if (area === 0) return;
      rings.push(area > 0 === (index === 0) ? ring : reversedRing(ring));
    });
  }
  return rings;
}

/** A line on the lattice without repeated points. */
export function latticeLine(frame: LocalFrame, positions: readonly Position[]): number[] {
  const line: number[] = [];
  for (const position of positions) {
    const [x, y] = toLocal(frame, position);
    const last = line.length;
    if (last === 0 || line[last - 2] !== x || line[last - 1] !== y) line.push(x, y);
  }
  return line;
}

/** Signed, counter-clockwise positive. */
export function ringAreaMm2(ring: LatticeRing): number {
  const length = ring.length;
  if (length < 6) return 0;
  const originX = ring[0]!;
  const originY = ring[1]!;
  let twice = 0;
  for (let i = 2; i + 3 < length; i += 2) {
    twice += (ring[i]! - originX) * (ring[i + 3]! - originY) - (ring[i + 2]! - originX) * (ring[i + 1]! - originY);
  }
  return twice / 2;
}

/** Area inside the rings, holes taken off. */
export function ringsAreaMm2(rings: readonly LatticeRing[]): number {
  return rings.reduce((sum, ring) => sum + ringAreaMm2(ring), 0);
}

/** Is the point inside? By winding number, so that parts which overlap are no hole and rings that cross themselves enclose what they go around. */
export function insideRings(rings: readonly LatticeRing[], x: number, y: number): boolean {
  let winding = 0;
  for (const ring of rings) {
    const length = ring.length;
    for (let i = 0, j = length - 2; i < length; j = i, i += 2) {
      const yi = ring[i + 1]!;
      const yj = ring[j + 1]!;
      if (yi > y === yj > y) continue;
      if (x < ring[i]! + ((y - yi) / (yj - yi)) * (ring[j]! - ring[i]!)) winding += yi > y ? 1 : -1;
    }
  }
  return winding !== 0;
}

export function boxOf(rings: readonly LatticeRing[]): Box {
  let minX = Infinity;
  let minY = Infinity;
  let maxX = -Infinity;
  let maxY = -Infinity;
  for (const ring of rings) {
    for (let i = 0; i < ring.length; i += 2) {
      minX = Math.min(minX, ring[i]!);
      maxX = Math.max(maxX, ring[i]!);
      minY = Math.min(minY, ring[i + 1]!);
      maxY = Math.max(maxY, ring[i + 1]!);
    }
  }
  return { minX, minY, maxX, maxY };
}

export function boxesMeet(a: Box, b: Box, pad = 0): boolean {
  return a.minX <= b.maxX + pad && b.minX <= a.maxX + pad && a.minY <= b.maxY + pad && b.minY <= a.maxY + pad;
}

function reversedRing(ring: LatticeRing): LatticeRing {
  const reversed: number[] = [];
  for (let i = ring.length - 2; i >= 0; i -= 2) reversed.push(ring[i]!, ring[i + 1]!);
  return reversed;
}
