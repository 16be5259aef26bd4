import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { applyChange } from '../../../geodata/edit/apply-change.ts';
import { decodeFabric } from '../../../geodata/fabric/codec.ts';
import type { CellId, Change, GridId, PlanState } from '../../../geodata/model/index.ts';
import type { ChangeAccepted, ErrorBody, PlanDetail, StaleChange } from '../../../server/wire.ts';
import { describeOnBothEngines } from '../../support/databases.ts';
import { type ServerUnderTest, serverUnderTest } from '../../support/server-under-test.ts';
import { SMALL_COMMUNITY, smallCountyFiles } from '../../support/small-county.ts';

const stateOf = (detail: PlanDetail): PlanState => ({
  fabric: decodeFabric(detail.fabric as never),
  grids: new Map(detail.grids.map((grid) => [grid.id, grid])),
  assignment: new Map(detail.assignment) as never,
});

/** Moves one cell to a grid (null: to none), as the brush does. */
const move = (state: PlanState, cell: CellId, grid: GridId | null, id: string): Change => ({
  id,
  verb: 'assignCells',
  fabric: null,
  grids: [],
  cells: [{ id: cell, before: state.assignment.get(cell) ?? null, after: grid }],
});

describeOnBothEngines('changes of a plan', (open) => {
  let server: ServerUnderTest;
  let plan: PlanDetail;
  const read = async (id = plan.plan.id) => (await server.call<PlanDetail>('GET', `/api/plans/${id}`)).body;
  const post = (baseVersion: number, change: Change, id = plan.plan.id) =>
    server.call<ChangeAccepted & StaleChange & ErrorBody>('POST', `/api/plans/${id}/changes`, { baseVersion, change });
  const branch = async (name: string) =>
    (
      await server.call<PlanDetail>('POST', '/api/plans', {
        communityCode: SMALL_COMMUNITY,
        name,
        branchOf: plan.plan.id,
      })
    ).body;

  beforeAll(async () => {
    server = await serverUnderTest(await open());
    await server.importFiles(smallCountyFiles());
    const { body } = await server.call<{ plan: { id: string } }[]>('GET', '/api/communities');
    plan = (await server.call<PlanDetail>('GET', `/api/plans/${body[0]!.plan!.id}`)).body;
  });
  afterAll(() => server?.close());

  it('are made one by one and read back as they were made', async () => {
    const own = await branch('one by one');
    let state = stateOf(own);
    const cells = state.fabric.cells.slice(0, 3).map((cell) => cell.id);
    for (const [index, cell] of cells.entries()) {
      const change = move(state, cell, null, `step-${index}`);
      expect(await post(index, change, own.plan.id)).toMatchObject({ status: 200, body: { version: index + 1 } });
      const applied = applyChange(state, change);
      state = applied.ok ? applied.value : state;
    }
    const after = await read(own.plan.id);
    expect(after.plan.version).toBe(3);
    expect(stateOf(after)).toEqual(state);
    expect(stateOf(await read())).toEqual(stateOf(plan));
  });

  it('made on an older version are answered with what came in between', async () => {
    const own = await branch('stale');
    const state = stateOf(own);
    const [a, b] = state.fabric.cells.map((cell) => cell.id) as [CellId, CellId];
    const first = move(state, a, null, 'first');
    await post(0, first, own.plan.id);
    const late = await post(0, move(state, b, null, 'late'), own.plan.id);
    expect(late).toMatchObject({ status: 409, body: { version: 1, changes: [{ version: 1, change: first }] } });
    const { body } = await server.call<StaleChange>('GET', `/api/plans/${own.plan.id}/changes?since=0`);
    expect(body).toEqual(late.body);
  });

  it('sent twice are made once', async () => {
    const own = await branch('twice');
    const state = stateOf(own);
    const change = move(state, state.fabric.cells[0]!.id, null, 'again');
    expect((await post(0, change, own.plan.id)).body).toEqual({ version: 1 });
    expect((await post(0, change, own.plan.id)).body).toEqual({ version: 1 });
    expect((await read(own.plan.id)).plan.version).toBe(1);
  });

  describe('are refused with a reason', () => {
    const refusal = async (change: Change, id?: never) => {
      const { status, body } = await post(0, change, id);
      return [status, body.code];
    };

    it('when the page has another state than the plan', async () => {
      const state = stateOf(plan);
      const cell = state.fabric.cells[0]!.id;
      const change = { ...move(state, cell, null, 'x'), cells: [{ id: cell, before: null, after: null }] };
      expect(await refusal(change)).toEqual([422, 'assignmentDiffers']);
    });

    it('when they name a grid or a cell that is not there', async () => {
      const state = stateOf(plan);
      expect(await refusal(move(state, state.fabric.cells[0]!.id, 'nowhere' as GridId, 'x'))).toEqual([
        422,
        'gridUnknown',
      ]);
      expect(await refusal(move(state, 99_999 as CellId, [...state.grids.keys()][0]!, 'x'))).toEqual([
        422,
        'cellUnknown',
      ]);
    });

    it('when a grid is locked, whoever asks', async () => {
      const own = await branch('locked');
      const state = stateOf(own);
      const [grid] = state.grids.values();
      const lock: Change = {
        id: 'lock',
        verb: 'lockGrid',
        fabric: null,
        grids: [{ id: grid!.id, before: grid!, after: { ...grid!, locked: true } }],
        cells: [],
      };
      expect((await post(0, lock, own.plan.id)).status).toBe(200);
      const cell = [...state.assignment].find(([, holder]) => holder === grid!.id)![0];
      const { status, body } = await post(1, move(state, cell, null, 'out'), own.plan.id);
      expect([status, body.code]).toEqual([422, 'gridLocked']);
    });

    it('when two grids would have one code', async () => {
      const [a, b] = plan.grids;
      const change: Change = {
        id: 'same code',
        verb: 'editGrid',
        fabric: null,
        grids: [{ id: a!.id, before: a!, after: { ...a!, code: b!.code } }],
        cells: [],
      };
      expect(await refusal({ ...change, id: 'same-code' })).toEqual([422, 'gridCodeTaken']);
    });

    it('when they cut ground away', async () => {
      const state = stateOf(plan);
      const [cell] = state.fabric.cells;
      const smaller = { ...cell!, areaM2: cell!.areaM2 / 2 };
      const change: Change = {
        id: 'shrink',
        verb: 'splitGrid',
        fabric: { removed: { arcs: [], cells: [cell!] }, added: { arcs: [], cells: [smaller] } },
        grids: [],
        cells: [],
      };
      expect(await refusal(change)).toEqual([422, 'cutChangesArea']);
    });

    it('when they are not changes at all, without telling anything of the inside', async () => {
      const { status, body, response } = await server.call<ErrorBody>('POST', `/api/plans/${plan.plan.id}/changes`, {
        baseVersion: 0,
        change: { id: 'x', verb: 'explode' },
      });
      expect([status, body.code]).toEqual([400, 'badRequest']);
      expect(response.body).not.toMatch(/node_modules|at .*\.ts/);
    });
  });

  it('of twenty editors at once are all kept, each once', async () => {
    const own = await branch('crowd');
    const start = stateOf(own);
    const cells = start.fabric.cells.map((cell) => cell.id);
    const { id } = own.plan;
    const editor = async (number: number): Promise<void> => {
      const cell = cells[number % cells.length]!;
      let version = 0;
      let state = start;
      for (let attempt = 0; attempt < 100; attempt++) {
        const to = state.assignment.get(cell) === undefined ? own.grids[0]!.id : null;
        const { status, body } = await post(version, move(state, cell, to, `editor-${number}`), id);
        if (status === 200) return;
        if (status !== 409) throw new Error(`editor ${number}: ${status} ${body.code}`);
        // What a page does: replay what came in between, then its own on top.
        for (const missed of body.changes) {
          const applied = applyChange(state, missed.change);
          if (!applied.ok) throw new Error(`change ${missed.version} does not fit`);
          state = applied.value;
        }
        version = body.version;
      }
      throw new Error(`editor ${number} never got through`);
    };
    await Promise.all(Array.from({ length: 20 }, (_, number) => editor(number)));
    const after = await read(id);
    expect(after.plan.version).toBe(20);
    const { body } = await server.call<StaleChange>('GET', `/api/plans/${id}/changes?since=0`);
    expect(new Set(body.changes.map(({ change }) => change.id)).size).toBe(20);
    // The stored state is what the history says, whatever was kept in memory on the way.
    let state = start;
    for (const { change } of body.changes) {
      const applied = applyChange(state, change);
      state = applied.ok ? applied.value : state;
    }
    expect(stateOf(after)).toEqual(state);
  });

  it('are told to who listens', async () => {
    const own = await branch('listened to');
    const heard: unknown[] = [];
    const stop = server.services.changes.accepted.listen(own.plan.id, (message) => heard.push(message));
    const state = stateOf(own);
    const change = move(state, state.fabric.cells[0]!.id, null, 'heard');
    await post(0, change, own.plan.id);
    await post(0, change, own.plan.id);
    stop();
    expect(heard).toEqual([{ version: 1, change }]);
  });

  it('long histories begin at a snapshot', async () => {
    const own = await branch('long');
    const cell = stateOf(own).fabric.cells[0]!.id;
    let state = stateOf(own);
    for (let step = 0; step < 70; step++) {
      const to = state.assignment.get(cell) === undefined ? own.grids[0]!.id : null;
      const change = move(state, cell, to, `long-${step}`);
      expect((await post(step, change, own.plan.id)).status).toBe(200);
      const applied = applyChange(state, change);
      state = applied.ok ? applied.value : state;
    }
    const fresh = await serverUnderTest(server.context.database);
    const { body } = await fresh.call<PlanDetail>('GET', `/api/plans/${own.plan.id}`);
    await fresh.close();
    expect(stateOf(body)).toEqual(state);
  });
});
