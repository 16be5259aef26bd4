import type { CoverLimits, ExactCover } from './exact-cover.ts';
import type { Workspace } from './workspace.ts';

const grids: number[] = [];
const found: number[] = [];

/** Grows a random cluster of `size` neighbouring grids around one; returns how many it found. */
export function growCluster(workspace: Workspace, grid: number, size: number, cluster: number[]): number {
  cluster[0] = grid;
  let count = 1;
  while (count < size) {
    const neighbours = workspace.neighbourGrids(cluster, count, found);
    if (neighbours === 0) break;
    cluster[count++] = found[workspace.random.below(neighbours)]!;
  }
  return count;
}

/** Divides `moves` random clusters of 2 to `mostGrids` grids anew, exactly. */
export function* improveNeighbourhoods(
  workspace: Workspace,
  cover: ExactCover,
  moves: number,
  mostGrids: number,
  limits: CoverLimits,
): Generator<void, void> {
  const { plan, random } = workspace;
  cover.forget();
  for (let move = 0; move < moves && plan.gridCount > 1; move++) {
    const size = 2 + random.below(mostGrids - 1);
    const count = growCluster(workspace, random.below(plan.gridCount), size, grids);
    const atoms = Math.min(limits.atoms, Math.max(12, Math.round(limits.atomsPerGrid * count) + random.below(4)));
    if (!cover.improve(grids, count, { ...limits, atoms }) && count > 2)
      cover.improve(grids, count - 1, { ...limits, atoms: Math.min(atoms, 14) });
    if (move % 4 === 3) yield;
  }
}
