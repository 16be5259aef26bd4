import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CommunityDetail, CrosswalkRow, JobState, PlanDetail } from '../../../server/wire.ts';
import { describeOnBothEngines } from '../../support/databases.ts';
import { type ServerUnderTest, serverUnderTest } from '../../support/server-under-test.ts';
import { gridsFile, SMALL_COMMUNITY, smallCountyFiles, smallGround } from '../../support/small-county.ts';

describeOnBothEngines('a job', (open) => {
  let server: ServerUnderTest;
  beforeAll(async () => {
    server = await serverUnderTest(await open());
    await server.importFiles(smallCountyFiles());
  });
  afterAll(() => server?.close());

  const start = (request: object) => server.call<JobState>('POST', '/api/jobs', request);
  const ended = async (id: string): Promise<JobState> => {
    for (;;) {
      const { body } = await server.call<JobState>('GET', `/api/jobs/${id}`);
      if (body.state !== 'running' && body.state !== 'waiting') return body;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const plans = async () =>
    (await server.call<CommunityDetail>('GET', `/api/communities/${SMALL_COMMUNITY}`)).body.plans;

  it('divides communities into new plans, and leaves those there are alone', async () => {
    const before = await plans();
    const request = { kind: 'partition', communities: 'all', mode: 'fresh', prefer: 'balanced', seed: 1 };
    const { status, body } = await start(request);
    expect([status, body.total]).toEqual([202, 1]);
    const job = await ended(body.id);
    expect(job).toMatchObject({
      state: 'done',
      done: 1,
      results: [{ communityCode: SMALL_COMMUNITY, feasible: true }],
    });
    const { body: plan } = await server.call<PlanDetail>('GET', `/api/plans/${job.results[0]!.planId}`);
    expect(plan.plan.name).toBe('自动划分');
    expect(plan.grids).toHaveLength(2);
    expect((await plans()).map(({ id }) => id)).toEqual([plan.plan.id, ...before.map(({ id }) => id)]);
  });

  it('of the same seed makes the same plan', async () => {
    const request = { kind: 'partition', communities: [SMALL_COMMUNITY], mode: 'fresh', prefer: 'balanced', seed: 5 };
    const made = [];
    for (let run = 0; run < 2; run++) {
      const job = await ended((await start(request)).body.id);
      const { body } = await server.call<PlanDetail>('GET', `/api/plans/${job.results[0]!.planId}`);
      const codes = new Map(body.grids.map((grid) => [grid.id, grid.code]));
      made.push(body.assignment.map(([cell, grid]) => [cell, codes.get(grid)]));
    }
    expect(made[1]).toEqual(made[0]);
  });

  it('merges the departments of a community into one layer with a crosswalk', async () => {
    const file = gridsFile(smallGround());
    await server.importFiles([{ ...file, name: 'police.geojson' }], {
      target: 'departmentGrids',
      departmentName: '综治',
    });
    const { body } = await start({ kind: 'merge', communities: [SMALL_COMMUNITY], departments: [], seed: 1 });
    const job = await ended(body.id);
    expect(job.results).toMatchObject([{ feasible: true }]);
    const { body: rows } = await server.call<CrosswalkRow[]>('GET', `/api/plans/${job.results[0]!.planId}/crosswalk`);
    expect(rows.reduce((sum, row) => sum + row.householdCount, 0)).toBe(720);
    expect(new Set(rows.map((row) => row.departmentName))).toEqual(new Set(['综治']));
    const response = await server.app.inject(`/api/exports/crosswalk?plan=${job.results[0]!.planId}`);
    expect(response.rawPayload.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(response.payload.split('\r\n').length).toBeGreaterThan(rows.length);
  });

  it('is cancelled when told, and says so', async () => {
    const { body } = await start({ kind: 'partition', communities: 'all', mode: 'fresh', prefer: 'fewest', seed: 2 });
    const { body: cancelled } = await server.call<JobState>('DELETE', `/api/jobs/${body.id}`);
    expect(['cancelled', 'done']).toContain(cancelled.state);
    expect((await server.call<JobState>('GET', `/api/jobs/${body.id}`)).body).toEqual(cancelled);
  });

  it('for a community that is not there is a 404', async () => {
    const request = { kind: 'partition', communities: ['999999999999'], mode: 'fresh', prefer: 'balanced', seed: 1 };
    expect((await start(request)).status).toBe(404);
  });
});
