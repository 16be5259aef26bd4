import type { FeatureCollection } from 'geojson';
import type { ExpressionSpecification, GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import { paint } from './palette.ts';

const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] };

/** What is about to come, told apart by what it will be; the legend shows the same colours. */
export const INCOMING_COLOURS = {
  communities: '#1b3a63',
  buildings: '#1d5aa6',
  compounds: '#a07f2f',
  barriers: '#6b7a90',
  grids: '#1c7a4c',
  departmentGrids: '#8a4bb0',
} as const;
const byTarget = (values: Readonly<Record<string, string | number>>, otherwise: string | number) =>
  ['match', ['get', 'target'], ...Object.entries(values).flat(), otherwise] as unknown as ExpressionSpecification;
const colour = byTarget(INCOMING_COLOURS, INCOMING_COLOURS.buildings);
/** Areas that only hold others are hardly filled, lest they hide them. */
const opacity = byTarget({ buildings: 0.45, compounds: 0.15, barriers: 0.3 }, 0.05);

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
    paint: { 'fill-color': colour, 'fill-opacity': opacity },
  });
  map.addLayer({
    id: 'incoming-line',
    type: 'line',
    source: 'incoming',
    filter: ['!=', ['geometry-type'], 'Point'],
    paint: { 'line-color': colour, 'line-width': ['interpolate', ['linear'], ['zoom'], 12, 0.7, 17, 1.8] },
  });
  map.addLayer({
    id: 'incoming-point',
    type: 'circle',
    source: 'incoming',
    filter: ['==', ['geometry-type'], 'Point'],
    paint: { 'circle-color': colour, 'circle-radius': 3 },
  });
}

export function showPreview(map: MapLibreMap, known: FeatureCollection, incoming: FeatureCollection): void {
  map.getSource<GeoJSONSource>('known')?.setData(known);
  map.getSource<GeoJSONSource>('incoming')?.setData(incoming);
}
