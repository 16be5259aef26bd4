import { existsSync } from 'node:fs';
import path from 'node:path';
import type { MultiPolygon, Polygon } from 'geojson';
import { describe, expect, it } from 'vitest';
import { toLonLatFeatures } from '../../../geodata/import/to-lon-lat.ts';
import { openVectorFile, type VectorLayer } from '../../../server/formats/read.ts';

// Awkward files people really have. They are not part of the project; see the README on where to put them.
const MESSY = path.resolve('../shared/data/messy');
const present = existsSync(MESSY);
if (!present) console.warn(`skipped: ${MESSY} is not there, awkward files were not read`);

interface Expected {
  readonly layers?: number;
  readonly features?: number;
  readonly crs?: string | null;
  readonly encoding?: string | null;
  readonly candidate?: string;
  /** Codes of all issues, of the file and its layers. */
  readonly codes?: readonly string[];
  readonly look?: (layer: VectorLayer) => void;
}

const first = (layer: VectorLayer, field: string): unknown => layer.features()[0]!.properties![field];
const holes = (layer: VectorLayer): number =>
  layer
    .features()
    .flatMap(({ geometry }) =>
      geometry?.type === 'Polygon' ? [geometry.coordinates] : ((geometry as MultiPolygon | null)?.coordinates ?? []),
    )
    .reduce((sum, rings) => sum + rings.length - 1, 0);
const multiParts = (layer: VectorLayer): number =>
  layer.features().filter(({ geometry }) => geometry?.type === 'MultiPolygon').length;

const EXPECTED: Readonly<Record<string, Expected>> = {
  'bad_cpg_is_html_no_shx/htmlcpg.shp': {
    features: 2,
    crs: 'EPSG:4326',
    codes: ['shxMissing', 'encodingDeclarationUnreadable'],
    look: (layer) => expect(layer.features().map(({ properties }) => properties!.field)).toContain('Hněvošický háj'),
  },
  'beijing54_3deg_gk_prj_shp_only/gauss_kruger.shp': {
    features: 3,
    crs: 'EPSG:2435',
    codes: ['shxMissing', 'dbfMissing'],
  },
  // The .prj says degrees, the coordinates are metres: nobody may believe it.
  'cn_huizhou_land/land.shp': {
    features: 79,
    crs: null,
    encoding: 'UTF-8',
    candidate: 'EPSG:4547',
    codes: ['crsContradicted'],
  },
  'cn_huizhou_mainroad_projected_no_prj/mainroad.shp': {
    features: 3,
    crs: null,
    candidate: 'EPSG:4547',
    codes: ['crsMissing'],
  },
  'dbf_deleted_rows/archsites.shp': {
    features: 21,
    codes: ['rowsDeleted'],
    look: (layer) => expect(layer.features()[0]!.number).toBeGreaterThan(1),
  },
  'dbf_duplicate_fields/duplicate_fields.dbf': { layers: 0, codes: ['shpMissing'] },
  'derived_changchun_landuse_gbk_noprj/用地.shp': {
    features: 454,
    crs: null,
    encoding: 'GBK',
    candidate: 'EPSG:4551',
    codes: ['crsMissing'],
    look: (layer) => expect(first(layer, 'Type')).toBe('工业用地'),
  },
  'derived_suzhou_dirty_geojson/dirty.geojson': { features: 69, crs: 'EPSG:4326', codes: [] },
  'derived_truncated_shp/blockgroups.shp': { features: 442, codes: ['shapeTruncated', 'crsMissing'] },
  'derived_zip_gbk_member_names/changchun_yongdi.zip': {
    features: 454,
    encoding: 'GBK',
    codes: ['crsMissing'],
    look: (layer) => expect(layer.layer).toBe('用地'),
  },
  'enc_cpg_big5/big5.shp': {
    encoding: 'Big5',
    codes: ['crsMissing'],
    look: (layer) => expect(first(layer, 'NAME')).toBe('國語'),
  },
  'enc_dbf_only_gbk/gbk.dbf': { layers: 0, codes: ['shpMissing'] },
  'enc_gbk_chinese_poly/chinese_poly.shp': {
    encoding: 'GBK',
    crs: 'EPSG:4326',
    codes: [],
    look: (layer) => expect(first(layer, 'NAME')).toBe('黑龙江省'),
  },
  'enc_ldid_0x7a_gbk/chinese.shp': { encoding: 'GBK', look: (layer) => expect(first(layer, 'NAME')).toBe('简体') },
  'gpkg_mixed_crs/mixed_crs.gpkg': {
    layers: 2,
    codes: [],
    look: (layer) => expect(layer.crs === 'EPSG:4326' || layer.crs?.includes('Oregon North')).toBe(true),
  },
  'gpkg_null_crs/null_crs_gdal.gpkg': { features: 1, crs: null, codes: ['crsMissing'] },
  'hole_touches_edge/holeTouchEdge.shp': {
    features: 1,
    codes: ['crsMissing'],
    look: (layer) => expect(holes(layer)).toBe(1),
  },
  'invalid_coordinates_minus_dblmax/invalid_coordinates.shp': {
    features: 1,
    look: (layer) => {
      const placed = toLonLatFeatures(layer, { crs: 'EPSG:4326' });
      expect(placed).toMatchObject({
        ok: true,
        value: { features: [], issues: [{ code: 'coordinatesAbsurd', feature: 1 }] },
      });
    },
  },
  'multipatch_tin/test_tin.shp': { codes: ['shapeTypeUnsupported'] },
  'not_a_zip/badzip.zip': { layers: 0, codes: ['zipUnreadable'] },
  'null_shapes/null.shp': {
    features: 9,
    look: (layer) => expect(layer.features().filter(({ geometry }) => geometry === null)).toHaveLength(4),
  },
  'shp_header_shorter_than_file/ipra_dresden_polygon.shp': { features: 1, codes: ['trailingBytes'] },
  'shp_only_points/ignore-properties.shp': { features: 3, codes: ['shxMissing', 'dbfMissing', 'crsMissing'] },
  'trailing_bytes_shp_dbf/corrupt_too_long.shp': { features: 10, codes: ['trailingBytes', 'crsMissing'] },
  'z_polygons/zpolygons.shp': {
    features: 4,
    codes: ['heightDropped', 'crsContradicted'],
    look: (layer) => expect((layer.features()[0]!.geometry as Polygon).coordinates[0]![0]).toHaveLength(2),
  },
  'zip_inner_folder_polygons/empty-shp.zip': { features: 2, crs: 'EPSG:4326', codes: [] },
  'zip_mixed_case_multipart_invalid/mixedcase.zip': {
    features: 40,
    codes: [],
    look: (layer) => {
      expect(multiParts(layer)).toBe(17);
      expect(holes(layer)).toBe(1);
      expect(layer.fields.length).toBeGreaterThan(0);
    },
  },
  'zip_no_shp/noshp.zip': { layers: 0, codes: ['zipWithoutLayer'] },
  'zip_polygon_hole_no_prj/SHP_Exclude.zip': {
    features: 1,
    codes: ['crsMissing'],
    look: (layer) => expect(holes(layer)).toBe(1),
  },
  'zip_two_shapefiles/blockgroups_multishapefile.zip': {
    layers: 2,
    features: 663,
    codes: ['crsMissing', 'crsMissing'],
    look: (layer) => {
      expect(multiParts(layer)).toBe(8);
      expect(holes(layer)).toBe(6);
    },
  },
};

describe.skipIf(!present)('awkward files', () => {
  it.each(Object.entries(EXPECTED))('%s', async (file, expected) => {
    const { layers, issues } = await openVectorFile(path.join(MESSY, file));
    expect(layers).toHaveLength(expected.layers ?? 1);
    const all = [...issues, ...layers.flatMap((layer) => layer.issues)];
    for (const issue of all) expect(issue.file, issue.code).toBeTruthy();
    if (expected.codes) expect(all.map(({ code }) => code)).toEqual(expected.codes);
    for (const layer of layers) {
      expect(layer.features()).toHaveLength(layer.featureCount);
      if (expected.features !== undefined) expect(layer.featureCount).toBe(expected.features);
      if (expected.crs !== undefined) expect(layer.crs).toBe(expected.crs);
      if (expected.encoding !== undefined) expect(layer.encoding).toBe(expected.encoding);
      if (expected.candidate !== undefined) expect(layer.crsCandidates).toContain(expected.candidate);
      expected.look?.(layer);
    }
  });

  it('a text the detection gets wrong is read as the user says', async () => {
    const { layers } = await openVectorFile(path.join(MESSY, 'enc_gbk_chinese_poly/chinese_poly.shp'), {
      encoding: 'Big5',
    });
    expect(layers[0]!.encoding).toBe('Big5');
    expect(first(layers[0]!, 'NAME')).not.toBe('黑龙江省');
  });
});
