import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPlatformFiles } from '../conformance/platform-files.ts';
import { createService, type Service } from '../conformance/service-origin.ts';
import { createSite, type Site } from '../conformance/site-origin.ts';
import type { DrivenBrowser, DrivenPage } from '../support/browser-driver.ts';
import { type OriginServer, startOriginServer } from '../support/origin-server.ts';
import { launchRawFirefox } from '../support/raw-firefox.ts';
import { findFirefox } from '../support/spawn-firefox.ts';

/** The explainer's two workers, and what makes their work visible. */
const SERVICE = `
self.addEventListener('install', (e) => {
  self.skipWaiting();
  e.handleFallThroughRequests(['/resources', '/font']);
});
self.addEventListener('connect', (e) => {
  if (e.targetUrl.endsWith('/silent')) return;
  if (e.targetUrl.endsWith('/stored')) self.ports.add('foobar', e.port);
  else e.port.onmessage = ({ data }) => e.port.postMessage([data, e.origin, e.targetUrl]);
});
let dispatched = 0;
self.ports.addEventListener('message', (e) => e.source.postMessage([e.name, e.data, e.origin, ++dispatched]));
self.addEventListener('fetch', (e) => {
  if (e.isFallThrough) e.respondWith(new Response('foreign', { headers: { 'Access-Control-Allow-Origin': e.origin } }));
});
`;
const CLIENT_WORKER = `
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (e) => e.waitUntil(self.clients.claim()));
const answers = [];
self.ports.addEventListener('message', (e) => answers.push(e.data));
const work = {
  connect: async (url) => self.ports.add('mine', await navigator.connect(url)).name,
  post: async (value) => (await self.ports.match('mine'))[0].postMessage(value),
  answers: () => answers.splice(0),
  fetch: async (url) => (await fetch(url)).text(),
};
self.addEventListener('message', (e) => {
  const [name, argument] = e.data;
  e.waitUntil(
    Promise.resolve(work[name](argument)).then(
      (value) => e.ports[0].postMessage(value ?? null),
      (error) => e.ports[0].postMessage(String(error)),
    ),
  );
});
`;

/** What runs in the page. */
const inPage = {
  connect: async (url: string, key: string) => {
    const port = await navigator.connect(url);
    Object.assign(window, { [key]: port });
  },
  ask: (key: string, values: readonly unknown[]) => {
    const port = Reflect.get(window, key) as MessagePort;
    return new Promise<unknown[]>((resolve) => {
      const answers: unknown[] = [];
      port.onmessage = ({ data }) => answers.push(data) === values.length && resolve(answers);
      for (const value of values) port.postMessage(value);
    });
  },
  readText: async (url: string) => (await fetch(url)).text(),
  failure: (url: string) =>
    navigator.connect(url).then(
      () => 'connected',
      (error: Error) => error.name,
    ),
  registerWorker: async () => {
    await navigator.serviceWorker.register('/sw.js');
    if (navigator.serviceWorker.controller) return;
    await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
  },
  askWorker: (name: string, argument?: unknown) =>
    new Promise<unknown>((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data);
      navigator.serviceWorker.controller?.postMessage([name, argument], [port2]);
    }),
};

const POLLING = { timeout: 15_000 };
const isAbsent = findFirefox() === undefined;

describe.skipIf(isAbsent)(`the platform in Firefox${isAbsent ? ' (skipped: Firefox is not installed)' : ''}`, () => {
  let server: OriginServer;
  let firefox: DrivenBrowser;
  let service: Service;
  let site: Site;
  let page: DrivenPage;

  beforeAll(async () => {
    const files = await readPlatformFiles();
    server = await startOriginServer();
    service = createService(
      files,
      {
        script: SERVICE,
        routes: { '/resources/a.txt': { headers: { 'Access-Control-Allow-Origin': '*' }, body: 'net' } },
      },
      (routes) => server.addOrigin('service', routes),
    );
    site = createSite(files, { workerScript: CLIENT_WORKER }, (routes) => server.addOrigin('site', routes));
    firefox = await launchRawFirefox({ idleTimeoutMs: 1_000, pageTimeoutMs: 20_000 });
    page = await firefox.newPage(`${site.origin}/`);
  });
  afterAll(async () => {
    await firefox.close();
    await server.close();
  });

  it('installs the worker that a response asks for', async () => {
    expect(await page.evaluate(inPage.readText, service.installUrl)).toContain('resource');
    await expect.poll(() => service.requests().map(({ path }) => path), POLLING).toContain('/sw.js');
  });

  it('connects a page, and tells the service its origin and the URL', async () => {
    const url = `${service.origin}/services/foobar`;
    await page.evaluate(inPage.connect, url, 'raw');
    expect(await page.evaluate(inPage.ask, 'raw', ['hello'])).toEqual([['hello', site.origin, url]]);
  });

  it('reports a refusal as AbortError', async () => {
    expect(await page.evaluate(inPage.failure, `${service.origin}/silent`)).toBe('AbortError');
  });

  it('keeps a stored port through the end of the worker, with all messages in order', async () => {
    await page.evaluate(inPage.connect, `${service.origin}/stored`, 'stored');
    expect(await page.evaluate(inPage.ask, 'stored', ['a', 'b'])).toEqual([
      ['foobar', 'a', site.origin, 1],
      ['foobar', 'b', site.origin, 2],
    ]);
    await firefox.stopWorkers(() => true);
    const values = Array.from({ length: 1000 }, (_, i) => i);
    const expected = values.map((value) => ['foobar', value, site.origin, value + 1]);
    expect(await page.evaluate(inPage.ask, 'stored', values)).toEqual(expected);
  });

  it("answers a page's request that falls through", async () => {
    expect(await page.evaluate(inPage.readText, `${service.origin}/resources/a.txt`)).toBe('foreign');
  });

  it('connects a service worker, whose stored port survives both workers', async () => {
    await page.evaluate(inPage.registerWorker);
    expect(await page.evaluate(inPage.askWorker, 'connect', `${service.origin}/stored`)).toBe('mine');
    await page.evaluate(inPage.askWorker, 'post', 'one');
    await expect
      .poll(() => page.evaluate(inPage.askWorker, 'answers'), POLLING)
      .toEqual([['foobar', 'one', site.origin, 1001]]);
    await firefox.stopWorkers(() => true);
    await page.evaluate(inPage.askWorker, 'post', 'two');
    await expect
      .poll(() => page.evaluate(inPage.askWorker, 'answers'), POLLING)
      .toEqual([['foobar', 'two', site.origin, 1]]);
  });

  it("answers what a site's worker and its page ask for", async () => {
    const url = `${service.origin}/resources/a.txt`;
    expect(await page.evaluate(inPage.askWorker, 'fetch', url)).toBe('foreign');
    expect(await page.evaluate(inPage.readText, url)).toBe('foreign');
  });
});
