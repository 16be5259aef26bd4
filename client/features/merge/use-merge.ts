import { reactive, shallowRef, watch } from 'vue';
import type { CommunityCode, DepartmentId } from '../../../geodata/model/index.ts';
import type { CommunityDetail, CrosswalkRow, JobState, PlanDetail } from '../../../server/wire.ts';
import { fetchCommunity } from '../../api/communities.ts';
import { cancelJob, followJob, startJob } from '../../api/jobs.ts';
import { fetchCrosswalk, fetchPlan } from '../../api/plans.ts';

/** Merging the departments' grids of one community: who takes part with what weight, the run, and what came of it. */
export function useMerge(code: () => CommunityCode | null) {
  const detail = shallowRef<CommunityDetail | null>(null);
  const failure = shallowRef<unknown>(null);
  const job = shallowRef<JobState | null>(null);
  const merged = shallowRef<{ readonly plan: PlanDetail; readonly crosswalk: readonly CrosswalkRow[] } | null>(null);
  const weights = reactive(new Map<DepartmentId, number>());

  async function load(): Promise<void> {
    const wanted = code();
    detail.value = merged.value = job.value = failure.value = null;
    weights.clear();
    if (wanted === null) return;
    try {
      const loaded = await fetchCommunity(wanted);
      if (code() !== wanted) return;
      detail.value = loaded;
      for (const { id } of loaded.departments) weights.set(id, 1);
    } catch (error) {
      failure.value = error;
    }
  }
  watch(code, load, { immediate: true });

  async function run(): Promise<void> {
    const community = code();
    if (community === null) return;
    failure.value = merged.value = null;
    const departments = [...weights].filter(([, weight]) => weight > 0).map(([id, weight]) => ({ id, weight }));
    try {
      job.value = await startJob({ kind: 'merge', communities: [community], departments, seed: 1 });
      const ended = await followJob(job.value.id, (state) => (job.value = state));
      const planId = ended.results[0]?.planId;
      if (!planId) return;
      const [plan, crosswalk] = await Promise.all([fetchPlan(planId), fetchCrosswalk(planId)]);
      if (code() === community) merged.value = { plan, crosswalk };
    } catch (error) {
      failure.value = error;
    }
  }

  async function stop(): Promise<void> {
    if (job.value) job.value = await cancelJob(job.value.id);
  }

  return { detail, failure, job, merged, weights, load, run, stop };
}
