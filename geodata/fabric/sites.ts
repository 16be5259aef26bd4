import { insideRings, type LatticeRing } from '../geometry/lattice.ts';
import type { BuildingUnit, CellBuilding, Ground } from '../model/index.ts';
import type { LatticeGround } from './lattice-ground.ts';
import type { Overlaps } from './overlaps.ts';

/**
 * What gets a cell of its own: a building, a group of overlapping buildings, or (a slice) one entrance of a building that is
 * divided by entrance.
 */
export interface Site {
  readonly id: number;
  readonly footprints: readonly number[];
  readonly buildings: readonly CellBuilding[];
  readonly slicing: Slicing | null;
  readonly slice: number;
}

/** A long building cut across its long axis into equal slices, one an entrance; `sites[i]` is the site of slice i. */
export interface Slicing {
  readonly originX: number;
  readonly originY: number;
  /** Unit vector of the long axis, pointing east (or north, when upright). */
  readonly axisX: number;
  readonly axisY: number;
  /** Extent along the axis, from the origin, in millimetres. */
  readonly fromMm: number;
  readonly toMm: number;
  readonly sites: readonly number[];
}

export interface Sites {
  readonly sites: readonly Site[];
  /** By footprint: its site, or the first of its slices; −1 when it is outside the community. */
  readonly siteOfFootprint: Int32Array;
}

/** Who gets cells. Buildings with more than `divideAboveHouseholds` and households per entrance get one for each entrance. */
export function sitesOf(
  ground: Ground,
  lattice: LatticeGround,
  overlaps: Overlaps,
  divideAboveHouseholds: number,
): Sites {
  const members = new Map<number, number[]>();
  const siteOfFootprint = new Int32Array(lattice.footprints.length).fill(-1);
  overlaps.groupOf.forEach((group, footprint) => {
    if (overlaps.insideShare[footprint]! < 0.5) return;
    const list = members.get(group);
    if (list) list.push(footprint);
    else members.set(group, [footprint]);
  });
  const sites: Site[] = [];
  for (const footprints of members.values()) {
    const first = sites.length;
    for (const footprint of footprints) siteOfFootprint[footprint] = first;
    const divided = footprints.filter((f) => isDivided(ground, lattice.footprints[f]!.building, divideAboveHouseholds));
    const main = divided.toSorted((a, b) => lattice.footprints[b]!.areaMm2 - lattice.footprints[a]!.areaMm2)[0];
    if (main === undefined || lattice.footprints[main]!.isPoint) {
      const buildings = footprints.map((f) => wholeBuilding(ground, lattice.footprints[f]!.building));
      sites.push({ id: first, footprints, buildings, slicing: null, slice: 0 });
      continue;
    }
    const unitCount = ground.buildings[lattice.footprints[main]!.building]!.units.length;
    const slicing = slicingOf(
      lattice.footprints[main]!.rings,
      Array.from({ length: unitCount }, (_, slice) => first + slice),
    );
    const contents: CellBuilding[][] = Array.from({ length: unitCount }, () => []);
    for (const f of footprints) {
      const { building, box, rings } = lattice.footprints[f]!;
      if (divided.includes(f)) {
        const { units } = ground.buildings[building]!;
        units.forEach((unit, k) => {
          const slice = f === main ? k : Math.floor(((k + 0.5) / units.length) * unitCount);
          contents[slice]!.push(oneEntrance(ground, building, unit));
        });
      } else {
        const [x, y] = middleOf(rings, box);
        contents[sliceAt(slicing, x, y)]!.push(wholeBuilding(ground, building));
      }
    }
    contents.forEach((buildings, slice) => {
      sites.push({ id: first + slice, footprints, buildings, slicing, slice });
    });
  }
  return { sites, siteOfFootprint };
}

/** Which slice a point belongs to; points before the first or after the last count to these. */
export function sliceAt(
  { originX, originY, axisX, axisY, fromMm, toMm, sites }: Slicing,
  x: number,
  y: number,
): number {
  const along = (x - originX) * axisX + (y - originY) * axisY;
  const slice = Math.floor(((along - fromMm) / (toMm - fromMm)) * sites.length);
  return Math.min(sites.length - 1, Math.max(0, slice));
}

/** The site that a point of a footprint belongs to. */
export function siteAt({ sites }: Sites, first: number, x: number, y: number): number {
  const { slicing } = sites[first]!;
  return slicing ? slicing.sites[sliceAt(slicing, x, y)]! : first;
}

function isDivided(ground: Ground, building: number, divideAboveHouseholds: number): boolean {
  const { householdCount, units } = ground.buildings[building]!;
  return householdCount > divideAboveHouseholds && units.length > 1;
}

function wholeBuilding(ground: Ground, index: number): CellBuilding {
  const { id, householdCount, countSource } = ground.buildings[index]!;
  return { buildingId: id, unitId: null, householdCount, countSource };
}

function oneEntrance(ground: Ground, index: number, unit: BuildingUnit): CellBuilding {
  const { id, countSource } = ground.buildings[index]!;
  return { buildingId: id, unitId: unit.id, householdCount: unit.householdCount, countSource };
}

function middleOf(rings: readonly LatticeRing[], box: LatticeGround['communityBox']): [number, number] {
  const x = (box.minX + box.maxX) / 2;
  const y = (box.minY + box.maxY) / 2;
  return insideRings(rings, x, y) ? [x, y] : [rings[0]![0]!, rings[0]![1]!];
}

/** The long axis of the narrowest rectangle around a footprint: one of its sides lies on a side of the convex hull. */
function slicingOf(rings: readonly LatticeRing[], sites: readonly number[]): Slicing {
  const hull = convexHull(rings);
  let best = { area: Infinity, axisX: 1, axisY: 0, long: 1, short: 1 };
  for (let i = 0; i < hull.length; i++) {
    const [ax, ay] = hull[i]!;
    const [bx, by] = hull[(i + 1) % hull.length]!;
    const length = Math.hypot(bx - ax, by - ay);
    const ux = (bx - ax) / length;
    const uy = (by - ay) / length;
    const along = extent(hull, ux, uy);
    const across = extent(hull, -uy, ux);
    const area = along * across;
    if (area >= best.area * (1 - 1e-9)) continue;
    best =
      along >= across
        ? { area, axisX: ux, axisY: uy, long: along, short: across }
        : { area, axisX: -uy, axisY: ux, long: across, short: along };
  }
  const turned = best.axisX < -1e-9 || (Math.abs(best.axisX) <= 1e-9 && best.axisY < 0) ? -1 : 1;
  const axisX = best.axisX * turned;
  const axisY = best.axisY * turned;
  const [originX, originY] = hull[0]!;
  const positions = hull.map(([x, y]) => (x - originX) * axisX + (y - originY) * axisY);
  return { originX, originY, axisX, axisY, fromMm: Math.min(...positions), toMm: Math.max(...positions), sites };
}

function extent(hull: readonly (readonly [number, number])[], ux: number, uy: number): number {
  let low = Infinity;
  let high = -Infinity;
  for (const [x, y] of hull) {
    low = Math.min(low, x * ux + y * uy);
    high = Math.max(high, x * ux + y * uy);
  }
  return high - low;
}

function convexHull(rings: readonly LatticeRing[]): [number, number][] {
  const points: [number, number][] = [];
  for (const ring of rings) for (let i = 0; i < ring.length; i += 2) points.push([ring[i]!, ring[i + 1]!]);
  points.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (ordered: readonly [number, number][]): [number, number][] => {
    const chain: [number, number][] = [];
    for (const p of ordered) {
      while (chain.length > 1 && turn(chain[chain.length - 2]!, chain[chain.length - 1]!, p) <= 0) chain.pop();
      chain.push(p);
    }
    chain.pop();
    return chain;
  };
  return [...half(points), ...half(points.toReversed())];
}

function turn(a: readonly [number, number], b: readonly [number, number], c: readonly [number, number]): number {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}
