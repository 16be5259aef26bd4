import { FaceClipper } from '../geometry/clip-to-faces.ts';
import { faceAt } from '../geometry/polygonize.ts';
import { addSegment, noSegments, type Segments } from '../geometry/segments.ts';
import { OwnedVoronoi } from '../geometry/voronoi.ts';
import type { Blocks } from './blocks.ts';
import type { Samples } from './samples.ts';
import { TAG } from './tags.ts';

export interface SiteBorders {
  /** Borders midway between the buildings of each block, clipped to it. */
  readonly segments: Segments;
  /** By site: the block that most of its perimeter lies in, −1 without samples inside. */
  readonly blockOfSite: Int32Array;
  /** The nearest site of a block, −1 when the block has none. */
  readonly nearestSite: (block: number, x: number, y: number) => number;
}

/** Per block, the Voronoi borders of the perimeters of the buildings that stand in it. */
export function siteBorders(blocks: Blocks, samples: Samples, siteCount: number): SiteBorders {
  const { subdivision, blockOfFace, count } = blocks;
  const blockAt = (face: number): number => (face < 0 ? -1 : blockOfFace[face]!);
  const blockOfSample = samples.sites.map((_, sample) =>
    blockAt(faceAt(subdivision, samples.points[sample * 2]!, samples.points[sample * 2 + 1]!)),
  );
  const blockOfSite = mostFrequentBlock(samples.sites, blockOfSample, siteCount);
  const points: number[][] = Array.from({ length: count }, () => []);
  const owners: number[][] = Array.from({ length: count }, () => []);
  samples.sites.forEach((site, sample) => {
    const block = blockOfSample[sample]!;
    if (block < 0 || block !== blockOfSite[site]) return;
    points[block]!.push(samples.points[sample * 2]!, samples.points[sample * 2 + 1]!);
    owners[block]!.push(site);
  });
  const segments = noSegments();
  const clipper = new FaceClipper(subdivision);
  const voronois = owners.map((sites, block) => {
    if (sites.length === 0) return null;
    const voronoi = new OwnedVoronoi(points[block]!, sites);
    const inBlock = (face: number): boolean => blockAt(face) === block;
    voronoi.forEachBorder((x0, y0, x1, y1) => {
      clipper.clip(x0, y0, x1, y1, inBlock, (ax, ay, bx, by) => addSegment(segments, ax, ay, bx, by, TAG.open));
    });
    return voronoi;
  });
  return { segments, blockOfSite, nearestSite: (block, x, y) => voronois[block]?.ownerAt(x, y) ?? -1 };
}

function mostFrequentBlock(sites: readonly number[], blocks: readonly number[], siteCount: number): Int32Array {
  const votes: Map<number, number>[] = Array.from({ length: siteCount }, () => new Map());
  sites.forEach((site, sample) => {
    const block = blocks[sample]!;
    if (block >= 0) votes[site]!.set(block, (votes[site]!.get(block) ?? 0) + 1);
  });
  return Int32Array.from(votes, (byBlock) => {
    let best = -1;
    for (const [block, count] of byBlock) {
      if (best < 0 || count > byBlock.get(best)! || (count === byBlock.get(best)! && block < best)) best = block;
    }
    return best;
  });
}
