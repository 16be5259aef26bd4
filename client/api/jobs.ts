import type { JobRequest, JobState } from '../../server/wire.ts';
import { request } from './http.ts';

export const startJob = (job: JobRequest): Promise<JobState> => request('POST', '/api/jobs', { json: job });
export const fetchJob = (id: string): Promise<JobState> => request('GET', `/api/jobs/${encodeURIComponent(id)}`);
export const cancelJob = (id: string): Promise<JobState> => request('DELETE', `/api/jobs/${encodeURIComponent(id)}`);

/** Follows a job to its end, telling each state as it comes. Polls: one request a second costs nothing and survives proxies. */
export async function followJob(id: string, tell: (state: JobState) => void, signal?: AbortSignal): Promise<JobState> {
  for (let waitMs = 150; ; waitMs = Math.min(1_000, waitMs * 1.5)) {
    const state = await fetchJob(id);
    tell(state);
    if (state.state !== 'waiting' && state.state !== 'running') return state;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
    if (signal?.aborted) return state;
  }
}
