import { defineStore } from 'pinia';
import { ref, shallowRef } from 'vue';
import type { CellId, GridId } from '../../geodata/model/index.ts';
import type { ToolId } from '../features/workbench/tools.ts';
import { BRUSH } from '../map/gesture-surface.ts';

/** Which tool is in hand and how it is set. */
export const useWorkbenchTools = defineStore('workbenchTools', () => {
  const tool = ref<ToolId>('select');
  const brushRadiusPx = ref<number>(BRUSH.start);
  const onlyUnassigned = ref(false);
  /** The cell under the pointer. */
  const hovered = shallowRef<CellId | null>(null);
  /** The grid that stays, once it is clicked with the join tool. */
  const joinInto = shallowRef<GridId | null>(null);
  const panHeld = ref(false);
  const scaleDenominator = ref(0);

  function use(id: ToolId): void {
    tool.value = id;
    joinInto.value = null;
  }
  function resizeBrush(radiusPx: number): void {
    brushRadiusPx.value = Math.round(Math.min(BRUSH.most, Math.max(BRUSH.least, radiusPx)));
  }
  return { tool, brushRadiusPx, onlyUnassigned, hovered, joinInto, panHeld, scaleDenominator, use, resizeBrush };
});
