import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import { complianceOf, tallyGrids } from '../../geodata/check/index.ts';
import { applyChange, invertChange } from '../../geodata/edit/apply-change.ts';
import type { Disabled, Edit } from '../../geodata/edit/disabled.ts';
import { footprintsMm } from '../../geodata/fabric/outline-footprints.ts';
import type { CellId, Change, GridId, PlanHeader, PlanId, PlanState } from '../../geodata/model/index.ts';
import type { CommunityDetail } from '../../server/wire.ts';
import { fetchCommunity } from '../api/communities.ts';
import { ApiError } from '../api/http.ts';
import { createPlan, fetchPlan, listenToPlan, postChange } from '../api/plans.ts';
import { newId } from './new-id.ts';
import { pendingInBrowser } from './pending-changes.ts';
import { PlanSession, type SaveState } from './plan-session.ts';
import { readPlan } from './read-plan.ts';

const HISTORY_LENGTH = 500;

/** What is shown instead of the plan while a gesture or a proposal is not yet decided. */
export interface Preview {
  readonly kind: 'stroke' | 'proposal';
  readonly state: PlanState;
  readonly touched: ReadonlySet<CellId>;
}

/** Changes that could not be kept, to be told once. */
export interface DroppedChanges {
  readonly count: number;
  readonly why: 'conflict' | 'refused';
  readonly error: unknown;
}

/** The plan that is being edited: its state, what is shown of it, its history, and how far saving has come. */
export const usePlanEditor = defineStore('planEditor', () => {
  const loading = ref<'idle' | 'loading' | 'ready' | 'failed'>('idle');
  const failure = shallowRef<unknown>(null);
  const detail = shallowRef<CommunityDetail | null>(null);
  const plans = shallowRef<readonly PlanHeader[]>([]);
  const plan = shallowRef<PlanHeader | null>(null);
  const state = shallowRef<PlanState | null>(null);
  const issuedCodes = shallowRef<readonly string[]>([]);
  const preview = shallowRef<Preview | null>(null);
  const save = shallowRef<SaveState>({ kind: 'saved' });
  const dropped = shallowRef<DroppedChanges | null>(null);
  const done = shallowRef<readonly Change[]>([]);
  const undone = shallowRef<readonly Change[]>([]);
  const selected = shallowRef<readonly GridId[]>([]);
  const pending = pendingInBrowser();
  let session: PlanSession | null = null;
  let events: { close(): void } | null = null;
  let opening = 0;

  const shown = computed(() => preview.value?.state ?? state.value);
  const fabric = computed(() => shown.value?.fabric ?? null);
  const ruleSet = computed(() => detail.value?.ruleSet ?? null);
  const tallies = computed(() => (shown.value ? tallyGrids(shown.value) : new Map()) as ReturnType<typeof tallyGrids>);
  const compliance = computed(() =>
    shown.value && ruleSet.value ? complianceOf(shown.value, ruleSet.value, tallies.value) : null,
  );
  const buildings = computed(
    () => new Map(detail.value?.buildings.map((building) => [building.id as string, building])),
  );
  const compounds = computed(
    () => new Map(detail.value?.compounds.map((compound) => [compound.id as string, compound])),
  );
  /** In the frame's millimetres; cuts go around them and straightened borders keep clear of them. */
  const footprints = computed(() =>
    fabric.value && detail.value ? footprintsMm(fabric.value.frame, detail.value.buildings) : [],
  );
  /** Codes given out once whose grids are gone. */
  const retiredCodes = computed(() => {
    const held = new Set([...(state.value?.grids.values() ?? [])].map(({ code }) => code));
    return new Set(issuedCodes.value.filter((code) => !held.has(code)));
  });
  /** The first selected grid: what brush, lasso and polygon work for. */
  const target = computed(() => selected.value[0] ?? null);

  /**
   * Opens a community's plan: the one asked for, else the newest, else a first empty one named `firstPlanName`.
   * Failure is shown in `loading` and `failure`.
   */
  async function open(code: string, planId: string | null, firstPlanName: string): Promise<void> {
    const turn = ++opening;
    close();
    loading.value = 'loading';
    try {
      const wanted = planId === null ? null : fetchPlan(planId as PlanId);
      // Both are awaited below; without this a failure of the first would leave the second's unheard.
      wanted?.catch(() => undefined);
      const community = await fetchCommunity(code);
      const newest = community.plans[0];
      const content = await (wanted ??
        (newest
          ? fetchPlan(newest.id)
          : createPlan({ communityCode: community.community.code, name: firstPlanName, branchOf: null })));
      if (turn !== opening) return;
      detail.value = community;
      plans.value = community.plans.some(({ id }) => id === content.plan.id)
        ? community.plans
        : [content.plan, ...community.plans];
      issuedCodes.value = content.issuedCodes;
      begin(content.plan, readPlan(content));
      loading.value = 'ready';
    } catch (error) {
      if (turn !== opening) return;
      failure.value = error;
      loading.value = 'failed';
    }
  }

  function begin(header: PlanHeader, opened: PlanState): void {
    session?.close();
    plan.value = header;
    preview.value = null;
    done.value = [];
    undone.value = [];
    selected.value = [];
    session = new PlanSession({
      planId: header.id,
      version: header.version,
      state: opened,
      pending,
      post: postChange,
      isPassing: (error) =>
        error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500),
      onUpdate: (next, saveState) => {
        state.value = next;
        save.value = saveState;
        selected.value = selected.value.filter((id) => next.grids.has(id));
      },
      onDropped: (changes, why, error) => {
        const gone = new Set(changes.map(({ id }) => id));
        done.value = done.value.filter(({ id }) => !gone.has(id));
        dropped.value = { count: changes.length, why, error };
      },
      onOutdated: () => {
        if (detail.value) void open(detail.value.community.code, header.id, '');
      },
    });
    session.start();
    listenTo(header.id);
  }

  /** Others' changes appear while one looks. The browser reconnects by itself; what was missed comes with the next change of ours. */
  function listenTo(id: PlanId): void {
    events?.close();
    events = listenToPlan(id, (version, change) => session?.receive(version, change));
  }

  /** A new variant that begins as the plan being edited, opened at once; `change` is its first edit. */
  async function branch(name: string, change: Change | null): Promise<void> {
    if (plan.value === null) return;
    const content = await createPlan({ communityCode: plan.value.communityCode, name, branchOf: plan.value.id });
    plans.value = [content.plan, ...plans.value];
    issuedCodes.value = content.issuedCodes;
    begin(content.plan, readPlan(content));
    if (change !== null) commit({ ok: true, value: change });
  }

  /** Takes an edit into the plan. Returns why it can't be done; null when it was. */
  function commit(edit: Edit): Disabled | null {
    preview.value = null;
    if (!edit.ok) return edit.failure;
    if (!session?.apply(edit.value)) throw new Error(`edit ${edit.value.verb} does not fit the plan it was made on`);
    done.value = [...done.value.slice(1 - HISTORY_LENGTH), edit.value];
    undone.value = [];
    return null;
  }

  /** Shows an edit without taking it. Returns why it can't be done. */
  function tryOut(edit: Edit, touched: ReadonlySet<CellId>, kind: Preview['kind'] = 'stroke'): Disabled | null {
    if (!edit.ok) return edit.failure;
    const next = state.value && applyChange(state.value, edit.value);
    if (next?.ok) preview.value = { kind, state: next.value, touched };
    return null;
  }

  /** Takes the last edit back. False when it no longer fits, because somebody else built on it. */
  function undo(): boolean {
    const last = done.value.at(-1);
    if (!last || !session) return true;
    preview.value = null;
    if (!session.apply(invertChange(last, newId()))) return false;
    done.value = done.value.slice(0, -1);
    undone.value = [...undone.value, last];
    return true;
  }

  function redo(): boolean {
    const last = undone.value.at(-1);
    if (!last || !session) return true;
    preview.value = null;
    const again = { ...last, id: newId() };
    if (!session.apply(again)) return false;
    undone.value = undone.value.slice(0, -1);
    done.value = [...done.value, again];
    return true;
  }

  function select(ids: readonly GridId[]): void {
    selected.value = ids;
  }

  function close(): void {
    session?.close();
    session = null;
    events?.close();
    events = null;
    loading.value = 'idle';
    detail.value = null;
    plan.value = null;
    state.value = null;
    preview.value = null;
  }

  return {
    ...{ retiredCodes },
    ...{ loading, failure, detail, plans, plan, state, preview, save, dropped, done, undone, selected },
    ...{ shown, fabric, ruleSet, tallies, compliance, buildings, compounds, footprints, target },
    ...{ open, branch, commit, tryOut, undo, redo, select, close },
    retrySaving: () => session?.retryNow(),
  };
});
