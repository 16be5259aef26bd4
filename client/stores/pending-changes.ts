import type { Change, PlanId } from '../../geodata/model/index.ts';
import type { PendingChanges } from './plan-session.ts';

const keyOf = (planId: PlanId) => `pendingChanges:${planId}`;

/** Pending changes in the browser's storage: written before the request leaves, so that closing the page loses nothing. */
export const pendingInBrowser: PendingChanges = {
  read(planId) {
    const kept = localStorage.getItem(keyOf(planId));
    return kept === null ? [] : (JSON.parse(kept) as Change[]);
  },
  write(planId, changes) {
    if (changes.length === 0) localStorage.removeItem(keyOf(planId));
    else localStorage.setItem(keyOf(planId), JSON.stringify(changes));
  },
};

/** A new id for a change, grid or plan made here. `crypto.randomUUID` is absent on plain-http pages of an office network. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
