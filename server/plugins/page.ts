import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import type { ErrorBody } from '../wire.ts';

/** Serves the built page; any path that is neither a file nor below /api is the page's own route. */
export const registerPage = async (app: FastifyInstance, pageDir: string | null): Promise<void> => {
  const built = pageDir !== null && existsSync(join(pageDir, 'index.html'));
  if (built)
    await app.register(fastifyStatic, {
      root: pageDir,
      wildcard: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        // Vite puts a hash of the content into the names below assets/: those never change.
        const immutable = /[\\/]assets[\\/]/.test(path);
        reply.setHeader('cache-control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    });
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === 'GET' && !request.url.startsWith('/api');
    if (wantsPage && built && !/\.[a-z0-9]+$/i.test(request.url.split('?')[0]!))
      return reply.header('cache-control', 'no-cache').sendFile('index.html');
    return reply.code(404).send({ code: 'notFound', values: { path: request.url } } satisfies ErrorBody);
  });
};
