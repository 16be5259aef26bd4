import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { countyFiles, sampleCounty } from '../geodata/samples/index.ts';

// Writes the sample county as the files a county would bring: npx tsx scripts/synthesize-county.ts --out DIR [--seed N] [--shapefiles]

/** DBF field names, where Chinese ones don't last; those of ids and names differ from layer to layer. */
const ASCII_NAMES: Readonly<Record<string, string>> = {
  社区编码: 'code',
  社区名称: 'name',
  街道: 'street',
  楼栋编号: 'id',
  楼栋名称: 'name',
  户数: 'households',
  人口: 'residents',
  层数: 'floors',
  单元户数: 'units',
  编号: 'id',
  类别: 'class',
  名称: 'name',
  网格编码: 'gridcode',
  网格名称: 'gridname',
  部门: 'dept',
};
const asciiNameIn = (layer: string, column: string): string => {
  if (column === '小区编号') return layer === 'compounds' ? 'id' : 'compound';
  if (column === '小区名称') return 'name';
  if (column === '社区编码' && layer !== 'communities') return 'community';
  return ASCII_NAMES[column] ?? column;
};

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'sample-county' },
    seed: { type: 'string', default: '2020' },
    shapefiles: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log('synthesize-county --out DIR [--seed N] [--shapefiles]\n  --shapefiles  also zipped shapefiles, GBK');
} else {
  const county = sampleCounty(Number(values.seed));
  const { layers, roster } = countyFiles(county);
  mkdirSync(values.out, { recursive: true });
  for (const { name, collection } of layers) {
    writeFileSync(path.join(values.out, `${name}.geojson`), `${JSON.stringify(collection)}\n`);
  }
  // Excel takes a CSV for UTF-8 only when it begins with a byte order mark.
  const csv = roster.map((row) => row.join(',')).join('\r\n');
  writeFileSync(path.join(values.out, 'roster.csv'), `\uFEFF${csv}\r\n`);
  if (values.shapefiles) {
    const { writeVectorFile } = await import('../server/formats/write.ts');
    for (const { name, collection } of layers) {
      const features = collection.features.map((feature) => ({
        ...feature,
        properties: Object.fromEntries(
          Object.entries(feature.properties ?? {}).map(([column, value]) => [asciiNameIn(name, column), value]),
        ),
      }));
      const written = await writeVectorFile(features, {
        format: 'shapefile',
        name,
        crs: 'EPSG:4490',
        encoding: 'GBK',
      });
      if (!written.ok) throw new Error(`${name}: ${JSON.stringify(written.failure)}`);
      writeFileSync(path.join(values.out, `${name}.zip`), written.value.bytes);
    }
  }
  const buildings = county.grounds.reduce((sum, ground) => sum + ground.buildings.length, 0);
  console.log(`${values.out}: ${county.grounds.length} communities, ${buildings} buildings, ${layers.length} layers`);
}
