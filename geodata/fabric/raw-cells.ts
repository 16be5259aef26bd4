import { faceAt, type Subdivision } from '../geometry/polygonize.ts';
import type { CellBuilding } from '../model/index.ts';
import type { RawCell } from './assemble.ts';
import type { SiteBorders } from './borders.ts';
import type { FaceFacts } from './face-facts.ts';
import type { LatticeGround } from './lattice-ground.ts';
import type { Site, Sites } from './sites.ts';

/**
 * The cells with what stands in them, sites first in their order, then empty ground. A site that got no ground (an entrance that lies
 * outside the community, say) puts its buildings into the cell next to it.
 */
export function rawCellsOf(
  subdivision: Subdivision,
  lattice: LatticeGround,
  facts: FaceFacts,
  cellOf: Int32Array,
  { sites }: Sites,
  borders: SiteBorders,
): RawCell[] {
  const largest = new Map<number, number>();
  for (let face = 0; face < cellOf.length; face++) {
    const cell = cellOf[face]!;
    if (cell < 0) continue;
    const rival = largest.get(cell);
    if (rival === undefined || subdivision.areaMm2[face]! > subdivision.areaMm2[rival]!) largest.set(cell, face);
  }
  const buildings = new Map<number, CellBuilding[]>();
  for (const site of sites) {
    const cell = largest.has(site.id) ? site.id : cellBeside(site);
    buildings.set(cell, [...(buildings.get(cell) ?? []), ...site.buildings]);
  }
  return [...largest]
    .sort(([a], [b]) => a - b)
    .map(([number, face]) => ({
      number,
      buildings: buildings.get(number) ?? [],
      roadBlock: (borders.blockOfSite[number] ?? -1) >= 0 ? borders.blockOfSite[number]! : facts.block[face]!,
      x: facts.x[face]!,
      y: facts.y[face]!,
    }));

  function cellBeside(site: Site): number {
    const slices = site.slicing?.sites.toSorted((a, b) => Math.abs(a - site.id) - Math.abs(b - site.id)) ?? [];
    const slice = slices.find((other) => largest.has(other));
    if (slice !== undefined) return slice;
    for (const footprint of site.footprints) {
      for (const ring of lattice.footprints[footprint]!.rings) {
        for (let i = 0; i < ring.length; i += 2) {
          const face = faceAt(subdivision, ring[i]!, ring[i + 1]!);
          if (face >= 0 && cellOf[face]! >= 0) return cellOf[face]!;
        }
      }
    }
    throw new Error(`no cell for buildings ${site.buildings.map(({ buildingId }) => buildingId).join(', ')}`);
  }
}
