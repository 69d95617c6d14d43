import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoSites, startDemoSites } from '../../../demo-sites/serve.ts';

type Reply = {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
};

const bytesOf = (text: string) => new TextEncoder().encode(text);
const platform = {
  connectScript: bytesOf('/* connect */'),
  connectWorkerScript: bytesOf('/* connect-worker */'),
  bridgePage: bytesOf('<!doctype html><script>/* bridge */</script>'),
};
let sites: DemoSites;
let port: number;

beforeAll(async () => {
  sites = await startDemoSites({ port: 0, serviceOrigin: 'http://fonts.localhost:8787', platform });
  port = Number(new URL(sites.origin('ja')).port);
});
afterAll(() => sites.close());

/** Sends a path as it is: `fetch` would resolve its dots away. */
function ask(host: string, path: string, method = 'GET', headers: Record<string, string> = {}): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers: { host, ...headers } }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    });
    sent.on('error', reject).end();
  });
}

describe('startDemoSites', () => {
  it.each([
    ['ja.localhost:8788', 'lang="ja"'],
    ['KO.localhost', 'lang="ko"'],
    ['hant.localhost:1', 'lang="zh-Hant-TW"'],
    ['tally.localhost:8788', 'lang="en"'],
    ['demo.localhost', 'lang="en"'],
    ['localhost', 'lang="en"'],
    ['127.0.0.1:8788', 'lang="en"'],
  ])('routes the host %s to the page with %s', async (host, lang) => {
    const reply = await ask(host, '/');
    expect(reply.status).toBe(200);
    expect(reply.body).toContain(`<html ${lang}>`);
  });

  it('fills in the service and the sites', async () => {
    const { body } = await ask('demo.localhost', '/');
    expect(body).toContain('href="http://fonts.localhost:8787/css2?family=');
    expect(body).toContain(`href="http://ja.localhost:${port}/"`);
    expect(body).not.toContain('{{');
  });

  it('asks for the vertical stylesheet only where text is vertical', async () => {
    expect((await ask('ja.localhost', '/')).body).not.toContain('writing=vertical');
    expect((await ask('ja.localhost', '/tategaki')).body).toContain('&amp;writing=vertical"');
  });

  it.each([
    ['/panel.js', 'text/javascript; charset=utf-8'],
    ['/panel.css', 'text/css; charset=utf-8'],
    ['/like.js', 'text/javascript; charset=utf-8'],
    ['/like.css', 'text/css; charset=utf-8'],
    ['/style.css', 'text/css; charset=utf-8'],
    ['/icon.svg', 'image/svg+xml'],
  ])('serves %s as %s', async (path, contentType) => {
    const reply = await ask('ko.localhost', path);
    expect([reply.status, reply.headers['content-type']]).toEqual([200, contentType]);
    expect(reply.headers).toMatchObject({ 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' });
  });

  it('answers HEAD with the headers of GET and no body', async () => {
    const [get, head] = [await ask('ja.localhost', '/'), await ask('ja.localhost', '/', 'HEAD')];
    expect(head.body).toBe('');
    expect(head.headers['content-length']).toBe(String(Buffer.byteLength(get.body)));
  });

  it('answers 304 to its own ETag', async () => {
    const { headers } = await ask('ja.localhost', '/');
    const reply = await ask('ja.localhost', '/', 'GET', { 'if-none-match': `"x", W/${headers['etag']}` });
    expect([reply.status, reply.body]).toEqual([304, '']);
  });

  it.each(['/nothing', '/index.html', '/../ko/index.html', '/%2e%2e/ko/', '/compose.ts', '/sites/', '//ja', '/404'])(
    'has nothing at %s but a 404 page in the language of the site',
    async (path) => {
      const reply = await ask('ja.localhost', path);
      expect(reply.status).toBe(404);
      expect(reply.body).toContain('<html lang="ja">');
    },
  );

  it('refuses other methods', async () => {
    expect(await ask('ja.localhost', '/', 'POST')).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD' } });
  });

  it('rejects when the port is taken', async () => {
    const taken = startDemoSites({ port, serviceOrigin: 'http://fonts.localhost:8787', platform });
    await expect(taken).rejects.toThrow('EADDRINUSE');
  });
});
