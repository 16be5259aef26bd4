import { spawnSync } from 'node:child_process';
import type { FeatureCollection } from 'geojson';
import { noteSkipped } from '../support/postgres.ts';

/** Whether somebody else's reader of vector files is here to say what is in ours. */
export const hasGdal = spawnSync('ogrinfo', ['--version']).status === 0;
if (!hasGdal) noteSkipped('exported shapefiles read back by GDAL: no ogrinfo (on Debian: gdal-bin)');

/** A zipped shapefile as GDAL sees it. @param zip path of the file */
export function readByGdal(zip: string): {
  /** Layer, fields, coordinate system in WKT, encoding: as ogrinfo prints them. */
  readonly summary: string;
  readonly features: FeatureCollection['features'];
} {
  const source = `/vsizip/${zip}`;
  const summary = run('ogrinfo', ['-ro', '-so', '-al', '-mdd', 'SHAPEFILE', source]);
  const layer = /Layer name: (.+)/.exec(summary)?.[1];
  if (!layer) throw new Error(`no layer in ${zip}: ${summary}`);
  // EPSG:4326 would swap nothing and shift nothing: as they are is what is asked for.
  const text = run('ogr2ogr', ['-f', 'GeoJSON', '/vsistdout/', source, layer, '-lco', 'COORDINATE_PRECISION=9']);
  return { summary, features: (JSON.parse(text) as FeatureCollection).features };
}

function run(program: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 256e6 });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
  return stdout;
}
