import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Feature, FeatureCollection } from 'geojson';
import { identifyCrs } from '../../../geodata/geometry/crs.ts';
import type { InputFeature } from '../../../geodata/import/input.ts';
import type { InputIssue } from '../../../geodata/model/index.ts';
import { fieldNamesOf, layerOf, type NamedBytes, type VectorLayer } from '../layer.ts';
import { runGdal } from './run-gdal.ts';

/**
 * The layers of a GeoPackage, each in its own CRS. A layer whose features come out fewer than the file counts is an error (`featuresLost`): GDAL is known
 * to read half of a damaged file without complaint.
 */
export async function openWithGdal(
  file: NamedBytes,
): Promise<{ readonly layers: readonly VectorLayer[]; readonly issues: readonly InputIssue[] }> {
  const refuse = (code: string, values: Record<string, string> = {}) => ({
    layers: [],
    issues: [{ code, severity: 'error' as const, file: file.name, values }],
  });
  const inside = 'input.gpkg';
  const answer = await runGdal({ kind: 'readLayers', file: inside }, (folder) =>
    writeFile(path.join(folder, inside), file.bytes),
  );
  if (answer.error !== null) {
    return answer.error === 'timeLimit' ? refuse('timeLimit') : refuse('gpkgUnreadable', { message: answer.error });
  }
  const issues: InputIssue[] = [];
  if (answer.layers.length === 0) return refuse('noLayer');
  const layers = answer.layers.map((layer) => {
    const collection = JSON.parse(new TextDecoder().decode(layer.geojson)) as FeatureCollection;
    const features = collection.features.map(
      ({ id, geometry, properties }: Feature, index): InputFeature => ({
        type: 'Feature',
        number: typeof id === 'number' ? id : index + 1,
        geometry: geometry ?? null,
        properties: properties ?? {},
      }),
    );
    const found: InputIssue[] = [];
    if (features.length < layer.featureCount) {
      const values = { layer: layer.name, read: features.length, expected: layer.featureCount };
      found.push({ code: 'featuresLost', severity: 'error', file: file.name, values });
    }
    if (features.some(({ geometry }) => geometry?.type === 'GeometryCollection')) {
      found.push({ code: 'geometryCollections', severity: 'notice', file: file.name, values: { layer: layer.name } });
    }
    return layerOf({
      file: file.name,
      layer: layer.name,
      format: 'geopackage',
      features,
      fieldNames: fieldNamesOf(features),
      encoding: 'UTF-8',
      encodingSource: null,
      crs: layer.wkt === null ? null : identifyCrs(layer.wkt),
      issues: found,
    });
  });
  return { layers, issues };
}
