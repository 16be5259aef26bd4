import { faceAt, pointInFace, type Subdivision } from '../geometry/polygonize.ts';
import type { Blocks } from './blocks.ts';
import type { SiteBorders } from './borders.ts';
import type { LatticeGround } from './lattice-ground.ts';
import { FootprintFinder } from './overlaps.ts';
import { type Sites, siteAt } from './sites.ts';

/** What is known of every face before cells grow; −1 for none. */
export interface FaceFacts {
  /** Block; −1 outside the community. */
  readonly block: Int32Array;
  /** The site whose footprint covers the face. */
  readonly core: Int32Array;
  /** The site nearest to the face in its block. */
  readonly nearest: Int32Array;
  /** A point strictly inside. */
  readonly x: Float64Array;
  readonly y: Float64Array;
}

export function factsOfFaces(
  subdivision: Subdivision,
  lattice: LatticeGround,
  sites: Sites,
  blocks: Blocks,
  borders: SiteBorders,
): FaceFacts {
  const finder = new FootprintFinder(lattice.footprints);
  const { faceCount } = subdivision;
  const block = new Int32Array(faceCount).fill(-1);
  const core = new Int32Array(faceCount).fill(-1);
  const nearest = new Int32Array(faceCount).fill(-1);
  const x = new Float64Array(faceCount);
  const y = new Float64Array(faceCount);
  for (let face = 0; face < faceCount; face++) {
    const point = pointInFace(subdivision, face);
    x[face] = point[0];
    y[face] = point[1];
    const blockFace = faceAt(blocks.subdivision, point[0], point[1]);
    block[face] = blockFace < 0 ? -1 : blocks.blockOfFace[blockFace]!;
    if (block[face]! < 0) continue;
    nearest[face] = borders.nearestSite(block[face]!, point[0], point[1]);
    const covering = finder.covering(point[0], point[1]).find((footprint) => sites.siteOfFootprint[footprint]! >= 0);
    if (covering !== undefined) core[face] = siteAt(sites, sites.siteOfFootprint[covering]!, point[0], point[1]);
  }
  return { block, core, nearest, x, y };
}
