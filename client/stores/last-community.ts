import { useLocalStorage } from '@vueuse/core';
import type { Ref } from 'vue';

/** The community last opened in the workbench, so that the navigation leads back to it; null before the first. */
export function useLastCommunity(): { readonly code: Ref<string | null> } {
  return { code: useLocalStorage<string | null>('lastCommunity', null) };
}
