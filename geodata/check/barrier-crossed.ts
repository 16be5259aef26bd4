import type { ArcClass, CellId, GridId, PlanState } from '../model/index.ts';
import type { Check } from './rule.ts';

const SPLITTING: ReadonlySet<ArcClass> = new Set(['river', 'railway', 'mainRoad']);

/** R1: grids prefer rivers, railways and main roads as borders; one that reaches over such a barrier wants a look. */
export const checkBarrierCrossed: Check = ({ state, tallies }) => {
  const crossed = crossedByGrid(state);
  return [...tallies.values()].flatMap(({ grid }) => {
    const lengths = crossed.get(grid.id);
    if (lengths === undefined) return [];
    return [...lengths].map(([barrier, { lengthMm, cellIds }]) => ({
      code: 'barrierCrossed',
      severity: 'warning' as const,
      gridIds: [grid.id],
      cellIds: [...cellIds],
      values: { grid: grid.name, barrier, lengthM: Math.round(lengthMm / 1000) },
    }));
  });
};

/** For each grid and barrier class, how much of that barrier runs inside the grid between two different road blocks. */
function crossedByGrid({ fabric, assignment }: PlanState) {
  const blockOf = new Map(fabric.cells.map((cell) => [cell.id, cell.roadBlock]));
  const crossed = new Map<GridId, Map<ArcClass, { lengthMm: number; cellIds: Set<CellId> }>>();
  for (const arc of fabric.arcs) {
    if (arc.left === null || arc.right === null || !SPLITTING.has(arc.class)) continue;
    const grid = assignment.get(arc.left);
    if (grid === undefined || grid !== assignment.get(arc.right)) continue;
    if (blockOf.get(arc.left) === blockOf.get(arc.right)) continue;
    const classes = crossed.get(grid) ?? new Map();
    crossed.set(grid, classes);
    const stretch = classes.get(arc.class) ?? { lengthMm: 0, cellIds: new Set() };
    classes.set(arc.class, stretch);
    stretch.lengthMm += lengthOf(arc.points);
    stretch.cellIds.add(arc.left);
    stretch.cellIds.add(arc.right);
  }
  return crossed;
}

function lengthOf(points: readonly number[]): number {
  let length = 0;
  for (let i = 2; i < points.length; i += 2) {
    length += Math.hypot(points[i]! - points[i - 2]!, points[i + 1]! - points[i - 1]!);
  }
  return length;
}
