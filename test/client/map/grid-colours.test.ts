import { describe, expect, test } from 'vitest';
import { colourGrids } from '../../../client/map/grid-colours.ts';
import type { CellId, GridId } from '../../../geodata/model/index.ts';
import { drawnPlan } from '../../support/drawn-plan.ts';

const board = drawnPlan({ grids: ['AABB', 'CABD', 'CCDD'] });

describe('colours of grids', () => {
  test('neighbours differ', () => {
    const colours = colourGrids(board);
    for (const { left, right } of board.fabric.arcs) {
      const [one, other] = [left, right].map((cell) => (cell === null ? undefined : board.assignment.get(cell)));
      if (one && other && one !== other) expect(colours.get(one)).not.toBe(colours.get(other));
    }
  });

  test('an edit leaves all colours that need not change', () => {
    const before = colourGrids(board);
    const edited = { ...board, assignment: new Map(board.assignment).set(0 as CellId, 'C' as GridId) };
    expect([...colourGrids(edited, before)]).toEqual([...before]);
  });

  test('a new grid gets a colour without touching the others', () => {
    const before = colourGrids(board);
    const grid = { ...board.grids.get('A' as GridId)!, id: 'E' as GridId };
    const grown = {
      ...board,
      grids: new Map(board.grids).set(grid.id, grid),
      assignment: new Map(board.assignment).set(0 as CellId, grid.id),
    };
    const after = colourGrids(grown, before);
    for (const [id, colour] of before) expect(after.get(id)).toBe(colour);
    expect(after.get(grid.id)).not.toBe(after.get('A' as GridId));
  });
});
