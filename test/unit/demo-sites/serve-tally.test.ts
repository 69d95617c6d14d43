import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoSites, startDemoSites } from '../../../demo-sites/serve.ts';
import { readPlatformFiles } from '../../../demo-sites/server/platform-assets.ts';
import { createTallyStore } from '../../../demo-sites/server/tally-store.ts';

type Reply = {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
};
type Asked = { readonly host?: string; readonly headers?: Record<string, string>; readonly body?: string };

const bytesOf = (text: string) => new TextEncoder().encode(text);
const ja = 'http://ja.localhost:8788';
let sites: DemoSites;
let port: number;
let mayCollect = true;

beforeAll(async () => {
  sites = await startDemoSites({
    port: 0,
    serviceOrigin: 'http://fonts.localhost:8787',
    mayCollect: () => mayCollect,
    platform: {
      connectScript: bytesOf('/* connect */'),
      connectWorkerScript: bytesOf('/* connect-worker */'),
      bridgePage: bytesOf('<!doctype html>'),
    },
  });
  port = Number(new URL(sites.origin('tally')).port);
});
afterAll(() => sites.close());

function ask(method: string, path: string, { host = 'tally.localhost', headers = {}, body }: Asked = {}) {
  return new Promise<Reply>((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method, headers: { host, ...headers } };
    const sent = request(options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: text }));
    });
    sent.on('error', reject).end(body);
  });
}

function collect(batch: unknown, headers: Record<string, string> = {}): Promise<Reply> {
  const body = typeof batch === 'string' ? batch : JSON.stringify(batch);
  return ask('POST', '/collect', { headers: { 'content-type': 'application/json', ...headers }, body });
}

async function totalOf(event: string): Promise<number> {
  const totals = JSON.parse((await ask('GET', '/totals')).body);
  return totals[ja]?.[event] ?? 0;
}

describe('the tally as a service of the platform', () => {
  it('serves the client with the headers that install its worker', async () => {
    const reply = await ask('GET', '/connect.js');
    expect(reply.body).toBe('/* connect */');
    expect(reply.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'Service-Worker-Script, Service-Worker-Scope',
      'service-worker-script': '/sw.js',
      'service-worker-scope': '/',
      'server-timing': 'service-worker;desc="/sw.js"',
      'timing-allow-origin': '*',
    });
    const { headers } = await ask('GET', '/connect.js', { headers: { 'if-none-match': `${reply.headers['etag']}` } });
    expect(headers['service-worker-script']).toBe('/sw.js');
  });

  it('serves its worker for the whole origin, the library first', async () => {
    const { headers, body } = await ask('GET', '/sw.js');
    expect(headers['service-worker-allowed']).toBe('/');
    expect(body.indexOf("importScripts('/connect-worker.js')")).toBe(0);
    expect((await ask('GET', '/connect-worker.js')).body).toBe('/* connect-worker */');
  });

  it('serves the bridge to pages that isolate themselves', async () => {
    expect((await ask('GET', '/.well-known/navigator-connect')).headers).toMatchObject({
      'content-type': 'text/html',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'cross-origin',
    });
  });

  it.each(['/connect.js', '/sw.js', '/collect', '/totals'])('has %s on its own host only', async (path) => {
    expect((await ask('GET', path, { host: 'ja.localhost' })).status).toBe(404);
  });

  it('says what to do where the library is not built', async () => {
    await expect(readPlatformFiles('/nowhere')).rejects.toThrow('npm run build');
  });
});

describe('the server of the tally', () => {
  it('counts a batch once, however often it comes', async () => {
    const batch = { id: 'batch-once', origin: ja, counts: { like: 2 } };
    expect(JSON.parse((await collect(batch)).body)).toEqual({ state: 'counted', counts: { like: 2 } });
    expect(JSON.parse((await collect(batch)).body)).toEqual({ state: 'known', counts: { like: 2 } });
    expect(await totalOf('like')).toBe(2);
  });

  it('collects nothing while it may not', async () => {
    const batch = { id: 'batch-later', origin: ja, counts: { visit: 1 } };
    mayCollect = false;
    expect((await collect(batch)).status).toBe(503);
    mayCollect = true;
    expect(await totalOf('visit')).toBe(0);
    expect((await collect(batch)).status).toBe(200);
    expect(await totalOf('visit')).toBe(1);
  });

  it.each([
    [400, '{', {}],
    [400, { id: 'batch-0001', origin: 'ja', counts: { like: 1 } }, {}],
    [400, { id: 'batch-0001', origin: ja, counts: { like: -1 } }, {}],
    [403, { id: 'batch-0001', origin: ja, counts: { like: 1 } }, { origin: ja }],
    [413, `"${'x'.repeat(10_000)}"`, {}],
    [415, { id: 'batch-0001', origin: ja, counts: { like: 1 } }, { 'content-type': 'text/plain' }],
  ])('answers %i with a problem that says what is wrong', async (status, batch, headers) => {
    const reply = await collect(batch, headers as Record<string, string>);
    expect(reply.status).toBe(status);
    expect(reply.headers['content-type']).toBe('application/problem+json');
    expect(JSON.parse(reply.body)).toMatchObject({ status, detail: expect.stringMatching(/.{10}/) });
  });

  it('refuses other methods', async () => {
    expect(await ask('GET', '/collect')).toMatchObject({ status: 405, headers: { allow: 'POST' } });
    expect(await ask('POST', '/totals')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  it('keeps a bounded number of origins, and of ids', () => {
    const store = createTallyStore({ origins: 1, ids: 2 });
    const add = (id: string, origin = ja) => store.add({ id, origin, counts: { like: 1 } }).state;
    expect([add('first'), add('first'), add('other', 'http://ko.localhost')]).toEqual(['counted', 'known', 'full']);
    expect([add('second'), add('third'), add('third'), add('first')]).toEqual([
      'counted',
      'counted',
      'known',
      'counted',
    ]);
  });
});
