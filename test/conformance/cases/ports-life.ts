import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChromiumCase } from '../case-definition.ts';
import { openClient, type PageKit, type PortsClient, type WorkerScope } from '../ports-client.ts';
import { CLIENT_WORKER, PORTS_WORKER } from '../ports-scripts.ts';
import { restartCase } from './ports-restart.ts';

declare const self: WorkerScope & { readonly registration: ServiceWorkerRegistration };
declare const pageKit: PageKit;

const wakingForMessage: ChromiumCase = {
  id: 'P-05',
  where: 'chromium',
  title: 'a message for a terminated worker starts it, is delivered under the same name, and answered',
  run: async (world) => {
    const client = await openClient(world);
    await client.connect('port', '/store/n');
    for (const echo of [1, 2, 3]) {
      await client.post('port', { echo });
      await client.received('port', echo);
      await client.stopService();
    }
    const answers = (await client.received('port', 3)) as { echoed: number; name: string; life: string }[];
    assert.deepEqual(
      answers.map(({ echoed, name }) => [echoed, name]),
      [1, 2, 3].map((echoed) => [echoed, 'n']),
    );
    assert.equal(new Set(answers.map(({ life }) => life)).size, 3);
  },
};

const matchingAfterRestart: ChromiumCase = {
  id: 'P-06',
  where: 'chromium',
  title: 'a worker that was terminated finds its ports again and can post on them',
  run: async (world) => {
    const client = await openClient(world);
    for (const key of ['first', 'second']) await client.connect(key, '/store/n');
    const life = await client.inService(() => self.workerKit.life);
    await client.stopService();
    const found = await client.inService(async (origin) => {
      const ports = await self.ports.match('n');
      for (const [index, port] of ports.entries()) port.postMessage({ greeting: index });
      const isTheirs = ports.every(
        (port) => port.origin === origin && port.name === 'n' && port instanceof MessagePort,
      );
      return [self.workerKit.life, isTheirs, ports.length];
    }, client.site.origin);
    assert.notEqual(found[0], life);
    assert.deepEqual(found.slice(1), [true, 2]);
    assert.deepEqual(await client.received('first', 1), [{ greeting: 0 }]);
    assert.deepEqual(await client.received('second', 1), [{ greeting: 1 }]);
  },
};

/** Stores what it is sent while it is being installed, which lasts until it is told `done`. */
const INSTALLING = `${CLIENT_WORKER}
self.addEventListener('install', (event) => event.waitUntil(new Promise((resolve) => {
  self.addEventListener('message', ({ data, ports: [port] }) => {
    if (data === 'store') self.ports.add('early', port);
    if (data === 'done') resolve();
  });
})));
`;

const storingDuringInstall: ChromiumCase = {
  id: 'P-11',
  where: 'chromium',
  title: 'a port that is stored while the worker is being installed delivers, then and later',
  run: async (world) => {
    const client = await openClient(world, { siteOptions: { workerScript: INSTALLING } });
    await client.page.evaluate(async () => {
      const { installing } = await navigator.serviceWorker.register('/sw.js');
      const { port1, port2 } = new MessageChannel();
      pageKit.hold('port', port1);
      installing!.postMessage('store', [port2]);
      pageKit.post('port', [{ echo: 'while it is installed' }]);
    });
    assert.equal((await client.received('port', 1)).length, 1, 'no answer while the worker is being installed');
    await client.page.evaluate(async () => {
      const { installing } = (await navigator.serviceWorker.getRegistration())!;
      installing!.postMessage('done');
      await navigator.serviceWorker.ready;
    });
    await client.post('port', { echo: 'while it is active' });
    await client.received('port', 2);
    await client.stopWorker();
    await client.post('port', { echo: 'when it was terminated' });
    const answers = (await client.received('port', 3)) as { echoed: string; name: string }[];
    assert.deepEqual(
      answers.map(({ echoed, name }) => [echoed, name]),
      ['while it is installed', 'while it is active', 'when it was terminated'].map((echoed) => [echoed, 'early']),
    );
  },
};

/** Like PORTS_WORKER, but it tells its version, and waits until it is told to be the active one. */
function formatVersion(version: string): string {
  const script = PORTS_WORKER.replace("self.addEventListener('install', () => self.skipWaiting());", '');
  return `${script}
workerKit.life = '${version}';
self.addEventListener('install', (event) => event.waitUntil(self.ports.match('n')));
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
`;
}

const activateWaiting = (client: PortsClient) =>
  client.inService(async () => {
    const { registration } = self;
    // A worker cannot tell another to skip waiting: the one that waits listens for it.
    registration.waiting!.postMessage({ ask: 'self.skipWaiting()' }, [new MessageChannel().port2]);
  });

const updatingWorker: ChromiumCase = {
  id: 'P-12',
  where: 'chromium',
  title: 'the collection survives an update, and only the active version gets messages',
  run: async (world) => {
    const client = await openClient(world, { serviceOptions: { script: formatVersion('v1') } });
    await client.connect('old', '/store/n');
    await client.post('old', { echo: 1 });
    await client.received('old', 1);
    client.service.setScript(formatVersion('v2'));
    const states = await client.inService(async () => {
      const updated = await self.registration.update();
      const { installing } = updated as unknown as ServiceWorkerRegistration;
      await new Promise<void>((resolve) => {
        if (installing === null) resolve();
        else installing.onstatechange = () => resolve();
      });
      return [self.registration.active?.state, self.registration.waiting?.state];
    });
    assert.deepEqual(states, ['activated', 'installed']);
    // The one that waits has read the collection already: what is stored now must reach it all the same.
    await client.connect('new', '/store/n');
    for (const key of ['old', 'new']) await client.post(key, { echo: 2 });
    await Promise.all([client.received('old', 2), client.received('new', 1)]);
    await activateWaiting(client);
    await delay(100);
    // The new version waits until the old one is idle; here it need not wait that long.
    await client.stopService();
    const isUpdated = () => delay(300).then(() => client.inService(() => self.workerKit.life === 'v2'));
    for (let tries = 0; !(await isUpdated()); tries++) assert.ok(tries < 10, 'the new version is not active');
    assert.equal(await client.inService(async () => (await self.ports.match('n')).length), 2);
    for (const key of ['old', 'new']) await client.post(key, { echo: 3 });
    const answersOf = async (key: string, count: number) =>
      ((await client.received(key, count)) as { echoed: number; life: string }[]).map(({ echoed, life }) => [
        life,
        echoed,
      ]);
    const ofNew = [
      ['v1', 2],
      ['v2', 3],
    ];
    assert.deepEqual(await answersOf('old', 3), [['v1', 1], ...ofNew]);
    assert.deepEqual(await answersOf('new', 2), ofNew);
  },
};

const wakingBothWorkers: ChromiumCase = {
  id: 'P-15',
  where: 'chromium',
  title: 'of two terminated service workers, one that an event wakes wakes the other by posting',
  run: async (world) => {
    const client = await openClient(world, { hasWorker: true });
    await client.inWorker(async (url) => {
      self.ports.add('mine', await self.navigator.connect(url));
    }, `${client.service.origin}/store/theirs`);
    const lives: string[] = [];
    for (const echo of ['one', 'two']) {
      await client.stopWorker();
      await client.stopService();
      const answers = await client.inWorker(async (sent) => {
        const answer = new Promise((resolve) => self.ports.addEventListener('message', resolve, { once: true }));
        const [port] = await self.ports.match('mine');
        port!.postMessage({ echo: sent });
        const { data, name, source } = (await answer) as MessageEvent & { name: string };
        return [data.echoed, data.name, name, source === port, data.life, self.workerKit.life];
      }, echo);
      assert.deepEqual(answers.slice(0, 4), [echo, 'theirs', 'mine', true]);
      lives.push(...(answers.slice(4) as string[]));
    }
    assert.equal(new Set(lives).size, 4);
  },
};

/** The cases of ports that outlive their worker. */
export const portsLifeCases: readonly ChromiumCase[] = [
  wakingForMessage,
  matchingAfterRestart,
  storingDuringInstall,
  updatingWorker,
  restartCase,
  wakingBothWorkers,
];
