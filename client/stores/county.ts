import { defineStore } from 'pinia';
import { computed, ref, shallowRef } from 'vue';
import type { CommunitySummary } from '../../server/wire.ts';
import { fetchCommunities } from '../api/communities.ts';

/** The communities of the county, a line each. */
export const useCounty = defineStore('county', () => {
  const communities = shallowRef<readonly CommunitySummary[]>([]);
  const state = ref<'idle' | 'loading' | 'ready' | 'failed'>('idle');
  const failure = shallowRef<unknown>(null);

  async function load(): Promise<void> {
    if (communities.value.length === 0) state.value = 'loading';
    try {
      communities.value = await fetchCommunities();
      state.value = 'ready';
    } catch (error) {
      failure.value = error;
      state.value = 'failed';
    }
  }

  const totals = computed(() => ({
    communities: communities.value.length,
    households: communities.value.reduce((sum, community) => sum + community.householdCount, 0),
    buildings: communities.value.reduce((sum, community) => sum + community.buildingCount, 0),
    compliant: communities.value.filter(({ compliance }) => compliance.state === 'compliant').length,
    grids: communities.value.reduce((sum, { compliance }) => sum + compliance.gridCount, 0),
    gap: communities.value.reduce((sum, { posts, filledPosts }) => sum + Math.max(0, posts.least - filledPosts), 0),
    withoutWorker: communities.value.reduce((sum, community) => sum + community.gridsWithoutWorker, 0),
  }));

  /** The digits that all codes begin with: what an export of everything asks for. */
  const scope = computed(() => {
    const codes = communities.value.map((community) => community.code as string);
    let common = codes[0] ?? '';
    for (const code of codes) while (!code.startsWith(common)) common = common.slice(0, -1);
    return common.length > 6 ? common.slice(0, 6) : common;
  });

  return { communities, state, failure, totals, scope, load };
});
