import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import type { PlanId } from '../../../geodata/model/index.ts';
import type { Download } from '../../services/exports.ts';
import type { Services } from '../../services/services.ts';
import { type App, scopeOfRequest } from '../route.ts';
import { IdSchema, refusals, ScopeQuery, ScopeSchema } from '../schemas/common.ts';

const GridsQuery = Type.Object(
  {
    scope: Type.Optional(ScopeSchema),
    plan: Type.Optional(IdSchema),
    format: Type.Optional(Type.Union([Type.Literal('shapefile'), Type.Literal('geojson'), Type.Literal('geopackage')])),
    crs: Type.Optional(Type.String({ pattern: '^EPSG:[0-9]{4,6}$' })),
    encoding: Type.Optional(Type.Union([Type.Literal('UTF-8'), Type.Literal('GBK'), Type.Literal('GB18030')])),
  },
  { additionalProperties: false },
);

/** RFC 6266: the name as it is for all of today's browsers, and an ASCII one for what else may fetch it. */
const send = (reply: FastifyReply, { fileName, mediaType, bytes }: Download) =>
  reply
    .header('content-type', mediaType)
    .header(
      'content-disposition',
      `attachment; filename="${fileName.replace(/[^\x20-\x7e]|["\\]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    )
    .header('cache-control', 'no-store')
    .send(Buffer.from(bytes));

export function exportRoutes(app: App, { exports }: Services): void {
  const tags = ['exports'];
  app.get(
    '/api/exports/grids',
    {
      schema: {
        tags,
        summary: 'Grids of a plan, or of the plans in force',
        querystring: GridsQuery,
        response: refusals,
      },
    },
    async (request, reply) => {
      const { scope, plan, format = 'shapefile', crs = 'EPSG:4490', encoding = 'UTF-8' } = request.query;
      const options = { format, crs, encoding };
      return send(reply, await exports.grids(scopeOfRequest(request, scope), (plan ?? null) as PlanId | null, options));
    },
  );
  app.get(
    '/api/exports/staffing',
    { schema: { tags, summary: 'The staffing schedule as a workbook', querystring: ScopeQuery, response: refusals } },
    async (request, reply) => send(reply, await exports.staffing(scopeOfRequest(request, request.query.scope))),
  );
  app.get(
    '/api/exports/crosswalk',
    {
      schema: {
        tags,
        summary: 'How departmental grids pass into the general ones, as CSV',
        querystring: Type.Object({ plan: IdSchema }, { additionalProperties: false }),
        response: refusals,
      },
    },
    async (request, reply) =>
      send(reply, await exports.crosswalk(scopeOfRequest(request), request.query.plan as PlanId)),
  );
}
