import type { GestureKind } from '../../map/gesture-surface.ts';

export const TOOLS = [
  { id: 'select', key: 'V', gesture: 'select', icon: 'M5 3l14 8-6 2-2 6z' },
  { id: 'brush', key: 'B', gesture: 'stroke', icon: 'M20 4L10 14M8 14c-3 0-3 3-5 5 4 1 8 0 8-3 0-1-1-2-3-2z' },
  { id: 'erase', key: 'E', gesture: 'stroke', icon: 'M4 15l9-9 6 6-7 7H8zM9 10l6 6M8 19h12' },
  {
    id: 'lasso',
    key: 'L',
    gesture: 'lasso',
    icon: 'M12 4c5 0 9 2.5 9 6s-4 6-9 6-9-2.5-9-6 4-6 9-6zM8 15c-2 1-3 3-1 4s2 2 1 3',
  },
  { id: 'cut', key: 'C', gesture: 'line', icon: 'M4 20L20 4M6 6a2.5 2.5 0 1 0 .1 0M18 18a2.5 2.5 0 1 0 .1 0' },
  { id: 'polygon', key: 'P', gesture: 'ring', icon: 'M6 7l11-2 3 9-9 6-7-6z' },
  { id: 'redraw', key: 'R', gesture: 'line', icon: 'M4 19c3-8 5-3 8-7s3-7 8-8M4 19h.1M20 4h.1' },
  { id: 'join', key: 'J', gesture: 'select', icon: 'M4 5h7v14H4zM13 5h7v14h-7M8 12h8M14 10l2 2-2 2M10 10l-2 2 2 2' },
  { id: 'lock', key: 'K', gesture: 'select', icon: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3' },
] as const satisfies readonly { id: string; key: string; gesture: GestureKind; icon: string }[];

export type ToolId = (typeof TOOLS)[number]['id'];
export const toolOf = (id: ToolId) => TOOLS.find((tool) => tool.id === id)!;
