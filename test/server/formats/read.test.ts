import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { openVectorFile, openVectorFiles } from '../../../server/formats/read.ts';
import { readZip } from '../../../server/formats/zip/read-zip.ts';
import { writeZip } from '../../../server/formats/zip/write-zip.ts';

const bytes = (text: string, encoding = 'utf8'): Uint8Array => iconv.encode(text, encoding);
const point = (properties: object, coordinates: unknown = [125.3, 43.9]) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates },
});
const collection = (features: unknown[], more = {}) => JSON.stringify({ type: 'FeatureCollection', ...more, features });
const codesOf = async (name: string, content: Uint8Array) => {
  const { layers, issues } = await openVectorFile({ name, bytes: content });
  return [...issues, ...layers.flatMap((layer) => layer.issues)].map(({ code }) => code);
};
const only = async (name: string, content: Uint8Array) => {
  const { layers, issues } = await openVectorFile({ name, bytes: content });
  expect(issues).toEqual([]);
  return layers[0]!;
};

describe('GeoJSON', () => {
  it('of a collection, a feature or a bare geometry', async () => {
    for (const root of [
      collection([point({ a: 1 })]),
      JSON.stringify(point({ a: 1 })),
      JSON.stringify(point({}).geometry),
    ]) {
      const layer = await only('a.geojson', bytes(root));
      expect(layer).toMatchObject({ featureCount: 1, geometryType: 'Point', crs: 'EPSG:4326' });
    }
  });

  it('with a byte order mark, or in GBK though it may not be', async () => {
    expect((await only('a.json', bytes(`\uFEFF${collection([point({ 名称: '甲' })])}`))).featureCount).toBe(1);
    const gbk = await only('a.json', bytes(collection([point({ 名称: '阳光小区一期' })]), 'gbk'));
    expect(gbk).toMatchObject({ encoding: 'GBK', encodingSource: 'detected' });
    expect(gbk.features()[0]!.properties).toEqual({ 名称: '阳光小区一期' });
  });

  it.each([
    ['urn:ogc:def:crs:OGC:1.3:CRS84', 'EPSG:4326'],
    ['urn:ogc:def:crs:EPSG::4490', 'EPSG:4490'],
    ['EPSG:4551', 'EPSG:4551'],
  ])('that names %s', async (name, crs) => {
    expect(
      (await only('a.json', bytes(collection([point({})], { crs: { type: 'name', properties: { name } } })))).crs,
    ).toBe(crs);
  });

  it('in metres without a name for them has no CRS: the user is asked', async () => {
    const layer = await only('a.json', bytes(collection([point({}, [445_700, 4_861_500])])));
    expect(layer.crs).toBeNull();
    expect(layer.crsCandidates[0]).toBe('EPSG:4551');
    expect(layer.issues.map(({ code }) => code)).toEqual(['crsContradicted']);
  });

  it('with one broken geometry loses that one, by number', async () => {
    const layer = await only(
      'a.json',
      bytes(
        collection([
          point({}),
          point({}, ['x', 1]),
          { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [[1, 2]] } },
        ]),
      ),
    );
    expect(layer.issues).toMatchObject([
      { code: 'geometryUnreadable', feature: 2 },
      { code: 'geometryUnreadable', feature: 3 },
    ]);
    expect(layer.features().map(({ geometry }) => geometry === null)).toEqual([false, true, true]);
  });

  it.each([
    ['{"type":"FeatureCollection","features":[', 'jsonUnreadable'],
    ['{"a":1}', 'notGeoJson'],
    ['null', 'notGeoJson'],
    ['', 'jsonUnreadable'],
  ])('that is none (%s) is refused', async (text, code) =>
    expect(await codesOf('a.geojson', bytes(text))).toEqual([code]),
  );
});

describe('KML', () => {
  const kml = (body: string) =>
    `<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder>${body}</Folder></Document></kml>`;
  const polygon =
    '<Polygon><outerBoundaryIs><LinearRing><coordinates>125,43,0 126,43,0 126,44,0 125,43,0</coordinates></LinearRing></outerBoundaryIs></Polygon>';

  it('has names, data and shapes', async () => {
    const layer = await only(
      'a.kml',
      bytes(
        kml(
          `<Placemark><name>甲 &amp; 乙</name><ExtendedData><Data name="户数"><value>12</value></Data><SchemaData><SimpleData name="层数">6</SimpleData></SchemaData></ExtendedData>${polygon}</Placemark><Placemark><MultiGeometry>${polygon}${polygon}</MultiGeometry></Placemark>`,
        ),
      ),
    );
    expect(layer).toMatchObject({ format: 'kml', crs: 'EPSG:4326', featureCount: 2, geometryType: 'MultiPolygon' });
    expect(layer.features()[0]).toMatchObject({
      geometry: { type: 'Polygon' },
      properties: { name: '甲 & 乙', 户数: '12', 层数: '6' },
    });
  });

  it('zipped is a KMZ', async () => {
    const kmz = await writeZip(
      [{ name: 'doc.kml', bytes: bytes(kml(`<Placemark>${polygon}</Placemark>`)) }],
      new Date(0),
    );
    expect((await only('a.kmz', kmz)).featureCount).toBe(1);
  });

  it.each([
    [kml('<Placemark><Point><coordinates>x,y</coordinates></Point></Placemark>'), 'geometryUnreadable'],
    ['<kml><Placemark></kml>', 'kmlUnreadable'],
    ['hello', 'kmlUnreadable'],
  ])('that is broken is named so', async (text, code) => expect(await codesOf('a.kml', bytes(text))).toEqual([code]));
});

describe('a zip', () => {
  const zipped = (...members: [string, Uint8Array][]) =>
    writeZip(
      members.map(([name, content]) => ({ name, bytes: content })),
      new Date(0),
    );

  it('holds GeoJSON in folders, and Mac litter that is passed over', async () => {
    const zip = await zipped(
      ['数据/楼栋.geojson', bytes(collection([point({})]))],
      ['__MACOSX/数据/._楼栋.geojson', bytes('junk')],
    );
    expect((await only('a.zip', zip)).file).toBe('a.zip/数据/楼栋.geojson');
  });

  it('that unpacks to far more than it is, is refused before it does', async () => {
    const bomb = await zipped(['a.geojson', new Uint8Array(30_000_000)]);
    expect(bomb.byteLength).toBeLessThan(100_000);
    expect(await codesOf('a.zip', bomb)).toEqual(['zipTooLarge']);
    const many = await readZip(
      { name: 'a.zip', bytes: await zipped(['a.shp', bytes('1')], ['b.shp', bytes('2')]) },
      () => true,
      { memberBytes: 10, totalBytes: 10, memberCount: 1, ratio: 10 },
    );
    expect(many).toMatchObject({ ok: false, failure: { code: 'zipTooLarge' } });
  });

  it('that lies about the size of a member is caught while unpacking', async () => {
    const zip = Buffer.from(await zipped(['a.geojson', new Uint8Array(5_000_000)]));
    // The directory's entry: uncompressed size at offset 24 of its header.
    const at = zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    zip.writeUInt32LE(10, at + 24);
    expect(await codesOf('a.zip', zip)).toEqual(['zipMemberUnreadable']);
  });

  it('whose member leaves the archive is refused', async () => {
    const zip = Buffer.from(await zipped(['xx/a.geojson', bytes(collection([]))]));
    for (let at = zip.indexOf('xx/a'); at >= 0; at = zip.indexOf('xx/a', at + 1)) zip.write('../a', at);
    expect(await codesOf('a.zip', zip)).toEqual(['zipMemberUnsafe']);
  });

  it('that is encrypted is refused', async () => {
    const zip = Buffer.from(await zipped(['a.geojson', bytes(collection([]))]));
    const at = zip.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    zip.writeUInt16LE(zip.readUInt16LE(at + 8) | 1, at + 8);
    expect(await codesOf('a.zip', zip)).toEqual(['zipEncrypted']);
  });

  it('of nothing is without a layer', async () => {
    const empty = new ZipFile();
    empty.end();
    const chunks: Buffer[] = [];
    for await (const chunk of empty.outputStream) chunks.push(chunk as Buffer);
    expect(await codesOf('a.zip', Buffer.concat(chunks))).toEqual(['zipWithoutLayer']);
  });
});

describe('files that are not what they say', () => {
  it('never throw', async () => {
    const junk = Uint8Array.from({ length: 500 }, (_, i) => (i * 37) % 251);
    for (const name of ['a.shp', 'a.dbf', 'a.shx', 'a.zip', 'a.geojson', 'a.kml', 'a.kmz', 'a.doc']) {
      const { layers, issues } = await openVectorFiles([{ name, bytes: junk }]);
      expect(
        [...issues, ...layers.flatMap((layer) => layer.issues)].some(({ severity }) => severity === 'error'),
        name,
      ).toBe(true);
    }
  });

  it('a GeoPackage of junk is unreadable', async () => {
    expect(await codesOf('a.gpkg', bytes('junk'))).toEqual(['gpkgUnreadable']);
  });

  it('a missing file is said to be', async () => {
    expect((await openVectorFile('/no/such/file.shp')).issues).toMatchObject([
      { code: 'fileNotFound', file: '/no/such/file.shp' },
    ]);
  });

  it('an encoding nobody knows is said to be', async () => {
    expect((await openVectorFiles([], { encoding: 'Klingon' })).issues).toMatchObject([{ code: 'encodingUnknown' }]);
  });
});
