import type { Feature } from 'geojson';
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import type { CommunitySummary } from '../../server/wire.ts';
import { boundsOf } from './bounds.ts';
import { createMap, MAP_FONT } from './create-map.ts';
import { labelPoint } from './label-point.ts';
import { paint } from './palette.ts';

export interface CountyMap {
  show(communities: readonly CommunitySummary[], words: { readonly households: (count: number) => string }): void;
  highlight(code: string | null): void;
  destroy(): void;
}

/** The county as areas coloured by how far each community's plan has come. */
export async function createCountyMap(
  container: HTMLElement,
  communities: readonly CommunitySummary[],
  handlers: { readonly hover: (code: string | null) => void; readonly open: (code: string) => void },
): Promise<CountyMap> {
  const map = await createMap(container, boundsOf(communities.map(({ area }) => area)));
  addLayers(map);
  let indexOf = new Map<string, number>();
  let codes: string[] = [];
  let highlighted: number | null = null;

  map.on('mousemove', 'communities-fill', ({ features }) => {
    map.getCanvas().style.cursor = 'pointer';
    handlers.hover(codes[Number(features?.[0]?.id)] ?? null);
  });
  map.on('mouseleave', 'communities-fill', () => {
    map.getCanvas().style.cursor = '';
    handlers.hover(null);
  });
  map.on('click', 'communities-fill', ({ features }) => {
    const code = codes[Number(features?.[0]?.id)];
    if (code !== undefined) handlers.open(code);
  });
  const observer = new ResizeObserver(() => map.resize());
  observer.observe(container);

  return {
    show(shown, words) {
      codes = shown.map(({ code }) => code);
      indexOf = new Map(codes.map((code, index) => [code, index]));
      const areas = shown.map(
        ({ area, compliance }, id): Feature => ({
          type: 'Feature',
          id,
          properties: { state: compliance.state },
          geometry: area,
        }),
      );
      const labels = shown.flatMap(({ area, name, householdCount, compliance }): Feature[] => {
        const point = labelPoint(area, [middleOf(area)]);
        if (point === null) return [];
        const properties = { name, count: `${SIGN[compliance.state]} ${words.households(householdCount)}` };
        return [{ type: 'Feature', properties, geometry: { type: 'Point', coordinates: point } }];
      });
      map.getSource<GeoJSONSource>('communities')?.setData({ type: 'FeatureCollection', features: areas });
      map.getSource<GeoJSONSource>('community-labels')?.setData({ type: 'FeatureCollection', features: labels });
    },
    highlight(code) {
      if (highlighted !== null) map.setFeatureState({ source: 'communities', id: highlighted }, { hover: false });
      highlighted = code === null ? null : (indexOf.get(code) ?? null);
      if (highlighted !== null) map.setFeatureState({ source: 'communities', id: highlighted }, { hover: true });
    },
    destroy() {
      observer.disconnect();
      map.remove();
    },
  };
}

/** The state again, for those who don't tell the colours apart. */
const SIGN = { compliant: '✓', notCompliant: '▲', incomplete: '…', noPlan: '–' } as const;

function middleOf(area: CommunitySummary['area']): [number, number] {
  const [west, south, east, north] = boundsOf([area]);
  return [(west + east) / 2, (south + north) / 2];
}

function addLayers(map: MapLibreMap): void {
  const empty = { type: 'FeatureCollection' as const, features: [] };
  map.addSource('communities', { type: 'geojson', data: empty });
  map.addSource('community-labels', { type: 'geojson', data: empty });
  map.addLayer({
    id: 'communities-fill',
    type: 'fill',
    source: 'communities',
    paint: {
      'fill-color': [
        'match',
        ['get', 'state'],
        'compliant',
        paint.compliant,
        'notCompliant',
        paint.over,
        'incomplete',
        paint.under,
        paint.noPlan,
      ],
      'fill-opacity': ['case', ['boolean', ['feature-state', 'hover'], false], 0.5, 0.26],
    },
  });
  map.addLayer({
    id: 'communities-line',
    type: 'line',
    source: 'communities',
    layout: { 'line-join': 'round' },
    paint: {
      'line-color': paint.communityLine,
      'line-width': ['case', ['boolean', ['feature-state', 'hover'], false], 3, 1.3],
    },
  });
  map.addLayer({
    id: 'community-labels',
    type: 'symbol',
    source: 'community-labels',
    layout: {
      'text-field': ['format', ['get', 'name'], {}, '\n', {}, ['get', 'count'], { 'font-scale': 0.86 }],
      'text-font': MAP_FONT,
      'text-size': 15,
      'text-line-height': 1.3,
      'text-padding': 2,
    },
    paint: { 'text-color': paint.gridText, 'text-halo-color': paint.halo, 'text-halo-width': 1.8 },
  });
}
