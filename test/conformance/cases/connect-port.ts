import assert from 'node:assert/strict';
import type { RawPage } from '../../support/raw-chromium-page.ts';
import type { ChromiumCase } from '../case-definition.ts';
import { CLIENT_SCRIPT, CONNECT_KIT_HEAD, type ConnectKit } from '../connect-kit.ts';
import { addReportingService, askToInstall } from '../reporting-service.ts';

declare const connectKit: ConnectKit;

const FIELDS_SCRIPT = `
self.addEventListener('connect', (event) => {
  const { type, origin, targetUrl, targetURL, port, name, data } = event;
  port.postMessage({ type, origin, targetUrl, targetURL, name, data, isPort: port instanceof MessagePort });
  if (targetUrl.includes('/stored')) self.ports.add('stored', port);
});
self.onconnect = ({ targetUrl }) => void report('onconnect ' + targetUrl);
self.ports.addEventListener('message', ({ source, origin, data }) => source.postMessage({ origin, of: source.origin, data }));
`;

const eventFields: ChromiumCase = {
  id: 'C-23',
  where: 'chromium',
  title: "tells the service the client's origin and the absolute URL, and the origin with each stored port's message",
  run: async (world) => {
    const service = addReportingService(world, { script: FIELDS_SCRIPT, scope: '/services/' });
    const site = world.addSite({ head: CONNECT_KIT_HEAD, workerScript: CLIENT_SCRIPT });
    site.setRoute('/deep/page', site.page(''));
    const page = await world.openPage(site, '/deep/page?query');
    await askToInstall(page, service);
    const told = await page.evaluate(async (origin) => {
      const heard = [];
      for (const path of ['/services/a/../b%20c?q=1&r#hash', '/services/stored']) {
        await connectKit.attempt(origin + path);
        heard.push(...(await connectKit.hear(connectKit.ports.at(-1)!, 1)));
      }
      const answer = connectKit.hear(connectKit.ports.at(-1)!, 1);
      connectKit.ports.at(-1)!.postMessage('said');
      return [...heard, ...(await answer)];
    }, service.origin);
    const fields = (targetUrl: string) => ({
      targetUrl,
      targetURL: targetUrl,
      type: 'connect',
      isPort: true,
      name: '',
    });
    const { origin } = site;
    assert.deepEqual(told, [
      { ...fields(`${service.origin}/services/b%20c?q=1&r`), origin },
      { ...fields(`${service.origin}/services/stored`), origin },
      { origin, of: origin, data: 'said' },
    ]);
    await service.whenReported(`onconnect ${service.origin}/services/stored`);
  },
};

const SENDING_SCRIPT = `
self.addEventListener('connect', ({ port }) => {
  port.onmessage = ({ data, ports }) => {
    if (data.back === undefined) return;
    const moved = data.back;
    port.postMessage({ back: moved, isPort: moved instanceof MessagePort, isSame: moved === ports[0] }, [moved]);
  };
  const { port1, port2 } = new MessageChannel();
  for (const queued of ['first', 'second']) port1.postMessage(queued);
  port1.onmessage = ({ data }) => port1.postMessage({ answered: data });
  port.postMessage({ given: port2 }, [port2]);
});
`;

/** Transfers ports both ways over a connection and returns what went through them; runs in a page and in a worker. */
async function transferPorts(url: string): Promise<unknown> {
  await connectKit.attempt(url);
  const port = connectKit.ports.at(-1)!;
  const next = (of: MessagePort) =>
    new Promise<MessageEvent>((resolve) => {
      of.onmessage = resolve;
    });
  const { given } = (await next(port)).data as { given: MessagePort };
  const ofGiven = await connectKit.hear(given, 2);
  given.postMessage('used');
  const answers = await connectKit.hear(given, 1);
  const channel = new MessageChannel();
  for (const queued of [1, 2, 3]) channel.port1.postMessage(queued);
  const returned = next(port);
  port.postMessage({ back: channel.port2 }, [channel.port2]);
  const { back, ...facts } = (await returned).data as { back: MessagePort };
  channel.port1.postMessage(4);
  const ofBack = await connectKit.hear(back, 4);
  return { ofGiven, answers, facts, ofBack, isPort: back instanceof MessagePort };
}

/** Has the site's own service worker, which controls the page, run `transferPorts`. */
async function transferByWorker(page: RawPage, url: string, home: string): Promise<unknown> {
  await page.evaluate(() => navigator.serviceWorker.register('/sw.js').then(() => undefined));
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.goto(home);
  return page.evaluate(
    (target) => connectKit.ask(navigator.serviceWorker.controller!, { do: 'transfer' as 'attempt', url: target }),
    url,
  );
}

const transferredPort: ChromiumCase = {
  id: 'C-25',
  where: 'chromium',
  title: 'transfers ports both ways over the connections of pages and workers, with all that is queued in them',
  run: async (world) => {
    const service = addReportingService(world, { script: SENDING_SCRIPT });
    const transfer = `const __name = (named) => named; connectKit.transfer = ${transferPorts};`;
    const site = world.addSite({ head: CONNECT_KIT_HEAD, workerScript: CLIENT_SCRIPT + transfer });
    const page = await world.openPage(site);
    await askToInstall(page, service);
    const expected = {
      ofGiven: ['first', 'second'],
      answers: [{ answered: 'used' }],
      facts: { isPort: true, isSame: true },
      ofBack: [1, 2, 3, 4],
      isPort: true,
    };
    const url = `${service.origin}/ports`;
    assert.deepEqual(await page.evaluate(transferPorts, url), expected);
    assert.deepEqual(await transferByWorker(page, url, `${site.origin}/`), expected);
  },
};

const connectOptions: ChromiumCase = {
  id: 'C-27',
  where: 'chromium',
  title: "gives name and data to the service's event and to the client's port",
  run: async (world) => {
    const service = addReportingService(world, { script: FIELDS_SCRIPT });
    const site = world.addSite({ head: CONNECT_KIT_HEAD });
    const page = await world.openPage(site);
    await askToInstall(page, service);
    const options = [{ name: 'n', data: 'd' }, { data: { list: [1, { two: null }] } }, { name: 7 }, {}, undefined];
    const seen = await page.evaluate(
      async (url, all) => {
        const heard = [];
        for (const one of all) {
          await connectKit.attempt(url, one ?? undefined);
          const port = connectKit.ports.at(-1)!;
          const [{ name, data }] = (await connectKit.hear(port, 1)) as [{ name: string; data?: unknown }];
          heard.push({ event: { name, data }, port: { name: port.name, data: port.data } });
        }
        return heard;
      },
      `${service.origin}/options`,
      options,
    );
    const expected = options.map((one) => {
      const given = { name: String(one?.name ?? ''), ...(one?.data !== undefined && { data: one.data }) };
      return { event: given, port: given };
    });
    assert.deepEqual(seen, expected);
  },
};

/** What a page had before connect.js was loaded, or loaded again. */
type Before = { readonly connect: unknown; readonly fetch: unknown; readonly Worker: unknown };

declare const native: Before;
declare const first: Before;

const NATIVE_HEAD = `<script>
const native = { connect: () => Promise.resolve('native'), fetch, Worker };
navigator.connect = native.connect;
</script><script src="/connect.js"></script>`;

const TWICE_HEAD = `<script src="/connect.js"></script><script>
const first = { connect: navigator.connect, fetch, Worker };
</script><script src="/connect.js"></script>${CONNECT_KIT_HEAD}`;

const NATIVE_WORKER = `
const native = () => Promise.resolve('native');
const { fetch } = self;
self.navigator.connect = native;
importScripts('/connect-worker.js');
onmessage = () => postMessage([navigator.connect === native, self.fetch === fetch, 'ports' in self]);
`;

const TWICE_WORKER = `
importScripts('/connect-worker.js');
const first = { connect: navigator.connect, fetch: self.fetch, ports: self.ports };
importScripts('/connect-worker.js');
self.addEventListener('connect', ({ port }) => {
  report('connect');
  const isSame = navigator.connect === first.connect && self.fetch === first.fetch && self.ports === first.ports;
  port.postMessage(isSame);
});
`;

const idempotent: ChromiumCase = {
  id: 'C-31',
  where: 'chromium',
  title: 'does nothing where the browser has connect() and nothing when it is loaded again',
  run: async (world) => {
    const site = world.addSite({ isPlain: true, head: NATIVE_HEAD, routes: { '/native.js': { body: NATIVE_WORKER } } });
    site.setRoute('/twice', { headers: { 'Content-Type': 'text/html' }, body: `<!doctype html>${TWICE_HEAD}` });
    const service = addReportingService(world, { script: TWICE_WORKER });
    const nativePage = await world.openPage(site);
    await askToInstall(nativePage, service);
    const ofNative = await nativePage.evaluate(async (url) => {
      const { connect } = navigator as unknown as { connect(target: string): Promise<string> };
      const worker = new Worker('/native.js');
      const inWorker = new Promise((resolve) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => resolve(message);
      });
      worker.postMessage('');
      const kept = [connect === native.connect, fetch === native.fetch, Worker === native.Worker];
      return {
        kept,
        answer: await connect(url),
        inWorker: await inWorker,
        frames: document.querySelectorAll('iframe').length,
      };
    }, service.origin);
    assert.deepEqual(ofNative, {
      kept: [true, true, true],
      answer: 'native',
      inWorker: [true, true, false],
      frames: 0,
    });
    const twice = await world.openPage(site, '/twice');
    await askToInstall(twice, service);
    const ofTwice = await twice.evaluate(async (url) => {
      const { connect } = navigator as unknown as { connect: unknown };
      const kept = [connect === first.connect, fetch === first.fetch, Worker === first.Worker];
      await connectKit.attempt(url);
      const inWorker = await connectKit.hear(connectKit.ports[0]!, 1);
      return { kept, inWorker, frames: document.querySelectorAll('iframe').length };
    }, `${service.origin}/twice`);
    assert.deepEqual(ofTwice, { kept: [true, true, true], inWorker: [true], frames: 1 });
    await service.whenReported('connect');
    assert.deepEqual(
      service.reports().filter((report) => report === 'connect'),
      ['connect'],
      'one call is one event',
    );
  },
};

/** The cases of what a connection brings. */
export const connectPortCases: readonly ChromiumCase[] = [eventFields, transferredPort, connectOptions, idempotent];
