import { randomUUID } from 'node:crypto';
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import fastify, { type FastifyBaseLogger } from 'fastify';
import type { Database } from './database/database.ts';
import { registerErrors } from './plugins/errors.ts';
import { registerOpenapi } from './plugins/openapi.ts';
import { registerPage } from './plugins/page.ts';
import { registerProtection } from './plugins/protection.ts';
import { changeRoutes } from './routes/api/changes.ts';
import { communityRoutes } from './routes/api/communities.ts';
import { exportRoutes } from './routes/api/exports.ts';
import { healthRoutes } from './routes/api/health.ts';
import { importRoutes } from './routes/api/imports.ts';
import { jobRoutes } from './routes/api/jobs.ts';
import { planRoutes } from './routes/api/plans.ts';
import { endAllStreams } from './routes/event-stream.ts';
import type { App } from './routes/route.ts';
import type { Context } from './services/context.ts';
import { makeServices, type Services } from './services/services.ts';
import type { Work } from './services/work.ts';

export interface AppOptions {
  /** Opened and migrated; whoever opened it closes it, after the app. */
  readonly database: Database;
  readonly dataDir: string;
  /** The built page; null serves the API alone. */
  readonly pageDir?: string | null;
  readonly logger?: FastifyBaseLogger;
  readonly version?: string;
  /** Closed by whoever made it, after the app. */
  readonly work: Work;
  readonly now?: () => Date;
  readonly newId?: () => string;
}

export interface BuiltApp {
  readonly app: App;
  readonly services: Services;
  readonly context: Context;
}

/** The server without a socket: tests inject requests into it, `server.ts` lets it listen. */
export async function buildApp(options: AppOptions): Promise<BuiltApp> {
  const app: App = fastify({
    ...(options.logger ? { loggerInstance: options.logger } : { logger: false }),
    genReqId: () => randomUUID(),
    bodyLimit: 2 * 1024 * 1024,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  });
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  // Answers are typed by wire.ts; the schemas describe them for the OpenAPI document, but must not drop what they don't list.
  app.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  registerErrors(app);
  await registerProtection(app);
  await registerOpenapi(app, options.version ?? '0.0.0');
  app.addHook('preClose', async () => endAllStreams());

  const context: Context = {
    database: options.database,
    dataDir: options.dataDir,
    log: app.log,
    now: options.now ?? (() => new Date()),
    newId: options.newId ?? randomUUID,
  };
  const services = makeServices(context, options.work);
  healthRoutes(app, options.database);
  communityRoutes(app, services);
  planRoutes(app, services);
  changeRoutes(app, services);
  await importRoutes(app, services);
  jobRoutes(app, services);
  exportRoutes(app, services);
  app.addHook('onClose', async () => {
    services.outlines.close();
    await services.jobs.close();
  });
  await registerPage(app, options.pageDir ?? null);
  return { app, services, context };
}
