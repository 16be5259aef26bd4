import { toLocal } from '../../../geodata/geometry/local-frame.ts';
import type { CellId, GridId } from '../../../geodata/model/index.ts';
import type { CellIndex } from '../../map/cell-index.ts';
import type { GestureHandlers, LonLat } from '../../map/gesture-surface.ts';
import { usePlanEditor } from '../../stores/plan-editor.ts';
import { useWorkbenchTools } from '../../stores/workbench-tools.ts';
import type { Edits } from './use-edits.ts';

export interface GestureGround {
  readonly index: () => CellIndex | null;
  readonly mmPerPixel: () => number;
}

/** What each gesture means with the tool in hand: it becomes a verb of the core. */
export function useGestures(edits: Edits, ground: GestureGround): GestureHandlers {
  const editor = usePlanEditor();
  const tools = useWorkbenchTools();
  let painted = new Set<CellId>();
  let strokeTarget: GridId | null = null;

  const local = (place: LonLat) => toLocal(editor.fabric!.frame, place);
  const cellAt = (place: LonLat): CellId | null =>
    editor.fabric === null ? null : (ground.index()?.cellAt(...local(place)) ?? null);
  const gridAt = (place: LonLat): GridId | null => {
    const cell = cellAt(place);
    return cell === null ? null : (editor.state?.assignment.get(cell) ?? null);
  };
  const only = () => (tools.onlyUnassigned && tools.tool !== 'erase' ? ('unassigned' as const) : undefined);

  /** A stroke that touches buildings is about them: the open ground it passes over, which may reach far, stays where it is. */
  function meant(touched: ReadonlySet<CellId>): Set<CellId> {
    const lived = new Set(editor.fabric!.cells.flatMap(({ id, buildings }) => (buildings.length > 0 ? [id] : [])));
    const buildings = [...touched].filter((id) => lived.has(id));
    return new Set(buildings.length > 0 ? buildings : touched);
  }

  function clickJoin(grid: GridId): void {
    if (tools.joinInto === null || tools.joinInto === grid) {
      tools.joinInto = tools.joinInto === grid ? null : grid;
      editor.select(tools.joinInto === null ? [] : [grid]);
      return;
    }
    if (edits.join(tools.joinInto, [grid])) editor.select([tools.joinInto]);
    tools.joinInto = null;
  }

  function clickSelect(grid: GridId | null, additive: boolean): void {
    if (grid === null) {
      if (!additive) editor.select([]);
      return;
    }
    if (!additive) editor.select([grid]);
    else if (editor.selected.includes(grid)) editor.select(editor.selected.filter((id) => id !== grid));
    else editor.select([...editor.selected, grid]);
  }

  /** The grids that a drawn line runs through, the one with most of it first. */
  function gridsUnderLine(line: readonly LonLat[]): readonly GridId[] {
    const STEPS = 16;
    const votes = new Map<GridId, number>();
    line.slice(1).forEach((end, i) => {
      const start = line[i]!;
      for (let step = 0; step < STEPS; step++) {
        const share = (step + 0.5) / STEPS;
        const grid = gridAt([start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])]);
        if (grid !== null) votes.set(grid, (votes.get(grid) ?? 0) + 1);
      }
    });
    return [...votes].sort((one, other) => other[1] - one[1]).map(([grid]) => grid);
  }

  function cut(line: readonly LonLat[]): void {
    const under = gridsUnderLine(line);
    const grid = under.find((id) => id === editor.target) ?? under[0];
    if (grid === undefined) edits.tell({ code: 'lineMissesGrid' });
    else if (edits.split(grid, line)) editor.select([grid]);
  }

  function redraw(line: readonly LonLat[]): void {
    const [one, other] = editor.selected.length === 2 ? editor.selected : gridsUnderLine(line);
    if (one === undefined || other === undefined) edits.tell({ code: 'lineLeavesBorder' });
    else edits.redraw([one, other], line);
  }

  return {
    hover(place) {
      tools.hovered = place === null ? null : cellAt(place);
    },
    click(place, { additive }) {
      const grid = gridAt(place);
      if (tools.tool === 'join' && grid !== null) clickJoin(grid);
      else if (tools.tool === 'lock' && grid !== null) edits.lock([grid], !editor.state!.grids.get(grid)!.locked);
      else clickSelect(grid, additive);
    },
    strokeMove(places, radiusPx) {
      const index = ground.index();
      if (index === null || editor.state === null) return;
      if (painted.size === 0) strokeTarget = tools.tool === 'erase' ? null : (editor.target ?? gridAt(places[0]!));
      if (tools.tool === 'brush' && strokeTarget === null) {
        edits.tell({ code: 'chooseTarget' });
        return;
      }
      const before = painted.size;
      const radiusMm = radiusPx * ground.mmPerPixel();
      for (const place of places) for (const cell of index.cellsWithin(...local(place), radiusMm)) painted.add(cell);
      tools.hovered = cellAt(places.at(-1)!);
      if (painted.size > before) edits.tryAssign(meant(painted), strokeTarget, only());
    },
    strokeEnd() {
      const cells = meant(painted);
      painted = new Set();
      if (cells.size > 0) edits.assign(cells, strokeTarget, only());
      editor.preview = null;
    },
    strokeCancel() {
      painted = new Set();
      editor.preview = null;
    },
    lasso(ring) {
      if (editor.target === null) {
        edits.tell({ code: 'chooseTarget' });
        return;
      }
      const cells = ground.index()?.cellsInRing(ring.flatMap(local)) ?? [];
      if (cells.length === 0) edits.tell({ code: 'ringHoldsNothing' });
      else edits.assign(cells, editor.target, only());
    },
    line(line) {
      if (tools.tool === 'redraw') redraw(line);
      else cut(line);
    },
    ring(ring) {
      edits.draw(ring);
    },
    brushSize: (radiusPx) => tools.resizeBrush(radiusPx),
  };
}
