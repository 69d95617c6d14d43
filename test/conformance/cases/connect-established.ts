import assert from 'node:assert/strict';
import type { RawPage } from '../../support/raw-chromium-page.ts';
import type { ChromiumCase } from '../case-definition.ts';
import { CLIENT_SCRIPT, CONNECT_KIT_HEAD, type ConnectKit, ECHO_SCRIPT, type Talk } from '../connect-kit.ts';
import { addReportingService, askToInstall } from '../reporting-service.ts';
import { formatInstallHeaders, type Service } from '../service-origin.ts';
import type { Site } from '../site-origin.ts';
import type { World } from '../world.ts';

declare const connectKit: ConnectKit;
declare const sharedPort: MessagePort;

const SCOPE = '/services/';
const CLIENT_WORKER = `importScripts('/connect-worker.js');\n${CLIENT_SCRIPT}`;

function addEchoService(world: World) {
  return addReportingService(world, { script: ECHO_SCRIPT, scope: SCOPE });
}

async function openClientPage(world: World, ...services: readonly Service[]): Promise<{ page: RawPage; site: Site }> {
  const site = world.addSite({
    head: CONNECT_KIT_HEAD,
    workerScript: CLIENT_SCRIPT,
    routes: { '/client.js': { body: CLIENT_WORKER } },
  });
  const page = await world.openPage(site);
  await askToInstall(page, ...services);
  return { page, site };
}

function talk(page: RawPage, url: string): Promise<Talk> {
  return page.evaluate((target) => connectKit.talk(target), url);
}

/** Expects that the client was greeted with its origin and the URL, and that its own message was answered. */
function expectTalk({ state, heard }: Talk, url: string, origin: string, client = 'the client'): void {
  const expected = { client, state: 'connected', heard: [{ greeting: url, origin }, { echo: 'ping' }] };
  assert.deepEqual({ client, state, heard }, expected);
}

const otherOrigin: ChromiumCase = {
  id: 'C-01',
  where: 'chromium',
  title: 'connects a page of another origin by a port that is usable both ways',
  run: async (world) => {
    const service = addEchoService(world);
    const { page, site } = await openClientPage(world, service);
    const url = `${service.origin}${SCOPE}foobar`;
    expectTalk(await talk(page, url), url, site.origin);
    const isPort = await page.evaluate(() => connectKit.ports[0] instanceof MessagePort);
    assert.ok(isPort, 'the promise resolves to a MessagePort');
    assert.deepEqual(page.consoleErrors(), []);
  },
};

const sameOrigin: ChromiumCase = {
  id: 'C-02',
  where: 'chromium',
  title: 'connects pages of the same origin, inside the scope and outside of it',
  run: async (world) => {
    const html = `<!doctype html><script src="/connect.js"></script>${CONNECT_KIT_HEAD}`;
    const answer = { headers: { 'Content-Type': 'text/html' }, body: html };
    const routes = { '/page': answer, [`${SCOPE}page`]: answer };
    const service = addReportingService(world, { script: ECHO_SCRIPT, scope: SCOPE, routes });
    const outside = await world.openPage(service, '/page');
    await askToInstall(outside, service);
    const url = `${service.origin}${SCOPE}foobar`;
    expectTalk(await talk(outside, url), url, service.origin);
    const inside = await world.openPage(service, `${SCOPE}page`);
    const isControlled = await inside.evaluate(() => navigator.serviceWorker.controller !== null);
    assert.ok(isControlled, 'the service controls the page in its scope');
    expectTalk(await talk(inside, url), url, service.origin);
  },
};

/** Starts the site's own service worker and has it talk with the service; the page is not controlled by it. */
function talkByServiceWorker(page: RawPage, url: string): Promise<Talk> {
  return page.evaluate(async (target) => {
    await navigator.serviceWorker.register('/sw.js');
    const { active } = await navigator.serviceWorker.ready;
    return (await connectKit.ask(active!, { do: 'talk', url: target })) as Talk;
  }, url);
}

function talkByWorkers(page: RawPage, url: string): Promise<readonly Talk[]> {
  return page.evaluate(async (target) => {
    const task = { do: 'talk', url: target } as const;
    const shared = new SharedWorker('/client.js').port;
    shared.start();
    Object.assign(window, { sharedPort: shared });
    const talks = await Promise.all([connectKit.ask(new Worker('/client.js'), task), connectKit.ask(shared, task)]);
    return talks as Talk[];
  }, url);
}

/** Has the shared worker talk after another page has started to use it, and has gone. */
async function talkAfterLaterPage(world: World, page: RawPage, site: Site, url: string): Promise<Talk> {
  const later = await world.openPage(site);
  const ofLater = await later.evaluate(() => {
    const { port } = new SharedWorker('/client.js');
    port.start();
    return connectKit.ask(port, { do: 'attempt', url: 'http://[' }) as Promise<Talk>;
  });
  assert.equal(ofLater.name, 'TypeError');
  await later.close();
  return page.evaluate((target) => connectKit.ask(sharedPort, { do: 'talk', url: target }) as Promise<Talk>, url);
}

const everyWorker: ChromiumCase = {
  id: 'C-03',
  where: 'chromium',
  title: 'connects dedicated, shared and service workers, whether or not they control a page',
  run: async (world) => {
    const service = addEchoService(world);
    const { page, site } = await openClientPage(world, service);
    const url = `${service.origin}${SCOPE}foobar`;
    const [dedicated, shared] = await talkByWorkers(page, url);
    expectTalk(dedicated!, url, site.origin);
    expectTalk(shared!, url, site.origin);
    const uncontrolling = talkByServiceWorker(page, url);
    expectTalk(
      await talkAfterLaterPage(world, page, site, url),
      url,
      site.origin,
      'a shared worker whose last page has gone',
    );
    const other = await openClientPage(world, service);
    await other.page.evaluate(() => navigator.serviceWorker.register('/sw.js').then(() => undefined));
    await other.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await other.page.goto(`${other.site.origin}/`);
    assert.ok(await other.page.evaluate(() => navigator.serviceWorker.controller !== null));
    expectTalk(await talkByServiceWorker(other.page, url), url, other.site.origin);
    expectTalk(await uncontrolling, url, site.origin, 'a page that its worker does not control');
  },
};

const ACCEPTING_SCRIPT = `
const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const accepting = {
  value: (event) => event.acceptConnection(event.port),
  promise: (event) => event.acceptConnection(Promise.resolve(event.port)),
  timer: (event) => event.acceptConnection(later(300).then(() => event.port)),
  handler: (event) => event,
  waiting: (event) => event.waitUntil(later(300).then(() => event.port.start())),
  listener: (event) => event.port.addEventListener('close', () => {}),
  stored: () => {},
};
self.addEventListener('connect', (event) => {
  const kind = new URL(event.targetUrl).pathname.slice(1);
  const echo = (port) => ({ data }) => port.postMessage({ echo: data });
  const resolved = accepting[kind](event);
  if (kind === 'stored') return self.ports.add('clients', event.port).postMessage('stored');
  const use = () => {
    event.port.onmessage = echo(event.port);
    event.port.postMessage(kind);
  };
  if (kind === 'handler' || kind === 'listener') return use();
  if (kind === 'waiting') return void later(600).then(use);
  resolved.then((port) => {
    if (port !== event.port) throw new Error('acceptConnection() resolves to another port');
    use();
  });
});
self.ports.addEventListener('message', ({ data, source }) => source.postMessage({ echo: data }));
`;

const acceptingWays: ChromiumCase = {
  id: 'C-10',
  where: 'chromium',
  title: 'accepts by the port, a promise of it, and every use of it, at once or later',
  run: async (world) => {
    const service = world.addService({ script: ACCEPTING_SCRIPT });
    const { page } = await openClientPage(world, service);
    const kinds = ['value', 'promise', 'timer', 'handler', 'waiting', 'listener', 'stored'];
    const urls = kinds.map((kind) => `${service.origin}/${kind}`);
    // Each talk listens to the port that came last, so one waits for the other.
    const heard = await page.evaluate(async (all) => {
      const each = [];
      for (const url of all) each.push((await connectKit.talk(url)).heard);
      return each;
    }, urls);
    assert.deepEqual(
      heard,
      kinds.map((kind) => [kind, { echo: 'ping' }]),
    );
  },
};

function nameScript(name: string): string {
  return `self.addEventListener('activate', () => void report('active ${name}'));
  self.addEventListener('connect', ({ targetUrl, port }) => {
    report('${name} ' + new URL(targetUrl).pathname);
    port.start();
  });`;
}

/** Adds a worker of its own scope, and returns the URL of a resource that asks for its installation. */
function addNamedWorker(service: Service, name: string, scope: string): string {
  const report = "const report = (text) => fetch('/reports?' + encodeURIComponent(text));";
  service.setRoute(`/${name}.js`, {
    headers: { 'Service-Worker-Allowed': '/' },
    body: `importScripts('/connect-worker.js');\n${report}\n${nameScript(name)}`,
  });
  service.setRoute(`/${name}.txt`, { headers: formatInstallHeaders(`/${name}.js`, scope) });
  return `${service.origin}/${name}.txt`;
}

const longestScope: ChromiumCase = {
  id: 'C-15',
  where: 'chromium',
  title: 'gives the event to the registration with the longest scope, once',
  run: async (world) => {
    const service = addReportingService(world, { script: nameScript('outer'), scope: SCOPE });
    const resources = [
      addNamedWorker(service, 'inner', `${SCOPE}inner/`),
      addNamedWorker(service, 'whole', '/'),
      service.installUrl,
    ];
    const { page } = await openClientPage(world);
    await page.evaluate((urls) => Promise.all(urls.map((url) => fetch(url))).then(() => undefined), resources);
    for (const name of ['inner', 'whole', 'outer']) await service.whenReported(`active ${name}`);
    const paths = ['/', '/services', `${SCOPE}inner/x`, `${SCOPE}x`, `${SCOPE}inner`, `${SCOPE}inner/`];
    const names = await page.evaluate(
      (urls) => Promise.all(urls.map((url) => connectKit.attempt(url))).then((all) => all.map(({ state }) => state)),
      paths.map((path) => service.origin + path),
    );
    assert.deepEqual(new Set(names), new Set(['connected']));
    const expected = ['whole /', 'whole /services', 'inner /services/inner/x', 'outer /services/x'];
    expected.push('outer /services/inner', 'inner /services/inner/');
    for (const report of expected) await service.whenReported(report);
    const events = service.reports().filter((report) => !report.startsWith('activ'));
    assert.deepEqual(events.toSorted(), expected.toSorted());
  },
};

const relativeUrl: ChromiumCase = {
  id: 'C-17',
  where: 'chromium',
  title: "resolves a relative URL against the caller's base URL, in pages and in workers",
  run: async (world) => {
    const html = (base: string) => `<!doctype html>${base}<script src="/connect.js"></script>${CONNECT_KIT_HEAD}`;
    const worker = { headers: { 'Content-Type': 'text/javascript' }, body: CLIENT_WORKER };
    const service = addReportingService(world, {
      script: ECHO_SCRIPT,
      routes: { '/deep/page': { body: html('') }, '/deep/down/client.js': worker },
    });
    const page = await world.openPage(service, '/deep/page');
    await askToInstall(page, service);
    const greetings = async (of: RawPage) => (await talk(of, 'svc?q=1#part')).heard[0];
    assert.deepEqual(await greetings(page), { greeting: `${service.origin}/deep/svc?q=1`, origin: service.origin });
    const byWorker = await page.evaluate(
      () => connectKit.ask(new Worker('/deep/down/client.js'), { do: 'talk', url: 'svc' }) as Promise<Talk>,
    );
    expectTalk(byWorker, `${service.origin}/deep/down/svc`, service.origin);
    const site = world.addSite({
      routes: {
        '/based': {
          body: html(`<base href="${service.origin}/of/base/">`).replace(
            '"/connect.js"',
            `"${service.origin}/connect.js"`,
          ),
        },
      },
    });
    const based = await world.openPage(site, '/based');
    await askToInstall(based, service);
    assert.deepEqual(await greetings(based), { greeting: `${service.origin}/of/base/svc?q=1`, origin: site.origin });
  },
};

/** The cases of connections that are established. */
export const connectEstablishedCases: readonly ChromiumCase[] = [
  otherOrigin,
  sameOrigin,
  everyWorker,
  acceptingWays,
  longestScope,
  relativeUrl,
];
