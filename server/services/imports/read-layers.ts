import type { Feature } from 'geojson';
import {
  estimateHouseholds,
  type InputRow,
  linkCompounds,
  REJECTED,
  REPAIRED,
  type Reading,
  readBarriers,
  readBuildings,
  readCommunities,
  readCompounds,
  readDepartmentGrids,
  readGrids,
  readHouseholdTable,
  readRoster,
  toLonLatFeatures,
} from '../../../geodata/import/index.ts';
import type { Building, Community, Compound, Grid, GridId, InputIssue } from '../../../geodata/model/index.ts';
import type { ImportPreview, ImportReading } from '../../wire.ts';
import { EMPTY_BATCH, type HandedInDepartment, type ImportBatch } from './batch.ts';
import type { OpenedLayer } from './open-files.ts';

/** Enough to see where a layer lies and what it looks like; a map of more would only be slow. */
const MOST_PREVIEWED = 3000;

export type LayerPreview = ImportPreview['layers'][number];
type LayerReading = ImportReading['layers'][number];
type Mutable<Batch> = { -readonly [Part in keyof Batch]: Batch[Part] extends readonly (infer Item)[] ? Item[] : never };

/** What is stored already and what the layers' texts may refer to. */
export interface Known {
  readonly communities: readonly Community[];
  readonly compounds: readonly Compound[];
}

export interface ReadLayers {
  readonly batch: ImportBatch;
  readonly previews: readonly LayerPreview[];
}

/**
 * Reads layers as the user said: coordinates, columns, meaning. Communities come first whatever the order of files, for rosters name
 * them. Nothing throws for what a file holds; whatever is wrong is an issue of its layer.
 */
export function readLayers(
  layers: readonly { readonly opened: OpenedLayer | null; readonly reading: LayerReading }[],
  known: Known,
  newGridId: () => GridId,
): ReadLayers {
  const batch: Mutable<ImportBatch> = { ...(structuredClone(EMPTY_BATCH) as Mutable<ImportBatch>) };
  const order = layers.map((_, index) => index);
  const isFirst = (index: number) => (layers[index]!.reading.target === 'communities' ? 0 : 1);
  order.sort((a, b) => isFirst(a) - isFirst(b) || a - b);
  const previews: LayerPreview[] = [];
  for (const index of order) {
    const { opened, reading } = layers[index]!;
    previews[index] = opened ? readLayer(opened, reading, batch, known, newGridId) : missingLayer(reading);
  }
  const brought = new Set(batch.compounds.map((compound) => compound.id));
  // Handed in again, a compound is what it is now, not what it was as well.
  const kept = known.compounds.filter(({ id }) => !brought.has(id));
  const linked = linkCompounds(batch.buildings, [...kept, ...batch.compounds]);
  const stored = new Set(kept.map((compound) => compound.id));
  return {
    batch: {
      ...batch,
      buildings: linked.buildings,
      compounds: linked.compounds.filter(({ id }) => brought.has(id) || !stored.has(id)),
    },
    previews,
  };
}

function missingLayer({ file, layer, target }: LayerReading): LayerPreview {
  const issues: InputIssue[] = [{ code: 'layerMissing', severity: 'error', file, values: { layer } }];
  return { file, layer, target, accepted: 0, repaired: 0, rejected: 0, issues, features: collection([]) };
}

function readLayer(
  opened: OpenedLayer,
  reading: LayerReading,
  batch: Mutable<ImportBatch>,
  known: Known,
  newGridId: () => GridId,
): LayerPreview {
  const source = { file: opened.file };
  const { target, mapping } = reading;
  const whole = (issues: readonly InputIssue[]): LayerPreview => ({
    ...preview(reading, opened.featureCount, { values: [], issues }, []),
    rejected: opened.featureCount,
  });
  if (target === 'households' || target === 'roster') {
    const rows = rowsOf(opened);
    if (target === 'households') {
      const read = readHouseholdTable(rows, mapping, source);
      batch.counts.push(...read.values);
      return preview(reading, opened.featureCount, read, []);
    }
    const brought = new Set(batch.communities.map(({ code }) => code));
    const communities = [...batch.communities, ...known.communities.filter(({ code }) => !brought.has(code))];
    const read = readRoster(rows, mapping, { ...source, communities });
    batch.workers.push(...read.values);
    return preview(reading, opened.featureCount, read, []);
  }
  if (opened.kind === 'table')
    return whole([{ code: 'geometryMissing', severity: 'error', ...source, values: { layer: opened.layer } }]);
  const crs = reading.crs ?? opened.crs;
  if (crs === null) return whole([{ code: 'crsMissing', severity: 'error', ...source }]);
  const placed = toLonLatFeatures(opened, { crs, datum: reading.datum });
  if (!placed.ok) return whole([placed.failure]);
  const { features, issues } = placed.value;
  const told = <Value>(read: Reading<Value>): Reading<Value> => ({
    values: read.values,
    issues: [...opened.issues, ...issues, ...read.issues],
  });
  switch (target) {
    case 'communities': {
      const read = told(readCommunities(features, mapping, source));
      batch.communities.push(...read.values);
      const shapes = read.values.map(({ area, code, name }) => feature(area, { code, name }));
      return preview(reading, opened.featureCount, read, shapes);
    }
    case 'buildings': {
      const read = told(readBuildings(features, mapping, source));
      const ratio = reading.estimateM2PerHousehold;
      const buildings: readonly Building[] =
        ratio === null
          ? read.values
          : read.values.map((building) => estimateHouseholds(building, { m2PerHousehold: ratio }));
      batch.buildings.push(...apart(buildings, batch.buildings, opened.layer, mapping.id === undefined));
      const shapes = buildings.map(({ footprint, id, name, householdCount, countSource }) =>
        feature(footprint, { id, name, householdCount, countSource }),
      );
      return preview(reading, opened.featureCount, { ...read, values: buildings }, shapes);
    }
    case 'compounds': {
      const read = told(readCompounds(features, mapping, source));
      const isNumbered = mapping.id === undefined && mapping.name === undefined;
      batch.compounds.push(...apart(read.values, batch.compounds, opened.layer, isNumbered));
      const shapes = read.values.flatMap(({ area, id, name }) => (area ? [feature(area, { id, name })] : []));
      return preview(reading, opened.featureCount, read, shapes);
    }
    case 'barriers': {
      const read = told(readBarriers(features, mapping, { ...source, layer: opened.layer }));
      // Nobody refers to a barrier, and the files of roads and of railways both number from 0.
      batch.barriers.push(...apart(read.values, batch.barriers, opened.layer, true));
      const shapes = read.values.map((barrier) =>
        feature(barrier.shape, { id: barrier.id, class: barrier.class, name: barrier.name }),
      );
      return preview(reading, opened.featureCount, read, shapes);
    }
    case 'grids': {
      const read = told(readGrids(features, mapping, source));
      for (const { code, name, kind, area, communityLabel, key } of read.values) {
        const grid: Grid = {
          id: newGridId(),
          code: code ?? key,
          name,
          kind: kind === 'department' ? 'general' : kind,
          locked: false,
          detachedReason: null,
          workerIds: [],
        };
        batch.grids.push({ grid, area, communityLabel });
      }
      const shapes = read.values.map(({ area, code, name }) => feature(area, { code, name }));
      return preview(reading, opened.featureCount, read, shapes);
    }
    case 'departmentGrids': {
      const { departmentName } = reading;
      const read = told(readDepartmentGrids(features, mapping, { ...source, departmentName }));
      const named = read.values.filter((grid) => grid.department !== null);
      const byName = new Map<string, HandedInDepartment['grids'][number][]>();
      for (const { department, code, key, name, area } of named)
        byName.set(department!, [...(byName.get(department!) ?? []), { code: code ?? key, name, area }]);
      for (const [name, grids] of byName) batch.departments.push({ name, grids });
      const nameless: InputIssue[] =
        named.length < read.values.length
          ? [
              {
                code: 'departmentMissing',
                severity: 'error',
                ...source,
                values: { count: read.values.length - named.length },
              },
            ]
          : [];
      const shapes = read.values.map(({ area, code, name, department }) => feature(area, { code, name, department }));
      const issuesOfAll = { values: named, issues: [...read.issues, ...nameless] };
      return preview(reading, opened.featureCount, issuesOfAll, shapes);
    }
  }
}

/**
 * Ids are unique in their file; here they must be among all that a county hands in, and the same when the file comes again. Numbers
 * given for want of an id get the layer's name before them, and so do ids that another layer of the import has taken.
 */
function apart<Item extends { readonly id: string }>(
  items: readonly Item[],
  others: readonly Item[],
  layer: string,
  always: boolean,
): readonly Item[] {
  const taken = new Set(others.map(({ id }) => id));
  return items.map((item) => (always || taken.has(item.id) ? { ...item, id: `${layer}:${item.id}` } : item));
}

function rowsOf(opened: OpenedLayer): readonly InputRow[] {
  if (opened.kind === 'table') return opened.rows();
  return opened
    .features()
    .map(({ properties, number }, index) => ({ number: number ?? index + 1, values: properties ?? {} }));
}

function preview(
  { file, layer, target }: LayerReading,
  featureCount: number,
  { values, issues }: Reading<unknown>,
  shapes: readonly Feature[],
): LayerPreview {
  const numbers = (codes: ReadonlySet<string>) =>
    new Set(issues.filter((issue) => codes.has(issue.code)).map((issue) => issue.feature ?? issue)).size;
  const rejected = Math.min(featureCount, numbers(REJECTED));
  return {
    file,
    layer,
    target,
    accepted: values.length,
    repaired: Math.min(values.length, numbers(REPAIRED)),
    rejected,
    issues,
    features: collection(shapes.slice(0, MOST_PREVIEWED)),
  };
}

const collection = (features: readonly Feature[]) => ({
  type: 'FeatureCollection' as const,
  features: [...features],
});
const feature = (geometry: Feature['geometry'], properties: Feature['properties']): Feature => ({
  type: 'Feature',
  geometry,
  properties,
});
