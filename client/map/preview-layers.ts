import type { FeatureCollection } from 'geojson';
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import { paint } from './palette.ts';

const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] };

/** Two sources one over the other: what is known already, and what is about to come. */
export function addPreviewLayers(map: MapLibreMap): void {
  map.addSource('known', { type: 'geojson', data: EMPTY });
  map.addSource('incoming', { type: 'geojson', data: EMPTY });
  map.addLayer({ id: 'known-fill', type: 'fill', source: 'known', paint: { 'fill-color': paint.community } });
  map.addLayer({
    id: 'known-line',
    type: 'line',
    source: 'known',
    paint: { 'line-color': paint.communityLine, 'line-width': 1.5, 'line-dasharray': [4, 2] },
  });
  map.addLayer({
    id: 'incoming-fill',
    type: 'fill',
    source: 'incoming',
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-color': '#1d5aa6', 'fill-opacity': 0.28 },
  });
  map.addLayer({
    id: 'incoming-line',
    type: 'line',
    source: 'incoming',
    filter: ['!=', ['geometry-type'], 'Point'],
    paint: { 'line-color': '#1d5aa6', 'line-width': ['interpolate', ['linear'], ['zoom'], 12, 0.8, 17, 1.6] },
  });
  map.addLayer({
    id: 'incoming-point',
    type: 'circle',
    source: 'incoming',
    filter: ['==', ['geometry-type'], 'Point'],
    paint: { 'circle-color': '#1d5aa6', 'circle-radius': 3 },
  });
}

export function showPreview(map: MapLibreMap, known: FeatureCollection, incoming: FeatureCollection): void {
  map.getSource<GeoJSONSource>('known')?.setData(known);
  map.getSource<GeoJSONSource>('incoming')?.setData(incoming);
}
