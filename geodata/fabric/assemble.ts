import { insideRings } from '../geometry/lattice.ts';
import type { Arc, ArcId, Building, Cell, CellBuilding, CellId, CompoundId, Fabric, Ground } from '../model/index.ts';
import type { RawArc } from './chain-arcs.ts';
import type { LatticeGround } from './lattice-ground.ts';

/** A cell before it has its id and area. */
export interface RawCell {
  readonly number: number;
  readonly buildings: readonly CellBuilding[];
  readonly roadBlock: number;
  /** A point of its ground. */
  readonly x: number;
  readonly y: number;
}

/** Gives cells and arcs their ids, areas and compounds. Cells are numbered in the order given. */
export function assembleFabric(
  ground: Ground,
  lattice: LatticeGround,
  cells: readonly RawCell[],
  rawArcs: readonly RawArc[],
): Fabric {
  const idOf = new Map(cells.map((cell, index) => [cell.number, (index + 1) as CellId]));
  const arcs: Arc[] = rawArcs.map(({ points, left, right, class: arcClass }, index) => ({
    id: (index + 1) as ArcId,
    points,
    left: idOf.get(left) ?? null,
    right: idOf.get(right) ?? null,
    class: arcClass,
  }));
  const areaMm2 = areasOf(arcs);
  const buildingById = new Map<string, Building>(ground.buildings.map((building) => [building.id, building]));
  const compoundOfBuilding = compoundsByBuilding(ground, lattice);
  return {
    communityCode: ground.community.code,
    version: 1,
    frame: lattice.frame,
    arcs,
    cells: cells.map(({ number, buildings, roadBlock, x, y }): Cell => {
      const id = idOf.get(number)!;
      return {
        id,
        buildings,
        householdCount: buildings.reduce((sum, building) => sum + building.householdCount, 0),
        areaM2: (areaMm2.get(id) ?? 0) / 1e6,
        compoundId: mainCompound(buildings, buildingById, compoundOfBuilding) ?? compoundAt(lattice, x, y),
        roadBlock,
      };
    }),
  };
}

/** Area of every cell from its arcs alone, in mm². */
export function areasOf(arcs: readonly Arc[]): Map<CellId, number> {
  const areas = new Map<CellId, number>();
  for (const { points, left, right } of arcs) {
    let twice = 0;
    for (let i = 0; i + 3 < points.length; i += 2)
      twice += points[i]! * points[i + 3]! - points[i + 2]! * points[i + 1]!;
    if (left !== null) areas.set(left, (areas.get(left) ?? 0) + twice / 2);
    if (right !== null) areas.set(right, (areas.get(right) ?? 0) - twice / 2);
  }
  return areas;
}

function compoundsByBuilding(ground: Ground, lattice: LatticeGround): Map<string, CompoundId> {
  const known = new Map<string, CompoundId>();
  for (const { building: index, box } of lattice.footprints) {
    const building = ground.buildings[index]!;
    const compound = building.compoundId ?? compoundAt(lattice, (box.minX + box.maxX) / 2, (box.minY + box.maxY) / 2);
    if (compound !== null) known.set(building.id, compound);
  }
  return known;
}

function mainCompound(
  buildings: readonly CellBuilding[],
  buildingById: ReadonlyMap<string, Building>,
  compoundOfBuilding: ReadonlyMap<string, CompoundId>,
): CompoundId | null {
  const households = new Map<CompoundId, number>();
  for (const { buildingId, householdCount } of buildings) {
    const compound = buildingById.has(buildingId) ? compoundOfBuilding.get(buildingId) : undefined;
    if (compound !== undefined) households.set(compound, (households.get(compound) ?? 0) + householdCount);
  }
  let best: CompoundId | null = null;
  for (const [compound, count] of households) if (best === null || count > households.get(best)!) best = compound;
  return best;
}

function compoundAt(lattice: LatticeGround, x: number, y: number): CompoundId | null {
  const found = lattice.compounds.find(
    ({ rings, box }) => x >= box.minX && x <= box.maxX && y >= box.minY && y <= box.maxY && insideRings(rings, x, y),
  );
  return found?.compound.id ?? null;
}
