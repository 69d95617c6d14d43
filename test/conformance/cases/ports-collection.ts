import assert from 'node:assert/strict';
import type { ChromiumCase } from '../case-definition.ts';
import { openClient, type PageKit, type PortsEvent, type WorkerScope } from '../ports-client.ts';
import { PORTS_WORKER } from '../ports-scripts.ts';

declare const self: WorkerScope;
declare const pageKit: PageKit;

/** Stores a connection's port to `/twice/<name>` and posts on both, the port given and the port returned. */
const TWICE_POSTING = `${PORTS_WORKER}
self.addEventListener('connect', (event) => {
  const [, action, name] = new URL(event.targetUrl).pathname.split('/');
  if (action !== 'twice') return;
  const stored = self.ports.add(name, event.port);
  try { event.port.postMessage('by the port given'); } catch {}
  stored.postMessage({ name: stored.name, isPort: stored instanceof MessagePort, isOther: stored !== event.port, trial: neutering(event.port) });
});
function neutering(port) {
  try { structuredClone(port, { transfer: [port] }); } catch (error) { return error.name; }
}
`;

/** Gives connections to `/listen/<name>` handlers of their own before they are stored, and after. */
const LISTENING = `${PORTS_WORKER}
const own = [];
self.addEventListener('message', ({ data }) => { if (data?.nc !== undefined || data === 'direct') own.push(data.nc ?? data); });
self.addEventListener('connect', (event) => {
  const [, action, name] = new URL(event.targetUrl).pathname.split('/');
  if (action !== 'listen') return;
  const note = (how) => ({ data }) => own.push([how, data]);
  event.port.onmessage = note('onmessage before');
  event.port.addEventListener('message', note('listener before'));
  const stored = self.ports.add(name, event.port);
  event.port.onmessage = note('onmessage after');
  stored.addEventListener('message', note('listener of the stored port'));
});
workerKit.own = own;
`;

const namingPort: ChromiumCase = {
  id: 'P-01',
  where: 'chromium',
  title: 'add() returns a stored port that bears the name, and neuters the one given',
  run: async (world) => {
    const client = await openClient(world, { hasWorker: true, serviceOptions: { script: TWICE_POSTING } });
    await client.connect('page', '/twice/n');
    const expected = { name: 'n', isPort: true, isOther: true, trial: 'DataCloneError' };
    assert.deepEqual(await client.received('page', 1), [expected]);
    const ofClient = await client.inWorker(async (url) => {
      const port = await self.navigator.connect(url);
      const { port1, port2 } = new MessageChannel();
      const stored = [self.ports.add('connected', port), self.ports.add('made', port1)];
      const isNeutered = [port, port1].map((given) => {
        try {
          structuredClone(given, { transfer: [given] });
        } catch (error) {
          return (error as Error).name;
        }
        return '';
      });
      port2.postMessage({ echo: 'through a channel of its own' });
      const echoed = await new Promise((resolve) => {
        port2.onmessage = ({ data }) => resolve(data.echoed);
      });
      return [stored.map(({ name }) => name), isNeutered, stored.includes(port as never), echoed];
    }, `${client.service.origin}/store/x`);
    const neutered = ['DataCloneError', 'DataCloneError'];
    assert.deepEqual(ofClient, [['connected', 'made'], neutered, false, 'through a channel of its own']);
  },
};

const deliveringOnce: ChromiumCase = {
  id: 'P-02',
  where: 'chromium',
  title: 'a message of the other side is one event of self.ports, whose source is the stored port',
  run: async (world) => {
    const script = `${LISTENING}
self.ports.addEventListener('message', (event) => {
  const { data, source, ports: [reply] } = event;
  self.ports.match(event.name).then((found) => reply?.postMessage({
    isSource: found.length === 1 && found[0] === source, type: Object.prototype.toString.call(event),
    data: { when: data.when.getTime(), bytes: [...data.bytes], seen: [...data.map.keys()], isCycle: data.self === data },
  }));
});`;
    const client = await openClient(world, { serviceOptions: { script } });
    await client.connect('port', '/listen/n');
    const answer = await client.page.evaluate(() => {
      const { port1, port2 } = new MessageChannel();
      const data = { when: new Date(86_400_000), bytes: new Uint8Array([1, 2, 255]), map: new Map([['key', 1]]) };
      pageKit.ports['port']!.postMessage(Object.assign(data, { self: data }), [port2]);
      return new Promise((resolve) => {
        port1.onmessage = (event) => resolve(event.data);
      });
    });
    const data = { when: 86_400_000, bytes: [1, 2, 255], seen: ['key'], isCycle: true };
    assert.deepEqual(answer, { isSource: true, type: '[object MessageEvent]', data });
    const seen = await client.inService(() => {
      const { events, own } = self.workerKit as never as { events: PortsEvent[]; own: unknown[] };
      return [events.map(({ type, name, origin }) => [type, name, origin]), own];
    });
    assert.deepEqual(seen, [[['message', 'n', client.site.origin]], []]);
  },
};

const ownHandlers: ChromiumCase = {
  id: 'P-03',
  where: 'chromium',
  title: "a stored port's own handlers stay silent, for messages sent before it was stored too",
  run: async (world) => {
    const client = await openClient(world, { hasWorker: true, serviceOptions: { script: LISTENING } });
    await client.connect('port', '/listen/n');
    await client.post('port', 'one', 'two', { echo: 'last' });
    assert.equal((await client.received('port', 1)).length, 1);
    const url = `${client.service.origin}/listen/worker`;
    await client.inWorker(async (target) => {
      const port = await self.navigator.connect(target);
      for (const data of ['early', { echo: 'late' }]) port.postMessage(data);
      await new Promise((resolve) => {
        port.onmessage = resolve;
      });
    }, url);
    const seen = await client.inService(() => {
      const { events, own } = self.workerKit as never as { events: PortsEvent[]; own: unknown[] };
      return [events.map(({ name, data }) => [name, data]), own];
    });
    const ofPage = ['one', 'two', { echo: 'last' }].map((data) => ['n', data]);
    const ofWorker = ['early', { echo: 'late' }].map((data) => ['worker', data]);
    assert.deepEqual(seen, [[...ofPage, ...ofWorker], []]);
  },
};

const exactNames: ChromiumCase = {
  id: 'P-08',
  where: 'chromium',
  title: 'match() finds ports by exactly their names, several of one name too',
  run: async (world) => {
    const client = await openClient(world);
    const names = ['n', 'n', 'N', 'nn', ' n', '', '*', '__proto__', '名前'];
    for (const [index, name] of names.entries()) {
      await client.connect(`${index}`, `/store/${encodeURIComponent(name)}`);
    }
    const counts = (wanted: readonly string[]) =>
      client.inService(
        (all) => Promise.all(all.map(async (name) => (await self.ports.match(name)).map((port) => port.name))),
        wanted,
      );
    const known = ['n', 'N', 'nn', ' n', '', '*', '__proto__', '名前'];
    const unknown = ['x', 'n ', 'constructor', '.', 'undefined', '名'];
    const expected = [...known.map((name) => (name === 'n' ? ['n', 'n'] : [name])), ...unknown.map(() => [])];
    assert.deepEqual(await counts([...known, ...unknown]), expected);
    await client.stopService();
    assert.deepEqual(await counts([...known, ...unknown]), expected);
    assert.deepEqual(await client.inService(async () => (await self.ports.match(undefined)).length), 0);
  },
};

const transferredPort: ChromiumCase = {
  id: 'P-09',
  where: 'chromium',
  title: 'a stored port that is transferred away is no longer listed',
  run: async (world) => {
    const client = await openClient(world);
    await client.connect('kept', '/store/n');
    await client.connect('away', '/store/n');
    const match = () => client.inService(async () => (await self.ports.match('n')).length);
    assert.equal(await match(), 2);
    await client.post('away', { echo: 'before' });
    assert.equal((await client.received('away', 1)).length, 1);
    const after = await client.inService(async () => {
      const [, away] = await self.ports.match('n');
      new MessageChannel().port1.postMessage('take it', [away!]);
      return (await self.ports.match('n')).includes(away!) ? 'still listed' : (await self.ports.match('n')).length;
    });
    assert.equal(after, 1);
    await client.stopService();
    assert.equal(await match(), 1);
    await client.post('kept', { echo: 'after' });
    assert.equal((await client.received('kept', 1)).length, 1);
  },
};

const invalidPorts: ChromiumCase = {
  id: 'P-17',
  where: 'chromium',
  title: 'add() throws DataCloneError for a neutered port and TypeError for what is no port',
  run: async (world) => {
    const client = await openClient(world);
    await client.connect('port', '/store/n');
    const errors = await client.inService(async () => {
      const nameOf = (port: unknown) => {
        try {
          self.ports.add('n', port);
        } catch (error) {
          return `${(error as Error).name} ${error instanceof TypeError || error instanceof DOMException}`;
        }
        return 'added';
      };
      const { port1, port2 } = new MessageChannel();
      structuredClone(port1, { transfer: [port1] });
      self.ports.add('other', port2);
      const [stored] = await self.ports.match('n');
      const others = [undefined, null, {}, 'port', 1, new EventTarget(), new MessageChannel()].map(nameOf);
      return { neutered: [port1, port2].map(nameOf), others, count: (await self.ports.match('n')).indexOf(stored!) };
    });
    const neutered = ['DataCloneError true', 'DataCloneError true'];
    assert.deepEqual(errors, { neutered, others: Array(7).fill('TypeError true'), count: 0 });
    await client.stopService();
    assert.equal(await client.inService(async () => (await self.ports.match('n')).length), 1);
  },
};

/** The cases of what the collection does while its worker lives. */
export const portsCollectionCases: readonly ChromiumCase[] = [
  namingPort,
  deliveringOnce,
  ownHandlers,
  exactNames,
  transferredPort,
  invalidPorts,
];
