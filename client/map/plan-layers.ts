import type { Feature } from 'geojson';
import type { ExpressionSpecification, GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import { MAP_FONT } from './create-map.ts';
import { hatch } from './hatch.ts';
import { paint } from './palette.ts';

const BOLD_FONT = ['Noto Sans CJK SC Bold'];
const empty = { type: 'FeatureCollection' as const, features: [] as Feature[] };

const flag = (name: string): ExpressionSpecification => ['boolean', ['feature-state', name], false];

/** Layers of the plan below the roads: grids' fills, cells as hairlines. Sources start empty. */
export function addGridFillLayers(map: MapLibreMap): void {
  map.addImage('hatch-over', hatch(paint.over, 'rising'));
  map.addImage('hatch-under', hatch(paint.under, 'falling'));
  map.addSource('cells', { type: 'geojson', data: empty });
  map.addSource('grids', { type: 'geojson', data: empty });
  map.addLayer({
    id: 'grids-fill',
    type: 'fill',
    source: 'grids',
    paint: {
      'fill-antialias': false,
      'fill-color': ['get', 'colour'],
      'fill-opacity': ['case', ['get', 'dimmed'], 0.12, 0.34],
    },
  });
  for (const fit of ['over', 'under'] as const) {
    map.addLayer({
      id: `grids-hatch-${fit}`,
      type: 'fill',
      source: 'grids',
      filter: ['==', ['get', 'fit'], fit],
      paint: { 'fill-pattern': `hatch-${fit}`, 'fill-opacity': 0.5 },
    });
  }
  map.addLayer({
    id: 'cells-line',
    type: 'line',
    source: 'cells',
    minzoom: 14.5,
    paint: {
      'line-color': paint.cellLine,
      'line-width': 0.6,
      'line-opacity': ['interpolate', ['linear'], ['zoom'], 14.5, 0.15, 17, 0.55],
    },
  });
}

/** Layers above the roads: buildings, what is being painted, borders of grids. */
export function addBuildingAndBorderLayers(map: MapLibreMap): void {
  map.addSource('buildings', { type: 'geojson', data: empty });
  map.addSource('building-labels', { type: 'geojson', data: empty });
  map.addSource('grid-borders', { type: 'geojson', data: empty });
  map.addSource('grid-labels', { type: 'geojson', data: empty });
  map.addLayer({
    id: 'cells-touched',
    type: 'fill',
    source: 'cells',
    paint: {
      'fill-antialias': false,
      'fill-color': paint.selected,
      'fill-opacity': ['case', flag('touched'), 0.28, flag('hover'), 0.12, 0],
    },
  });
  const colour: ExpressionSpecification = ['coalesce', ['feature-state', 'colour'], paint.building];
  map.addLayer({
    id: 'buildings-fill',
    type: 'fill',
    source: 'buildings',
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: { 'fill-antialias': false, 'fill-color': colour },
  });
  map.addLayer({
    id: 'buildings-line',
    type: 'line',
    source: 'buildings',
    minzoom: 14.5,
    filter: ['==', ['geometry-type'], 'Polygon'],
    paint: {
      'line-color': paint.buildingLine,
      'line-width': ['interpolate', ['linear'], ['zoom'], 14.5, 0.3, 18, 1],
      'line-opacity': 0.75,
    },
  });
  map.addLayer({
    id: 'buildings-point',
    type: 'circle',
    source: 'buildings',
    filter: ['==', ['geometry-type'], 'Point'],
    paint: {
      'circle-color': colour,
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 13, 2, 18, 9],
      'circle-stroke-color': paint.buildingLine,
      'circle-stroke-width': 0.8,
    },
  });
  addBorderLayers(map);
}

function addBorderLayers(map: MapLibreMap): void {
  const round = { 'line-cap': 'round', 'line-join': 'round' } as const;
  map.addLayer({
    id: 'grid-borders-halo',
    type: 'line',
    source: 'grid-borders',
    layout: round,
    paint: { 'line-color': paint.halo, 'line-width': 5, 'line-opacity': 0.8 },
  });
  map.addLayer({
    id: 'grid-borders-line',
    type: 'line',
    source: 'grid-borders',
    layout: round,
    paint: { 'line-color': paint.gridLine, 'line-width': ['interpolate', ['linear'], ['zoom'], 13, 1.6, 17, 2.8] },
  });
  map.addLayer({
    id: 'grids-alert',
    type: 'line',
    source: 'grids',
    filter: ['in', ['get', 'fit'], ['literal', ['over', 'under']]],
    layout: round,
    paint: {
      'line-color': ['match', ['get', 'fit'], 'over', paint.over, paint.under],
      'line-width': 2.5,
      'line-offset': 3.5,
      'line-opacity': 0.9,
    },
  });
  map.addLayer({
    id: 'grids-selected',
    type: 'line',
    source: 'grids',
    filter: ['get', 'selected'],
    layout: round,
    paint: { 'line-color': paint.selected, 'line-width': 3.6 },
  });
}

/** Words of the plan, above everything. */
export function addPlanLabels(map: MapLibreMap): void {
  map.addLayer({
    id: 'building-counts',
    type: 'symbol',
    source: 'building-labels',
    minzoom: 16.2,
    layout: {
      'text-field': ['get', 'label'],
      'text-font': MAP_FONT,
      'text-size': ['interpolate', ['linear'], ['zoom'], 16.2, 11.5, 18.5, 15],
      'text-padding': 1,
    },
    paint: { 'text-color': paint.buildingText, 'text-halo-color': paint.halo, 'text-halo-width': 1.2 },
  });
  const fitColour: ExpressionSpecification = [
    'match',
    ['get', 'fit'],
    'over',
    paint.over,
    'under',
    paint.under,
    paint.gridText,
  ];
  map.addLayer({
    id: 'grid-labels',
    type: 'symbol',
    source: 'grid-labels',
    layout: {
      'text-field': [
        'format',
        ['get', 'name'],
        { 'font-scale': 0.92, 'text-color': paint.gridText },
        '\n',
        {},
        ['get', 'count'],
        { 'font-scale': 1.08, 'text-color': fitColour },
      ],
      'text-font': BOLD_FONT,
      'text-size': ['interpolate', ['linear'], ['zoom'], 13, 12, 15, 15, 18, 19],
      'text-line-height': 1.25,
      'text-max-width': 12,
      'text-allow-overlap': true,
      'symbol-sort-key': ['get', 'order'],
    },
    paint: { 'text-halo-color': paint.halo, 'text-halo-width': 2.2 },
  });
}

/** Replaces what a source shows. */
export function setSource(map: MapLibreMap, id: string, features: readonly Feature[]): void {
  map.getSource<GeoJSONSource>(id)?.setData({ type: 'FeatureCollection', features: [...features] });
}
