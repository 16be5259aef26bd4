import type { Feature, FeatureCollection } from 'geojson';
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import type { DepartmentLayer } from '../../server/wire.ts';
import { MAP_FONT } from './create-map.ts';
import { paint } from './palette.ts';

const EMPTY: FeatureCollection = { type: 'FeatureCollection', features: [] };

/** General grids below as filled areas, each department's grids above as lines of its colour, shifted so that none hides another. */
export function addMergeLayers(map: MapLibreMap): void {
  map.addSource('general', { type: 'geojson', data: EMPTY });
  map.addSource('departments', { type: 'geojson', data: EMPTY });
  map.addLayer({
    id: 'general-fill',
    type: 'fill',
    source: 'general',
    paint: { 'fill-color': ['get', 'colour'], 'fill-opacity': 0.45 },
  });
  map.addLayer({
    id: 'general-line',
    type: 'line',
    source: 'general',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': paint.gridLine, 'line-width': 3 },
  });
  map.addLayer({
    id: 'departments-line',
    type: 'line',
    source: 'departments',
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': ['get', 'colour'],
      'line-width': 1.8,
      'line-offset': ['get', 'offset'],
      'line-dasharray': [3, 1.5],
    },
  });
  map.addLayer({
    id: 'general-label',
    type: 'symbol',
    source: 'general',
    layout: { 'text-field': ['get', 'label'], 'text-font': MAP_FONT, 'text-size': 14 },
    paint: { 'text-color': paint.gridText, 'text-halo-color': paint.halo, 'text-halo-width': 1.8 },
  });
}

export function showDepartments(map: MapLibreMap, layers: readonly DepartmentLayer[]): void {
  const features = layers.flatMap(({ colour, grids }, index) =>
    grids.map(
      ({ area, name }): Feature => ({
        type: 'Feature',
        properties: { colour, name, offset: 1 + 2.2 * index },
        geometry: area,
      }),
    ),
  );
  map.getSource<GeoJSONSource>('departments')?.setData({ type: 'FeatureCollection', features });
}

export function showGeneralGrids(map: MapLibreMap, features: readonly Feature[]): void {
  map.getSource<GeoJSONSource>('general')?.setData({ type: 'FeatureCollection', features: [...features] });
}
