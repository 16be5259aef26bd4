import type { PartitionOptions } from './options.ts';
import type { PartitionProblem } from './problem.ts';

/**
 * Cells without households (parks, roads, schools) can lie in any grid and would only inflate the search: each is given
 * to a neighbour that has households before the solver starts, and follows it afterwards.
 *
 * Preference, edge by edge: no barrier between; same existing grid; same compound; longer border. Cells that can only be
 * reached over a forbidden barrier go over it as a last resort (they carry nobody across).
 *
 * Returns for each cell the cell it follows (itself if it has households), −1 where nothing with households is connected.
 * With `keepConnected` only the cut-off ones follow: a path through a park may be the only way between two houses, and where
 * the park goes is then a choice that belongs to the search.
 * `fixed` cells (locked grids) neither follow nor, unless nothing else is near, lead.
 */
export function attachEmptyCells(
  problem: PartitionProblem,
  options: PartitionOptions,
  rank: Int32Array,
  fixed: Uint8Array,
  keepConnected: boolean,
): Int32Array {
  const { cells, edges } = problem;
  const forbidden = new Set(options.forbiddenBarriers);
  const existing = options.existing;
  const leader = Int32Array.from(cells, (cell, i) => (cell.householdCount > 0 && !fixed[i] ? i : -1));
  if (!leader.includes(-1)) return leader;

  const reluctance = (e: (typeof edges)[number]): number => {
    const sameGrid = !existing || existing[e.a] === existing[e.b];
    const sameCompound = cells[e.a]!.compoundId === cells[e.b]!.compoundId;
    return (sameGrid ? 0 : 4) + (e.crosses ? 2 : 0) + (sameCompound ? 0 : 1);
  };
  const low = (e: (typeof edges)[number]) => Math.min(rank[e.a]!, rank[e.b]!);
  const high = (e: (typeof edges)[number]) => Math.max(rank[e.a]!, rank[e.b]!);
  const sorted = edges
    .map((edge) => ({
      edge,
      reluctance: reluctance(edge),
      forbidden: edge.crosses !== null && forbidden.has(edge.crosses),
    }))
    .sort(
      (p, q) =>
        Number(p.forbidden) - Number(q.forbidden) ||
        p.reluctance - q.reluctance ||
        q.edge.lengthM - p.edge.lengthM ||
        low(p.edge) - low(q.edge) ||
        high(p.edge) - high(q.edge),
    );

  // Grow from the cells with households, best borders first, until nothing more can be reached.
  const grow = (allowed: (s: (typeof sorted)[number]) => boolean): void => {
    for (let changed = true; changed; ) {
      changed = false;
      for (const entry of sorted) {
        const { a, b } = entry.edge;
        if (leader[a]! < 0 === leader[b]! < 0 || !allowed(entry)) continue;
        const [led, leading] = leader[a]! < 0 ? [a, b] : [b, a];
        if (fixed[led]) continue;
        leader[led] = leader[leading]!;
        changed = true;
      }
    }
  };
  for (let most = 0; most < 8; most++) grow((s) => !s.forbidden && s.reluctance <= most);
  if (keepConnected) for (let i = 0; i < cells.length; i++) if (leader[i]! >= 0) leader[i] = i;
  grow(() => true);
  for (let i = 0; i < cells.length; i++) if (fixed[i]) leader[i] = i;
  grow(() => true);
  return leader;
}
