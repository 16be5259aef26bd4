import { arcLengthM } from '../fabric/neighbours.ts';
import type { ArcClass, Fabric } from '../model/index.ts';
import type { FabricProblem } from './problem-of-fabric.ts';

/** What a metre of border costs besides its length: a road or wall is there already, open ground has to be pointed out. */
const MORE_A_METRE: Readonly<Record<ArcClass, number>> = {
  river: -0.5,
  railway: -0.5,
  mainRoad: -0.5,
  wall: -0.5,
  road: -0.5,
  community: 0,
  drawn: 0,
  open: 1,
  entrance: 1,
};

/** R1: grids prefer roads, rivers, railways and walls as borders. Metres to add to the price of each edge of the problem. */
export function preferBarriers(fabric: Fabric, { problem, cellIds }: FabricProblem): number[] {
  const position = new Map(cellIds.map((id, index) => [id, index]));
  const more = new Map<string, number>();
  for (const arc of fabric.arcs) {
    if (arc.left === null || arc.right === null) continue;
    const [left, right] = [position.get(arc.left)!, position.get(arc.right)!];
    const key = left < right ? `${left},${right}` : `${right},${left}`;
    more.set(key, (more.get(key) ?? 0) + MORE_A_METRE[arc.class] * arcLengthM(arc));
  }
  return problem.edges.map(({ a, b }) => more.get(a < b ? `${a},${b}` : `${b},${a}`) ?? 0);
}
