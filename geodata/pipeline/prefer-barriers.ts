import { arcLengthM } from '../fabric/neighbours.ts';
import { type ArcClass, BARRIER_CLASSES, type BarrierClass, type Fabric } from '../model/index.ts';
import type { FabricProblem } from './problem-of-fabric.ts';

/** What a metre of border along each class of barrier counts for; the less, the sooner grids end there. */
export type BarrierWeights = Readonly<Record<BarrierClass, number>>;

/** R1: a river divides more than a railway, a railway more than a main road; lanes and walls are there already, too. */
export const BARRIER_WEIGHTS: BarrierWeights = { river: 0.3, railway: 0.4, mainRoad: 0.5, wall: 0.5, road: 0.5 };

/** Open ground has to be pointed out. Community limits and lines drawn by hand are what they are. */
const OTHER_WEIGHTS: Readonly<Record<Exclude<ArcClass, BarrierClass>, number>> = {
  community: 1,
  drawn: 1,
  open: 2,
  entrance: 2,
};

/**
 * R1: grids prefer roads, rivers, railways and walls as borders. Metres to add to the price of each edge of the problem.
 * @param own weights in place of the usual ones, each above 0: a border must not be wanted for its own sake
 */
export function preferBarriers(
  fabric: Fabric,
  { problem, cellIds }: FabricProblem,
  own: Partial<BarrierWeights> = {},
): number[] {
  const weights: Readonly<Record<ArcClass, number>> = { ...BARRIER_WEIGHTS, ...OTHER_WEIGHTS, ...own };
  for (const barrier of BARRIER_CLASSES)
    if (!(weights[barrier] > 0)) throw new Error(`the weight of ${barrier} must be above 0, not ${weights[barrier]}`);
  const position = new Map(cellIds.map((id, index) => [id, index]));
  const more = new Map<string, number>();
  for (const arc of fabric.arcs) {
    if (arc.left === null || arc.right === null) continue;
    const [left, right] = [position.get(arc.left)!, position.get(arc.right)!];
    const key = left < right ? `${left},${right}` : `${right},${left}`;
    more.set(key, (more.get(key) ?? 0) + (weights[arc.class] - 1) * arcLengthM(arc));
  }
  return problem.edges.map(({ a, b }) => more.get(a < b ? `${a},${b}` : `${b},${a}`) ?? 0);
}
