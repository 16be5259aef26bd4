import { neighboursOf } from '../fabric/neighbours.ts';
import type { ArcClass, Cell, CellId, Fabric, GridId } from '../model/index.ts';
import type { GridOfCell, PartitionProblem } from '../partition/problem.ts';

/** A fabric as the solver sees it, with the way back: position in the problem → cell. */
export interface FabricProblem {
  readonly problem: PartitionProblem;
  readonly cellIds: readonly CellId[];
}

/** Barriers that a grid should not reach over; a compound's wall is priced as the compound, not again as a barrier. */
const APART: ReadonlySet<ArcClass> = new Set(['river', 'railway', 'mainRoad']);

/** The cell graph of a fabric. Cells without households are in it: the solver gives them to a neighbour. */
export function problemOf(fabric: Fabric): FabricProblem {
  const position = new Map(fabric.cells.map((cell, index) => [cell.id, index]));
  const blocks = roadBlocksOf(fabric, position);
  return {
    cellIds: fabric.cells.map((cell) => cell.id),
    problem: {
      cells: fabric.cells.map((cell, index) => ({
        label: labelOf(cell),
        householdCount: cell.householdCount,
        compoundId: cell.compoundId,
        roadBlock: blocks[index]!,
      })),
      edges: neighboursOf(fabric).map(({ a, b, lengthM, crosses }) => ({
        a: position.get(a)!,
        b: position.get(b)!,
        lengthM,
        crosses,
      })),
    },
  };
}

/** A division by position as an assignment; cells numbered −1 are left out. */
export function assignmentOf(
  cellIds: readonly CellId[],
  gridOfCell: GridOfCell,
  gridIds: readonly GridId[],
): Map<CellId, GridId> {
  const assignment = new Map<CellId, GridId>();
  gridOfCell.forEach((grid, index) => {
    if (grid >= 0) assignment.set(cellIds[index]!, gridIds[grid]!);
  });
  return assignment;
}

/** The buildings' or entrances' ids, or the cell's number where nothing stands. */
function labelOf(cell: Cell): string {
  if (cell.buildings.length === 0) return `#${cell.id}`;
  return cell.buildings.map(({ buildingId, unitId }) => unitId ?? buildingId).join('+');
}

/** Cells that can be walked between without crossing a river, a railway or a main road share a number (0 …). */
function roadBlocksOf(fabric: Fabric, position: ReadonlyMap<CellId, number>): number[] {
  const parent = fabric.cells.map((_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (parent[root] !== root) root = parent[root]!;
    for (let step = index; step !== root; ) [step, parent[step]] = [parent[step]!, root];
    return root;
  };
  for (const arc of fabric.arcs) {
    if (arc.left === null || arc.right === null || APART.has(arc.class)) continue;
    const [a, b] = [rootOf(position.get(arc.left)!), rootOf(position.get(arc.right)!)];
    parent[Math.max(a, b)] = Math.min(a, b);
  }
  const numbers = new Map<number, number>();
  return fabric.cells.map((_, index) => {
    const root = rootOf(index);
    if (!numbers.has(root)) numbers.set(root, numbers.size);
    return numbers.get(root)!;
  });
}
