import type { CommunityDetail, CommunitySummary } from '../../server/wire.ts';
import { request } from './http.ts';

/** One line a community; `scope` is a code prefix. */
export const fetchCommunities = (scope?: string): Promise<readonly CommunitySummary[]> =>
  request('GET', `/api/communities${scope ? `?scope=${encodeURIComponent(scope)}` : ''}`);

/** Everything about one community besides its fabric and plans' contents. */
export const fetchCommunity = (code: string): Promise<CommunityDetail> =>
  request('GET', `/api/communities/${encodeURIComponent(code)}`);
