import { afterAll, beforeAll, expect, it } from 'vitest';
import { applyChange, invertChange } from '../../../geodata/edit/apply-change.ts';
import { joinGrids } from '../../../geodata/edit/join-grids.ts';
import { renumberGrids } from '../../../geodata/edit/renumber-grids.ts';
import { decodeFabric } from '../../../geodata/fabric/codec.ts';
import type { Change, Grid, GridId, PlanId, PlanState } from '../../../geodata/model/index.ts';
import { readDepartments, saveDepartment } from '../../../server/repositories/departments.ts';
import type { CrosswalkRow, ErrorBody, JobState, LineageRow, PlanDetail } from '../../../server/wire.ts';
import { describeOnBothEngines } from '../../support/databases.ts';
import { type ServerUnderTest, serverUnderTest } from '../../support/server-under-test.ts';
import { gridsFile, SMALL_COMMUNITY, smallCountyFiles, smallGround } from '../../support/small-county.ts';

const code = (sequence: number) => `${SMALL_COMMUNITY}00${sequence}`;

// The small county's grids of today: 001 north of the road, 002 south of it, 360 households each.
describeOnBothEngines('codes of grids', (open) => {
  let server: ServerUnderTest;
  let today: PlanDetail;
  beforeAll(async () => {
    server = await serverUnderTest(await open());
    await server.importFiles(smallCountyFiles());
    const { body } = await server.call<{ plan: { id: string } }[]>('GET', '/api/communities');
    today = await read(body[0]!.plan!.id);
  });
  afterAll(() => server?.close());

  const read = async (id: string) => (await server.call<PlanDetail>('GET', `/api/plans/${id}`)).body;
  const lineage = async (id: PlanId) =>
    (await server.call<LineageRow[]>('GET', `/api/plans/${id}/lineage`)).body.map(
      ({ oldCode, newCode, householdCount }) => [oldCode, newCode, householdCount],
    );
  const post = (id: PlanId, baseVersion: number, change: Change) =>
    server.call<ErrorBody>('POST', `/api/plans/${id}/changes`, { baseVersion, change });
  const stateOf = (detail: PlanDetail): PlanState => ({
    fabric: decodeFabric(detail.fabric as never),
    grids: new Map(detail.grids.map((grid) => [grid.id, grid])),
    assignment: new Map(detail.assignment) as never,
  });
  const branch = async (name: string, branchOf = today.plan.id) =>
    (await server.call<PlanDetail>('POST', '/api/plans', { communityCode: SMALL_COMMUNITY, name, branchOf })).body;
  const ended = async (id: string): Promise<JobState> => {
    for (;;) {
      const { body } = await server.call<JobState>('GET', `/api/jobs/${id}`);
      if (!['waiting', 'running'].includes(body.state)) return body;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const joined = (detail: PlanDetail): Change => {
    const [north, south] = detail.grids as readonly [Grid, Grid];
    const edit = joinGrids(
      stateOf(detail),
      { into: north.id, gridIds: [north.id, south.id] },
      { changeId: 'join', newGridId: () => 'x' as GridId },
    );
    if (!edit.ok) throw new Error(edit.failure.code);
    return edit.value;
  };

  it('of today are issued, and go with every plan of the community', async () => {
    expect(today.issuedCodes).toEqual([code(1), code(2)]);
    expect((await branch('a branch')).issuedCodes).toEqual([code(1), code(2)]);
  });

  it('of a grid that was joined to another one are kept in the lineage and not given to a new one', async () => {
    const own = await branch('join');
    const { id } = own.plan;
    const join = joined(own);
    expect((await post(id, 0, join)).status).toBe(200);
    expect(await lineage(id)).toEqual([[code(2), code(1), 360]]);
    const fresh: Grid = { ...own.grids[1]!, id: 'fresh' as GridId };
    const give = (changeId: string, grid: Grid): Change => ({
      id: changeId,
      verb: 'drawGrid',
      fabric: null,
      grids: [{ id: grid.id, before: null, after: grid }],
      cells: [],
    });
    expect(await post(id, 1, give('again', fresh))).toMatchObject({
      status: 422,
      body: { code: 'gridCodeRetired', values: { id: code(2) } },
    });
    expect((await post(id, 1, give('other', { ...fresh, code: code(3) }))).status).toBe(200);
  });

  it('come back when the joining is taken back, and the lineage with them', async () => {
    const own = await branch('undo');
    const { id } = own.plan;
    const join = joined(own);
    await post(id, 0, join);
    expect((await post(id, 1, { ...invertChange(join), id: 'undo' })).status).toBe(200);
    expect(await lineage(id)).toEqual([]);
    expect((await read(id)).grids.map((grid) => grid.code).sort()).toEqual([code(1), code(2)]);
  });

  it('may be exchanged by renumbering, which the lineage tells', async () => {
    const own = await branch('renumber');
    const swapped: Change = {
      id: 'swap',
      verb: 'renumberGrids',
      fabric: null,
      grids: own.grids.map((grid, index) => ({
        id: grid.id,
        before: grid,
        after: { ...grid, code: own.grids[1 - index]!.code },
      })),
      cells: [],
    };
    expect((await post(own.plan.id, 0, swapped)).status).toBe(200);
    expect(await lineage(own.plan.id)).toEqual([
      [code(1), code(2), 360],
      [code(2), code(1), 360],
    ]);
    const branched = await branch('of it', own.plan.id);
    expect(await lineage(branched.plan.id)).toHaveLength(2);
  });

  it('of a plan made anew are new ones, with a lineage from the grids of today', async () => {
    const request = { kind: 'partition', communities: [SMALL_COMMUNITY], mode: 'fresh', prefer: 'balanced', seed: 1 };
    const { body } = await server.call<JobState>('POST', '/api/jobs', request);
    const { results } = await ended(body.id);
    const made = await read(results[0]!.planId!);
    expect(made.grids.map((grid) => grid.code).sort()).toEqual([code(3), code(4)]);
    const passed = await lineage(made.plan.id);
    expect(passed.reduce((sum, [, , households]) => sum + Number(households), 0)).toBe(720);
  });

  it('that change after a merging take the duties and the crosswalk with them', async () => {
    const file = gridsFile(smallGround());
    await server.importFiles([{ ...file, name: 'police.geojson' }], {
      target: 'departmentGrids',
      departmentName: '综治',
    });
    await server.context.database.transaction(async (connection) => {
      const [department] = await readDepartments(connection, { prefix: SMALL_COMMUNITY });
      await saveDepartment(connection, { ...department!, duties: ['巡逻'] });
    });
    const { body } = await server.call<JobState>('POST', '/api/jobs', {
      kind: 'merge',
      communities: [SMALL_COMMUNITY],
      departments: [],
      seed: 1,
    });
    const { results } = await ended(body.id);
    const merged = await read(results[0]!.planId!);
    const codes = {
      communityCode: SMALL_COMMUNITY,
      sequenceDigits: 3,
      retiredCodes: new Set([...today.issuedCodes, ...merged.grids.map((grid) => grid.code)]),
    };
    const edit = renumberGrids(stateOf(merged), { codes }, { changeId: 'anew', newGridId: () => 'x' as GridId });
    if (!edit.ok) throw new Error(edit.failure.code);
    expect((await post(merged.plan.id, 0, edit.value)).status).toBe(200);
    const now = (await read(merged.plan.id)).grids.map((grid) => grid.code).sort();
    const exported = await server.app.inject(`/api/exports/grids?plan=${merged.plan.id}&format=geojson`);
    const features = JSON.parse(exported.payload).features as { properties: { code: string; duties: string } }[];
    expect(features.map(({ properties }) => properties.code).sort()).toEqual(now);
    for (const { properties } of features) expect(properties.duties).toBe('巡逻');
    const { body: rows } = await server.call<CrosswalkRow[]>('GET', `/api/plans/${merged.plan.id}/crosswalk`);
    expect([...new Set(rows.flatMap(({ gridCode }) => gridCode ?? []))].sort()).toEqual(now);
    const state = applyChange(stateOf(merged), edit.value);
    expect(state.ok).toBe(true);
  });
});
