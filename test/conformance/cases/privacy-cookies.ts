import assert from 'node:assert/strict';
import type { RawPage } from '../../support/raw-chromium-page.ts';
import type { ChromiumCase } from '../case-definition.ts';
import { CONNECT_KIT_HEAD, type ConnectKit } from '../connect-kit.ts';
import { addReportingService, askToInstall, type ReportingService } from '../reporting-service.ts';
import { BRIDGE_PATH } from '../service-origin.ts';
import type { World } from '../world.ts';

declare const connectKit: ConnectKit;

const FETCHING_SCRIPT = `
self.addEventListener('install', (event) => event.handleFallThroughRequests(['/resources']));
self.addEventListener('connect', ({ port }) => port.start());
self.addEventListener('fetch', (event) => {
  if (!event.isFallThrough) return;
  void report(JSON.stringify([event.request.credentials, event.request.referrer, event.request.headers.get('cookie')]));
  event.respondWith(fetch(event.request).then((answer) => new Response(answer.body, {
    headers: { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': '*', 'Set-Cookie': 'foreign=1', 'X-By': 'worker' },
  })));
});
`;

const COOKIES = [
  'lax=1; Path=/',
  'none=1; Path=/; SameSite=None; Secure',
  'part=1; Path=/; SameSite=None; Secure; Partitioned',
];

/** A service whose server sets cookies of every kind, at the top and in other sites. */
function addCookieService(world: World): ReportingService {
  return addReportingService(world, {
    script: FETCHING_SCRIPT,
    routes: {
      '/cookies': ({ headers }) => ({
        headers: {
          'Set-Cookie': COOKIES,
          'Access-Control-Allow-Origin': headers.origin ?? '*',
          'Access-Control-Allow-Credentials': 'true',
        },
      }),
      '/resources/font': {
        headers: { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/plain', 'Set-Cookie': 'net=1' },
        body: 'a font',
      },
    },
  });
}

/** Fetches credentialed, to prove that the browser has cookies for the service here. */
function fetchWithCookies(page: RawPage, origin: string): Promise<void> {
  return page.evaluate(async (url) => {
    for (let i = 0; i < 2; i++) await fetch(`${url}/cookies`, { credentials: 'include' });
  }, origin);
}

/** Has the page's own requests fall through until the worker answers one; returns the headers that the page sees. */
function fetchFallingThrough(page: RawPage, origin: string): Promise<readonly string[]> {
  return page.evaluate(async (url) => {
    for (const startedMs = performance.now(); performance.now() - startedMs < 8000; ) {
      const { headers } = await fetch(`${url}/resources/font`);
      if (headers.has('x-by')) return [...headers.keys()];
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return ['no answer by the worker'];
  }, origin);
}

const PATH = '/private/letters?to=someone';

/** A request that the platform made, as the server saw it. */
type PlatformRequest = { readonly what: string; readonly cookie?: string; readonly referer?: string };

/** Has a page of a site install a service, connect to it, and have a request answered by it. */
async function usePlatform(world: World, service: ReportingService, head: string): Promise<readonly PlatformRequest[]> {
  const site = world.addSite({ head: CONNECT_KIT_HEAD + head });
  site.setRoute('/private/letters', site.page(''));
  const page = await world.openPage(site, PATH);
  await expectCookies(world, page, service);
  service.reset();
  await askToInstall(page, service);
  await service.whenReported('activate');
  const { state } = await page.evaluate((url) => connectKit.attempt(url), `${service.origin}/foobar`);
  assert.equal(state, 'connected');
  const visible = await fetchFallingThrough(page, service.origin);
  assert.ok(visible.includes('x-by') && !visible.includes('set-cookie'), visible.join());
  await service.whenReported(JSON.stringify(['omit', '', null]));
  assert.equal(new Set(service.reports()).size, 2, service.reports().join());
  const ofPlatform = service
    .requests()
    .filter(({ path, headers }) => path === BRIDGE_PATH || headers['sec-fetch-site'] === 'same-origin');
  return ofPlatform
    .filter(({ path }) => !path.startsWith('/reports'))
    .map(({ method, path, headers: { cookie, referer } }) => ({
      what: `${method} ${path}`,
      ...(cookie !== undefined && { cookie }),
      ...(referer !== undefined && { referer }),
    }));
}

/** Expects that a credentialed request of the page carries the cookies that third parties may have. */
async function expectCookies(world: World, page: RawPage, service: ReportingService): Promise<void> {
  await fetchWithCookies(page, service.origin);
  const cookie = service.requests().at(-1)?.headers.cookie ?? '';
  assert.match(cookie, /part=1/);
  if (world.cookies === 'allowed') assert.match(cookie, /none=1/);
}

const WHATS = [
  `GET ${BRIDGE_PATH}`,
  'HEAD /install.txt',
  'GET /sw.js',
  'GET /connect-worker.js',
  'GET /resources/font',
];

const noCookies: ChromiumCase = {
  id: 'V-06',
  where: 'chromium',
  title: 'makes its requests without cookies and without the path of the page',
  run: async (world) => {
    const service = addCookieService(world);
    const top = await world.openPage(service, '/cookies');
    await top.goto(`${service.origin}/cookies`);
    assert.match(service.requests().at(-1)?.headers.cookie ?? '', /lax=1/, 'the browser has cookies');
    for (const head of ['', '<meta name="referrer" content="unsafe-url">']) {
      const requests = await usePlatform(world, service, head);
      assert.deepEqual(new Set(requests.map(({ what }) => what)), new Set(WHATS));
      for (const { what, cookie = '', referer = '' } of requests) {
        assert.ok(!referer.includes('private'), `${what} has the referrer ${referer}`);
        assert.ok(!cookie.includes('lax'), `${what} has the cookies ${cookie}`);
        // Nothing keeps browsers from sending cookies for third parties, if a service sets any, with frames and workers.
        if (/^HEAD|font/.test(what)) assert.equal(cookie, '', what);
        if (what.endsWith('font')) assert.equal(referer, '', what);
      }
    }
  },
};

const COUNTING_SCRIPT = `
const life = crypto.randomUUID();
self.addEventListener('connect', (event) => {
  self.ports.add('shared', event.port);
  event.waitUntil((async () => {
    const cache = await caches.open('seen');
    await cache.put('/seen-by?' + event.origin, new Response(''));
    const clients = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    const [port] = (await self.ports.match('shared')).slice(-1);
    port.postMessage({
      life,
      seen: (await cache.keys()).map(({ url }) => new URL(url).search.slice(1)),
      ports: (await self.ports.match('shared')).map(({ origin }) => origin),
      databases: (await indexedDB.databases()).length,
      clients: clients.length,
    });
  })());
});
`;

type Seen = {
  readonly life: string;
  readonly seen: readonly string[];
  readonly ports: readonly string[];
  readonly clients: number;
};

function look(page: RawPage, url: string): Promise<Seen> {
  return page.evaluate(async (target) => {
    await connectKit.attempt(target);
    return (await connectKit.hear(connectKit.ports.at(-1)!, 1))[0] as Seen;
  }, url);
}

const separateSites: ChromiumCase = {
  id: 'V-10',
  where: 'chromium',
  title: "shares nothing between sites: neither the service's worker nor its storage, ports and clients",
  run: async (world) => {
    const service = addReportingService(world, { script: COUNTING_SCRIPT });
    const url = `${service.origin}/foobar`;
    const seen: Seen[] = [];
    const origins: string[] = [];
    for (let i = 0; i < 2; i++) {
      const site = world.addSite({ head: CONNECT_KIT_HEAD });
      origins.push(site.origin);
      const page = await world.openPage(site);
      await askToInstall(page, service);
      seen.push(await look(page, url));
      if (i > 0) continue;
      const second = await world.openPage(site);
      const again = await look(second, url);
      assert.equal(again.life, seen[0]?.life, 'pages of one site share the worker');
      assert.deepEqual(again.ports, [site.origin, site.origin]);
    }
    assert.notEqual(seen[0]?.life, seen[1]?.life);
    seen.forEach(({ seen: caches, ports, clients }, i) => {
      assert.deepEqual({ caches, ports, clients }, { caches: [origins[i]], ports: [origins[i]], clients: 1 });
    });
    await service.whenReported('activate', 2);
    assert.equal(
      service.reports().filter((report) => report === 'activate').length,
      2,
      'each site installs for itself',
    );
    assert.equal(service.requests().filter(({ path }) => path === BRIDGE_PATH).length, 3);
  },
};

/** The cases of cookies, referrers and sharing. */
export const privacyCookieCases: readonly ChromiumCase[] = [noCookies, separateSites];
