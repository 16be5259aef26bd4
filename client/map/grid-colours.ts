import type { GridId, PlanState } from '../../geodata/model/index.ts';
import { GRID_COLOURS } from './palette.ts';

/**
 * A colour for every grid so that neighbours differ, changing as little as possible from `previous`: a grid keeps its colour unless
 * a neighbour has it too. Greedy in the grids' order; with more mutual neighbours than colours the least used one is taken.
 */
export function colourGrids(
  { fabric, grids, assignment }: PlanState,
  previous: ReadonlyMap<GridId, string> = new Map(),
): ReadonlyMap<GridId, string> {
  const neighbours = new Map<GridId, Set<GridId>>([...grids.keys()].map((id) => [id, new Set()]));
  for (const { left, right } of fabric.arcs) {
    if (left === null || right === null) continue;
    const one = assignment.get(left);
    const other = assignment.get(right);
    if (one === undefined || other === undefined || one === other) continue;
    neighbours.get(one)?.add(other);
    neighbours.get(other)?.add(one);
  }
  const colours = new Map<GridId, string>();
  const uses = new Map<string, number>(GRID_COLOURS.map((colour) => [colour, 0]));
  for (const id of grids.keys()) {
    const taken = new Set([...(neighbours.get(id) ?? [])].flatMap((other) => colours.get(other) ?? []));
    const kept = previous.get(id);
    const free = GRID_COLOURS.filter((colour) => !taken.has(colour));
    const colour =
      kept !== undefined && !taken.has(kept)
        ? kept
        : (free.length > 0 ? free : [...GRID_COLOURS]).reduce((least, candidate) =>
            uses.get(candidate)! < uses.get(least)! ? candidate : least,
          );
    colours.set(id, colour);
    uses.set(colour, uses.get(colour)! + 1);
  }
  return colours;
}
