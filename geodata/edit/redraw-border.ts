import { cutCells } from '../fabric/cut.ts';
import type { FootprintMm } from '../fabric/outline-footprints.ts';
import { toLocal } from '../geometry/local-frame.ts';
import type { CellId, GridId, PlanState } from '../model/index.ts';
import { fail, succeed } from '../model/index.ts';
import {
  afterCut,
  borderArcsOf,
  cellsOfChange,
  cellsOfGrids,
  groupsOf,
  patchOrNull,
  sideOfGroup,
} from './after-cut.ts';
import type { Edit, EditIds } from './disabled.ts';
import { lockedAmong, unknownAmong } from './state-queries.ts';

export interface RedrawBorder {
  readonly gridIds: readonly [GridId, GridId];
  /** Longitude and latitude; ends that stop short are drawn on to the grids' borders, by at most the line's length. */
  readonly line: readonly (readonly [number, number])[];
  readonly footprints: readonly FootprintMm[];
}

/**
 * Makes a freely drawn line the border between two grids, all along or for a part of it: what lies between the old border
 * and the line changes over, whichever way moves less ground. Disabled: `gridUnknown`, `gridLocked`, `lineTooShort`,
 * `lineLeavesBorder` (the line does not part the two grids), `lineDividesBuilding`, `nothingToChange`.
 */
export function redrawBorder(state: PlanState, { gridIds, line, footprints }: RedrawBorder, ids: EditIds): Edit {
  const unusable = unknownAmong(state, gridIds) ?? lockedAmong(state, gridIds);
  if (unusable) return fail(unusable);
  const [a, b] = gridIds;
  const made = cutCells(state.fabric, line, {
    footprints,
    within: cellsOfGrids(state, gridIds),
    bendAroundBuildings: true,
    extendEnds: borderArcsOf(state, gridIds),
    // a stroke far from the border says nothing about it
    extendAtMostMm: lengthMm(state, line),
  });
  if (!made.ok) {
    const { failure } = made;
    return fail(failure.code === 'lineDividesNothing' ? { code: 'lineLeavesBorder', gridIds } : failure);
  }
  const cut = made.value;
  const after = afterCut(state, cut);
  const both = new Set<CellId>();
  for (const { id } of after.fabric.cells) {
    const grid = after.gridOf(id);
    if (grid === a || grid === b) both.add(id);
  }
  const walls = new Set(cut.alongArcs);
  const groups = groupsOf(
    after.fabric.arcs,
    both,
    ({ id, left, right }) => walls.has(id) || after.gridOf(left!) !== after.gridOf(right!),
  ).map((cells) => ({ cells, side: sideOfGroup(cells, cut), grid: after.gridOf(cells[0]!)! }));
  const touched = groups.filter(({ side }) => side !== 0);
  if (!touched.some(({ side }) => side > 0) || !touched.some(({ side }) => side < 0))
    return fail({ code: 'lineLeavesBorder', gridIds });

  const areas = new Map(after.fabric.cells.map(({ id, areaM2 }) => [id, areaM2]));
  const target = (side: number, onLeft: GridId) => (side > 0 ? onLeft : onLeft === a ? b : a);
  const movedM2 = (onLeft: GridId) =>
    touched
      .filter(({ side, grid }) => target(side, onLeft) !== grid)
      .reduce((sum, { cells }) => sum + cells.reduce((area, cell) => area + areas.get(cell)!, 0), 0);
  const onLeft = movedM2(a) <= movedM2(b) ? a : b;
  const gridOfCell = new Map(touched.flatMap(({ cells, side }) => cells.map((cell) => [cell, target(side, onLeft)])));
  if (touched.every(({ side, grid }) => target(side, onLeft) === grid)) return fail({ code: 'nothingToChange' });
  return succeed({
    id: ids.changeId,
    verb: 'redrawBorder',
    fabric: patchOrNull(cut),
    grids: [],
    cells: cellsOfChange(state, cut, after, (cell, current) => gridOfCell.get(cell) ?? current),
  });
}

function lengthMm({ fabric }: PlanState, line: RedrawBorder['line']): number {
  const points = line.map((position) => toLocal(fabric.frame, position));
  return points.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - points[i]![0], y - points[i]![1]), 0);
}
