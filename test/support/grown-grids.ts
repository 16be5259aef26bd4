import { neighboursOf } from '../../geodata/fabric/neighbours.ts';
import type { CellId, Fabric, GridId } from '../../geodata/model/index.ts';

/** A plausible plan without a solver: grids grow from cell to cell along the longest borders, up to so many households. */
export function grownGrids(fabric: Fabric, mostHouseholds: number): Map<CellId, GridId> {
  const around = new Map<CellId, { cell: CellId; lengthM: number }[]>(fabric.cells.map(({ id }) => [id, []]));
  for (const { a, b, lengthM, crosses } of neighboursOf(fabric)) {
    if (crosses) continue;
    around.get(a)!.push({ cell: b, lengthM });
    around.get(b)!.push({ cell: a, lengthM });
  }
  const households = new Map(fabric.cells.map(({ id, householdCount }) => [id, householdCount]));
  const assignment = new Map<CellId, GridId>();
  let count = 0;
  for (const { id } of fabric.cells) {
    if (assignment.has(id)) continue;
    const grid = `g${++count}` as GridId;
    let sum = households.get(id)!;
    assignment.set(id, grid);
    const touching = new Map<CellId, number>();
    const note = (cell: CellId) => {
      for (const next of around.get(cell)!)
        if (!assignment.has(next.cell)) touching.set(next.cell, (touching.get(next.cell) ?? 0) + next.lengthM);
    };
    note(id);
    while (touching.size > 0) {
      const [best] = [...touching].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0]!;
      touching.delete(best);
      if (sum + households.get(best)! > mostHouseholds) continue;
      sum += households.get(best)!;
      assignment.set(best, grid);
      note(best);
    }
  }
  return assignment;
}
