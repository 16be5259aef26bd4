import type { Feature, MultiPolygon, Position } from 'geojson';
import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';
import type { GridOutline, PlanDrawing } from '../../geodata/fabric/outline.ts';
import { gridBorders, multiPolygonOf } from '../../geodata/fabric/outline.ts';
import type { PolygonMm } from '../../geodata/fabric/outline-rings.ts';
import type { CellId, Fabric, GridId, LocalFrame } from '../../geodata/model/index.ts';
import type { CommunityDetail } from '../../server/wire.ts';
import { type BoundingBox, boundsOf } from './bounds.ts';
import { createMap } from './create-map.ts';
import { addGroundLabels, addGroundLayers } from './ground-layers.ts';
import { labelPoint } from './label-point.ts';
import { addBuildingAndBorderLayers, addGridFillLayers, addPlanLabels, setSource } from './plan-layers.ts';
import { buildingCollection, buildingLabelCollection, cellCollection } from './plan-shapes.ts';

/** How one grid looks and what its label says. */
export interface GridLook {
  readonly name: string;
  /** '386 户', with what is wrong in words where something is. */
  readonly count: string;
  readonly fit: 'fits' | 'over' | 'under' | 'exempt';
  readonly colour: string;
  readonly selected: boolean;
  readonly dimmed: boolean;
}

export interface PlanPicture {
  readonly frame: LocalFrame;
  readonly drawing: PlanDrawing;
  readonly looks: ReadonlyMap<GridId, GridLook>;
  /** By the building's position in the community's list; null for a building in no grid. */
  readonly buildingColours: readonly (string | null)[];
  /** Where each grid's buildings stand. */
  readonly anchors: ReadonlyMap<GridId, readonly Position[]>;
}

/** The workbench's map: ground, cells, buildings, grids. It draws what it is handed and decides nothing. */
export class WorkbenchMap {
  private colours: (string | null)[] = [];
  private touched: ReadonlySet<CellId> = new Set();
  private readonly labelPoints = new Map<GridId, { readonly shape: string; readonly point: Position | null }>();
  private hovered: CellId | null = null;
  private readonly observer: ResizeObserver;

  private constructor(
    readonly map: MapLibreMap,
    container: HTMLElement,
  ) {
    this.observer = new ResizeObserver(() => map.resize());
    this.observer.observe(container);
  }

  static async create(container: HTMLElement, detail: CommunityDetail): Promise<WorkbenchMap> {
    const map = await createMap(container, boundsOf([detail.community.area]));
    addGridLayersInOrder(map, detail);
    const made = new WorkbenchMap(map, container);
    map.getSource<GeoJSONSource>('buildings')?.setData(buildingCollection(detail.buildings));
    map.getSource<GeoJSONSource>('building-labels')?.setData(buildingLabelCollection(detail.buildings));
    return made;
  }

  showCells(fabric: Fabric, polygons: ReadonlyMap<CellId, readonly PolygonMm[]>): void {
    this.map.removeFeatureState({ source: 'cells' });
    this.touched = new Set();
    this.hovered = null;
    this.map.getSource<GeoJSONSource>('cells')?.setData(cellCollection(fabric.frame, polygons));
  }

  showPlan({ frame, drawing, looks, buildingColours, anchors }: PlanPicture): void {
    const areas: Feature[] = [];
    const labels: Feature[] = [];
    let order = 0;
    for (const [id, outline] of drawing.outlines) {
      const look = looks.get(id);
      if (look === undefined) continue;
      const geometry: MultiPolygon = multiPolygonOf(frame, outline.polygons);
      areas.push({ type: 'Feature', geometry, properties: look });
      const point = this.labelPointOf(id, outline, geometry, anchors.get(id) ?? []);
      const properties = { ...look, order: look.selected ? -1 : order++ };
      if (point) labels.push({ type: 'Feature', geometry: { type: 'Point', coordinates: point }, properties });
    }
    const lines = gridBorders(frame, drawing.borders).map(
      ({ line, class: lies }): Feature => ({
        type: 'Feature',
        properties: { class: lies },
        geometry: { type: 'LineString', coordinates: line.map((position) => [...position]) },
      }),
    );
    setSource(this.map, 'grids', areas);
    setSource(this.map, 'grid-borders', lines);
    setSource(this.map, 'grid-labels', labels);
    this.colourBuildings(buildingColours);
  }

  /** An outline that has not changed keeps its label where it is. */
  private labelPointOf(
    id: GridId,
    outline: GridOutline,
    area: MultiPolygon,
    anchors: readonly Position[],
  ): Position | null {
    const shape = `${outline.areaM2} ${outline.perimeterM} ${anchors.length}`;
    const known = this.labelPoints.get(id);
    if (known?.shape === shape) return known.point;
    const point = labelPoint(area, anchors);
    this.labelPoints.set(id, { shape, point });
    return point;
  }

  /** Only what differs is handed to the map: recolouring thousands of buildings stays within a frame. */
  colourBuildings(colours: readonly (string | null)[]): void {
    colours.forEach((colour, id) => {
      if (this.colours[id] === colour) return;
      this.colours[id] = colour;
      if (colour === null) this.map.removeFeatureState({ source: 'buildings', id }, 'colour');
      else this.map.setFeatureState({ source: 'buildings', id }, { colour });
    });
  }

  touch(cells: ReadonlySet<CellId>): void {
    for (const id of this.touched) if (!cells.has(id)) this.setCell(id, { touched: false });
    for (const id of cells) if (!this.touched.has(id)) this.setCell(id, { touched: true });
    this.touched = new Set(cells);
  }

  hover(cell: CellId | null): void {
    if (cell === this.hovered) return;
    if (this.hovered !== null) this.setCell(this.hovered, { hover: false });
    if (cell !== null) this.setCell(cell, { hover: true });
    this.hovered = cell;
  }

  flyTo(box: BoundingBox): void {
    this.map.fitBounds(box, { padding: 90, maxZoom: 17.5, duration: 500 });
  }

  /** Millimetres of ground under one pixel at a latitude. */
  mmPerPixel(): number {
    const { width, height } = this.map.getCanvas().getBoundingClientRect();
    const [left, right] = [
      [width / 2 - 50, height / 2],
      [width / 2 + 50, height / 2],
    ].map((point) => this.map.unproject(point as [number, number]));
    return (left!.distanceTo(right!) / 100) * 1000;
  }

  destroy(): void {
    this.observer.disconnect();
    this.map.remove();
  }

  private setCell(id: CellId, state: Record<string, boolean>): void {
    this.map.setFeatureState({ source: 'cells', id }, state);
  }
}

function addGridLayersInOrder(map: MapLibreMap, detail: CommunityDetail): void {
  addGroundLayers(map, detail);
  addGridFillLayers(map);
  // Roads stay readable on top of the grids' fills.
  for (const id of [
    'river-line',
    'road-casing',
    'main-road-casing',
    'road-line',
    'main-road-line',
    'railway-casing',
    'railway-line',
    'wall-line',
  ])
    map.moveLayer(id);
  addBuildingAndBorderLayers(map);
  addGroundLabels(map);
  addPlanLabels(map);
}
