import assert from 'node:assert/strict';
import { CONNECT_DEADLINE_MS, MAX_PENDING } from '../../../sw/platform/limits.ts';
import type { RawPage } from '../../support/raw-chromium-page.ts';
import type { ChromiumCase, SkippedCase } from '../case-definition.ts';
import { type Attempt, CLIENT_SCRIPT, CONNECT_KIT_HEAD, type ConnectKit, ECHO_SCRIPT } from '../connect-kit.ts';
import { addReportingService, askToInstall } from '../reporting-service.ts';

declare const connectKit: ConnectKit;

const INSECURE_SCRIPT = `<!doctype html><script src="/connect.js"></script>${CONNECT_KIT_HEAD}`;

const insecureClient: ChromiumCase = {
  id: 'C-19',
  where: 'chromium',
  title: 'rejects clients that are no secure context, without an event or a request',
  run: async (world) => {
    const service = addReportingService(world, { script: ECHO_SCRIPT });
    // A secure origin in an insecure page is no secure context either.
    const framed = world.addSite({ html: INSECURE_SCRIPT });
    const frame = `<script>
      onmessage = ({ data }) => connectKit.attempt(data).then((attempt) => parent.postMessage(attempt, '*'));
    </script>`;
    framed.setRoute('/frame', { headers: { 'Content-Type': 'text/html' }, body: INSECURE_SCRIPT + frame });
    const site = world.addSite({
      head: CONNECT_KIT_HEAD,
      html: `<iframe src="${framed.origin}/frame"></iframe>`,
      domain: 'test',
    });
    const page = await world.openPage(site);
    const url = `${service.origin}/foobar`;
    const attempts = await page.evaluate(async (target) => {
      const inFrame = new Promise<Attempt>((resolve) => {
        addEventListener('message', ({ data }) => resolve(data), { once: true });
      });
      document.querySelector('iframe')!.contentWindow!.postMessage(target, '*');
      const [own, framedOne] = await Promise.all([connectKit.attempt(target), inFrame]);
      return { isSecureContext, own, inFrame: framedOne };
    }, url);
    assert.equal(attempts.isSecureContext, false);
    for (const { name, elapsedMs } of [attempts.own, attempts.inFrame]) {
      assert.equal(name, 'AbortError');
      assert.ok(elapsedMs > CONNECT_DEADLINE_MS - 5, `after ${elapsedMs} ms`);
    }
    assert.deepEqual(service.requests(), []);
    assert.deepEqual(page.consoleErrors(), []);
  },
};

/** A client's worker that tries to connect in its install event, and whenever it is asked. */
function formatEagerScript(url: string, version: number): string {
  return `${CLIENT_SCRIPT}
  const version = ${version};
  self.addEventListener('install', (event) => event.waitUntil(
    connectKit.attempt('${url}').then(({ state, name, elapsedMs }) =>
      fetch('/install-outcome?' + [version, state, name, elapsedMs < 1000]))));`;
}

const notActive: ChromiumCase = {
  id: 'C-20',
  where: 'chromium',
  title: 'rejects service workers that are installing or waiting with InvalidStateError, at once',
  run: async (world) => {
    const service = addReportingService(world, { script: ECHO_SCRIPT });
    const url = `${service.origin}/foobar`;
    const site = world.addSite({
      head: CONNECT_KIT_HEAD,
      workerScript: formatEagerScript(url, 1),
      routes: { '/install-outcome': {} },
    });
    const page = await world.openPage(site);
    await askToInstall(page, service);
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/sw.js');
      await navigator.serviceWorker.ready;
    });
    // Now the first version controls the page, and the second one has to wait.
    await page.goto(`${site.origin}/`);
    site.setWorkerScript(formatEagerScript(url, 2));
    const ofWaiting = await page.evaluate(async (target) => {
      const registration = await navigator.serviceWorker.ready;
      await registration.update();
      while (registration.waiting === null) await new Promise((resolve) => setTimeout(resolve, 20));
      return (await connectKit.ask(registration.waiting, { do: 'attempt', url: target })) as Attempt;
    }, url);
    const outcomes = site.requests().flatMap(({ path }) => path.split('/install-outcome?')[1] ?? []);
    assert.deepEqual(outcomes, ['1,refused,InvalidStateError,true', '2,refused,InvalidStateError,true']);
    const { name, type, elapsedMs } = ofWaiting;
    assert.deepEqual({ name, type }, { name: 'InvalidStateError', type: '[object DOMException]' });
    assert.ok(elapsedMs < CONNECT_DEADLINE_MS / 2, `after ${elapsedMs} ms`);
    assert.deepEqual(
      service.reports().filter((report) => report.startsWith('connect')),
      [],
    );
  },
};

const LATER = 'const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));';

const activating: ChromiumCase = {
  id: 'C-21',
  where: 'chromium',
  title: 'waits for a service that is activating, then gives it the event',
  run: async (world) => {
    const script = `${LATER}
    self.addEventListener('activate', (event) => event.waitUntil(later(1000).then(() => report('activated'))));`;
    const service = addReportingService(world, { script: script + ECHO_SCRIPT });
    const site = world.addSite({ head: CONNECT_KIT_HEAD });
    const page = await world.openPage(site);
    await askToInstall(page, service);
    await service.whenReported('activate');
    const url = `${service.origin}/foobar`;
    const { state } = await page.evaluate((target) => connectKit.attempt(target), url);
    assert.equal(state, 'connected');
    await service.whenReported(`connect ${site.origin} ${url}`);
    assert.deepEqual(service.reports(), ['activate', 'activated', `connect ${site.origin} ${url}`]);
  },
};

const installing: ChromiumCase = {
  id: 'C-22',
  where: 'chromium',
  title: 'waits for a service that is installing, until it is active or the deadline is over',
  run: async (world) => {
    const add = (waited: string) =>
      addReportingService(world, {
        script: `${LATER}
        self.addEventListener('install', (event) => event.waitUntil(report('install').then(() => ${waited})));
        ${ECHO_SCRIPT}`,
      });
    const services = [add('later(1200)'), add('Promise.reject(new Error())'), add('later(30_000)')] as const;
    const site = world.addSite({ head: CONNECT_KIT_HEAD });
    const page = await world.openPage(site);
    await askToInstall(page, ...services);
    for (const service of services) await service.whenReported('install');
    const urls = services.map(({ origin }) => `${origin}/foobar`);
    const [slow, failing, endless] = await page.evaluate(
      (all) => Promise.all(all.map((url) => connectKit.attempt(url))),
      urls,
    );
    assert.equal(slow!.state, 'connected');
    assert.deepEqual(services[0].reports(), ['install', 'activate', `connect ${site.origin} ${urls[0]}`]);
    for (const { name, elapsedMs } of [failing!, endless!]) {
      assert.equal(name, 'AbortError');
      assert.ok(elapsedMs > CONNECT_DEADLINE_MS - 5, `after ${elapsedMs} ms`);
    }
    assert.deepEqual([services[1].reports(), services[2].reports()], [['install'], ['install']]);
  },
};

const LEAVING_SERVICE = `${LATER}
self.addEventListener('unhandledrejection', ({ reason }) => void report('unhandled ' + reason));
self.addEventListener('error', ({ message }) => void report('error ' + message));
self.addEventListener('connect', (event) => {
  const kind = new URL(event.targetUrl).pathname.slice(1);
  void report('asked ' + kind);
  if (kind === 'silent') return;
  if (kind === 'accepts') return void event.port.start();
  if (kind === 'leaving') {
    event.acceptConnection(later(800).then(() => event.port)).then(() => report('settled'), ({ name }) => report('failed ' + name));
  }
  if (kind === 'stored-late') {
    event.waitUntil(later(800).then(() => { self.ports.add('late', event.port).postMessage('x'); return report('stored'); }));
  }
  if (kind === 'count') {
    event.waitUntil(self.ports.match('late').then((all) => event.port.postMessage(all.length)));
  }
});
`;

/** More connections than one bridge may carry at once: the last ones do not reach the service. */
const IN_VAIN = MAX_PENDING + 10;
/** So many as could not be had if those that were given up still took their slots. */
const AFTERWARDS = MAX_PENDING / 2;

/** Asks for more connections than there are slots, in vain; then, fifty at a time, for some that are accepted. */
function fillSlots(page: RawPage, origin: string): Promise<{ refused: number; connected: number }> {
  return page.evaluate(
    async (of, inVain, afterwards) => {
      const ask = (path: string, times: number) =>
        Promise.all(Array.from({ length: times }, () => connectKit.attempt(of + path)));
      const isRefused = ({ name }: Attempt) => name === 'AbortError';
      const refused = (await ask('/silent', inVain)).filter(isRefused).length;
      let connected = 0;
      for (let left = afterwards; left > 0 && connected === afterwards - left; left -= 50) {
        connected += (await ask('/accepts', Math.min(left, 50))).filter(({ state }) => state === 'connected').length;
      }
      return { refused, connected };
    },
    origin,
    IN_VAIN,
    AFTERWARDS,
  );
}

const leavingClient: ChromiumCase = {
  id: 'C-28',
  where: 'chromium',
  title: 'lets the service decide on a client that has gone, and frees what it took',
  run: async (world) => {
    const service = addReportingService(world, { script: LEAVING_SERVICE });
    const site = world.addSite({ head: CONNECT_KIT_HEAD });
    const [leaving, staying] = [await world.openPage(site), await world.openPage(site)];
    await askToInstall(leaving, service);
    await staying.evaluate((url) => connectKit.attempt(url), `${service.origin}/accepts`);
    await leaving.evaluate((origin) => {
      void connectKit.attempt(`${origin}/leaving`);
      void connectKit.attempt(`${origin}/stored-late`);
      addEventListener('pagehide', () => void connectKit.attempt(`${origin}/leaving`));
    }, service.origin);
    await service.whenReported('asked leaving');
    await service.whenReported('asked stored-late');
    await leaving.goto('about:blank');
    await service.whenReported('settled');
    await service.whenReported('stored');
    const left = await staying.evaluate(async (url) => {
      for (const startedMs = performance.now(); performance.now() - startedMs < 3000; ) {
        await connectKit.attempt(url);
        const [count] = await connectKit.hear(connectKit.ports.at(-1)!, 1);
        if (count === 0) return count;
      }
      return 'a port of the page that has gone is still stored';
    }, `${service.origin}/count`);
    assert.equal(left, 0);
    assert.deepEqual(await fillSlots(staying, service.origin), { refused: IN_VAIN, connected: AFTERWARDS });
    const failures = service.reports().filter((report) => /^(unhandled|error|failed)/.test(report));
    assert.deepEqual(failures, []);
  },
};

const installWorkerOption: SkippedCase = {
  id: 'C-30',
  where: 'chromium',
  title: 'installs a worker for the option installWorker',
  skip:
    'Optional, and left open by the specification ("TODO"): neither the explainer nor this library has the option. ' +
    'A client fetches any resource of the service that asks for the installation, and connects; connect() waits for it.',
};

/** The cases of who connects when, and of clients that leave. */
export const connectLifeCases: readonly (ChromiumCase | SkippedCase)[] = [
  insecureClient,
  notActive,
  activating,
  installing,
  leavingClient,
  installWorkerOption,
];
