import type { CellId, Fabric, GridId } from '../model/index.ts';

/**
 * Grids in the order in which they are numbered: west to east, then north to south, as a page is read. Rows are as high as
 * the usual grid, so that two grids side by side, one a little lower, count as one row.
 */
export function readingOrder(fabric: Fabric, assignment: ReadonlyMap<CellId, GridId>): GridId[] {
  const middles = [...middlesOf(fabric, assignment)].sort((a, b) => b.yMm - a.yMm || compareIds(a.gridId, b.gridId));
  const areaMm2 = middles.reduce((sum, middle) => sum + middle.areaMm2, 0);
  const rowHeightMm = Math.sqrt(areaMm2 / Math.max(1, middles.length)) / 2;
  const order: GridId[] = [];
  for (let from = 0; from < middles.length; ) {
    let to = from + 1;
    while (to < middles.length && middles[from]!.yMm - middles[to]!.yMm <= rowHeightMm) to++;
    const row = middles.slice(from, to).sort((a, b) => a.xMm - b.xMm || compareIds(a.gridId, b.gridId));
    order.push(...row.map(({ gridId }) => gridId));
    from = to;
  }
  return order;
}

const compareIds = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

interface Middle {
  readonly gridId: GridId;
  readonly xMm: number;
  readonly yMm: number;
  readonly areaMm2: number;
}

/** Centroids, summed up over the arcs around each grid (the integral over a polygon is one over its boundary). */
function middlesOf(fabric: Fabric, assignment: ReadonlyMap<CellId, GridId>): Middle[] {
  const sums = new Map<GridId, { area: number; x: number; y: number }>();
  for (const arc of fabric.arcs) {
    const left = arc.left === null ? undefined : assignment.get(arc.left);
    const right = arc.right === null ? undefined : assignment.get(arc.right);
    if (left === right) continue;
    let [area, x, y] = [0, 0, 0];
    for (let i = 0; i + 3 < arc.points.length; i += 2) {
      const [x0, y0, x1, y1] = arc.points.slice(i, i + 4) as [number, number, number, number];
      const cross = x0 * y1 - x1 * y0;
      area += cross;
      x += (x0 + x1) * cross;
      y += (y0 + y1) * cross;
    }
    for (const [grid, sign] of [
      [left, 1],
      [right, -1],
    ] as const) {
      if (grid === undefined) continue;
      const sum = sums.get(grid) ?? { area: 0, x: 0, y: 0 };
      sums.set(grid, { area: sum.area + sign * area, x: sum.x + sign * x, y: sum.y + sign * y });
    }
  }
  return [...sums].map(([gridId, { area, x, y }]) => ({
    gridId,
    xMm: x / (3 * area),
    yMm: y / (3 * area),
    areaMm2: area / 2,
  }));
}
