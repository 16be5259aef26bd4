import type { Grid, GridId, Worker, WorkerId } from '../model/index.ts';

/**
 * Which workers the roster puts on which grid: by the grid's full code, its sequence (the code's last digits), or its name, in that
 * order. A label that fits no grid or several is left out; `staffingOf` then shows the grid as without a worker.
 */
export function matchRoster(
  grids: Iterable<Grid>,
  workers: readonly Worker[],
): ReadonlyMap<GridId, readonly WorkerId[]> {
  const all = [...grids];
  const matched = new Map<GridId, WorkerId[]>(all.map((grid) => [grid.id, []]));
  for (const worker of workers) {
    const label = worker.gridLabel?.normalize('NFKC').trim();
    if (!label) continue;
    const byCode = all.filter((grid) => grid.code === label);
    const byName = all.filter((grid) => grid.name === label);
    const bySequence = /^\d{1,3}$/.test(label)
      ? all.filter((grid) => Number(grid.code.slice(12)) === Number(label))
      : [];
    const found = [byCode, byName, bySequence].find((grids) => grids.length > 0) ?? [];
    if (found.length === 1) matched.get(found[0]!.id)!.push(worker.id);
  }
  return matched;
}
