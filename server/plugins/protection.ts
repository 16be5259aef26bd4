import { getHeapStatistics } from 'node:v8';
import compress from '@fastify/compress';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import underPressure from '@fastify/under-pressure';
import type { FastifyInstance } from 'fastify';

/**
 * Headers, compression and load limits for a server on an office's own network: no other host is ever named in the
 * content policy, so the page works where there is no internet, and nothing it shows can be sent elsewhere.
 */
export const registerProtection = async (app: FastifyInstance): Promise<void> => {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'self'"],
        connectSrc: ["'self'", 'blob:', 'data:'],
        fontSrc: ["'self'", 'data:'],
        formAction: ["'self'"],
        frameAncestors: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
        // element-plus positions its poppers by inline style
        styleSrc: ["'self'", "'unsafe-inline'"],
        // MapLibre starts its workers from blobs
        workerSrc: ["'self'", 'blob:'],
      },
    },
    // Offices reach the server by plain http on the intranet: pinning https would lock them out.
    strictTransportSecurity: false,
    crossOriginEmbedderPolicy: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
  });
  await app.register(compress, { threshold: 1024, encodings: ['br', 'gzip'], brotliOptions: { params: { 1: 4 } } });
  // A whole office may sit behind one address; the limit only stops runaway scripts.
  await app.register(rateLimit, {
    max: 6000,
    timeWindow: 60_000,
    allowList: (request) => !request.url.startsWith('/api'),
  });
  await app.register(underPressure, {
    // Refuses before memory runs out. Not for slowness: an office PC stands still for a second now and then, and refusing a
    // planner's change for that would be worse than the wait.
    maxHeapUsedBytes: 0.9 * getHeapStatistics().heap_size_limit,
    pressureHandler: (request, reply) => {
      // Being slow is not being dead: the watchers must still get their answer.
      if (request.url === '/api/health' || request.url === '/api/ready') return;
      reply.code(503).header('retry-after', '5').send({ code: 'busy' });
    },
  });
};
