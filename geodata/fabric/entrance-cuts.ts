import { addSegment, type Segments } from '../geometry/segments.ts';
import type { LatticeGround } from './lattice-ground.ts';
import type { Sites, Slicing } from './sites.ts';
import { TAG } from './tags.ts';

const OVERSHOOT_MM = 3;

/** Adds the lines that part a divided building's entrances, from wall to wall, a hair over both. */
export function addEntranceCuts(segments: Segments, lattice: LatticeGround, { sites, siteOfFootprint }: Sites): void {
  siteOfFootprint.forEach((first, footprint) => {
    const slicing = first < 0 ? null : sites[first]!.slicing;
    if (!slicing) return;
    for (let cut = 1; cut < slicing.sites.length; cut++) {
      const along = slicing.fromMm + ((slicing.toMm - slicing.fromMm) * cut) / slicing.sites.length;
      addCut(segments, lattice.footprints[footprint]!.rings, slicing, along);
    }
  });
}

function addCut(
  segments: Segments,
  rings: readonly (readonly number[])[],
  { originX, originY, axisX, axisY }: Slicing,
  along: number,
): void {
  const across: number[] = [];
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 2; i < ring.length; j = i, i += 2) {
      const [pi, qi] = turned(ring[i]!, ring[i + 1]!);
      const [pj, qj] = turned(ring[j]!, ring[j + 1]!);
      if (pi > along === pj > along) continue;
      across.push(qi + ((along - pi) / (pj - pi)) * (qj - qi));
    }
  }
  across.sort((a, b) => a - b);
  for (let k = 0; k + 1 < across.length; k += 2) {
    const from = across[k]! - OVERSHOOT_MM;
    const to = across[k + 1]! + OVERSHOOT_MM;
    const x = originX + along * axisX;
    const y = originY + along * axisY;
    addSegment(
      segments,
      Math.round(x - from * axisY),
      Math.round(y + from * axisX),
      Math.round(x - to * axisY),
      Math.round(y + to * axisX),
      TAG.entrance,
    );
  }

  function turned(x: number, y: number): [along: number, across: number] {
    const dx = x - originX;
    const dy = y - originY;
    return [dx * axisX + dy * axisY, -dx * axisY + dy * axisX];
  }
}
