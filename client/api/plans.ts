import type { Change, PlanId } from '../../geodata/model/index.ts';
import type {
  ChangeAccepted,
  ChangeRequest,
  CrosswalkRow,
  NewPlan,
  PlanDetail,
  StaleChange,
} from '../../server/wire.ts';
import { ApiError, request } from './http.ts';

const planPath = (id: PlanId) => `/api/plans/${encodeURIComponent(id)}`;

export const fetchPlan = (id: PlanId): Promise<PlanDetail> => request('GET', planPath(id));

export const createPlan = (plan: NewPlan): Promise<PlanDetail> => request('POST', '/api/plans', { json: plan });

export const fetchCrosswalk = (id: PlanId): Promise<readonly CrosswalkRow[]> =>
  request('GET', `${planPath(id)}/crosswalk`);

/** Hands one change to the server: accepted with the new version, or stale with the changes that came in between. */
export async function postChange(
  id: PlanId,
  baseVersion: number,
  change: Change,
): Promise<({ readonly state: 'accepted' } & ChangeAccepted) | ({ readonly state: 'stale' } & StaleChange)> {
  const body: ChangeRequest = { baseVersion, change };
  try {
    return { state: 'accepted', ...(await request<ChangeAccepted>('POST', `${planPath(id)}/changes`, { json: body })) };
  } catch (error) {
    if (error instanceof ApiError && error.status === 409) {
      const stale = error.body as unknown as StaleChange;
      if (Array.isArray(stale.changes)) return { state: 'stale', version: stale.version, changes: stale.changes };
    }
    throw error;
  }
}

/** Tells of every change the server accepts on a plan, until closed. */
export function listenToPlan(id: PlanId, tell: (version: number, change: Change) => void): { close(): void } {
  const events = new EventSource(`${planPath(id)}/events`);
  events.addEventListener('change', (event) => {
    const { version, change } = JSON.parse(event.data) as StaleChange['changes'][number];
    tell(version, change);
  });
  return events;
}
