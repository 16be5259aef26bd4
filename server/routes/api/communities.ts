import { Type } from 'typebox';
import type { CommunityCode } from '../../../geodata/model/index.ts';
import type { Services } from '../../services/services.ts';
import type { CommunityDetail, CommunitySummary } from '../../wire.ts';
import { type App, scopeOfRequest } from '../route.ts';
import { CommunityCodeSchema, refusals, ScopeQuery, wire } from '../schemas/common.ts';
import { CommunityDetailSchema, CommunitySummarySchema } from '../schemas/place.ts';

export function communityRoutes(app: App, { communities }: Services): void {
  app.get(
    '/api/communities',
    {
      schema: {
        tags: ['communities'],
        summary: 'Communities of a scope with compliance and staffing',
        querystring: ScopeQuery,
        response: { 200: wire<readonly CommunitySummary[]>(Type.Array(CommunitySummarySchema)), ...refusals },
      },
    },
    async (request, reply) => reply.send(await communities.list(scopeOfRequest(request, request.query.scope))),
  );
  app.get(
    '/api/communities/:code',
    {
      schema: {
        tags: ['communities'],
        summary: 'All that the workbench needs besides the plan',
        params: Type.Object({ code: CommunityCodeSchema }),
        response: { 200: wire<CommunityDetail>(CommunityDetailSchema), ...refusals },
      },
    },
    async (request, reply) =>
      reply.send(await communities.read(scopeOfRequest(request), request.params.code as CommunityCode)),
  );
}
