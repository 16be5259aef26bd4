import { latticeGroundOf } from '../geodata/fabric/lattice-ground.ts';
import { ringsByCell } from '../geodata/fabric/rings.ts';
import { boxOf } from '../geodata/geometry/lattice.ts';
import type { ArcClass, Fabric, Ground } from '../geodata/model/index.ts';

const STROKE: Readonly<Record<ArcClass, readonly [colour: string, width: number]>> = {
  open: ['#8a94a3', 0.8],
  community: ['#1f2a3a', 2.6],
  mainRoad: ['#d9542b', 2.2],
  road: ['#e2a03f', 1.6],
  wall: ['#7d5ba6', 1.6],
  river: ['#2f7fc1', 2.4],
  railway: ['#444444', 2.4],
  entrance: ['#c2185b', 1.2],
  drawn: ['#00897b', 1.6],
};
const TINTS = ['#e8f1e4', '#fdeee0', '#e6ecf5', '#f7e6ea', '#efe8f5', '#e3f1f1', '#f8f4dc', '#eeeae4'];

/** An SVG picture of cells, footprints and what their borders lie on. `windowM` is x, y, width, height in metres of the frame. */
export function fabricPicture(
  fabric: Fabric,
  ground: Ground,
  { widthPx, windowM }: { widthPx: number; windowM?: readonly [number, number, number, number] | undefined },
): string {
  const lattice = latticeGroundOf(ground);
  const box = boxOf(lattice.community);
  const [x, y, width, height] = windowM
    ? [windowM[0] * 1000, windowM[1] * 1000, windowM[2] * 1000, windowM[3] * 1000]
    : [box.minX - 10_000, box.minY - 10_000, box.maxX - box.minX + 20_000, box.maxY - box.minY + 20_000];
  const pixel = widthPx / width;
  const at = (px: number, py: number): string =>
    `${((px - x) * pixel).toFixed(1)} ${((y + height - py) * pixel).toFixed(1)}`;
  const path = (points: readonly number[], close: boolean): string => {
    const parts: string[] = [];
    for (let i = 0; i < points.length; i += 2) parts.push(`${i === 0 ? 'M' : 'L'}${at(points[i]!, points[i + 1]!)}`);
    return parts.join('') + (close ? 'Z' : '');
  };
  const out: string[] = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${widthPx}" height="${Math.round(height * pixel)}" style="background:#fcfbf8">`,
  ];
  for (const [cell, rings] of ringsByCell(fabric)) {
    const { buildings, roadBlock } = fabric.cells.find(({ id }) => id === cell)!;
    const fill = buildings.length === 0 ? '#ffffff' : TINTS[roadBlock % TINTS.length];
    out.push(`<path fill="${fill}" fill-rule="evenodd" d="${rings.map((ring) => path(ring.points, true)).join('')}"/>`);
  }
  for (const { rings } of lattice.footprints) {
    out.push(`<path fill="#8f8f8f" fill-rule="evenodd" d="${rings.map((ring) => path(ring, true)).join('')}"/>`);
  }
  for (const barrier of lattice.barriers) {
    for (const line of barrier.lines) {
      out.push(
        `<path fill="none" stroke="${STROKE[barrier.class][0]}" stroke-opacity="0.35" stroke-width="1" stroke-dasharray="4 3" d="${path(line, false)}"/>`,
      );
    }
    for (const ring of barrier.areas) out.push(`<path fill="#2f7fc1" fill-opacity="0.12" d="${path(ring, true)}"/>`);
  }
  for (const arc of fabric.arcs) {
    const [colour, strokeWidth] = STROKE[arc.class];
    out.push(
      `<path fill="none" stroke="${colour}" stroke-width="${strokeWidth}" stroke-linejoin="round" d="${path(arc.points, false)}"/>`,
    );
  }
  out.push('</svg>');
  return out.join('\n');
}
