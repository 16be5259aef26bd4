import { Type } from 'typebox';
import type { PlanId } from '../../../geodata/model/index.ts';
import type { Services } from '../../services/services.ts';
import type { ChangeAccepted, ChangeRequest, StaleChange } from '../../wire.ts';
import { openEventStream } from '../event-stream.ts';
import { type App, authorOf, scopeOfRequest } from '../route.ts';
import { IdSchema, refusals, wire } from '../schemas/common.ts';
import { ChangeAcceptedSchema, ChangeRequestSchema, StaleChangeSchema } from '../schemas/plan.ts';

const PlanParams = Type.Object({ id: IdSchema });
const SinceQuery = Type.Object({ since: Type.Integer({ minimum: 0 }) });

/** A cut through a large community carries the arcs it replaces. */
const LARGEST_CHANGE_BYTES = 20 * 1024 * 1024;

export function changeRoutes(app: App, { changes, plans }: Services): void {
  app.post(
    '/api/plans/:id/changes',
    {
      bodyLimit: LARGEST_CHANGE_BYTES,
      schema: {
        tags: ['plans'],
        summary: 'Make a change on the version it was made on',
        params: PlanParams,
        body: wire<ChangeRequest>(ChangeRequestSchema),
        response: {
          ...refusals,
          200: wire<ChangeAccepted>(ChangeAcceptedSchema),
          409: wire<StaleChange>(StaleChangeSchema),
        },
      },
    },
    async (request, reply) => {
      const outcome = await changes.make(
        scopeOfRequest(request),
        request.params.id as PlanId,
        request.body,
        authorOf(request),
      );
      return outcome.kind === 'accepted' ? reply.send(outcome.answer) : reply.code(409).send(outcome.answer);
    },
  );
  app.get(
    '/api/plans/:id/changes',
    {
      schema: {
        tags: ['plans'],
        summary: 'The changes after a version, oldest first',
        params: PlanParams,
        querystring: SinceQuery,
        response: { 200: wire<StaleChange>(StaleChangeSchema), ...refusals },
      },
    },
    async (request, reply) =>
      reply.send(await changes.since(scopeOfRequest(request), request.params.id as PlanId, request.query.since)),
  );
  app.get(
    '/api/plans/:id/events',
    {
      schema: {
        tags: ['plans'],
        summary: 'Accepted changes as server-sent events named "change"; the id of an event is the version',
        params: PlanParams,
      },
    },
    async (request, reply) => {
      const id = request.params.id as PlanId;
      // Listening begins before the plan is read, so that no change falls between.
      let deliver = (_version: number, _change: unknown): void => {};
      const stop = changes.accepted.listen(id, ({ version, change }) => deliver(version, change));
      try {
        const { plan } = await plans.read(scopeOfRequest(request), id);
        const stream = openEventStream(request, reply, stop);
        deliver = (version, change) => stream.send('change', { version, change }, version);
        stream.send('version', { version: plan.version });
      } catch (error) {
        stop();
        throw error;
      }
    },
  );
}
