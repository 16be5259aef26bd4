import type { ErrorBody } from '../../server/wire.ts';
import { wordsForCode } from '../locale/index.ts';

/** A request that was answered with an error, or not at all (`status` 0, code 'offline'). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
  ) {
    super(`${status} ${body.code}`);
  }
}

/**
 * One request to the server, JSON in and out.
 * @throws ApiError with the server's code; 'offline' when no answer came.
 */
export async function request<Answer>(
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  options: { readonly json?: unknown; readonly form?: FormData; readonly signal?: AbortSignal } = {},
): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      ...(options.signal ? { signal: options.signal } : {}),
      ...(options.form ? { body: options.form } : {}),
      ...(options.json === undefined
        ? {}
        : { body: JSON.stringify(options.json), headers: { 'content-type': 'application/json' } }),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, { code: 'offline' });
  }
  if (response.status === 204) return undefined as Answer;
  const isJson = (response.headers.get('content-type') ?? '').includes('json');
  const body: unknown = isJson ? await response.json() : null;
  if (response.ok) return body as Answer;
  throw new ApiError(response.status, errorBodyOf(response.status, body));
}

function errorBodyOf(status: number, body: unknown): ErrorBody {
  if (typeof body === 'object' && body !== null && 'code' in body && typeof body.code === 'string') {
    // A 409's body is kept whole: it also carries the changes that came in between.
    return body as ErrorBody;
  }
  const code = status === 404 ? 'notFound' : status === 413 ? 'tooLarge' : status === 429 ? 'tooManyRequests' : null;
  return {
    ...(body as object | null),
    code:
      code ??
      (status === 409 ? 'staleChange' : status >= 502 ? 'unavailable' : status >= 500 ? 'internal' : 'invalidRequest'),
  };
}

/** What happened and what to do, in the chosen language. */
export function errorSentence(error: unknown): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
  const values = Object.fromEntries(
    Object.entries(error.body.values ?? {}).map(([name, value]) => [
      name,
      typeof value === 'number' ? value : String(value),
    ]),
  );
  return (
    wordsForCode('errors', error.body.code, values) ??
    wordsForCode('issues', error.body.code, values) ??
    wordsForCode('errors', 'unknown', { code: error.body.code })!
  );
}
