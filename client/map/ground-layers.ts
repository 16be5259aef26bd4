import type { Feature, FeatureCollection } from 'geojson';
import type { ExpressionSpecification, GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import type { CommunityDetail } from '../../server/wire.ts';
import { MAP_FONT } from './create-map.ts';
import { paint } from './palette.ts';

/** What a plan stands on and never changes while editing: neighbours, community, compounds, barriers. */
export function addGroundLayers(
  map: MapLibreMap,
  detail: Pick<CommunityDetail, 'community' | 'compounds' | 'barriers' | 'neighbours'>,
): void {
  for (const [id, data] of Object.entries(groundCollections(detail))) map.addSource(id, { type: 'geojson', data });
  addAreaLayers(map);
  addBarrierLayers(map);
}

export function updateGroundLayers(map: MapLibreMap, detail: Parameters<typeof addGroundLayers>[1]): void {
  for (const [id, data] of Object.entries(groundCollections(detail))) map.getSource<GeoJSONSource>(id)?.setData(data);
}

function groundCollections({ community, compounds, barriers, neighbours }: Parameters<typeof addGroundLayers>[1]) {
  const collection = (features: Feature[]): FeatureCollection => ({ type: 'FeatureCollection', features });
  const feature = (geometry: Feature['geometry'], properties: Feature['properties']): Feature => ({
    type: 'Feature',
    geometry,
    properties,
  });
  return {
    neighbours: collection(neighbours.map(({ area, name }) => feature(area, { name }))),
    community: collection([feature(community.area, { name: community.name })]),
    compounds: collection(compounds.flatMap(({ area, name }) => (area ? [feature(area, { name })] : []))),
    barriers: collection(
      barriers.map((barrier) => feature(barrier.shape, { class: barrier.class, name: barrier.name ?? '' })),
    ),
  };
}

function addAreaLayers(map: MapLibreMap): void {
  map.addLayer({
    id: 'neighbours-fill',
    type: 'fill',
    source: 'neighbours',
    paint: { 'fill-antialias': false, 'fill-color': paint.neighbour },
  });
  map.addLayer({
    id: 'neighbours-line',
    type: 'line',
    source: 'neighbours',
    paint: { 'line-color': paint.neighbourLine, 'line-width': 1, 'line-dasharray': [4, 3] },
  });
  map.addLayer({
    id: 'community-fill',
    type: 'fill',
    source: 'community',
    paint: { 'fill-antialias': false, 'fill-color': paint.community },
  });
  map.addLayer({
    id: 'compounds-fill',
    type: 'fill',
    source: 'compounds',
    paint: { 'fill-antialias': false, 'fill-color': paint.compound, 'fill-opacity': 0.75 },
  });
  map.addLayer({
    id: 'water-fill',
    type: 'fill',
    source: 'barriers',
    filter: ['all', ['==', ['get', 'class'], 'river'], ['==', ['geometry-type'], 'Polygon']],
    paint: { 'fill-color': paint.water },
  });
}

/** Line widths that grow with the zoom: pixels at zoom 13 and at zoom 18. */
const widthFrom = (atZoom13: number, atZoom18: number): ExpressionSpecification => [
  'interpolate',
  ['exponential', 1.5],
  ['zoom'],
  13,
  atZoom13,
  18,
  atZoom18,
];

function addBarrierLayers(map: MapLibreMap): void {
  const lines = (barrierClass: string, id: string, linePaint: NonNullable<Parameters<typeof setLine>[3]>) =>
    setLine(map, barrierClass, id, linePaint);
  lines('river', 'river-line', { 'line-color': paint.water, 'line-width': widthFrom(3, 20) });
  lines('road', 'road-casing', { 'line-color': paint.roadCasing, 'line-width': widthFrom(1.4, 12) });
  lines('mainRoad', 'main-road-casing', { 'line-color': paint.mainRoadCasing, 'line-width': widthFrom(3, 22) });
  lines('road', 'road-line', { 'line-color': paint.road, 'line-width': widthFrom(0.8, 10) });
  lines('mainRoad', 'main-road-line', { 'line-color': paint.mainRoad, 'line-width': widthFrom(2, 19) });
  lines('railway', 'railway-casing', { 'line-color': paint.railway, 'line-width': widthFrom(2, 6) });
  lines('railway', 'railway-line', {
    'line-color': paint.halo,
    'line-width': widthFrom(1, 3.6),
    'line-dasharray': [5, 5],
  });
  lines('wall', 'wall-line', { 'line-color': paint.wall, 'line-width': widthFrom(0.6, 1.8) });
}

function setLine(
  map: MapLibreMap,
  barrierClass: string,
  id: string,
  linePaint: Extract<Parameters<MapLibreMap['addLayer']>[0], { type: 'line' }>['paint'],
): void {
  map.addLayer({
    id,
    type: 'line',
    source: 'barriers',
    filter: ['all', ['==', ['get', 'class'], barrierClass], ['==', ['geometry-type'], 'LineString']],
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    ...(linePaint ? { paint: linePaint } : {}),
  });
}

/** Names of the ground and the community's outline, above buildings and grids. Added last. */
export function addGroundLabels(map: MapLibreMap): void {
  map.addLayer({
    id: 'community-line',
    type: 'line',
    source: 'community',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': paint.communityLine, 'line-width': widthFrom(2, 4), 'line-dasharray': [6, 1.5, 1, 1.5] },
  });
  map.addLayer({
    id: 'barrier-names',
    type: 'symbol',
    source: 'barriers',
    filter: ['all', ['!=', ['get', 'name'], ''], ['!=', ['get', 'class'], 'wall']],
    layout: {
      'symbol-placement': 'line',
      'symbol-spacing': 420,
      'text-field': ['get', 'name'],
      'text-font': MAP_FONT,
      'text-size': ['interpolate', ['linear'], ['zoom'], 14, 12, 18, 15],
      'text-letter-spacing': 0.15,
      'text-padding': 12,
    },
    paint: {
      'text-color': ['match', ['get', 'class'], 'river', paint.waterText, paint.roadText],
      'text-halo-color': paint.halo,
      'text-halo-width': 1.6,
    },
  });
  map.addLayer({
    id: 'compound-names',
    type: 'symbol',
    source: 'compounds',
    minzoom: 15,
    layout: {
      'text-field': ['get', 'name'],
      'text-font': MAP_FONT,
      'text-size': ['interpolate', ['linear'], ['zoom'], 15, 12, 18, 14],
      'text-max-width': 8,
      'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'],
      'text-radial-offset': 1.6,
    },
    paint: { 'text-color': paint.compoundText, 'text-halo-color': paint.halo, 'text-halo-width': 1.6 },
  });
  map.addLayer({
    id: 'neighbour-names',
    type: 'symbol',
    source: 'neighbours',
    layout: { 'text-field': ['get', 'name'], 'text-font': MAP_FONT, 'text-size': 14, 'text-letter-spacing': 0.1 },
    paint: { 'text-color': paint.neighbourText, 'text-halo-color': paint.neighbour, 'text-halo-width': 1.5 },
  });
}
