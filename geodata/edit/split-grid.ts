import { cutCells } from '../fabric/cut.ts';
import type { FootprintMm } from '../fabric/outline-footprints.ts';
import type { CellId, GridId, PlanState } from '../model/index.ts';
import { fail, succeed } from '../model/index.ts';
import { newGrid } from './adopt-partition.ts';
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
import { freeCodes, type GridCodes } from './grid-code.ts';
import { lockedAmong, unknownAmong } from './state-queries.ts';

export interface SplitGrid {
  readonly gridId: GridId;
  /** Longitude and latitude; ends that stop short are drawn on to the grid's border. */
  readonly line: readonly (readonly [number, number])[];
  readonly footprints: readonly FootprintMm[];
  readonly codes: GridCodes;
  readonly name: string;
}

/**
 * Parts a grid along a drawn line, which is led around buildings. The side with more households stays what it was, the other
 * becomes a new grid. Disabled: `gridUnknown`, `gridLocked`, `lineTooShort`, `lineDividesNothing`, `lineDividesBuilding`
 * (only where buildings touch each other), `codesExhausted`.
 */
export function splitGrid(state: PlanState, args: SplitGrid, { changeId, newGridId }: EditIds): Edit {
  const { gridId, line, footprints, codes, name } = args;
  const unusable = unknownAmong(state, [gridId]) ?? lockedAmong(state, [gridId]);
  if (unusable) return fail(unusable);
  const within = cellsOfGrids(state, [gridId]);
  const made = cutCells(state.fabric, line, {
    footprints,
    within,
    bendAroundBuildings: true,
    extendEnds: borderArcsOf(state, [gridId]),
  });
  if (!made.ok) return fail({ gridIds: [gridId], ...made.failure });
  const cut = made.value;
  const after = afterCut(state, cut);
  const own = new Set(after.fabric.cells.filter(({ id }) => after.gridOf(id) === gridId).map(({ id }) => id));
  const walls = new Set(cut.alongArcs);
  const groups = groupsOf(after.fabric.arcs, own, ({ id }) => walls.has(id));
  const left = groups.filter((group) => sideOfGroup(group, cut) > 0).flat();
  const right = groups.filter((group) => sideOfGroup(group, cut) < 0).flat();
  if (left.length === 0 || right.length === 0) return fail({ code: 'lineDividesNothing', gridIds: [gridId] });

  const free = freeCodes(codes, 1, state.grids.values());
  if (!free) return fail({ code: 'codesExhausted' });
  const households = new Map(after.fabric.cells.map(({ id, householdCount }) => [id, householdCount]));
  const sum = (cells: readonly CellId[]) => cells.reduce((total, id) => total + households.get(id)!, 0);
  const leaving = new Set(sum(left) < sum(right) ? left : right);
  const grid = { ...newGrid(newGridId(), free[0]!, name), kind: state.grids.get(gridId)!.kind };
  return succeed({
    id: changeId,
    verb: 'splitGrid',
    fabric: patchOrNull(cut),
    grids: [{ id: grid.id, before: null, after: grid }],
    cells: cellsOfChange(state, cut, after, (cell, current) => (leaving.has(cell) ? grid.id : current)),
  });
}
