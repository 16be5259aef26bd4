import type { Map as MapLibreMap } from 'maplibre-gl';

export type LonLat = readonly [longitude: number, latitude: number];

/** What a drag or a click means: nothing of ours (the map pans), a brush stroke, a freehand ring, or a line or ring made of clicks. */
export type GestureKind = 'select' | 'stroke' | 'lasso' | 'line' | 'ring';

export interface GestureHandlers {
  /** The pointer moved without a button down; null when it left. */
  readonly hover: (place: LonLat | null) => void;
  readonly click: (place: LonLat, modifiers: { readonly additive: boolean }) => void;
  /** Places passed since the last call, no farther apart than half the brush. */
  readonly strokeMove: (places: readonly LonLat[], radiusPx: number) => void;
  readonly strokeEnd: () => void;
  readonly strokeCancel: () => void;
  readonly lasso: (ring: readonly LonLat[]) => void;
  readonly line: (line: readonly LonLat[]) => void;
  readonly ring: (ring: readonly LonLat[]) => void;
  readonly brushSize: (radiusPx: number) => void;
}

export const BRUSH = { least: 6, most: 160, start: 22 } as const;
const CLICK_SLACK_PX = 5;
const SVG = 'http://www.w3.org/2000/svg';

/** Turns pointer events over a map into gestures, and draws them while they happen. It knows nothing of plans. */
export class GestureSurface {
  private kind: GestureKind = 'select';
  private panHeld = false;
  private radiusPx: number = BRUSH.start;
  private path: LonLat[] = [];
  private pointer: { x: number; y: number } | null = null;
  private drag: {
    kind: 'pan' | 'stroke' | 'lasso' | 'box' | 'press';
    x: number;
    y: number;
    fromX: number;
    fromY: number;
  } | null = null;
  private readonly overlay: SVGSVGElement;
  private readonly ghost: SVGCircleElement;
  private readonly shape: SVGPathElement;
  private readonly abort = new AbortController();

  constructor(
    private readonly map: MapLibreMap,
    private readonly handlers: GestureHandlers,
  ) {
    const container = map.getCanvasContainer();
    this.overlay = document.createElementNS(SVG, 'svg');
    this.overlay.setAttribute('class', 'gesture-overlay');
    this.overlay.setAttribute('aria-hidden', 'true');
    this.shape = this.overlay.appendChild(document.createElementNS(SVG, 'path'));
    this.ghost = this.overlay.appendChild(document.createElementNS(SVG, 'circle'));
    this.ghost.setAttribute('class', 'ghost');
    container.append(this.overlay);
    const { signal } = this.abort;
    container.addEventListener('pointerdown', (event) => this.down(event), { signal });
    window.addEventListener('pointermove', (event) => this.move(event), { signal });
    window.addEventListener('pointerup', (event) => this.up(event), { signal });
    container.addEventListener('pointerleave', () => this.leave(), { signal });
    container.addEventListener('dblclick', (event) => this.finishPath(event), { signal });
    container.addEventListener('wheel', (event) => this.wheel(event), { signal, capture: true, passive: false });
    map.on('move', this.redraw);
  }

  destroy(): void {
    this.abort.abort();
    this.map.off('move', this.redraw);
    this.overlay.remove();
  }

  use(kind: GestureKind): void {
    this.cancel();
    this.kind = kind;
    if (kind === 'select') this.map.dragPan.enable();
    else this.map.dragPan.disable();
    this.refreshCursor();
    this.redraw();
  }

  /** While held, a drag pans whatever the tool is. */
  holdPan(held: boolean): void {
    this.panHeld = held;
    this.refreshCursor();
    this.redraw();
  }

  setBrush(radiusPx: number): void {
    this.radiusPx = radiusPx;
    this.redraw();
  }

  /** Drops what is being drawn. True when there was something. */
  cancel(): boolean {
    const busy = this.drag !== null || this.path.length > 0;
    if (this.drag?.kind === 'stroke') this.handlers.strokeCancel();
    this.drag = null;
    this.path = [];
    this.redraw();
    return busy;
  }

  /** Ends a line or ring made of clicks. True when there was one. */
  finish(): boolean {
    const path = this.path;
    if ((this.kind !== 'line' && this.kind !== 'ring') || path.length < (this.kind === 'line' ? 2 : 3)) return false;
    this.path = [];
    this.redraw();
    if (this.kind === 'line') this.handlers.line(path);
    else this.handlers.ring(path);
    return true;
  }

  /** Takes the last click of a line or ring back. */
  stepBack(): boolean {
    if (this.path.length === 0 || this.drag !== null) return false;
    this.path.pop();
    this.redraw();
    return true;
  }

  private at(event: MouseEvent): { x: number; y: number } {
    const box = this.map.getCanvasContainer().getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  private place({ x, y }: { x: number; y: number }): LonLat {
    const { lng, lat } = this.map.unproject([x, y]);
    return [lng, lat];
  }

  private down(event: PointerEvent): void {
    const { x, y } = this.at(event);
    const start = { x, y, fromX: x, fromY: y };
    if (event.button === 1 || (event.button === 0 && this.panHeld)) {
      event.preventDefault();
      this.drag = { kind: 'pan', ...start };
    } else if (event.button !== 0) return;
    else if ((event.ctrlKey || event.metaKey) && this.kind !== 'line' && this.kind !== 'ring') {
      this.drag = { kind: 'box', ...start };
    } else if (this.kind === 'stroke') {
      this.drag = { kind: 'stroke', ...start };
      this.handlers.strokeMove([this.place(start)], this.radiusPx);
    } else if (this.kind === 'lasso') {
      this.drag = { kind: 'lasso', ...start };
      this.path = [this.place(start)];
    } else this.drag = { kind: 'press', ...start };
    this.redraw();
  }

  private move(event: PointerEvent): void {
    const { x, y } = this.at(event);
    const { drag } = this;
    if (drag === null) {
      if (!(event.target instanceof Node) || !this.map.getCanvasContainer().contains(event.target)) return;
      this.pointer = { x, y };
      this.handlers.hover(this.place({ x, y }));
    } else {
      this.pointer = { x, y };
      if (drag.kind === 'pan') this.map.panBy([drag.x - x, drag.y - y], { animate: false });
      if (drag.kind === 'stroke') this.handlers.strokeMove(this.between(drag, { x, y }), this.radiusPx);
      if (drag.kind === 'lasso' && Math.hypot(x - drag.x, y - drag.y) < 3) return;
      if (drag.kind === 'lasso') this.path.push(this.place({ x, y }));
      if (drag.kind === 'box') {
        const corners = [
          { x: drag.fromX, y: drag.fromY },
          { x, y: drag.fromY },
          { x, y },
          { x: drag.fromX, y },
        ];
        this.path = corners.map((corner) => this.place(corner));
      }
      this.drag = { ...drag, x, y };
    }
    this.redraw();
  }

  private up(event: PointerEvent): void {
    const { drag } = this;
    if (drag === null) return;
    this.drag = null;
    const { x, y } = this.at(event);
    if (drag.kind === 'stroke') this.handlers.strokeEnd();
    const isClick = Math.hypot(x - drag.fromX, y - drag.fromY) <= CLICK_SLACK_PX;
    if (drag.kind === 'lasso' || drag.kind === 'box') {
      const ring = this.path;
      this.path = [];
      if (ring.length >= 3 && !isClick) this.handlers.lasso(ring);
    }
    if (isClick && drag.kind !== 'pan' && drag.kind !== 'stroke') this.press(event, { x, y });
    this.redraw();
  }

  private press(event: PointerEvent, at: { x: number; y: number }): void {
    if (this.kind === 'line' || this.kind === 'ring') {
      const first = this.path[0];
      if (this.kind === 'ring' && first && this.path.length >= 3) {
        const start = this.map.project(first as [number, number]);
        if (Math.hypot(start.x - at.x, start.y - at.y) < 10) {
          this.finish();
          return;
        }
      }
      const last = this.path.at(-1);
      // The second click of a double click adds nothing: it ends the line.
      if (last) {
        const end = this.map.project(last as [number, number]);
        if (Math.hypot(end.x - at.x, end.y - at.y) < 3) return;
      }
      this.path.push(this.place(at));
    } else this.handlers.click(this.place(at), { additive: event.ctrlKey || event.metaKey || event.shiftKey });
  }

  private leave(): void {
    if (this.drag !== null) return;
    this.pointer = null;
    this.handlers.hover(null);
    this.redraw();
  }

  private finishPath(event: MouseEvent): void {
    if (this.kind !== 'line' && this.kind !== 'ring') return;
    event.preventDefault();
    this.finish();
  }

  private wheel(event: WheelEvent): void {
    if (this.kind !== 'stroke' || !(event.shiftKey || event.altKey)) return;
    event.preventDefault();
    event.stopPropagation();
    const turned = event.deltaY || event.deltaX;
    this.handlers.brushSize(this.radiusPx * (turned < 0 ? 1.15 : 1 / 1.15));
  }

  /** Places on the way between two pointer events: a fast stroke must not leave holes. */
  private between(from: { x: number; y: number }, to: { x: number; y: number }): LonLat[] {
    const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / Math.max(4, this.radiusPx / 2)));
    return Array.from({ length: steps }, (_, i) => {
      const share = (i + 1) / steps;
      return this.place({ x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) });
    });
  }

  private refreshCursor(): void {
    const cursors = { select: '', stroke: 'none', lasso: 'crosshair', line: 'crosshair', ring: 'crosshair' };
    this.map.getCanvas().style.cursor = this.panHeld ? 'grab' : cursors[this.kind];
  }

  private readonly redraw = (): void => {
    const showGhost = this.kind === 'stroke' && this.pointer !== null && !this.panHeld;
    this.ghost.style.display = showGhost ? '' : 'none';
    if (showGhost) {
      this.ghost.setAttribute('cx', String(this.pointer!.x));
      this.ghost.setAttribute('cy', String(this.pointer!.y));
      this.ghost.setAttribute('r', String(this.radiusPx));
    }
    const points = this.path.map((place) => this.map.project(place as [number, number]));
    const clicked = this.kind === 'line' || this.kind === 'ring';
    if (clicked && points.length > 0 && this.pointer) points.push({ ...this.pointer } as (typeof points)[number]);
    const closed = this.kind === 'ring' || this.drag?.kind === 'lasso' || this.drag?.kind === 'box';
    const steps = points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`);
    const dots = clicked
      ? points.map(({ x, y }) => `M${x.toFixed(1)} ${y.toFixed(1)}m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0`)
      : [];
    this.shape.setAttribute('d', points.length === 0 ? '' : `${steps.join('')}${closed ? 'Z' : ''}${dots.join('')}`);
    this.shape.setAttribute('class', closed ? 'ring' : 'line');
  };
}
