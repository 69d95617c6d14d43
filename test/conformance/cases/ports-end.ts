import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChromiumCase } from '../case-definition.ts';
import { openClient, type PageKit, type PortsClient, type WorkerScope } from '../ports-client.ts';
import { PORTS_WORKER } from '../ports-scripts.ts';
import type { World } from '../world.ts';

declare const self: WorkerScope & { readonly registration: ServiceWorkerRegistration };
declare const pageKit: PageKit;

/** In how much time the library tells a worker that runs of an end that the other side has told. */
const TOLD_WITHIN_MS = 2_000;

/** The names of the `close` events that the service's worker has seen, once they are so many. */
async function closesOf({ inService }: PortsClient, count: number): Promise<readonly string[]> {
  const read = () =>
    inService(() => self.workerKit.events.filter(({ type }) => type === 'close').map(({ name }) => name));
  const startedMs = Date.now();
  let names = await read();
  while (names.length < count && Date.now() - startedMs < TOLD_WITHIN_MS) names = await read();
  return names.toSorted();
}

const droppingEnded: ChromiumCase = {
  id: 'P-10',
  where: 'chromium',
  title: 'a port whose other end is closed or gone is not listed any more, and the worker gets a close event',
  run: async (world) => {
    const client = await openClient(world, { hasWorker: true });
    const left = await openClient(world, { service: client.service, site: client.site });
    const crossed = await openClient(world, { service: client.service, site: client.site });
    const names = ['kept', 'closed', 'left', 'crossed', 'worker'];
    const listed = () =>
      client.inService(async (all) => {
        const found = await Promise.all(all.map((name) => self.ports.match(name)));
        return found.flat().map(({ name }) => name);
      }, names);
    for (const [name, one] of Object.entries({ kept: client, closed: client, left, crossed })) {
      await one.connect(name, `/store/${name}`);
    }
    await client.inWorker(async (url) => {
      self.ports.add('mine', await self.navigator.connect(url));
    }, `${client.service.origin}/store/worker`);
    assert.deepEqual(await listed(), names);
    await client.page.evaluate(() => pageKit.ports['closed']!.close());
    await client.inWorker(async () => (await self.ports.match('mine'))[0]!.close());
    // What is said is heard at once, without asking for the ports.
    assert.deepEqual(await closesOf(client, 2), ['closed', 'worker']);
    await left.page.close();
    await crossed.page.goto('about:blank');
    assert.deepEqual(await listed(), ['kept']);
    assert.deepEqual(await closesOf(client, 4), ['closed', 'crossed', 'left', 'worker']);
    assert.equal(await client.inWorker(async () => (await self.ports.match('mine')).length), 0);
    await client.stopService();
    assert.deepEqual(await listed(), ['kept']);
    await client.post('kept', { echo: 'still here' });
    assert.equal((await client.received('kept', 1)).length, 1);
    await client.inService(async () => (await self.ports.match('kept'))[0]!.close());
    assert.equal(await client.isClosed('kept'), true, 'the client is not told that the service has closed its port');
    assert.deepEqual(await listed(), []);
  },
};

const TELL_PARENT = `<!doctype html><script>parent.postMessage('done', '*')</script>`;
/** Not the worker itself: it may be ended before it has answered whoever told it to. */
const UNREGISTER = `<!doctype html><script>
navigator.serviceWorker.getRegistration()
  .then((registration) => registration.unregister())
  .then(() => parent.postMessage('done', '*'));
</script>`;

/** Has a frame of the service do something within the client's site, and say that it is done. */
function runFrame({ page, service }: PortsClient, path: string): Promise<void> {
  return page.evaluate(async (url) => {
    const frame = document.createElement('iframe');
    frame.src = url;
    await new Promise<void>((resolve) => {
      addEventListener('message', ({ source }) => source === frame.contentWindow && resolve());
      document.body.append(frame);
    });
    frame.remove();
  }, service.origin + path);
}

/** A client whose page and own worker have each a stored port at the service. */
async function openStored(world: World): Promise<PortsClient> {
  const routes = {
    '/clear': { headers: { 'Clear-Site-Data': '"storage"' }, body: TELL_PARENT },
    '/unregister': { body: UNREGISTER },
  };
  const client = await openClient(world, { hasWorker: true, serviceOptions: { script: PORTS_WORKER, routes } });
  await client.connect('port', '/store/n');
  await client.inWorker(async (url) => {
    self.ports.add('mine', await self.navigator.connect(url));
  }, `${client.service.origin}/store/n`);
  await client.post('port', { echo: 1 });
  await client.received('port', 1);
  return client;
}

/** Posts to a service that is gone: both sides are told, and nothing starts. */
async function expectEnd(world: World, client: PortsClient): Promise<void> {
  const { service, page } = client;
  await client.inWorker(async () => {
    for (const port of await self.ports.match('mine')) port.postMessage({ echo: 'from the worker' });
  });
  await client.post('port', { echo: 2 });
  assert.equal(await client.isClosed('port'), true, 'the page is not told');
  const closes = await page.evaluate(
    (script) =>
      pageKit.until(async () => {
        const { value } = await pageKit.tell(script);
        return (value as string[]).length > 0 ? value : undefined;
      }, 8_000),
    "workerKit.events.map(({ type, name }) => type + ' ' + name)",
  );
  assert.deepEqual(closes, ['close mine'], "the client's worker is not told");
  await delay(300);
  assert.equal(
    world.browser.isWorkerRunning((url) => url === service.origin + service.scriptPath),
    false,
    'a message wakes a worker that is unregistered',
  );
  assert.deepEqual((await client.received('port', 1)).length, 1);
}

const endingWithRegistration: ChromiumCase = {
  id: 'P-13',
  where: 'chromium',
  title: 'with the registration or its storage the collection ends, the other sides get close, and nothing wakes',
  run: async (world) => {
    const [unregistered, cleared] = await Promise.all([openStored(world), openStored(world)]);
    await Promise.all([runFrame(unregistered, '/unregister'), runFrame(cleared, '/clear')]);
    for (const client of [unregistered, cleared]) {
      await client.stopService();
      await expectEnd(world, client);
      await client.page.evaluate((url) => fetch(url).then(() => undefined), client.service.installUrl);
      const again = await openClient(world, { service: client.service, site: client.site });
      const found = await again.inService(async () => [
        self.workerKit.events.length,
        (await self.ports.match('n')).length,
      ]);
      assert.deepEqual(found, [0, 0]);
    }
  },
};

/** The cases of how ports end. */
export const portsEndCases: readonly ChromiumCase[] = [droppingEnded, endingWithRegistration];
