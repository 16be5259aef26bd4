import type { MultiPolygon, Polygon } from 'geojson';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { overlayLayers } from '../../../geodata/geometry/overlay-layers.ts';
import { toLonLatFeatures } from '../../../geodata/import/index.ts';
import { openVectorFiles } from '../../../server/formats/read.ts';
import { openSpreadsheet } from '../../../server/formats/spreadsheet.ts';
import type { CommunitySummary } from '../../../server/wire.ts';
import { describeOnBothEngines } from '../../support/databases.ts';
import { groundNamed } from '../../support/sample-grounds.ts';
import { type ServerUnderTest, serverUnderTest } from '../../support/server-under-test.ts';
import {
  barriersFile,
  buildingsFile,
  communitiesFile,
  gridsFile,
  SMALL_COMMUNITY,
  smallCountyFiles,
} from '../../support/small-county.ts';

const EXTENSIONS: Readonly<Record<string, string>> = { geojson: 'geojson', geopackage: 'gpkg', shapefile: 'zip' };

describeOnBothEngines('an export', (open) => {
  let server: ServerUnderTest;
  let planId: string;
  beforeAll(async () => {
    server = await serverUnderTest(await open());
    await server.importFiles(smallCountyFiles());
    const { body } = await server.call<CommunitySummary[]>('GET', '/api/communities');
    planId = body[0]!.plan!.id;
  });
  afterAll(() => server?.close());

  const download = async (url: string) => {
    const response = await server.app.inject({ method: 'GET', url });
    return { status: response.statusCode, headers: response.headers, bytes: response.rawPayload };
  };

  it('of grids as a shapefile in GBK and a metric CRS is read back as it was', async () => {
    const { status, headers, bytes } = await download(
      `/api/exports/grids?scope=2201&format=shapefile&crs=EPSG:4550&encoding=GBK`,
    );
    expect(status).toBe(200);
    expect(headers['content-disposition']).toMatch(
      /^attachment; filename="[\x20-\x7e]+\.zip"; filename\*=UTF-8''%E7%BD%91/,
    );
    const { layers, issues } = await openVectorFiles([{ name: 'grids.zip', bytes }]);
    expect(issues).toEqual([]);
    expect(layers[0]).toMatchObject({ crs: 'EPSG:4550', featureCount: 2 });
    const rows = layers[0]!.features().map((feature) => feature.properties!);
    expect(rows.map((row) => [row.code, row.name, row.community, row.households, row.workers])).toEqual([
      [`${SMALL_COMMUNITY}001`, '北网格', '示范社区', 360, 1],
      [`${SMALL_COMMUNITY}002`, '南网格', '示范社区', 360, 1],
    ]);
    expect(toLonLatFeatures(layers[0]!, { crs: 'EPSG:4550' }).ok).toBe(true);
  });

  it('of one plan as GeoJSON has the outlines of its grids', async () => {
    const { bytes } = await download(`/api/exports/grids?plan=${planId}&format=geojson`);
    const { features } = JSON.parse(bytes.toString());
    expect(features).toHaveLength(2);
    expect(features.map((feature: { geometry: { type: string } }) => feature.geometry.type)).toEqual([
      'Polygon',
      'Polygon',
    ]);
  });

  it.each(['geojson', 'geopackage', 'shapefile'])('as %s covers the community, and nothing twice', async (format) => {
    const ground = groundNamed('滨河');
    const { code } = ground.community;
    await server.importFiles([
      communitiesFile([ground.community]),
      buildingsFile(ground),
      barriersFile(ground),
      gridsFile(ground),
    ]);
    const { bytes } = await download(`/api/exports/grids?scope=${code}&format=${format}&crs=EPSG:4490`);
    const { layers } = await openVectorFiles([{ name: `grids.${EXTENSIONS[format]}`, bytes }]);
    const grids = layers[0]!.features().map(({ geometry }) => geometry as Polygon | MultiPolygon);
    expect(grids.length).toBe(2);
    const pieces = overlayLayers([[ground.community.area], grids]);
    const areaM2 = (wanted: (inCommunity: number, inGrids: number) => boolean) =>
      pieces.reduce((sum, { areaM2, holders: [a, b] }) => sum + (wanted(a!.length, b!.length) ? areaM2 : 0), 0);
    expect(areaM2((_, inGrids) => inGrids > 1)).toBeLessThan(0.1);
    expect(areaM2((inCommunity, inGrids) => inCommunity === 1 && inGrids === 0)).toBeLessThan(0.5);
    expect(areaM2((inCommunity, inGrids) => inCommunity === 0 && inGrids > 0)).toBeLessThan(0.5);
  });

  it('of the staffing schedule is a workbook with a line a community', async () => {
    const { status, bytes } = await download('/api/exports/staffing?scope=2201');
    expect(status).toBe(200);
    const { sheets } = await openSpreadsheet({ name: 'staffing.xlsx', bytes });
    const line = Object.values(sheets[0]!.rows.find((row) => Object.values(row.values).includes('示范社区'))!.values);
    expect(line).toEqual(expect.arrayContaining(['示范街道', '示范社区', SMALL_COMMUNITY, 720, 10, 15, 2, 8]));
  });

  it('of nothing is a 404, of a character the encoding lacks a 422 that names it', async () => {
    expect((await download('/api/exports/grids?scope=99')).status).toBe(404);
    expect((await download(`/api/exports/crosswalk?plan=${planId}`)).status).toBe(404);
    expect((await download('/api/exports/grids?scope=2201&format=dxf')).status).toBe(400);
    expect((await download('/api/exports/grids?scope=2201&crs=EPSG:99999')).status).toBe(422);
  });
});
