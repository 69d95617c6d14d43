import assert from 'node:assert/strict';
import { exposeResponse } from '../../../sw/platform/decisions/expose-response.ts';
import type { RawPage } from '../../support/raw-chromium-page.ts';
import type { ConformanceCase } from '../case-definition.ts';
import {
  ask,
  askJson,
  askTexts,
  drawImage,
  loadImage,
  openClients,
  openWorkerClient,
  sendXhr,
} from '../client-page.ts';
import { addForeignService, countRequests } from '../foreign-service.ts';
import type { Service } from '../service-origin.ts';

const CLIENT = 'https://site.example';
const PRIVATE_IMAGE = `new Response('${drawImage(7)}', { headers: { 'Content-Type': 'image/svg+xml' } })`;
/** The network's image, which a page may embed but not read. */
const NETWORK_IMAGE = { headers: { 'Content-Type': 'image/svg+xml' }, body: drawImage(3) };

/** Asserts that paths are network errors to `fetch()`, and that the network was not asked in their place. */
async function assertNetworkErrors(page: RawPage, service: Service, paths: readonly string[]): Promise<void> {
  const outcomes = await ask(page, ...paths.map((path) => service.origin + path));
  assert.deepEqual(
    outcomes.map(({ error }, i) => [paths[i], error]),
    paths.map((path) => [path, 'TypeError']),
  );
  assert.deepEqual(
    paths.map((path) => countRequests(service, path)),
    paths.map(() => 0),
  );
}

/** Listeners at `/resources/0`, `/resources/1`… that answer with these expressions; the paths. */
function answerWith(expressions: readonly string[]): { readonly code: string; readonly paths: readonly string[] } {
  const paths = expressions.map((_, i) => `/resources/${i}`);
  const code = expressions.map((made, i) => `on('${paths[i]}', (event) => event.respondWith(${made}));`).join('\n');
  return { code, paths };
}

const notExposed: ConformanceCase = {
  id: 'F-20',
  where: 'chromium',
  title: 'makes an answer that is exposed to nobody a network error in mode cors; no-cors gets an opaque response',
  run: async (world) => {
    const { code, paths } = answerWith([
      `new Response('secret')`,
      `{ response: new Response('secret') }`,
      PRIVATE_IMAGE,
    ]);
    const service = addForeignService(world, { code });
    const [plain, controlled] = await openClients(world, service);
    for (const page of [plain, controlled]) {
      await assertNetworkErrors(page, service, paths);
      const url = service.origin + paths[0];
      const [opaque] = await ask(page, { url, options: { mode: 'no-cors' } });
      assert.deepEqual([opaque?.type, opaque?.status, opaque?.text], ['opaque', 0, '']);
      service.reset();
    }
    assert.deepEqual(await sendXhr(controlled, service.origin + paths[0]), { status: 0, text: '' });
    assert.equal(countRequests(service, '/resources/0'), 0);
    service.setRoute('/resources/2', NETWORK_IMAGE);
    assert.equal(await loadImage(controlled, service.origin + paths[2]), 3, 'only the network can make it opaque');
  },
};

/** What a site's worker gets from its own `fetch()` and after a round trip through its cache. */
const READ_IN_WORKER = `self.addEventListener('fetch', (event) => {
  const { pathname, search } = new URL(event.request.url);
  if (pathname !== '/read') return;
  const url = decodeURIComponent(search.slice(1));
  event.respondWith((async () => {
    const response = await fetch(url);
    const { type, status } = response;
    const cache = await caches.open('copies');
    await cache.put(url, response.clone());
    const copy = await cache.match(url);
    return Response.json({ type, status, url: response.url, text: await response.text(), copy: await copy.text() });
  })());
});`;

const exposed: ConformanceCase = {
  id: 'F-21',
  where: 'chromium',
  title: "makes an answer that is exposed to the client's origin readable, of type cors, and fit for caches",
  run: async (world) => {
    const { code, paths } = answerWith([
      `share('foreign')`,
      `{ response: new Response('foreign'), origin: event.origin }`,
      `{ response: new Response('foreign'), origin: '*' }`,
      `new Response('foreign', { headers: { 'access-control-allow-origin': event.origin } })`,
      `Promise.resolve({ response: new Response('foreign', { status: 203 }), origin: event.origin })`,
    ]);
    const service = addForeignService(world, { code });
    const [plain] = await openClients(world, service);
    const urls = paths.map((path) => service.origin + path);
    const outcomes = await ask(plain, ...urls);
    const expected = urls.map((url, i) => ({ type: 'cors', url, status: i === 4 ? 203 : 200, text: 'foreign' }));
    assert.deepEqual(
      outcomes.map(({ headers: _, ...rest }) => rest),
      expected,
    );
    assert.equal(await plain.evaluate(roundTrip, urls[0] ?? ''), 'foreign 200');
    const controlled = await openWorkerClient(world, service, READ_IN_WORKER);
    assert.deepEqual(
      await askTexts(controlled, ...urls),
      urls.map(() => 'foreign'),
    );
    assert.deepEqual(await sendXhr(controlled, urls[4] ?? ''), { status: 203, text: 'foreign' });
    assert.deepEqual(await askJson(controlled, `/read?${encodeURIComponent(urls[1] ?? '')}`), {
      ...expected[1],
      copy: 'foreign',
    });
    assert.deepEqual(
      paths.map((path) => countRequests(service, path)),
      paths.map(() => 0),
    );
  },
};

/** Puts a response into a page's cache and reads it again. */
async function roundTrip(url: string): Promise<string> {
  const cache = await caches.open('copies');
  await cache.put(url, await fetch(url));
  const copy = await cache.match(url);
  return `${await copy?.text()} ${copy?.status}`;
}

const wrongOrigin: ConformanceCase = {
  id: 'F-22',
  where: 'chromium',
  title: 'makes an answer that is exposed to another origin a network error, in mode no-cors, too',
  run: async (world) => {
    const { code, paths } = answerWith([
      `{ response: ${PRIVATE_IMAGE}, origin: 'https://other.example' }`,
      `{ response: share('foreign'), origin: 'https://other.example' }`,
      `{ response: share('foreign'), origin: event.origin + '/' }`,
      `{ response: share('foreign'), origin: event.origin.toUpperCase() }`,
      `{ response: share('foreign'), origin: 'null' }`,
      `new Response('foreign', { headers: { 'Access-Control-Allow-Origin': 'https://other.example' } })`,
    ]);
    const service = addForeignService(world, { code });
    const [plain, controlled] = await openClients(world, service);
    await assertNetworkErrors(plain, service, paths);
    await assertNetworkErrors(controlled, service, paths);
    assert.deepEqual(await sendXhr(controlled, service.origin + paths[0]), { status: 0, text: '' });
    service.setRoute('/resources/0', NETWORK_IMAGE);
    assert.equal(await loadImage(controlled, service.origin + paths[0]), 0);
    assert.equal(countRequests(service, '/resources/0'), 0);
    const answer = { type: 'default', headers: [], origin: 'https://other.example' };
    for (const mode of ['cors', 'no-cors', 'same-origin']) {
      assert.equal(exposeResponse(answer, mode, CLIENT).verdict, 'error', mode);
    }
  },
};

const opaqueAnswers: ConformanceCase = {
  id: 'F-23',
  where: 'chromium',
  title: 'makes an opaque answer a network error in mode cors, whomever it is exposed to',
  run: async (world) => {
    const other = world.addOrigin({ '/secret': { body: 'secret' } });
    const opaque = `fetch('${other.origin}/secret', { mode: 'no-cors' })`;
    const { code, paths } = answerWith([
      `${opaque}.then((response) => ({ response, origin: event.origin }))`,
      `${opaque}.then((response) => ({ response, origin: '*', headers: ['X-One'] }))`,
      opaque,
    ]);
    const service = addForeignService(world, { code });
    const [plain, controlled] = await openClients(world, service);
    await assertNetworkErrors(plain, service, paths);
    await assertNetworkErrors(controlled, service, paths);
    assert.equal(countRequests(other, '/secret'), 6);
    service.setRoute('/resources/0', NETWORK_IMAGE);
    assert.equal(await loadImage(controlled, service.origin + paths[0]), 3);
  },
};

const exposedHeaders: ConformanceCase = {
  id: 'F-24',
  where: 'chromium',
  title: 'shows safelisted headers and those that are listed; a list without an origin is a network error',
  run: async (world) => {
    const headers = `{ 'X-One': '1', 'X-Two': '2', 'Cache-Control': 'no-store', 'Content-Type': 'text/plain', Expires: '0' }`;
    const full = (more = '') => `new Response('foreign', { headers: { ...${headers}, ${more} } })`;
    const { code, paths } = answerWith([
      `{ response: ${full()}, origin: event.origin, headers: ['x-oNE'] }`,
      `{ response: ${full()}, origin: event.origin, headers: [] }`,
      `{ response: ${full()}, origin: event.origin }`,
      full(`'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'X-Two , X-None'`),
      `{ response: ${full(`'Access-Control-Expose-Headers': 'X-Two'`)}, origin: '*', headers: ['X-One'] }`,
    ]);
    const without = `{ response: share('foreign'), headers: ['X-One'] }`;
    const service = addForeignService(world, {
      code: `${code} on('/resources/none', (event) => event.respondWith(${without}));`,
    });
    const safelisted = ['cache-control', 'content-type', 'expires'];
    const [plain, controlled] = await openClients(world, service);
    for (const page of [plain, controlled]) {
      const outcomes = await ask(page, ...paths.map((path) => service.origin + path));
      assert.deepEqual(
        outcomes.map((outcome) => outcome.headers),
        [[...safelisted, 'x-one'], safelisted, safelisted, [...safelisted, 'x-two'], [...safelisted, 'x-one']],
      );
      await assertNetworkErrors(page, service, ['/resources/none']);
    }
  },
};

const noCorsStaysOpaque: ConformanceCase = {
  id: 'F-25',
  where: 'chromium',
  title: 'gives fetch() in mode no-cors an opaque response even where the foreign worker exposes its answer',
  run: async (world) => {
    const { code, paths } = answerWith([
      `share('foreign')`,
      `{ response: new Response('foreign'), origin: event.origin }`,
    ]);
    const service = addForeignService(world, { code });
    for (const page of await openClients(world, service)) {
      const urls = paths.map((path) => service.origin + path);
      assert.deepEqual(await askTexts(page, ...urls), ['foreign', 'foreign']);
      for (const { headers, ...opaque } of await ask(
        page,
        ...urls.map((url) => ({ url, options: { mode: 'no-cors' } })),
      )) {
        assert.deepEqual({ ...opaque, headers }, { type: 'opaque', url: '', status: 0, text: '', headers: [] });
      }
    }
  },
};

const brokenAnswers: ConformanceCase = {
  id: 'F-26',
  where: 'chromium',
  title: 'makes a rejected promise, what is no response and a used body network errors; the network is not asked',
  run: async (world) => {
    const used = (use: string) => `(async () => { const response = share('used'); ${use}; return response; })()`;
    const { code, paths } = answerWith([
      `Promise.reject(new Error('No.'))`,
      `'text'`,
      `undefined`,
      `null`,
      `{}`,
      `{ response: 'text', origin: '*' }`,
      `{ origin: '*' }`,
      `Response.error()`,
      used('await response.text()'),
      used('response.body.getReader()'),
      `{ response: new Response(new ReadableStream({ pull(to) { to.error(new Error('No.')); } })), origin: '*' }`,
    ]);
    const service = addForeignService(world, { code });
    const [plain, controlled] = await openClients(world, service);
    await assertNetworkErrors(plain, service, paths);
    await assertNetworkErrors(controlled, service, paths);
    assert.deepEqual(await askTexts(plain, `${service.origin}/resources/probe`), ['foreign']);
  },
};

const preventedRequests: ConformanceCase = {
  id: 'F-27',
  where: 'chromium',
  title: 'makes preventDefault() without an answer a network error; with an answer it changes nothing',
  run: async (world) => {
    const service = addForeignService(world, {
      code: `on('/resources/prevented', (event) => event.preventDefault());
        on('/resources/answered', (event) => { event.preventDefault(); event.respondWith(share('foreign')); });`,
    });
    for (const page of await openClients(world, service)) {
      await assertNetworkErrors(page, service, ['/resources/prevented']);
      assert.deepEqual(await askTexts(page, `${service.origin}/resources/answered`), ['foreign']);
    }
  },
};

/** What a client sees of an answer. */
export const exposureCases: readonly ConformanceCase[] = [
  notExposed,
  exposed,
  wrongOrigin,
  opaqueAnswers,
  exposedHeaders,
  noCorsStaysOpaque,
  brokenAnswers,
  preventedRequests,
];
