import type { FastifyReply, FastifyRequest } from 'fastify';

export interface EventStream {
  send(event: string, data: unknown, id?: string | number): void;
  end(): void;
}

const HEARTBEAT_MS = 20_000;

/** The streams that are open: a server that stops must end them, or it would wait for their viewers for ever. */
const openStreams = new Set<EventStream>();
export const endAllStreams = (): void => {
  for (const stream of openStreams) stream.end();
};

/**
 * Turns the reply into server-sent events, with a comment line now and then so that proxies keep the connection.
 * `onEnd` is called once, whoever ends it.
 */
export const openEventStream = (request: FastifyRequest, reply: FastifyReply, onEnd: () => void): EventStream => {
  reply.hijack();
  const response = reply.raw;
  for (const [name, value] of Object.entries(reply.getHeaders()))
    if (value !== undefined && name !== 'content-length') response.setHeader(name, value);
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    connection: 'keep-alive',
    'x-accel-buffering': 'no',
  });
  response.write('retry: 2000\n\n');
  let ended = false;
  const heartbeat = setInterval(() => response.write(': \n\n'), HEARTBEAT_MS);
  const finish = (): void => {
    if (ended) return;
    ended = true;
    clearInterval(heartbeat);
    openStreams.delete(stream);
    onEnd();
  };
  const stream: EventStream = {
    send: (event, data, id) => {
      if (ended) return;
      response.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    },
    end: () => {
      finish();
      response.end();
    },
  };
  openStreams.add(stream);
  request.raw.on('close', finish);
  response.on('close', finish);
  return stream;
};
