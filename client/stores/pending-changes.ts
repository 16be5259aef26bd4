import type { Change, PlanId } from '../../geodata/model/index.ts';
import { newId } from './new-id.ts';
import type { PendingChanges } from './plan-session.ts';

/**
 * Pending changes in the browser's storage: written before a request leaves, so that closing the page loses nothing. Every page has a place
 * of its own, or two of them open on one plan would forget each other's; a page that opens a plan takes over what others left.
 */
export function pendingIn(
  storage: Storage,
  pageId: string,
  onFull: (full: boolean) => void = () => {},
): PendingChanges {
  const prefixOf = (planId: PlanId) => `pendingChanges:${planId}:`;
  const write = (planId: PlanId, changes: readonly Change[]): void => {
    const key = prefixOf(planId) + pageId;
    try {
      if (changes.length === 0) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify(changes));
      onFull(false);
    } catch {
      onFull(true);
    }
  };
  return {
    write,
    read(planId) {
      const keys = Array.from({ length: storage.length }, (_, i) => storage.key(i)!)
        .filter((key) => key.startsWith(prefixOf(planId)))
        .sort();
      const kept = keys.flatMap((key) => JSON.parse(storage.getItem(key)!) as Change[]);
      // Two pages may hold the same change when one took it over from the other while that was still alive.
      const changes = [...new Map(kept.map((change) => [change.id, change])).values()];
      write(planId, changes);
      for (const key of keys) if (key !== prefixOf(planId) + pageId) storage.removeItem(key);
      return changes;
    },
  };
}

let isFull = false;

/** The real one. Where the browser has no room left, leaving the page asks first. */
export function pendingInBrowser(): PendingChanges {
  window.addEventListener('beforeunload', (event) => {
    if (isFull) event.preventDefault();
  });
  return pendingIn(localStorage, newId(), (full) => {
    isFull = full;
  });
}
