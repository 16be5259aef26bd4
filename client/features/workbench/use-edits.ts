import { ElMessage } from 'element-plus';
import { assignCells } from '../../../geodata/edit/assign-cells.ts';
import { deleteGrid } from '../../../geodata/edit/delete-grid.ts';
import type { Disabled, Edit } from '../../../geodata/edit/disabled.ts';
import { drawGrid } from '../../../geodata/edit/draw-grid.ts';
import { type EditGrid, editGrid } from '../../../geodata/edit/edit-grid.ts';
import type { GridCodes } from '../../../geodata/edit/grid-code.ts';
import { joinGrids } from '../../../geodata/edit/join-grids.ts';
import { lockGrid } from '../../../geodata/edit/lock-grid.ts';
import { redrawBorder } from '../../../geodata/edit/redraw-border.ts';
import { renumberGrids } from '../../../geodata/edit/renumber-grids.ts';
import { splitGrid } from '../../../geodata/edit/split-grid.ts';
import type { CellId, GridId, PlanState } from '../../../geodata/model/index.ts';
import { useWords } from '../../locale/index.ts';
import type { LonLat } from '../../map/gesture-surface.ts';
import { newId } from '../../stores/new-id.ts';
import { usePlanEditor } from '../../stores/plan-editor.ts';
import { type NamesOfPlaces, reasonSentence } from './issue-words.ts';

/** The verbs a planner can do, bound to the open plan; a refusal is told in words. Each returns whether it was done. */
export function useEdits() {
  const editor = usePlanEditor();
  const t = useWords();
  const ids = () => ({ changeId: newId(), newGridId: () => newId() as GridId });
  const names: NamesOfPlaces = {
    building: (id) => editor.buildings.get(id)?.name ?? id,
    compound: (id) => editor.compounds.get(id)?.name ?? id,
  };

  function tell(reason: Pick<Disabled, 'buildingIds'> & { readonly code: string }): void {
    ElMessage({
      message: reasonSentence(reason as Disabled, names, t),
      type: 'warning',
      grouping: true,
      offset: 146,
      duration: 3500,
    });
  }
  function take(edit: Edit, quietly: readonly string[] = []): boolean {
    const refused = editor.commit(edit);
    if (refused && !quietly.includes(refused.code)) tell(refused);
    return refused === null;
  }
  function on(verb: (state: PlanState) => Edit, quietly?: readonly string[]): boolean {
    return editor.state !== null && take(verb(editor.state), quietly);
  }
  function codes(): GridCodes {
    return {
      communityCode: editor.detail!.community.code,
      sequenceDigits: editor.ruleSet!.gridCode.sequenceDigits,
      retiredCodes: editor.retiredCodes,
    };
  }
  const nameOf = (sequence: number) => t('workbench.gridName', { n: sequence });
  /** A name for one more grid, not one that is in use. */
  function freeName(): string {
    const used = new Set([...(editor.state?.grids.values() ?? [])].map(({ name }) => name));
    for (let n = used.size + 1; ; n++) if (!used.has(nameOf(n))) return nameOf(n);
  }

  return {
    tell,
    names,
    assign: (cellIds: Iterable<CellId>, gridId: GridId | null, only?: 'unassigned') =>
      on((state) => assignCells(state, { cellIds, gridId, ...(only ? { only } : {}) }, ids()), ['nothingToChange']),
    tryAssign: (cellIds: ReadonlySet<CellId>, gridId: GridId | null, only?: 'unassigned') =>
      editor.state !== null &&
      editor.tryOut(assignCells(editor.state, { cellIds, gridId, ...(only ? { only } : {}) }, ids()), cellIds) === null,
    join: (into: GridId, gridIds: readonly GridId[]) => on((state) => joinGrids(state, { into, gridIds }, ids())),
    split: (gridId: GridId, line: readonly LonLat[]) =>
      on((state) =>
        splitGrid(state, { gridId, line, footprints: editor.footprints, codes: codes(), name: freeName() }, ids()),
      ),
    redraw: (gridIds: readonly [GridId, GridId], line: readonly LonLat[]) =>
      on((state) => redrawBorder(state, { gridIds, line, footprints: editor.footprints }, ids())),
    draw: (ring: readonly LonLat[]) =>
      on((state) => drawGrid(state, { ring, footprints: editor.footprints, codes: codes(), name: freeName() }, ids())),
    lock: (gridIds: readonly GridId[], locked: boolean) => on((state) => lockGrid(state, { gridIds, locked }, ids())),
    remove: (gridId: GridId) => on((state) => deleteGrid(state, { gridId }, ids())),
    change: (gridId: GridId, attributes: EditGrid['attributes']) =>
      on(
        (state) => editGrid(state, { gridId, attributes, retiredCodes: editor.retiredCodes }, ids()),
        ['nothingToChange'],
      ),
    renumber: () => on((state) => renumberGrids(state, { codes: codes(), nameOf }, ids())),
    undo(): void {
      if (!editor.undo()) ElMessage({ message: t('workbench.undoTooLate'), type: 'warning' });
    },
    redo(): void {
      if (!editor.redo()) ElMessage({ message: t('workbench.undoTooLate'), type: 'warning' });
    },
  };
}
export type Edits = ReturnType<typeof useEdits>;
