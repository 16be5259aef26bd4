/**
 * The worker as text: it is the same plain script under tsx, vitest and the built server, needs no loader and no bundler entry, and touches nothing but
 * the job's folder. gdal3.js finds its data only by a path relative to the working directory.
 */
export const GDAL_WORKER_SOURCE = `
const { parentPort, workerData } = require('node:worker_threads');
const fs = require('node:fs');
const path = require('node:path');
const { task, folder, gdal: gdalPath } = workerData;
const messages = [];
const answer = (part) => parentPort.postMessage({ error: null, messages, layers: [], bytes: null, ...part });
const said = (error) => (error && error.message) || JSON.stringify(error) || String(error);

async function run() {
  const home = path.join(path.dirname(gdalPath), 'dist', 'package');
  const out = path.join(folder, 'out');
  fs.mkdirSync(out);
  const gdal = await require(gdalPath)({
    path: path.relative(process.cwd(), home),
    dest: out,
    logHandler: (text) => messages.push(text),
    errorHandler: (text) => messages.push(text),
  });
  const { datasets, errors } = await gdal.open(path.join(folder, task.file));
  const dataset = datasets[0];
  if (!dataset) return answer({ error: said(errors[0]) });
  if (task.kind === 'translate') {
    const made = await gdal.ogr2ogr(dataset, [...task.options], task.output);
    const bytes = await gdal.getFileBytes(made);
    return answer({ bytes: new Uint8Array(bytes) });
  }
  const info = await gdal.ogrinfo(dataset);
  const layers = [];
  for (const [i, layer] of (info.layers ?? []).entries()) {
    const made = await gdal.ogr2ogr(
      dataset,
      ['-f', 'GeoJSON', '-preserve_fid', '-lco', 'COORDINATE_PRECISION=15', '-lco', 'WRITE_NAME=NO', layer.name],
      'layer' + i,
    );
    const field = (layer.geometryFields ?? [])[0];
    layers.push({
      name: layer.name,
      featureCount: layer.featureCount,
      geometryType: field ? field.type : null,
      wkt: field && field.coordinateSystem ? field.coordinateSystem.wkt : null,
      geojson: new Uint8Array(await gdal.getFileBytes(made)),
    });
  }
  answer({ layers });
}
run().catch((error) => answer({ error: said(error) }));
`;
