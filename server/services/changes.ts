import type { Change, PlanId } from '../../geodata/model/index.ts';
import { invalid } from '../plugins/failure.ts';
import { addLineage } from '../repositories/lineage.ts';
import {
  changesAfter,
  insertChange,
  insertSnapshot,
  readIssuedCodes,
  type StoredChange,
  setPlanVersion,
  versionOfChange,
} from '../repositories/plans.ts';
import type { Connection, Scope } from '../repositories/scope.ts';
import type { ChangeAccepted, ChangeRequest, StaleChange } from '../wire.ts';
import { Channel } from './channel.ts';
import { type Context, inTransaction } from './context.ts';
import type { GridOutlines } from './grid-outlines.ts';
import { passagesOf } from './lineage-of-change.ts';
import { type PlanStates, snapshotOf, type VersionedState } from './plan-states.ts';
import { mustFindPlan } from './plans.ts';
import { retiredCodeGiven, verifiedChange } from './verify-change.ts';

export type ChangeOutcome =
  | { readonly kind: 'accepted'; readonly answer: ChangeAccepted }
  | { readonly kind: 'stale'; readonly answer: StaleChange };

/** After so many changes a snapshot is laid, so that opening a plan never replays a long history. */
const CHANGES_A_SNAPSHOT = 64;

/** A page that is further behind than this reads the plan again. */
const MOST_CHANGES_ANSWERED = 500;

/** The one way in which a plan changes: one transaction, one version, one listener call. */
export class Changes {
  readonly accepted = new Channel<StoredChange>();
  readonly #context: Context;
  readonly #states: PlanStates;
  readonly #outlines: GridOutlines;

  constructor(context: Context, states: PlanStates, outlines: GridOutlines) {
    this.#context = context;
    this.#states = states;
    this.#outlines = outlines;
  }

  /**
   * Applies a change to the version it was made on. A change that was accepted before is answered with the version it led to:
   * the page may not have heard the answer. @throws Refusal 404, 422 (the change itself is wrong).
   */
  async make(scope: Scope, plan: PlanId, request: ChangeRequest, madeBy: string): Promise<ChangeOutcome> {
    const { outcome, next } = await inTransaction(this.#context, (connection) =>
      this.#make(connection, scope, plan, request, madeBy),
    );
    if (next !== null) {
      this.#states.remember(plan, next);
      this.#outlines.touch(plan);
      this.accepted.tell(plan, { version: next.version, change: request.change });
    }
    return outcome;
  }

  async since(scope: Scope, plan: PlanId, version: number): Promise<StaleChange> {
    return inTransaction(this.#context, async (connection) => {
      const { header } = await mustFindPlan(connection, scope, plan);
      const changes = await changesAfter(connection, plan, version);
      return { version: header.version, changes: changes.slice(0, MOST_CHANGES_ANSWERED) };
    });
  }

  async #make(
    connection: Connection,
    scope: Scope,
    plan: PlanId,
    { baseVersion, change }: ChangeRequest,
    madeBy: string,
  ): Promise<{ outcome: ChangeOutcome; next: VersionedState | null }> {
    const stored = await mustFindPlan(connection, scope, plan, true);
    const { version } = stored.header;
    const repeated = await versionOfChange(connection, plan, change.id);
    if (repeated !== null) return { outcome: { kind: 'accepted', answer: { version: repeated } }, next: null };
    if (stored.header.status !== 'draft') throw invalid('planNotDraft', { status: stored.header.status });
    if (baseVersion > version) throw invalid('versionUnknown', { version, baseVersion });
    if (baseVersion < version) {
      const changes = (await changesAfter(connection, plan, baseVersion)).slice(0, MOST_CHANGES_ANSWERED);
      return { outcome: { kind: 'stale', answer: { version, changes } }, next: null };
    }
    const before = await this.#states.read(connection, scope, stored);
    const after = verifiedChange(before.state, change);
    if (!after.ok) throw invalid(after.failure.code, { id: after.failure.id });
    const { communityCode } = stored.header;
    const issued = new Set(await readIssuedCodes(connection, communityCode));
    const retired = await retiredCodeGiven(before.state, change, issued, (grid, code) =>
      boreCode(connection, plan, grid, code),
    );
    if (retired !== null) throw invalid('gridCodeRetired', { id: retired });
    const passages = passagesOf({ before: before.state, after: after.value, patch: change.fabric });
    await addLineage(connection, scope, plan, communityCode, passages, this.#context.now());
    const next = { version: version + 1, state: after.value, cut: before.cut || change.fabric !== null };
    await this.#store(connection, scope, plan, change, next, madeBy);
    return { outcome: { kind: 'accepted', answer: { version: next.version } }, next };
  }

  async #store(
    connection: Connection,
    scope: Scope,
    plan: PlanId,
    change: Change,
    next: VersionedState,
    madeBy: string,
  ): Promise<void> {
    const now = this.#context.now();
    await insertChange(connection, plan, { version: next.version, change }, madeBy, now);
    await setPlanVersion(connection, scope, plan, next.version, now);
    if (next.version % CHANGES_A_SNAPSHOT === 0)
      await insertSnapshot(connection, plan, { ...snapshotOf(next), version: next.version });
  }
}

/** Whether a grid of the plan had a code at some time: then some change took it away. */
async function boreCode(connection: Connection, plan: PlanId, grid: string, code: string): Promise<boolean> {
  const changes = await changesAfter(connection, plan, 0);
  return changes.some(({ change }) => change.grids.some(({ id, before }) => id === grid && before?.code === code));
}
