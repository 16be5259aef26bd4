import { useEventListener } from '@vueuse/core';
import { useWorkbenchTools } from '../../stores/workbench-tools.ts';
import { TOOLS } from './tools.ts';

export interface KeyActions {
  readonly undo: () => void;
  readonly redo: () => void;
  readonly escape: () => void;
  readonly finish: () => void;
  readonly stepBack: () => void;
  readonly deleteSelected: () => void;
  readonly nextIssue: () => void;
  readonly zoomToCommunity: () => void;
  readonly showKeys: () => void;
}

/** The workbench's keys, wherever the focus is except where one types. */
export function useKeys(actions: KeyActions): void {
  const tools = useWorkbenchTools();

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.key === 'Escape') actions.escape();
    if (isTyping(event.target)) return;
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey) {
      if (key === 'z') prevented(event, event.shiftKey ? actions.redo : actions.undo);
      if (key === 'y') prevented(event, actions.redo);
      return;
    }
    if (event.altKey) return;
    const tool = TOOLS.find((candidate) => candidate.key.toLowerCase() === key);
    if (tool) tools.use(tool.id);
    else if (key === '[' || key === ']') tools.resizeBrush(tools.brushRadiusPx * (key === ']' ? 1.2 : 1 / 1.2));
    else if (key === ' ' && !onButton(event.target))
      prevented(event, () => {
        tools.panHeld = true;
      });
    else if (key === 'enter' && !onButton(event.target)) actions.finish();
    else if (key === 'backspace') actions.stepBack();
    else if (key === 'delete') actions.deleteSelected();
    else if (key === 'n') actions.nextIssue();
    else if (key === '0') actions.zoomToCommunity();
    else if (key === '?') actions.showKeys();
  });
  useEventListener(window, 'keyup', (event: KeyboardEvent) => {
    if (event.key === ' ') tools.panHeld = false;
  });
  useEventListener(window, 'blur', () => {
    tools.panHeld = false;
  });
}

function prevented(event: KeyboardEvent, act: () => void): void {
  event.preventDefault();
  act();
}
const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
const onButton = (target: EventTarget | null) =>
  target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement;
