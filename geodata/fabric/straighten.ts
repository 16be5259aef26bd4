import type { CellId, Fabric, GridId } from '../model/index.ts';
import type { GridBorder } from './dissolve.ts';
import type { FootprintMm } from './outline-footprints.ts';

/** What straightening works with. */
export interface Straightening {
  readonly footprints: readonly FootprintMm[];
}

export function straightenBorders(
  _fabric: Fabric,
  _assignment: ReadonlyMap<CellId, GridId>,
  borders: readonly GridBorder[],
  _straightening: Straightening,
): readonly GridBorder[] {
  return borders;
}
