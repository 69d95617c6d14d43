import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DemoSites, startDemoSites } from '../../../demo-sites/serve.ts';
import { assetPaths, pagePaths, servicePaths } from '../../../demo-sites/sites/reader/shelf.ts';

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
    ['hans.localhost:8788', 'lang="zh-Hans"'],
    ['reader.localhost:8788', 'lang="ja"'],
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
    for (const site of ['hant', 'ja', 'ko', 'hans', 'reader', 'tally']) {
      expect(body).toContain(`href="http://${site}.localhost:${port}/"`);
    }
    expect(body).toContain('href="http://fonts.localhost:8787/css2?family=');
    expect(body).not.toContain('{{');
  });

  it('asks for the vertical stylesheet only where text is vertical', async () => {
    expect((await ask('ja.localhost', '/')).body).not.toContain('writing=vertical');
    expect((await ask('ja.localhost', '/tategaki')).body).toContain('&amp;writing=vertical"');
  });

  it('embeds the page client so that the page does without script, and without the client', async () => {
    for (const path of ['/', '/tategaki']) {
      const { body } = await ask('ja.localhost', path);
      expect(body).toMatch(/<link rel="stylesheet" crossorigin media="typecase" href="[^"]+&amp;delivery=delta">/);
      expect(body).toMatch(/<noscript><link rel="stylesheet" crossorigin href="[^"]+display=swap[^"]*"><\/noscript>/);
      expect(body).toMatch(
        /<script async crossorigin data-wait="300" data-usage="1" src="[^"]+\/typecase.js" onerror="[^"]+"><\/script>/,
      );
    }
  });

  it('sets no script of the service into the plain site', async () => {
    const { body } = await ask('hant.localhost', '/');
    expect(body).not.toMatch(/<script[^>]+fonts\.localhost/);
  });

  it('has nothing inline where the policy is strict, on every answer', async () => {
    const { headers, body } = await ask('hans.localhost', '/');
    expect(headers).toMatchObject({
      'content-security-policy': expect.stringMatching(/^default-src 'none'; script-src 'self' http:\/\/fonts/),
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(body).not.toMatch(/<style|<script>| style="| on[a-z]+="/);
    const style = await ask('hans.localhost', '/style.css');
    expect(style.headers['content-security-policy']).toBe(headers['content-security-policy']);
    expect((await ask('ja.localhost', '/')).headers['content-security-policy']).toBeUndefined();
  });

  it.each(['ko', 'reader'])('has the worker of %s import the service’s shim before everything else', async (site) => {
    const { body } = await ask(`${site}.localhost`, '/sw.js');
    expect(body.split('\n')[0]).toContain("importScripts('http://fonts.localhost:8787/fall-through.js');");
    expect(body).not.toContain('process.env');
    expect(body).not.toMatch(/[^\w.]SERVICE_ORIGIN\b/);
  });

  it('serves all that the reader stores, and its pages name what it stores of the service', async () => {
    for (const path of [...pagePaths, ...assetPaths]) {
      expect([path, (await ask('reader.localhost', path)).status]).toEqual([path, 200]);
    }
    for (const page of pagePaths) {
      const { body } = await ask('reader.localhost', page);
      for (const path of servicePaths) {
        expect(body).toContain(`="http://fonts.localhost:8787${path.replaceAll('&', '&amp;')}"`);
      }
      const own = [...body.matchAll(/(?:src|href)="(\/[^"#]*)"/g)].map(([, path]) => path);
      expect(own.filter((path) => ![...pagePaths, ...assetPaths].includes(path ?? ''))).toEqual([]);
    }
  });

  it('serves the sizes of Google’s slices to every site', async () => {
    const { status, headers, body } = await ask('hans.localhost', '/slices/noto-sans-sc.json');
    expect([status, headers['content-type']]).toEqual([200, 'application/json']);
    expect(JSON.parse(body)).toMatchObject({ weights: [400, 700] });
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
