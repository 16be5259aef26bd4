import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommunityCode } from '../../../geodata/model/index.ts';
import { writeVectorFile, writeVectorMembers } from '../../../server/formats/write.ts';
import { boxAround } from '../../../server/services/box.ts';
import type {
  CommunityDetail,
  CommunitySummary,
  ImportPreview,
  ImportRecord,
  ImportSession,
  PlanDetail,
} from '../../../server/wire.ts';
import { describeOnBothEngines } from '../../support/databases.ts';
import { readingAsSuggested, type ServerUnderTest, serverUnderTest } from '../../support/server-under-test.ts';
import {
  barriersFile,
  buildingsFile,
  communitiesFile,
  SMALL_COMMUNITY,
  smallCountyFiles,
  smallGround,
} from '../../support/small-county.ts';

describeOnBothEngines('an import', (open) => {
  let server: ServerUnderTest;
  beforeAll(async () => {
    server = await serverUnderTest(await open());
  });
  afterAll(() => server?.close());

  const communities = async () => (await server.call<CommunitySummary[]>('GET', '/api/communities')).body;

  it('finds out by itself what a county hands in', async () => {
    const { status, body } = await server.upload(smallCountyFiles());
    expect(status).toBe(201);
    expect(body.layers.map((layer) => [layer.layer, layer.suggestedTarget, layer.featureCount])).toEqual([
      ['communities', 'communities', 1],
      ['buildings', 'buildings', 12],
      ['barriers', 'barriers', 1],
      ['existing-grids', 'grids', 2],
      ['roster', 'roster', 3],
    ]);
    expect(body.layers[1]!.suggestedMapping).toMatchObject({ id: '楼栋编号', households: '户数' });
  });

  it('shows what it would store and stores nothing', async () => {
    const { body } = await server.upload(smallCountyFiles());
    const preview = await server.call<ImportPreview>(
      'POST',
      `/api/imports/${body.id}/preview`,
      readingAsSuggested(body),
    );
    expect(preview.status).toBe(200);
    expect(preview.body.layers.map((layer) => [layer.target, layer.accepted, layer.rejected])).toEqual([
      ['communities', 1, 0],
      ['buildings', 12, 0],
      ['barriers', 1, 0],
      ['grids', 2, 0],
      ['roster', 3, 0],
    ]);
    expect(await communities()).toEqual([]);
  });

  it('stores ground, roster, and the grids of today as a plan of their own', async () => {
    const committed = await server.importFiles(smallCountyFiles());
    expect(committed.status).toBe(200);
    const [community] = await communities();
    expect(community).toMatchObject({
      code: SMALL_COMMUNITY,
      name: '示范社区',
      streetName: '示范街道',
      householdCount: 720,
      buildingCount: 12,
      filledPosts: 2,
      gridsWithoutWorker: 0,
      plan: { name: '现状网格', version: 0 },
      compliance: { state: 'compliant', gridCount: 2, over: 0, under: 0, unassignedHouseholdCount: 0 },
    });
    const { body: detail } = await server.call<CommunityDetail>('GET', `/api/communities/${SMALL_COMMUNITY}`);
    expect(detail.buildings).toHaveLength(12);
    expect(detail.workers.map((worker) => worker.name)).toEqual(['王丽', '李强', '赵敏']);
    const { body: plan } = await server.call<PlanDetail>('GET', `/api/plans/${community!.plan!.id}`);
    const north = plan.grids.find((grid) => grid.name === '北网格')!;
    expect(north.workerIds).toEqual([detail.workers[0]!.id]);
  });

  it('is remembered with its files', async () => {
    const { body } = await server.call<ImportRecord[]>('GET', '/api/imports?scope=2201');
    expect(body).toHaveLength(1);
    expect(body[0]!.files.map((file) => file.name)).toContain('buildings.geojson');
    expect(body[0]!.layers[1]).toMatchObject({ target: 'buildings', accepted: 12 });
  });

  describe('with numbers of people in a column', () => {
    /** Every byte below the data directory's imports. */
    const everythingKept = async () => {
      const root = join(server.dataDir, 'imports');
      const names = await readdir(root, { recursive: true });
      const texts = await Promise.all(names.map((name) => readFile(join(root, name), 'utf8').catch(() => '')));
      return texts.join('\n');
    };
    const ground = smallGround();
    const withCards = buildingsFile(ground, { 身份证号: '220103199001011234' });

    it('is refused, and nothing of it is kept', async () => {
      const before = await communities();
      const records = (await server.call<ImportRecord[]>('GET', '/api/imports')).body;
      const { status, body } = await server.upload([withCards]);
      expect([status, body]).toMatchObject([422, { code: 'nothingToImport', issues: [{ code: 'privacyColumn' }] }]);
      expect(await everythingKept()).not.toContain('220103199001011234');
      expect(await communities()).toEqual(before);
      expect((await server.call<ImportRecord[]>('GET', '/api/imports')).body).toEqual(records);
    });

    it('loses that file at once and goes on with the others', async () => {
      const register = {
        name: '联系.csv',
        text: '姓名,类别,手机\r\n王丽,社区工作者,13904310001\r\n李强,社区工作者,13804310002\r\n',
      };
      const { status, body } = await server.upload([barriersFile(ground), register, withCards]);
      expect(status).toBe(201);
      expect(body.layers.map(({ layer }) => layer)).toEqual(['barriers']);
      expect(
        body.issues.filter(({ code }) => code === 'privacyColumn').map(({ file, field }) => [file, field]),
      ).toEqual([
        ['buildings.geojson', '身份证号'],
        ['联系.csv', '手机'],
      ]);
      expect(await everythingKept()).not.toMatch(/220103199001011234|1[38]90?4310/);
      const again = await server.call<ImportSession>('GET', `/api/imports/${body.id}`);
      expect(again.body.layers).toEqual(body.layers);
      const { status: committed } = await server.call(
        'POST',
        `/api/imports/${body.id}/commit`,
        readingAsSuggested(body),
      );
      expect(committed).toBe(200);
      const { body: records } = await server.call<ImportRecord[]>('GET', '/api/imports');
      expect(JSON.stringify(records)).not.toMatch(/身份证|手机|联系/);
    });

    it('loses all members of a shapefile, and a whole archive', async () => {
      const features = [
        { type: 'Feature' as const, geometry: ground.community.area, properties: { phone: '13904310001' } },
      ];
      const options = { format: 'shapefile', name: 'people', modified: new Date(0) } as const;
      const files = await writeVectorMembers(features, options);
      const archive = await writeVectorFile(features, options);
      if (!files.ok || !archive.ok) throw new Error('not written');
      const members = files.value.members.map(({ name, bytes }) => ({ name, text: bytes }));
      for (const handedIn of [members, [{ name: 'people.zip', text: archive.value.bytes }]]) {
        const { status, body } = await server.upload(handedIn);
        expect([status, body]).toMatchObject([422, { code: 'nothingToImport', issues: [{ code: 'privacyColumn' }] }]);
        expect(await everythingKept()).not.toMatch(/13904310001|people/);
      }
    });
  });

  it('of buildings outside every community names each of them', async () => {
    const ground = smallGround();
    const moved = JSON.stringify(ground.buildings[0]).replaceAll(
      /(12\d)\.(\d+)/g,
      (_, whole, rest) => `${Number(whole) + 1}.${rest}`,
    );
    const { status, body } = await server.importFiles([buildingsFile({ buildings: [JSON.parse(moved)] })]);
    expect([status, body]).toMatchObject([
      422,
      { code: 'nothingToImport', issues: [{ code: 'buildingOutsideCommunities', values: { building: 'a' } }] },
    ]);
  });

  it('is stored once', async () => {
    const { body: session } = await server.upload([buildingsFile(smallGround())]);
    const commit = () => server.call('POST', `/api/imports/${session.id}/commit`, readingAsSuggested(session));
    expect((await commit()).status).toBe(200);
    expect(await commit()).toMatchObject({ status: 409, body: { code: 'importedAlready' } });
  });

  describe('of a household register', () => {
    it('counts anew, and the plans of today show it without losing their grids', async () => {
      await server.services.fabrics.current({ prefix: '' }, SMALL_COMMUNITY);
      const [before] = await communities();
      const { body: planBefore } = await server.call<PlanDetail>('GET', `/api/plans/${before!.plan!.id}`);
      const register = { name: '户数.csv', text: '楼栋编号,户数\r\na,100\r\nb,95\r\n' };
      const { status, body } = await server.importFiles([register], { target: 'households' });
      expect(status).toBe(200);
      expect(body.jobId).not.toBeNull();
      // The job is at work; whoever asks sooner waits for the same cut.
      await server.services.fabrics.current({ prefix: '' }, SMALL_COMMUNITY);
      const [after] = await communities();
      expect(after).toMatchObject({ householdCount: 795, plan: { id: before!.plan!.id } });
      expect(after!.plan!.version).toBe(before!.plan!.version + 1);
      const { body: planAfter } = await server.call<PlanDetail>('GET', `/api/plans/${after!.plan!.id}`);
      expect(planAfter.grids).toEqual(planBefore.grids);
      expect(planAfter.assignment).toEqual(planBefore.assignment);
    });
  });

  it('of a building that now stands in another community takes it out of the one it was in', async () => {
    const ground = smallGround();
    const [west, south, east, north] = boxAround(ground.community.area);
    const middle = (west + east) / 2;
    const half = (from: number, to: number) => ({
      type: 'Polygon' as const,
      coordinates: [
        [
          [from, south],
          [to, south],
          [to, north],
          [from, north],
          [from, south],
        ],
      ],
    });
    const eastern = {
      ...ground.community,
      code: '220103001002' as CommunityCode,
      name: '东社区',
      area: half(middle, east),
    };
    const western = { ...ground.community, area: half(west, middle) };
    const { status } = await server.importFiles([communitiesFile([western, eastern]), buildingsFile(ground)]);
    expect(status).toBe(200);
    expect((await communities()).map(({ name, buildingCount }) => [name, buildingCount])).toEqual([
      ['示范社区', 6],
      ['东社区', 6],
    ]);
  });

  it('of new boundaries alone gives the buildings that are stored to whom they now belong', async () => {
    const ground = smallGround();
    const [west, south, east, north] = boxAround(ground.community.area);
    const strip = (from: number, to: number) => ({
      type: 'Polygon' as const,
      coordinates: [
        [
          [from, south],
          [to, south],
          [to, north],
          [from, north],
          [from, south],
        ],
      ],
    });
    const at = (share: number) => west + (east - west) * share;
    const eastern = { ...ground.community, code: '220103001002' as CommunityCode, name: '东社区' };
    //  aa.bb|cc.dd.ee|ff : a third, the rest, and the last column in nobody's hands
    const files = communitiesFile([
      { ...ground.community, area: strip(west, at(1 / 3)) },
      { ...eastern, area: strip(at(1 / 3), at(5 / 6)) },
    ]);
    const { status, body } = await server.importFiles([files]);
    expect(status).toBe(200);
    expect((await communities()).map(({ name, buildingCount }) => [name, buildingCount])).toEqual([
      ['示范社区', 4],
      ['东社区', 8],
    ]);
    const left = body.preview.layers[0]!.issues.filter(({ code }) => code === 'buildingLeftBehind');
    expect(left.map(({ values }) => [values!.building, values!.community])).toEqual([
      ['f', '220103001002'],
      ['l', '220103001002'],
    ]);
    const back = communitiesFile([ground.community, { ...eastern, area: strip(east + 0.001, east + 0.002) }]);
    await server.importFiles([back]);
    expect((await communities()).map(({ buildingCount }) => buildingCount)).toEqual([12, 0]);
  });

  it('of roads and of railways that are both numbered from 0 keeps both', async () => {
    const line = (name: string, kind: string) => ({
      name: `${name}.geojson`,
      text: barriersFile(smallGround()).text.replaceAll('主干道', kind),
    });
    const { status } = await server.importFiles([line('roads', '支路'), line('rail', '铁路')]);
    expect(status).toBe(200);
    const { body } = await server.call<CommunityDetail>('GET', `/api/communities/${SMALL_COMMUNITY}`);
    const classes = body.barriers.map((barrier) => barrier.class);
    expect(classes).toEqual(expect.arrayContaining(['mainRoad', 'road', 'railway']));
  });

  it('is a 404 when its files are not there', async () => {
    const { status, body } = await server.call('POST', '/api/imports/nothing/preview', {
      layers: [
        {
          file: 'a',
          layer: 'a',
          target: 'buildings',
          mapping: {},
          encoding: null,
          crs: null,
          datum: 'none',
          departmentName: null,
          estimateM2PerHousehold: null,
        },
      ],
    });
    expect([status, body]).toMatchObject([404, { code: 'notFound' }]);
  });
});
