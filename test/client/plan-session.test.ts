import { describe, expect, test } from 'vitest';
import type { postChange } from '../../client/api/plans.ts';
import { type PendingChanges, PlanSession, type SaveState } from '../../client/stores/plan-session.ts';
import { applyChange } from '../../geodata/edit/apply-change.ts';
import { assignCells } from '../../geodata/edit/assign-cells.ts';
import type { CellId, Change, GridId, PlanId, PlanState } from '../../geodata/model/index.ts';
import { drawnPlan } from '../support/drawn-plan.ts';

const PLAN = 'plan' as PlanId;
const start = () => drawnPlan({ grids: ['AABB', 'AABB'] });

function move(state: PlanState, cell: number, to: string, id: string): Change {
  const edit = assignCells(
    state,
    { cellIds: [cell as CellId], gridId: to as GridId },
    { changeId: id, newGridId: () => id as GridId },
  );
  if (!edit.ok) throw new Error(edit.failure.code);
  return edit.value;
}

/** A server's plan: it accepts a change on the newest version only, once, and answers others with what came in between. */
class ServedPlan {
  readonly accepted: Change[] = [];
  online = true;
  refuse = false;
  /** Accepts, but the answer gets lost on the way. */
  losesAnswers = false;
  constructor(public state: PlanState) {}

  readonly post: typeof postChange = async (_id, baseVersion, change) => {
    if (!this.online) throw new Error('offline');
    if (this.refuse) throw new Error('refused');
    if (baseVersion !== this.accepted.length) {
      const between = this.accepted.slice(baseVersion);
      const changes = between.map((one, i) => ({ version: baseVersion + i + 1, change: one }));
      return { state: 'stale', version: this.accepted.length, changes };
    }
    this.accept(change);
    if (this.losesAnswers) throw new Error('offline');
    return { state: 'accepted', version: this.accepted.length };
  };

  accept(change: Change): void {
    const next = applyChange(this.state, change);
    if (!next.ok) throw new Error(`server: ${next.failure.code}`);
    this.state = next.value;
    this.accepted.push(change);
  }
}

function inMemory(): PendingChanges & { readonly kept: () => readonly Change[] } {
  let kept: readonly Change[] = [];
  return {
    read: () => kept,
    write: (_, changes) => {
      kept = JSON.parse(JSON.stringify(changes));
    },
    kept: () => kept,
  };
}

function open(server: ServedPlan, pending = inMemory(), from = server.state, version = server.accepted.length) {
  const told = { save: { kind: 'saved' } as SaveState, dropped: [] as string[], outdated: 0 };
  const session = new PlanSession({
    planId: PLAN,
    version,
    state: from,
    pending,
    post: server.post,
    isPassing: (error) => error instanceof Error && error.message === 'offline',
    retryAfterMs: 5,
    onUpdate: (_, save) => {
      told.save = save;
    },
    onDropped: (changes, why) => told.dropped.push(...changes.map(({ id }) => `${why} ${id}`)),
    onOutdated: () => {
      told.outdated++;
    },
  });
  session.start();
  return { session, told, pending };
}

const settle = async (until: () => boolean) => {
  for (let i = 0; i < 200 && !until(); i++) await new Promise((resolve) => setTimeout(resolve, 2));
  expect(until()).toBe(true);
};
const gridsOf = ({ assignment }: PlanState) => [...assignment.values()].join('');

describe('saving', () => {
  test('a change shows at once and is sent in order', async () => {
    const server = new ServedPlan(start());
    const { session, told } = open(server);
    session.apply(move(session.state, 2, 'A', 'one'));
    session.apply(move(session.state, 3, 'A', 'two'));
    expect(gridsOf(session.state)).toBe('AAAAAABB');
    expect(told.save).toEqual({ kind: 'saving', count: 2 });
    await settle(() => told.save.kind === 'saved');
    expect(server.accepted.map(({ id }) => id)).toEqual(['one', 'two']);
    expect(session.planVersion).toBe(2);
  });

  test('while the server is away changes are kept, shown as unsaved, and sent when it is back', async () => {
    const server = new ServedPlan(start());
    const { session, told, pending } = open(server);
    server.online = false;
    session.apply(move(session.state, 2, 'A', 'one'));
    await settle(() => told.save.kind === 'unsaved');
    expect(pending.kept().map(({ id }) => id)).toEqual(['one']);
    server.online = true;
    session.retryNow();
    await settle(() => told.save.kind === 'saved');
    expect(pending.kept()).toEqual([]);
    expect(server.accepted).toHaveLength(1);
  });

  test('what a closed page could not send is taken up by the next one', async () => {
    const server = new ServedPlan(start());
    const first = open(server);
    server.online = false;
    first.session.apply(move(first.session.state, 2, 'A', 'one'));
    first.session.close();
    server.online = true;
    const second = open(server, first.pending);
    expect(gridsOf(second.session.state)).toBe('AAABAABB');
    await settle(() => second.told.save.kind === 'saved');
    expect(server.accepted.map(({ id }) => id)).toEqual(['one']);
  });

  test('an acceptance whose answer got lost is neither made twice nor called a conflict', async () => {
    const server = new ServedPlan(start());
    const first = open(server);
    server.losesAnswers = true;
    first.session.apply(move(first.session.state, 2, 'A', 'one'));
    await settle(() => server.accepted.length === 1);
    first.session.close();
    server.losesAnswers = false;
    const second = open(server, first.pending);
    await settle(() => second.told.save.kind === 'saved');
    expect(second.told.dropped).toEqual([]);
    expect(server.accepted).toHaveLength(1);
  });

  test('a change that the server refuses for good is taken back and told', async () => {
    const server = new ServedPlan(start());
    const { session, told } = open(server);
    server.refuse = true;
    session.apply(move(session.state, 2, 'A', 'one'));
    await settle(() => told.dropped.length > 0);
    expect(told.dropped).toEqual(['refused one']);
    expect(gridsOf(session.state)).toBe('AABBAABB');
  });
});

describe('others at the same plan', () => {
  test('their changes go under ours when they touch other cells', async () => {
    const server = new ServedPlan(start());
    const { session, told } = open(server);
    server.accept(move(server.state, 7, 'A', 'theirs'));
    session.apply(move(session.state, 2, 'A', 'ours'));
    await settle(() => told.save.kind === 'saved');
    expect(server.accepted.map(({ id }) => id)).toEqual(['theirs', 'ours']);
    expect(gridsOf(session.state)).toBe('AAABAABA');
    expect(gridsOf(session.state)).toBe(gridsOf(server.state));
  });

  test('ours that clash are dropped and told; those that do not are kept', async () => {
    const server = new ServedPlan(drawnPlan({ grids: ['AABC', 'AABC'] }));
    const { session, told } = open(server);
    server.accept(move(server.state, 2, 'C', 'theirs'));
    session.apply(move(session.state, 2, 'A', 'clash'));
    session.apply(move(session.state, 6, 'A', 'fine'));
    await settle(() => told.save.kind === 'saved');
    expect(told.dropped).toEqual(['conflict clash']);
    expect(gridsOf(session.state)).toBe(gridsOf(server.state));
    expect(server.accepted.map(({ id }) => id)).toEqual(['theirs', 'fine']);
  });

  test('a change heard of while nothing is pending appears at once', () => {
    const server = new ServedPlan(start());
    const { session } = open(server);
    session.receive(1, move(session.state, 2, 'A', 'theirs'));
    expect(gridsOf(session.state)).toBe('AAABAABB');
    expect(session.planVersion).toBe(1);
  });

  test('changes that do not lead to the newest version mean new ground: the plan is read again', () => {
    const server = new ServedPlan(start());
    const { session, told } = open(server);
    session.receive(5, move(session.state, 2, 'A', 'far ahead'));
    expect(told.outdated).toBe(1);
  });
});
