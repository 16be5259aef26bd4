import { Type } from 'typebox';
import type { Database } from '../../database/database.ts';
import type { App } from '../route.ts';

const StatusSchema = Type.Object({ status: Type.String() });

/** Alive: the process answers. Ready: the database does too, and its schema is there. */
export function healthRoutes(app: App, database: Database): void {
  app.get('/api/health', { schema: { tags: ['operation'], response: { 200: StatusSchema } } }, async () => ({
    status: 'alive',
  }));
  app.get(
    '/api/ready',
    { schema: { tags: ['operation'], response: { 200: StatusSchema, 503: StatusSchema } } },
    async (request, reply) => {
      try {
        await database.transaction((connection) => connection.selectFrom('setting').select('name').limit(1).execute());
        return { status: 'ready' };
      } catch (error) {
        request.log.warn({ err: error }, 'not ready');
        return reply.code(503).send({ status: 'databaseDown' });
      }
    },
  );
}
