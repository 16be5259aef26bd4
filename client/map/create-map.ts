import * as maplibregl from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import type { BoundingBox } from './bounds.ts';
import { paint } from './palette.ts';

maplibregl.setWorkerUrl(workerUrl);

export type MapLibreMap = maplibregl.Map;

/** Fonts of the machine the page is looked at on; nothing is fetched. */
const LOCAL_FONTS = '"Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif';
export const MAP_FONT = ['Noto Sans CJK SC'];

/** An empty north-up map over `bounds`: no basemap, no glyph server, no request to anyone. Resolves when layers can be added. */
export async function createMap(container: HTMLElement, bounds: BoundingBox): Promise<maplibregl.Map> {
  const map = new maplibregl.Map({
    container,
    style: {
      version: 8,
      sources: {},
      layers: [{ id: 'background', type: 'background', paint: { 'background-color': paint.background } }],
    },
    bounds,
    fitBoundsOptions: { padding: 40 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    boxZoom: false,
    doubleClickZoom: false,
    fadeDuration: 0,
    maxZoom: 20,
    localIdeographFontFamily: LOCAL_FONTS,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.on('idle', () => {
    container.dataset.idle = 'true';
  });
  map.getCanvas().setAttribute('aria-hidden', 'true');
  await new Promise<void>((resolve) => {
    map.once('style.load', () => resolve());
  });
  return map;
}
