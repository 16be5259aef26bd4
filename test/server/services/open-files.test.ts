import type { Feature } from 'geojson';
import { describe, expect, it } from 'vitest';
import type { NamedBytes } from '../../../server/formats/layer.ts';
import { writeVectorMembers } from '../../../server/formats/write.ts';
import { describeLayer, openFiles } from '../../../server/services/imports/open-files.ts';
import { smallGround } from '../../support/small-county.ts';

const CHANGCHUN = [125.3, 43.9] as const;

async function shapefile(name: string, crs = 'EPSG:4490'): Promise<readonly NamedBytes[]> {
  const features = smallGround().buildings.map(
    ({ footprint, id, householdCount }): Feature => ({
      type: 'Feature',
      geometry: footprint,
      properties: { code: id, households: householdCount },
    }),
  );
  const written = await writeVectorMembers(features, { format: 'shapefile', name, crs, modified: new Date(0) });
  if (!written.ok) throw new Error(JSON.stringify(written.failure));
  return written.value.members;
}

const ending = (files: readonly NamedBytes[], ...endings: readonly string[]) =>
  files.filter(({ name }) => endings.some((each) => name.endsWith(each)));

describe('files that are handed in together', () => {
  it('a shapefile is one layer, and the list of its fields for people is none', async () => {
    const members = await shapefile('楼栋');
    const list = { name: '楼栋_字段说明.csv', bytes: Buffer.from('字段,含义,类型\r\ncode,编码,文本\r\n') };
    const { layers, issues } = await openFiles([...members, list], null);
    expect(layers.map(({ file, kind }) => [file, kind])).toEqual([['楼栋.shp', 'features']]);
    expect(issues).toEqual([]);
  });

  it('a .dbf without shapes is a table, with or without the .cpg beside it', async () => {
    const members = await shapefile('户数');
    for (const files of [ending(members, '.dbf'), ending(members, '.dbf', '.cpg')]) {
      const { layers, issues } = await openFiles(files, null);
      expect(layers.map(({ kind, layer, featureCount }) => [kind, layer, featureCount])).toEqual([
        ['table', '户数', 12],
      ]);
      expect(issues).toEqual([]);
      expect(describeLayer(layers[0]!, null)).toMatchObject({
        suggestedTarget: 'households',
        suggestedMapping: { buildingId: 'code', households: 'households' },
      });
    }
  });

  it('a .shp without its .dbf is not taken for a table', async () => {
    const { layers } = await openFiles(ending(await shapefile('楼栋'), '.shp', '.shx', '.prj'), null);
    expect(layers.map(({ kind }) => kind)).toEqual(['features']);
  });
});

describe('a layer that does not say its coordinate system', () => {
  it('is offered those that put it where the data already is', async () => {
    const files = ending(await shapefile('楼栋', 'EPSG:4551'), '.shp', '.shx', '.dbf');
    const { layers } = await openFiles(files, null);
    const anywhere = describeLayer(layers[0]!, null).crsCandidates;
    const here = describeLayer(layers[0]!, CHANGCHUN).crsCandidates;
    expect(here[0]).toBe('EPSG:4551');
    expect(here.length).toBeLessThanOrEqual(anywhere.length);
  });

  it('is offered all of them when none puts it there', async () => {
    const files = ending(await shapefile('楼栋', 'EPSG:4551'), '.shp', '.shx', '.dbf');
    const { layers } = await openFiles(files, null);
    expect(describeLayer(layers[0]!, [91, 29.6]).crsCandidates.length).toBeGreaterThan(0);
  });
});
