import { computed, shallowRef, watch } from 'vue';
import { tallyGrids } from '../../../geodata/check/index.ts';
import type { Change, Grid, GridId, WorkerId } from '../../../geodata/model/index.ts';
import { staffingOf } from '../../../geodata/staff/index.ts';
import type { CommunityDetail, PlanDetail } from '../../../server/wire.ts';
import { fetchCommunity } from '../../api/communities.ts';
import { fetchPlan, postChange } from '../../api/plans.ts';
import { readPlan } from '../../stores/read-plan.ts';

/** The grids of one community's plan in force with their workers, and how to change who has a grid. */
export function useCommunityStaffing(code: () => string | null) {
  const detail = shallowRef<CommunityDetail | null>(null);
  const plan = shallowRef<PlanDetail | null>(null);
  const failure = shallowRef<unknown>(null);

  async function load(): Promise<void> {
    const wanted = code();
    detail.value = plan.value = failure.value = null;
    if (wanted === null) return;
    try {
      const community = await fetchCommunity(wanted);
      const newest = community.plans[0];
      const loaded = newest ? await fetchPlan(newest.id) : null;
      if (code() !== wanted) return;
      detail.value = community;
      plan.value = loaded;
    } catch (error) {
      failure.value = error;
    }
  }
  watch(code, load, { immediate: true });

  const state = computed(() => (plan.value === null ? null : readPlan(plan.value)));
  const tallies = computed(() => (state.value === null ? null : tallyGrids(state.value)));
  const staffing = computed(() => {
    if (detail.value === null) return null;
    const { community, buildings, workers, ruleSet } = detail.value;
    const householdCount = buildings.reduce((total, building) => total + building.householdCount, 0);
    return staffingOf(community.code, householdCount, plan.value?.grids ?? [], workers, ruleSet);
  });

  /** Puts one worker (or nobody) on a grid; false when somebody else changed the plan first, which was then loaded anew. */
  async function setWorker(grid: Grid, workerId: WorkerId | null): Promise<boolean> {
    const before = plan.value;
    if (before === null) return false;
    const after: Grid = { ...grid, workerIds: workerId === null ? [] : [workerId] };
    const change: Change = {
      id: crypto.randomUUID(),
      verb: 'editGrid',
      fabric: null,
      grids: [{ id: grid.id, before: grid, after }],
      cells: [],
    };
    const answer = await postChange(before.plan.id, before.plan.version, change);
    if (answer.state === 'stale') {
      await load();
      return false;
    }
    plan.value = {
      ...before,
      plan: { ...before.plan, version: answer.version },
      grids: before.grids.map((other) => (other.id === grid.id ? after : other)),
    };
    return true;
  }

  const gridOfWorker = computed(() => {
    const gridOf = new Map<WorkerId, { id: GridId; name: string }>();
    for (const grid of plan.value?.grids ?? []) for (const id of grid.workerIds) gridOf.set(id, grid);
    return gridOf;
  });

  return { detail, plan, failure, tallies, staffing, gridOfWorker, setWorker, load };
}
