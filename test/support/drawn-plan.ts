import type {
  Arc,
  ArcClass,
  ArcId,
  BuildingId,
  Cell,
  CellId,
  CommunityCode,
  CompoundId,
  CountSource,
  Grid,
  GridId,
  PlanState,
} from '../../geodata/model/index.ts';

/** A cell is 10 m × 10 m. */
const CELL_MM = 10_000;

export interface Drawing {
  /** A letter a grid, '.' for unassigned, a space for outside the community; one character a cell, first line north. */
  readonly grids: readonly string[];
  /** Households of each cell in the same order, row by row over the cells drawn; 100 each when not given. */
  readonly households?: readonly number[];
  /** A letter a compound, '.' for none. */
  readonly compounds?: readonly string[];
  /** A digit a road block; all one block when not given. Borders between two blocks are of class `barrier`. */
  readonly blocks?: readonly string[];
  readonly barrier?: ArcClass;
  readonly sources?: Readonly<Record<number, CountSource>>;
  readonly gridsOf?: Readonly<Record<string, Partial<Grid>>>;
}

/** Reads a plan off an ASCII drawing; cell ids count from 0 row by row, grid ids are the letters, building ids `b<cell>`. */
export function drawnPlan(drawing: Drawing): PlanState {
  const rows = drawing.grids;
  const at = (lines: readonly string[] | undefined, x: number, y: number) => lines?.[y]?.[x] ?? ' ';
  const idAt = new Map<string, CellId>();
  const cells: Cell[] = [];
  const assignment = new Map<CellId, GridId>();
  for (let y = 0; y < rows.length; y++) {
    for (let x = 0; x < rows[y]!.length; x++) {
      const letter = at(rows, x, y);
      if (letter === ' ') continue;
      const id = cells.length as CellId;
      idAt.set(`${x},${y}`, id);
      const householdCount = drawing.households?.[id] ?? 100;
      const compound = at(drawing.compounds, x, y);
      const block = at(drawing.blocks, x, y);
      const source = drawing.sources?.[id] ?? 'counted';
      cells.push({
        id,
        buildings: [{ buildingId: `b${id}` as BuildingId, unitId: null, householdCount, countSource: source }],
        householdCount,
        areaM2: 100,
        compoundId: compound === ' ' || compound === '.' ? null : (compound as CompoundId),
        roadBlock: block === ' ' ? 0 : Number(block),
      });
      if (letter !== '.') assignment.set(id, letter as GridId);
    }
  }
  const arcs: Arc[] = [];
  const blockOf = (cell: CellId | null) => (cell === null ? null : cells[cell]!.roadBlock);
  const border = (left: CellId | null, right: CellId | null, points: readonly number[]) => {
    if (left === right) return;
    const outer = left === null || right === null;
    const barrier = !outer && blockOf(left) !== blockOf(right);
    const kind: ArcClass = outer ? 'community' : barrier ? (drawing.barrier ?? 'mainRoad') : 'open';
    arcs.push({ id: arcs.length as ArcId, points, left, right, class: kind });
  };
  const width = Math.max(...rows.map((row) => row.length));
  const cellAt = (x: number, y: number) => idAt.get(`${x},${y}`) ?? null;
  for (let y = 0; y <= rows.length; y++) {
    for (let x = 0; x <= width; x++) {
      const [west, north] = [x * CELL_MM, -y * CELL_MM];
      border(cellAt(x, y - 1), cellAt(x, y), [west, north, west + CELL_MM, north]);
      border(cellAt(x, y), cellAt(x - 1, y), [west, north, west, north - CELL_MM]);
    }
  }
  const letters = [...new Set(rows.join(''))].filter((letter) => letter !== ' ' && letter !== '.').sort();
  return {
    fabric: {
      communityCode: '220199001001' as CommunityCode,
      version: 1,
      frame: { centralMeridianDeg: 126, originEastM: 446_000, originNorthM: 4_860_000 },
      arcs,
      cells,
    },
    grids: new Map(
      letters.map((letter, index) => [letter as GridId, gridOf(letter, index, drawing.gridsOf?.[letter])]),
    ),
    assignment,
  };
}

function gridOf(letter: string, index: number, given: Partial<Grid> = {}): Grid {
  return {
    id: letter as GridId,
    code: `220199001001${String(index + 1).padStart(3, '0')}`,
    name: `第${index + 1}网格`,
    kind: 'general',
    locked: false,
    detachedReason: null,
    workerIds: [],
    ...given,
  };
}
