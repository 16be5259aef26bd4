import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyRequest,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import { Refusal } from '../plugins/failure.ts';
import { EVERYWHERE, narrowed, type Scope } from '../repositories/scope.ts';

/** Fastify with requests typed by their schemas. */
export type App = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/** What the one who asks may see, narrowed to what was asked for. Without accounts that is everything. */
export function scopeOfRequest(_request: FastifyRequest, prefix = ''): Scope {
  const scope = narrowed(EVERYWHERE, prefix);
  if (scope === null) throw new Refusal(403, 'outOfScope', { scope: prefix });
  return scope;
}

/** Who is written beside a change. Without accounts nobody has a name. */
export const authorOf = (_request: FastifyRequest): string => 'planner';
