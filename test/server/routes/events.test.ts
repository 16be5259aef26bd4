import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CommunitySummary } from '../../../server/wire.ts';
import { describeOnBothEngines } from '../../support/databases.ts';
import { type ServerUnderTest, serverUnderTest } from '../../support/server-under-test.ts';
import { smallCountyFiles } from '../../support/small-county.ts';

describeOnBothEngines('server-sent events', (open) => {
  let server: ServerUnderTest;
  beforeAll(async () => {
    server = await serverUnderTest(await open());
    await server.importFiles(smallCountyFiles());
  });
  afterAll(() => server?.close());

  it('tell a viewer where the plan stands, then each change, and end when the server does', async () => {
    const { body } = await server.call<CommunitySummary[]>('GET', '/api/communities');
    const plan = body[0]!.plan!.id;
    await server.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = server.app.server.address() as AddressInfo;
    const response = await fetch(`http://127.0.0.1:${port}/api/plans/${plan}/events`);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    const hear = async (what: string) => {
      while (!heard.includes(what)) heard += (await reader.read()).value ?? '';
    };
    await hear('event: version\ndata: {"version":0}\n\n');
    const [grid] = (await server.call<{ grids: object[] }>('GET', `/api/plans/${plan}`)).body.grids as { id: string }[];
    const change = {
      id: 'renamed',
      verb: 'editGrid',
      fabric: null,
      grids: [{ id: grid!.id, before: grid, after: { ...grid, name: '新名' } }],
      cells: [],
    };
    const { status } = await server.call('POST', `/api/plans/${plan}/changes`, { baseVersion: 0, change });
    expect(status).toBe(200);
    await hear(`id: 1\nevent: change\ndata: ${JSON.stringify({ version: 1, change })}\n\n`);
    const closed = server.app.close();
    while (!(await reader.read()).done);
    await closed;
  });
});
