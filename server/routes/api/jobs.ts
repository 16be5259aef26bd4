import { Type } from 'typebox';
import { isOver } from '../../services/jobs.ts';
import type { Services } from '../../services/services.ts';
import type { JobRequest, JobState } from '../../wire.ts';
import { openEventStream } from '../event-stream.ts';
import { type App, scopeOfRequest } from '../route.ts';
import { IdSchema, refusals, wire } from '../schemas/common.ts';
import { JobRequestSchema, JobStateSchema } from '../schemas/job.ts';

const JobParams = Type.Object({ id: IdSchema });
const response = { ...refusals, 200: wire<JobState>(JobStateSchema) };

export function jobRoutes(app: App, { jobs }: Services): void {
  app.post(
    '/api/jobs',
    {
      schema: {
        tags: ['jobs'],
        summary: 'Begin long work by communities; each result is a new plan',
        body: wire<JobRequest>(JobRequestSchema),
        response: { ...refusals, 202: wire<JobState>(JobStateSchema) },
      },
    },
    async (request, reply) => reply.code(202).send(await jobs.start(scopeOfRequest(request), request.body)),
  );
  app.get(
    '/api/jobs/:id',
    { schema: { tags: ['jobs'], summary: 'How far it is', params: JobParams, response } },
    async (request, reply) => reply.send(await jobs.read(request.params.id)),
  );
  app.delete(
    '/api/jobs/:id',
    { schema: { tags: ['jobs'], summary: 'Cancel; plans made so far stay', params: JobParams, response } },
    async (request, reply) => reply.send(await jobs.cancel(request.params.id)),
  );
  app.get(
    '/api/jobs/:id/events',
    {
      schema: {
        tags: ['jobs'],
        summary: 'Progress as server-sent events named "progress"; the last one says how it ended',
        params: JobParams,
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const state = await jobs.read(id);
      let stop = (): void => {};
      const stream = openEventStream(request, reply, () => stop());
      const tell = (next: JobState): void => {
        stream.send('progress', next);
        if (isOver(next)) stream.end();
      };
      stop = jobs.progress.listen(id, tell);
      tell(isOver(state) ? state : await jobs.read(id));
    },
  );
}
