import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { RawPage } from '../../support/raw-chromium-page.ts';
import type { ChromiumCase } from '../case-definition.ts';
import { CONNECT_KIT_HEAD, type ConnectKit } from '../connect-kit.ts';
import { collectRefusals, expectRefusals } from '../connect-refusals.ts';
import { addReportingService, askToInstall, type ReportingService } from '../reporting-service.ts';
import { BRIDGE_PATH } from '../service-origin.ts';
import { createSite, type Site, type SiteOptions } from '../site-origin.ts';
import type { World } from '../world.ts';

declare const connectKit: ConnectKit;

/** Reports every event, and answers what falls through to it; `origins` are those of `/resources/filtered`. */
function formatCuriousScript(origins: readonly string[] = []): string {
  return `
  self.addEventListener('install', (event) => {
    event.handleFallThroughRequests(['/resources/open']);
    ${origins.length === 0 ? '' : `event.handleFallThroughRequests(['/resources/filtered'], { origins: ${JSON.stringify(origins)} });`}
  });
  self.addEventListener('connect', ({ origin, port }) => {
    void report('connect ' + origin);
    port.start();
  });
  self.addEventListener('fetch', (event) => {
    if (!event.isFallThrough) return;
    void report('fetch ' + event.origin + ' ' + new URL(event.request.url).pathname);
    const headers = { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/plain' };
    event.respondWith(new Response('by the worker', { headers }));
  });
  `;
}

const RESOURCE = {
  headers: { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/plain' },
  body: 'by the server',
};

const RESOURCES = { '/resources/open': RESOURCE, '/resources/filtered': RESOURCE };

/** Fetches until the service's worker has answered; returns the last text. */
function fetchUntilByWorker(page: RawPage, url: string): Promise<string> {
  return page.evaluate(async (target) => {
    let text = '';
    for (const startedMs = performance.now(); performance.now() - startedMs < 8000; ) {
      text = await (await fetch(target)).text();
      if (text === 'by the worker') break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return text;
  }, url);
}

/** Two sites of one registrable domain: what third parties store in one, they find in the other. */
function addSiblings(world: World, first: SiteOptions, second: SiteOptions): readonly [Site, Site] {
  const domain = new URL(world.addOrigin({}).origin).hostname.replace('.localhost', '');
  const add = (label: string, options: SiteOptions) =>
    createSite(world.platform, options, (routes) => world.server.addOrigin(`${label}.${domain}`, routes));
  return [add('first', first), add('second', second)];
}

/** In a frame of a service: tells its parent what is stored for it there. */
const STORAGE_PROBE = `<!doctype html><script>
(async () => {
  const databases = (await indexedDB.databases()).map(({ name }) => name);
  const registrations = (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope);
  parent.postMessage({ databases, registrations, caches: await caches.keys(), texts: localStorage.length }, '*');
})();
</script>`;

function readStorage(page: RawPage, origin: string): Promise<unknown> {
  return page.evaluate((url) => {
    const frame = document.createElement('iframe');
    frame.src = `${url}/probe.html`;
    const told = new Promise((resolve) => {
      addEventListener('message', ({ data, source }) => source === frame.contentWindow && resolve(data));
    });
    document.body.append(frame);
    return told;
  }, origin);
}

/** Uses resources of a service as any page does: a fetch, an image, and a stylesheet. */
async function useResources(page: RawPage, service: ReportingService): Promise<readonly string[]> {
  service.reset();
  await page.evaluate(async (origin) => {
    await fetch(`${origin}/install.txt`);
    await fetch(`${origin}/resources/open`);
    for (const [name, path] of [
      ['img', 'src'],
      ['link', 'href'],
    ] as const) {
      const element = Object.assign(document.createElement(name), {
        [path]: `${origin}/install.txt?${name}`,
        rel: 'stylesheet',
      });
      document.head.append(element);
      await new Promise((resolve) => {
        element.onload = resolve;
        element.onerror = resolve;
      });
    }
  }, service.origin);
  return service.requests().map(({ method, path }) => `${method} ${path}`);
}

const plainSite: ChromiumCase = {
  id: 'V-01',
  where: 'chromium',
  title: 'leaves sites that never opted in alone, even beside one that did',
  run: async (world) => {
    const routes = { ...RESOURCES, '/probe.html': { body: STORAGE_PROBE } };
    const service = addReportingService(world, { script: formatCuriousScript(), routes });
    const [opted, sibling] = addSiblings(world, { head: CONNECT_KIT_HEAD }, { isPlain: true });
    const stranger = world.addSite({ isPlain: true });
    const optedPage = await world.openPage(opted);
    await askToInstall(optedPage, service);
    assert.equal(await fetchUntilByWorker(optedPage, `${service.origin}/resources/open`), 'by the worker');
    const pages = [await world.openPage(sibling), await world.openPage(stranger)] as const;
    const paths = ['/install.txt', '/resources/open', '/install.txt?img', '/install.txt?link'];
    for (const page of pages) {
      const requests = await useResources(page, service);
      assert.deepEqual(
        requests,
        paths.map((path) => `GET ${path}`),
      );
    }
    await delay(300);
    assert.deepEqual(service.requests().length, paths.length, 'nothing comes later');
    const nothing = { databases: [], registrations: [], caches: [], texts: 0 };
    assert.deepEqual(await readStorage(pages[1], service.origin), nothing);
    const ofOpted = (await readStorage(optedPage, service.origin)) as typeof nothing;
    assert.deepEqual(ofOpted.registrations, [`${service.origin}/`], 'the probe sees what is stored');
    const idle = await world.openPage(world.addSite({}));
    service.reset();
    await idle.evaluate((url) => fetch(url).then(() => undefined), `${service.origin}/resources/open`);
    assert.deepEqual(
      service.requests().map(({ path }) => path),
      ['/resources/open'],
      'a client that asks for nothing',
    );
  },
};

/** What a page can see of the origin of a service to which it has tried to connect. */
function observe(page: RawPage, origin: string): Promise<unknown> {
  return page.evaluate((of) => {
    const frames = [...document.querySelectorAll('iframe')].filter(({ src }) => src.startsWith(of));
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    return {
      frames: frames.map(({ src, attributes, contentWindow }) => [
        src.slice(of.length),
        [...attributes].map(({ name }) => name),
        contentWindow?.length,
      ]),
      entries: entries
        .filter(({ name }) => name.startsWith(of))
        .map(({ name, initiatorType, workerStart }) => [name.slice(of.length), initiatorType, workerStart]),
      stored: JSON.stringify(localStorage).includes(of),
    };
  }, origin);
}

const refusedOrAbsent: ChromiumCase = {
  id: 'V-02',
  where: 'chromium',
  title: 'keeps a client from telling a service that refuses it from one that is not there',
  run: async (world) => {
    const refusing = addReportingService(world, {
      script: `self.addEventListener('connect', () => void report('connect'));`,
    });
    const absent = world.addService({ script: '' });
    const site = world.addSite({ head: CONNECT_KIT_HEAD });
    const before = await world.openPage(site);
    await askToInstall(before, refusing);
    await refusing.whenReported('activate');
    const page = await world.openPage(site);
    const attempts = await page.evaluate(
      (urls) => Promise.all(urls.map((url) => connectKit.attempt(url))),
      [refusing, absent, absent, refusing].map(({ origin }) => `${origin}/foobar`),
    );
    await refusing.whenReported('connect', 2);
    const errors = attempts.map(({ elapsedMs: _, place: __, ...error }) => error);
    for (const error of errors) assert.deepEqual(error, { ...errors[0], name: 'AbortError' });
    assert.deepEqual(
      attempts.map(({ place }) => place),
      [0, 1, 2, 3],
      'the calls settle in their order',
    );
    assert.deepEqual(await observe(page, refusing.origin), await observe(page, absent.origin));
    assert.deepEqual(page.consoleErrors(), []);
    const all = await collectRefusals(world);
    expectRefusals(all, ['absent', 'silent', 'outside']);
  },
};

const filteredOrigin: ChromiumCase = {
  id: 'V-03',
  where: 'chromium',
  title: 'tells a worker nothing of requests of origins that it did not name',
  run: async (world) => {
    const [named, other] = [world.addSite(), world.addSite()];
    const service = addReportingService(world, { script: formatCuriousScript([named.origin]), routes: RESOURCES });
    const isService = (url: string) => url === `${service.origin}/sw.js`;
    const filtered = `${service.origin}/resources/filtered`;
    const page = await world.openPage(other);
    await askToInstall(page, service);
    // From now on it is certain that the page offers its requests.
    assert.equal(await fetchUntilByWorker(page, `${service.origin}/resources/open`), 'by the worker');
    await service.whenReported(`fetch ${other.origin} /resources/open`);
    await world.browser.stopWorkers(isService);
    service.reset();
    const body = await page.evaluate(async (url) => (await fetch(url)).text(), filtered);
    assert.equal(body, 'by the server');
    await delay(300);
    assert.equal(world.browser.isWorkerRunning(isService), false, 'the worker is not even started');
    assert.deepEqual(
      service.requests().map(({ method, path }) => [method, path]),
      [['GET', '/resources/filtered']],
    );
    const byNamed = await world.openPage(named);
    await askToInstall(byNamed, service);
    assert.equal(await fetchUntilByWorker(byNamed, filtered), 'by the worker');
    await service.whenReported(`fetch ${named.origin} /resources/filtered`);
    const events = new Set(service.reports().filter((report) => report.endsWith('/filtered')));
    assert.deepEqual([...events], [`fetch ${named.origin} /resources/filtered`]);
  },
};

/** The names of all that a page's scripts can call, with those of the interfaces' prototypes. */
function listNames(page: RawPage): Promise<readonly string[]> {
  return page.evaluate(() => {
    const interfaces = [
      Request,
      Response,
      PerformanceResourceTiming,
      ServiceWorkerRegistration,
      ServiceWorkerContainer,
    ];
    const named = [
      ['window', window],
      ['navigator', navigator],
      ['Navigator', Navigator.prototype],
      ['document', document],
      ...interfaces.map((one) => [one.name, one.prototype]),
    ] as [string, object][];
    return named.flatMap(([name, object]) => Object.getOwnPropertyNames(object).map((key) => `${name}.${key}`));
  });
}

const noAnswer: ChromiumCase = {
  id: 'V-04',
  where: 'chromium',
  title: 'offers no API that tells whether requests are intercepted',
  run: async (world) => {
    const service = addReportingService(world, { script: formatCuriousScript(), routes: RESOURCES });
    const page = await world.openPage(world.addSite());
    const plain = await world.openPage(world.addSite({ isPlain: true }));
    const known = new Set(await listNames(plain));
    const added = (await listNames(page)).filter((name) => !known.has(name));
    assert.deepEqual(added, ['navigator.connect']);
    const describe = (of: RawPage) =>
      of.evaluate(async (url) => {
        const response = await fetch(`${url}?q#hash`);
        const { type, url: ofResponse, redirected, status, statusText, ok } = response;
        const shown = {
          type,
          url: ofResponse,
          redirected,
          status,
          statusText,
          ok,
          isResponse: response.constructor === Response,
        };
        return { shown, headers: [...response.headers.keys()], properties: Object.keys(response) };
      }, `${service.origin}/resources/open`);
    const fromServer = await describe(plain);
    await askToInstall(page, service);
    assert.equal(await fetchUntilByWorker(page, `${service.origin}/resources/open`), 'by the worker');
    const fromWorker = await describe(page);
    assert.deepEqual(fromWorker.properties, fromServer.properties);
    assert.deepEqual({ ...fromWorker.shown, statusText: 'OK' }, { ...fromServer.shown, statusText: 'OK' });
    assert.deepEqual(
      fromWorker.headers.filter((name) => !fromServer.headers.includes(name)),
      [],
    );
    const bridges = service.requests().filter(({ path }) => path === BRIDGE_PATH);
    assert.equal(bridges.length, 1, 'only the page that asked for it has a bridge');
  },
};

/** The cases of what services and sites learn of each other. */
export const privacyKnowledgeCases: readonly ChromiumCase[] = [plainSite, refusedOrAbsent, filteredOrigin, noAnswer];
