import { areaOver, type CellOverlay, overlayAreas } from '../fabric/overlay.ts';
import type { Building, Fabric } from '../model/index.ts';
import type { DepartmentLayer } from './layer.ts';

/** A layer laid over the cells; `overlays` in the order of the fabric's cells. */
export interface PlacedLayer {
  readonly layer: DepartmentLayer;
  readonly overlays: readonly CellOverlay[];
}

/** Lays every department's grids over the cells, in an order that doesn't depend on how they came. */
export function placeLayers(
  fabric: Fabric,
  buildings: readonly Building[],
  layers: readonly DepartmentLayer[],
): PlacedLayer[] {
  return layers
    .toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    .map((layer) => ({
      layer,
      overlays: overlayAreas(
        fabric,
        buildings,
        layer.grids.map(({ area }) => area),
      ),
    }));
}

/** A metre of border that all departments are against costs so many more metres; one that all of them have earns as many. */
const STRENGTH = 25;

/**
 * What the departments say about every border between two cells, in metres to add to its price: positive where they keep the two
 * cells together, negative where they part them. A department that has no grid over one of the cells has no opinion.
 * @param edges pairs of positions in the fabric's cells with their length
 */
export function agreementOf(
  placed: readonly PlacedLayer[],
  edges: readonly { readonly a: number; readonly b: number; readonly lengthM: number }[],
): number[] {
  const votes = placed.map(({ layer, overlays }) => ({ weight: layer.weight, gridOfCell: overlays.map(areaOver) }));
  return edges.map(({ a, b, lengthM }) => {
    let together = 0;
    let apart = 0;
    for (const { weight, gridOfCell } of votes) {
      const [one, other] = [gridOfCell[a]!, gridOfCell[b]!];
      if (one < 0 || other < 0) continue;
      if (one === other) together += weight;
      else apart += weight;
    }
    return together + apart === 0 ? 0 : (STRENGTH * lengthM * (together - apart)) / (together + apart);
  });
}
