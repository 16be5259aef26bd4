import type { Arc, CellId, Fabric } from '../model/index.ts';
import { boxesOfCells } from './cut-pieces.ts';

/** Cells that lie in a closed line (flat coordinates, millimetres; it does not cross any of them). Where it crosses itself, even-odd. */
export function cellsInRing(fabric: Fabric, ring: readonly number[]): CellId[] {
  const [minX, minY, maxX, maxY] = boxesOfCells([
    { points: ring, left: 0 as CellId, right: null } as unknown as Arc,
  ]).get(0 as CellId)!;
  const boxes = boxesOfCells(fabric.arcs);
  const maybe = new Map<CellId, number[][]>();
  for (const [cell, box] of boxes)
    if (box[0] <= maxX && box[2] >= minX && box[1] <= maxY && box[3] >= minY) maybe.set(cell, []);
  for (const { points, left, right } of fabric.arcs)
    for (const cell of [left, right]) if (cell !== null) maybe.get(cell)?.push(points as number[]);
  const inside: CellId[] = [];
  for (const [cell, lines] of maybe) {
    const [x, y] = pointWithin(lines, boxes.get(cell)!);
    if (crossingsRightOf([ring], x, y) % 2 === 1) inside.push(cell);
  }
  return inside.sort((a, b) => a - b);
}

/** The middle of the widest stretch of a cell at half its height. */
function pointWithin(
  lines: readonly (readonly number[])[],
  [, minY, , maxY]: readonly [number, number, number, number],
): [number, number] {
  const y = Math.floor((minY + maxY) / 2) + 0.5;
  const xs: number[] = [];
  for (const points of lines)
    for (let i = 0; i + 3 < points.length; i += 2) {
      const x = crossingX(points, i, y);
      if (x !== null) xs.push(x);
    }
  xs.sort((a, b) => a - b);
  let best = 0;
  for (let i = 2; i + 1 < xs.length; i += 2) if (xs[i + 1]! - xs[i]! > xs[best + 1]! - xs[best]!) best = i;
  return [(xs[best]! + xs[best + 1]!) / 2, y];
}

function crossingsRightOf(lines: readonly (readonly number[])[], x: number, y: number): number {
  let count = 0;
  for (const points of lines)
    for (let i = 0; i + 3 < points.length; i += 2) {
      const at = crossingX(points, i, y);
      if (at !== null && at > x) count++;
    }
  return count;
}

function crossingX(points: readonly number[], i: number, y: number): number | null {
  const [x0, y0, x1, y1] = [points[i]!, points[i + 1]!, points[i + 2]!, points[i + 3]!];
  return y0 > y === y1 > y ? null : x0 + ((y - y0) / (y1 - y0)) * (x1 - x0);
}
