import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';

/** The OpenAPI document is made from the routes' own schemas, so it can't tell another story than they do. */
export const registerOpenapi = async (app: FastifyInstance, version: string): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Grid planner', version },
      tags: [
        { name: 'communities', description: 'Communities with their ground, plans and staffing' },
        { name: 'plans', description: 'Plans and the changes that make them' },
        { name: 'imports', description: 'Files: look, map, preview, commit' },
        { name: 'jobs', description: 'Long work on the server' },
        { name: 'exports', description: 'Downloads' },
        { name: 'operation', description: 'Alive and ready' },
      ],
    },
  });
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
};
