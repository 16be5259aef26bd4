import type { FastifyError, FastifyInstance } from 'fastify';
import type { ErrorBody } from '../wire.ts';
import { Refusal } from './failure.ts';

interface ValidationDetail {
  readonly instancePath?: string;
  readonly message?: string;
}

const isValidation = (error: Error): error is FastifyError & { validation: readonly ValidationDetail[] } =>
  Array.isArray((error as Partial<FastifyError>).validation);

/** Fastify's own codes for a body that is too large, not JSON …, as ours. */
const codeOfClientError = (error: FastifyError): string => {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
    case 'FST_FILES_LIMIT':
    case 'FST_PARTS_LIMIT':
      return 'tooLarge';
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return 'mediaType';
    case 'FST_UNDER_PRESSURE':
      return 'busy';
    default:
      return error.statusCode === 429 ? 'tooManyRequests' : 'badRequest';
  }
};

/** Every error leaves as an ErrorBody; only what the client may know goes out, the rest is logged. */
export const registerErrors = (app: FastifyInstance): void => {
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    if (error instanceof Refusal) return reply.code(error.status).send(error.body);
    if (isValidation(error)) {
      const fields = error.validation
        .slice(0, 20)
        .map((detail) => `${error.validationContext ?? ''}${detail.instancePath ?? ''}: ${detail.message ?? ''}`);
      return reply.code(400).send({ code: 'badRequest', values: { fields } } satisfies ErrorBody);
    }
    const status = error.statusCode ?? 500;
    if (status >= 400 && status < 500)
      return reply.code(status).send({ code: codeOfClientError(error) } satisfies ErrorBody);
    request.log.error({ err: error }, 'request failed');
    if (status === 503) return reply.code(503).send({ code: 'busy' } satisfies ErrorBody);
    return reply.code(500).send({ code: 'internal', values: { requestId: request.id } } satisfies ErrorBody);
  });
};
