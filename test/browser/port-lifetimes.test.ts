import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPlatformFiles } from '../conformance/platform-files.ts';
import {
  type ClientOptions,
  openClient,
  type PageKit,
  type PortsClient,
  type WorkerScope,
} from '../conformance/ports-client.ts';
import { createWorld, type World, type WorldBase } from '../conformance/world.ts';
import { startOriginServer } from '../support/origin-server.ts';
import { launchRawChromium } from '../support/raw-chromium.ts';
import { type HandledObserver, observeHandled } from './handled-observer.ts';
import { flood, noteIds, openBridgeByHand, tellLies } from './hostile-page.ts';

declare const self: WorkerScope;
declare const pageKit: PageKit;

/** Which sides have stored their port; a side that has not is a page, or a worker that holds it as it came. */
type Stored = 'service' | 'both' | 'client';
type Stopped = 'none' | 'service' | 'client' | 'both';
type Moment = 'before sending' | 'amid the stream' | 'right after sending';

const MOMENTS: readonly Moment[] = ['before sending', 'amid the stream', 'right after sending'];
const ALL_STORED: readonly Stored[] = ['service', 'both', 'client'];
const ALL_STOPPED: readonly Stopped[] = ['none', 'service', 'client', 'both'];
const STREAM = 40;

/** The texts `<name> 0`, `<name> 1` and so on. */
function numbered(name: string, count: number, first = 0): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${name} ${first + index}`);
}

/** Connects the client's own worker, which stores its port, to a path of the service. */
async function connectWorker({ inWorker, service }: PortsClient, name: string, path: string): Promise<void> {
  await inWorker(
    async (url, own) => {
      self.ports.add(own, await self.navigator.connect(url));
      // By then it is saved.
      await self.ports.match(own);
    },
    service.origin + path,
    name,
  );
}

/** Has the client's own worker post texts to be echoed. */
async function postFromWorker({ inWorker }: PortsClient, name: string, texts: readonly string[]): Promise<void> {
  await inWorker(
    async (own, all) => {
      const [port] = await self.ports.match(own);
      for (const echo of all) port?.postMessage({ echo });
    },
    name,
    texts,
  );
}

/** Has the service's worker post texts on the port stored under a name. */
async function postFromService({ inService }: PortsClient, name: string, texts: readonly string[]): Promise<void> {
  await inService(
    async (own, all) => {
      const [port] = await self.ports.match(own);
      for (const note of all) port!.postMessage({ note });
    },
    name,
    texts,
  );
}

async function stopSides(client: PortsClient, stopped: Stopped): Promise<void> {
  const stops = { service: [client.stopService], client: [client.stopWorker], none: [] as (() => Promise<void>)[] };
  const wanted = stopped === 'both' ? [...stops.service, ...stops.client] : stops[stopped];
  await Promise.all(wanted.map((stop) => stop()));
}

/** Sends a stream through a new connection and stops sides at a moment of it; then tells what has arrived where. */
async function runCell(client: PortsClient, seen: HandledObserver, stored: Stored, stopped: Stopped, moment: Moment) {
  const name = `${stored} ${stopped} ${moment}`;
  const path = stored === 'client' ? '/hold' : `/store/${encodeURIComponent(name)}`;
  const isPage = stored === 'service';
  await (isPage ? client.connect(name, path) : connectWorker(client, name, path));
  const send = (texts: readonly string[]) =>
    isPage ? client.post(name, ...texts.map((echo) => ({ echo }))) : postFromWorker(client, name, texts);
  const half = STREAM / 2;
  if (moment === 'before sending') await stopSides(client, stopped);
  await send(numbered(name, half));
  if (moment === 'amid the stream') await stopSides(client, stopped);
  await send(numbered(name, half, half));
  if (moment === 'right after sending') await stopSides(client, stopped);
  const isEnd = stored === 'client' && (stopped === 'service' || stopped === 'both');
  const handled = await seen.byService(`${name} `, isEnd ? 0 : STREAM);
  const answers = isPage
    ? ((await client.received(name, STREAM)) as { echoed: string }[]).map(({ echoed }) => echoed)
    : await seen.byWorker(`${name} `, isEnd ? 0 : STREAM);
  const closes = isEnd ? await seen.byWorker(`closed ${name}`, 1) : [];
  return { handled, answers, closes };
}

/**
 * What was handled, each once, in the order of the first time. A worker that is killed within milliseconds of a message takes
 * its acknowledgement down with it, and with that its answer: then the next life gets the message anew.
 */
function withoutRepeats(handled: readonly unknown[]): readonly unknown[] {
  return [...new Set(handled)];
}

describe.each(['blocked', 'allowed'] as const)('ports with third-party cookies %s', (cookies) => {
  let base: WorldBase;
  let lastWorld = 0;
  const isBlocked = cookies === 'blocked';

  beforeAll(async () => {
    const [browser, server, platform] = await Promise.all([
      launchRawChromium({ thirdPartyCookies: cookies }),
      startOriginServer(),
      readPlatformFiles(),
    ]);
    base = { browser, cookies, server, platform };
  });
  afterAll(async () => {
    await base.browser.close();
    await base.server.close();
  });

  const inWorld = (run: (world: World) => Promise<void>) => async () => {
    const { world, dispose } = createWorld(base, `ports-${++lastWorld}`);
    try {
      await run(world);
    } finally {
      await dispose();
    }
  };
  const openObserved = async (world: World, options: ClientOptions = { hasWorker: true }) => {
    const client = await openClient(world, options);
    return { client, seen: await observeHandled(world, client, true) };
  };

  /** Tests of lasting effort, which the profiles have no part in, run in one of them. */
  const itInBlocked = isBlocked ? it.concurrent : it.concurrent.skip;
  const stops = isBlocked ? ALL_STOPPED : (['both'] as const);
  const cells = ALL_STORED.flatMap((stored) => stops.map((stopped) => ({ stored, stopped })));
  describe.each(cells)('when the $stored stored and $stopped stopped', ({ stored, stopped }) => {
    const isEnd = stored === 'client' && (stopped === 'service' || stopped === 'both');
    const fact = isEnd ? 'ends with close after what was in time' : 'delivers all once and in order';
    it.concurrent(
      fact,
      inWorld(async (world) => {
        const { client, seen } = await openObserved(world);
        for (const moment of MOMENTS) {
          const { handled, answers, closes } = await runCell(client, seen, stored, stopped, moment);
          const name = `${stored} ${stopped} ${moment}`;
          const sent = numbered(name, STREAM);
          if (!isEnd) expect({ handled: withoutRepeats(handled), answers }).toEqual({ handled: sent, answers: sent });
          else {
            expect(closes).toEqual([`closed ${name}`]);
            expect(withoutRepeats(handled)).toEqual(sent.slice(0, new Set(handled).size));
            expect(answers).toEqual(sent.slice(0, answers.length));
          }
        }
      }),
    );
  });

  itInBlocked(
    'delivers 1,000 messages to a terminated worker, from a page and from a worker',
    inWorld(async (world) => {
      const { client, seen } = await openObserved(world);
      await client.connect('page', '/store/page');
      await connectWorker(client, 'worker', '/store/worker');
      for (const name of ['page', 'worker']) {
        await client.stopService();
        const texts = numbered(name, 1000);
        if (name === 'page') await client.post(name, ...texts.map((echo) => ({ echo })));
        else await postFromWorker(client, name, texts);
        expect(await seen.byService(name, 1000)).toEqual(texts);
      }
      expect(((await client.received('page', 1000)) as { echoed: string }[]).map(({ echoed }) => echoed)).toEqual(
        numbered('page', 1000),
      );
      expect(await seen.byWorker('worker', 1000)).toEqual(numbered('worker', 1000));
    }),
  );

  it.concurrent(
    'tells a client whose port the service has not stored that the worker has died',
    inWorld(async (world) => {
      const { client } = await openObserved(world);
      await client.connect('page', '/hold');
      await client.post('page', { echo: 'alive' });
      expect(await client.received('page', 1)).toEqual([{ echoed: 'alive' }]);
      expect(await client.isClosed('page', 200)).toBe(false);
      await client.stopService();
      expect(await client.isClosed('page', 2_000)).toBe(true);
    }),
  );

  it.concurrent(
    'hands connections over when the page that brokers closes, with messages under way both ways',
    inWorld(async (world) => {
      const { client: first, seen } = await openObserved(world);
      const second = await openClient(world, { service: first.service, site: first.site, hasWorker: true });
      await connectWorker(first, 'n', '/store/n');
      const closing: Promise<void>[] = [];
      for (let batch = 0; batch < 10; batch++) {
        if (batch === 5) closing.push(first.page.close());
        await Promise.all([
          postFromWorker(second, 'n', numbered('up', 20, 20 * batch)),
          postFromService(second, 'n', numbered('down', 20, 20 * batch)),
        ]);
      }
      await Promise.all(closing);
      const arrived = await Promise.all([
        seen.byService('up', 200),
        seen.byWorker('up', 200),
        seen.byWorker('down', 200),
      ]);
      expect(arrived).toEqual([numbered('up', 200), numbered('up', 200), numbered('down', 200)]);
    }),
  );

  itInBlocked(
    'delivers 500 messages each way of a page although the worker is killed again and again',
    inWorld(async (world) => {
      const { client, seen } = await openObserved(world);
      await client.connect('n', '/store/n');
      const streaming = client.page.evaluate(
        async (texts) => {
          for (const echo of texts) {
            pageKit.post('n', [{ echo }]);
            await new Promise((resolve) => setTimeout(resolve, 4));
          }
        },
        numbered('n', 500),
      );
      for (let kill = 0; kill < 12; kill++) {
        await delay((kill * 37) % 90);
        await client.stopService();
      }
      await streaming;
      expect(withoutRepeats(await seen.byService('n', 500))).toEqual(numbered('n', 500));
      const answers = (await client.received('n', 500)) as { echoed: string }[];
      expect(answers.map(({ echoed }) => echoed)).toEqual(numbered('n', 500));
    }),
  );

  itInBlocked(
    'delivers 500 messages each way between two workers that are both killed again and again',
    inWorld(async (world) => {
      const { client, seen } = await openObserved(world);
      await connectWorker(client, 'n', '/store/n');
      for (let batch = 0; batch < 20; batch++) {
        await postFromWorker(client, 'n', numbered('n', 25, 25 * batch));
        await delay((batch * 7) % 20);
        if (batch % 3 !== 0) await client.stopService();
        if (batch % 3 !== 1) await client.stopWorker();
      }
      expect(withoutRepeats(await seen.byService('n', 500))).toEqual(numbered('n', 500));
      expect(withoutRepeats(await seen.byWorker('n', 500))).toEqual(numbered('n', 500));
    }),
  );

  itInBlocked.each([{ isStopped: false }, { isStopped: true }])(
    'delivers what two workers post while no page is open, workers stopped meanwhile: $isStopped',
    ({ isStopped }) =>
      inWorld(async (world) => {
        const client = await openClient(world, { hasWorker: true });
        const seen = await observeHandled(world, client, false);
        await connectWorker(client, 'n', '/store/n');
        const post = (texts: readonly string[]) => {
          setTimeout(async () => {
            for (const echo of texts) (await self.ports.match('n'))[0]!.postMessage({ echo });
          }, 400);
        };
        await Promise.all([client.inWorker(post, numbered('up', 20)), client.inService(post, numbered('down', 20))]);
        await client.page.close();
        await delay(800);
        if (isStopped) await stopSides(client, 'both');
        const later = await openClient(world, { service: client.service, site: client.site, hasWorker: true });
        expect(await seen.byService('up', 20)).toEqual(numbered('up', 20));
        const answersTo = (kind: string) =>
          later.inWorker(async (start) => {
            const find = () =>
              self.workerKit.events
                .map(({ data }) => Object.values(data as Record<string, string>)[0]!)
                .filter((text) => text.startsWith(start));
            for (let tries = 0; tries < 400 && find().length < 20; tries++) {
              await new Promise((resolve) => setTimeout(resolve, 20));
            }
            return find();
          }, kind);
        expect([await answersTo('up'), await answersTo('down')]).toEqual([numbered('up', 20), numbered('down', 20)]);
      })(),
  );

  it.concurrent(
    'carries on beside a page of the same site that lies about the connections of others and floods',
    inWorld(async (world) => {
      const { client, seen } = await openObserved(world);
      await noteIds(client.page);
      await client.connect('page', '/store/page');
      await connectWorker(client, 'worker', '/store/worker');
      const [siteLabel = ''] = new URL(client.site.origin).hostname.split('.localhost');
      const hostile = world.server.addOrigin(`hostile.${siteLabel}`, { '/': { body: '<!doctype html><body>' } });
      const attacker = await world.openPage(hostile);
      await openBridgeByHand(attacker, client.service.origin);
      const talk = async (first: number) => {
        await client.post('page', ...numbered('page', 20, first).map((echo) => ({ echo })));
        await postFromWorker(client, 'worker', numbered('worker', 20, first));
      };
      await talk(0);
      await seen.byWorker('worker', 20);
      const ids = [...new Set(await client.page.evaluate(() => window.ids))];
      expect(ids).toHaveLength(2);
      await tellLies(attacker, ids, client.service.origin);
      await talk(20);
      await Promise.all([client.received('page', 40), seen.byWorker('worker', 40)]);
      await client.stopService();
      await tellLies(attacker, ids, client.service.origin);
      await talk(40);
      await flood(attacker, ids, client.service.origin, 20_000);
      await talk(60);
      const answers = (await client.received('page', 80)) as { echoed: string }[];
      expect(answers.map(({ echoed }) => echoed)).toEqual(numbered('page', 80));
      expect(await seen.byWorker('worker', 80)).toEqual(numbered('worker', 80));
      expect(await seen.byService('', 160)).toHaveLength(160);
      expect(await seen.byService('page', 80)).toEqual(numbered('page', 80));
      expect(await seen.byService('worker', 80)).toEqual(numbered('worker', 80));
      expect(await client.isClosed('page', 100)).toBe(false);
    }),
  );
});
