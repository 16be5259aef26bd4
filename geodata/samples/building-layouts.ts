import type { InstitutionKind } from './names.ts';
import { extentOf } from './parcels.ts';
import { along, contains, isInside, middleOf, type Point, type Ring, rectangle } from './planar.ts';
import type { RandomStream } from './random.ts';

/** A building before it is numbered and placed on the globe. */
export interface DraftBuilding {
  readonly ring: Ring;
  readonly floors: number;
  readonly unitCount: number;
  readonly households: number;
}

/** Where on a row (at `v` metres across, `depthM` deep) there is ground, as intervals along it. */
function freeStretches(ring: Ring, angle: number, v: number, depthM: number): [number, number][] {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const at = (u: number, across: number): Point => [u * cos - across * sin, u * sin + across * cos];
  const [from, to] = extentOf(ring, angle).along;
  const stretches: [number, number][] = [];
  let start: number | null = null;
  for (let u = from; u <= to + 2; u += 2) {
    const free = u <= to && isInside(ring, at(u, v - depthM / 2)) && isInside(ring, at(u, v + depthM / 2));
    if (free && start === null) start = u;
    if (!free && start !== null) {
      if (u - 2 - start > 12) stretches.push([start, u - 2]);
      start = null;
    }
  }
  return stretches;
}

const place = (u: number, v: number, angle: number): Point => [
  u * Math.cos(angle) - v * Math.sin(angle),
  u * Math.sin(angle) + v * Math.cos(angle),
];

/** 板楼: rows of walk-ups with the same bays behind one another, a lane through the middle, now and then a gap. */
export function slabRows(random: RandomStream, yard: Ring, angle: number, from = 0): DraftBuilding[] {
  const floors = random.pick([5, 6, 6, 6, 7]);
  const depthM = random.between(11.5, 13.5);
  const rowPitchM = depthM + floors * 2.9 * random.between(1.0, 1.25);
  const bays = Array.from({ length: 12 }, () => random.pick([2, 3, 3, 3, 4, 4, 5]));
  const bayM = random.between(13.5, 16);
  const perFloor = random.chance(0.8) ? 2 : 3;
  const { across } = extentOf(yard, angle);
  const buildings: DraftBuilding[] = [];
  const depth = across[1] - across[0];
  const count = Math.max(1, Math.floor((depth - depthM - 4) / rowPitchM) + 1);
  const startV = across[0] + (depth - (count - 1) * rowPitchM) / 2;
  for (let row = 0; row < count; row++) {
    const v = startV + row * rowPitchM;
    if ((v - across[0]) / depth < from) continue;
    for (const [start, end] of freeStretches(yard, angle, v, depthM + 3)) {
      let u = start + 1;
      for (let bay = 0; u < end; bay++) {
        let units = bays[bay % bays.length]!;
        while (units > 1 && u + units * bayM > end) units--;
        if (u + units * bayM > end) break;
        const ring = rectangle(place(u + (units * bayM) / 2, v, angle), units * bayM, depthM, angle);
        if (!random.chance(0.04) && contains(yard, ring)) {
          const households = Math.max(units, Math.round(units * floors * perFloor * random.between(0.84, 1.04)));
          buildings.push({ ring, floors, unitCount: units, households });
        }
        u += units * bayM + (bay % 2 === 1 ? random.between(12, 15) : random.between(7, 9));
      }
    }
  }
  return buildings;
}

/** 高层: point blocks and short slabs, 18 to 33 floors, staggered so that each gets its sun. */
export function towerField(random: RandomStream, yard: Ring, angle: number, from = 0): DraftBuilding[] {
  const floors = random.pick([18, 22, 26, 28, 33]);
  const { along: alongExtent, across } = extentOf(yard, angle);
  const [pitchU, pitchV] = [random.between(54, 60), random.between(46, 52)];
  const buildings: DraftBuilding[] = [];
  const rows = Math.max(1, Math.floor((across[1] - across[0] - 18) / pitchV) + 1);
  const startV = (across[0] + across[1]) / 2 - ((rows - 1) * pitchV) / 2;
  for (let row = 0; row < rows; row++) {
    const v = startV + row * pitchV;
    if ((v - across[0]) / (across[1] - across[0]) < from) continue;
    const shift = row % 2 === 0 ? 0 : pitchU / 2;
    for (let u = alongExtent[0] + 20 + shift; u < alongExtent[1]; u += pitchU) {
      const units = random.chance(0.45) ? 2 : 1;
      const ring = rectangle(place(u, v, angle), units === 2 ? 46 : 27, units === 2 ? 15 : 19, angle);
      if (!contains(yard, ring)) continue;
      const perFloor = units === 2 ? 4 : random.pick([4, 6, 6]);
      const storeys = Math.max(18, floors - random.whole(0, 3));
      const households = Math.round(units * perFloor * storeys * random.between(0.85, 0.98));
      buildings.push({ ring, floors: storeys, unitCount: units, households });
    }
  }
  return buildings;
}

/** One tower with more households than a grid may hold: four entrances in a row across the yard's middle. */
export function giantTower(yard: Ring, angle: number): DraftBuilding | null {
  const { along: alongExtent, across } = extentOf(yard, angle);
  for (const share of [0.5, 0.35, 0.65, 0.2, 0.8]) {
    for (const shareU of [0.5, 0.4, 0.6, 0.3, 0.7]) {
      const u = alongExtent[0] + (alongExtent[1] - alongExtent[0]) * shareU;
      const v = across[0] + (across[1] - across[0]) * share;
      const ring = rectangle(place(u, v, angle), 96, 17, angle);
      if (contains(yard, ring)) return { ring, floors: 33, unitCount: 4, households: 520 };
    }
  }
  return null;
}

/** 平房: rows of small houses back to back along lanes, none quite like its neighbour. */
export function houseRows(random: RandomStream, yard: Ring, angle: number): DraftBuilding[] {
  const buildings: DraftBuilding[] = [];
  const { across } = extentOf(yard, angle);
  let v = across[0] + 7;
  for (let row = 0; v < across[1] - 4; row++) {
    for (const [start, end] of freeStretches(yard, angle, v, 10)) {
      let u = start + random.between(0.5, 3);
      while (u < end) {
        const lengthM = random.between(7.5, 13);
        if (u + lengthM > end) break;
        const depthM = random.between(6.5, 8.6);
        const at = place(u + lengthM / 2, v + random.between(-0.5, 0.5), angle);
        const ring = rectangle(at, lengthM, depthM, angle + random.between(-0.02, 0.02));
        if (!random.chance(0.07) && contains(yard, ring)) {
          buildings.push({
            ring,
            floors: random.chance(0.15) ? 2 : 1,
            unitCount: 0,
            households: random.pick([1, 1, 1, 2, 2, 3]),
          });
        }
        u += lengthM + random.between(1.2, 3.4);
      }
    }
    v += row % 2 === 0 ? random.between(12, 13.5) : random.between(15.5, 18);
  }
  return buildings;
}

const INSTITUTION_BLOCKS: Readonly<
  Record<InstitutionKind, readonly (readonly [u: number, v: number, length: number, depth: number, floors: number])[]>
> = {
  school: [
    [0, 0.26, 64, 14, 4],
    [-0.2, -0.02, 40, 12, 3],
    [0.3, 0.02, 14, 34, 2],
  ],
  kindergarten: [[0, 0.1, 34, 16, 2]],
  hospital: [
    [0, -0.24, 58, 18, 5],
    [0, 0.06, 70, 16, 12],
    [0.1, 0.33, 36, 12, 3],
  ],
  market: [
    [0, -0.1, 72, 38, 2],
    [0, 0.3, 50, 14, 1],
  ],
  office: [
    [0, 0.2, 52, 15, 6],
    [-0.25, -0.12, 30, 12, 3],
  ],
};

/** A yard without households. `kind` says which blocks stand in it; blocks that don't fit are left out. */
export function institutionBlocks(yard: Ring, angle: number, kind: InstitutionKind): DraftBuilding[] {
  return blocksIn(yard, angle, INSTITUTION_BLOCKS[kind]);
}

/** Sheds of a works or depot. */
export function worksSheds(random: RandomStream, yard: Ring, angle: number): DraftBuilding[] {
  const sheds = [-0.3, 0, 0.3].map(
    (v) => [random.between(-0.1, 0.1), v, random.between(40, 80), random.between(18, 26), 1] as const,
  );
  return blocksIn(yard, angle, sheds);
}

function blocksIn(
  yard: Ring,
  angle: number,
  blocks: readonly (readonly [u: number, v: number, length: number, depth: number, floors: number])[],
): DraftBuilding[] {
  const middle = middleOf(yard);
  const extent = extentOf(yard, angle);
  const width = extent.along[1] - extent.along[0];
  const height = extent.across[1] - extent.across[0];
  const placed: DraftBuilding[] = [];
  for (const [u, v, length, depth, floors] of blocks) {
    const offset = place(u * width, v * height, angle);
    const at: Point = [middle[0] + offset[0], middle[1] + offset[1]];
    for (const scale of [1, 0.75, 0.5]) {
      const ring = rectangle(along(at, middle, 1 - scale), length * scale, depth * scale, angle);
      const roomy = rectangle(along(at, middle, 1 - scale), length * scale + 6, depth * scale + 6, angle);
      const clear = placed.every((other) => !overlap(roomy, other.ring));
      if (clear && contains(yard, ring)) {
        placed.push({ ring, floors, unitCount: 0, households: 0 });
        break;
      }
    }
  }
  return placed;
}

/** Whether two convex rings share ground (separating axes). */
export function overlap(a: Ring, b: Ring): boolean {
  for (const [ring, other] of [
    [a, b],
    [b, a],
  ] as const) {
    for (let i = 0; i < ring.length; i++) {
      const p = ring[i]!;
      const q = ring[(i + 1) % ring.length]!;
      const outside = other.every((c) => (q[0] - p[0]) * (c[1] - p[1]) - (q[1] - p[1]) * (c[0] - p[0]) < 0);
      if (outside) return false;
    }
  }
  return true;
}
