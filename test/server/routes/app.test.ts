import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildApp } from '../../../server/app.ts';
import { workHere } from '../../../server/services/work-here.ts';
import type { ErrorBody } from '../../../server/wire.ts';
import { describeOnBothEngines } from '../../support/databases.ts';
import { type ServerUnderTest, serverUnderTest } from '../../support/server-under-test.ts';

describeOnBothEngines('the server', (open) => {
  let server: ServerUnderTest;
  beforeAll(async () => {
    server = await serverUnderTest(await open());
  });
  afterAll(() => server?.close());

  it('is alive, and ready when its database answers', async () => {
    expect((await server.call('GET', '/api/health')).body).toEqual({ status: 'alive' });
    expect(await server.call('GET', '/api/ready')).toMatchObject({ status: 200, body: { status: 'ready' } });
  });

  it('describes every route it has', async () => {
    const { body } = await server.call<{ paths: Record<string, object> }>('GET', '/api/openapi.json');
    expect(
      Object.entries(body.paths)
        .flatMap(([path, verbs]) => Object.keys(verbs).map((verb) => `${verb} ${path}`))
        .sort(),
    ).toEqual([
      'delete /api/jobs/{id}',
      'get /api/communities',
      'get /api/communities/{code}',
      'get /api/exports/crosswalk',
      'get /api/exports/grids',
      'get /api/exports/staffing',
      'get /api/health',
      'get /api/imports',
      'get /api/imports/{id}',
      'get /api/jobs/{id}',
      'get /api/jobs/{id}/events',
      'get /api/plans/{id}',
      'get /api/plans/{id}/changes',
      'get /api/plans/{id}/crosswalk',
      'get /api/plans/{id}/events',
      'get /api/plans/{id}/lineage',
      'get /api/ready',
      'post /api/imports',
      'post /api/imports/{id}/commit',
      'post /api/imports/{id}/preview',
      'post /api/jobs',
      'post /api/plans',
      'post /api/plans/{id}/changes',
    ]);
  });

  it('answers every error with a code, and never with its inside', async () => {
    const answers: [string, number, string][] = [];
    for (const url of [
      '/api/nothing',
      '/api/communities/220103001001',
      '/api/plans/x',
      '/api/communities?scope=a%20b',
      '/api/jobs/x',
    ]) {
      const { status, body, response } = await server.call<ErrorBody>('GET', url);
      answers.push([url, status, body.code]);
      expect(response.body).not.toMatch(/node_modules|\.ts:|stack/);
    }
    expect(answers.map(([, status, code]) => [status, code])).toEqual([
      [404, 'notFound'],
      [404, 'notFound'],
      [404, 'notFound'],
      [400, 'badRequest'],
      [404, 'notFound'],
    ]);
    const broken = await server.app.inject({
      method: 'POST',
      url: '/api/plans',
      headers: { 'content-type': 'application/json' },
      payload: '{',
    });
    expect([broken.statusCode, broken.json().code]).toEqual([400, 'badRequest']);
  });

  it('lets a page load nothing from another host', async () => {
    const { headers } = await server.app.inject('/api/health');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("worker-src 'self' blob:");
    expect(policy).not.toMatch(/https?:|\*/);
  });

  it('gives the page for any path of its own, and a 404 for a file that is not there', async () => {
    const pageDir = await mkdtemp(join(tmpdir(), 'page-'));
    await mkdir(join(pageDir, 'assets'));
    await writeFile(join(pageDir, 'index.html'), '<title>page</title>');
    await writeFile(join(pageDir, 'assets', 'index-abc123.js'), 'export {}');
    const { app } = await buildApp({
      database: server.context.database,
      dataDir: server.dataDir,
      work: workHere(),
      pageDir,
    });
    const get = async (url: string) => {
      const { statusCode, payload, headers } = await app.inject(url);
      return [statusCode, payload.slice(0, 20), headers['cache-control']];
    };
    expect(await get('/')).toEqual([200, '<title>page</title>', 'no-cache']);
    expect(await get('/communities/220103001001')).toEqual([200, '<title>page</title>', 'no-cache']);
    expect(await get('/assets/index-abc123.js')).toEqual([200, 'export {}', 'public, max-age=31536000, immutable']);
    expect((await get('/assets/gone.js'))[0]).toBe(404);
    expect((await get('/api/gone'))[0]).toBe(404);
    await app.close();
  });
});
