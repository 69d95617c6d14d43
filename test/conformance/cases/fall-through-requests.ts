import assert from 'node:assert/strict';
import { isEligible } from '../../../sw/platform/decisions/is-eligible.ts';
import type { ConformanceCase } from '../case-definition.ts';
import {
  ask,
  askJson,
  askTexts,
  installService,
  openClient,
  openClients,
  openControlledPage,
  openWorkerClient,
  readEvents,
  type Wanted,
} from '../client-page.ts';
import { addForeignService, countRequests } from '../foreign-service.ts';

const ANSWER_ALL = `on('*', (event) => event.respondWith(share('foreign')));`;

const needingPreflights: ConformanceCase = {
  id: 'F-33',
  where: 'chromium',
  title: 'leaves other methods and headers that are not safelisted to the network, with its preflight',
  run: async (world) => {
    const service = addForeignService(world, { code: ANSWER_ALL });
    const options = [
      { method: 'PUT', body: 'x' },
      { method: 'DELETE' },
      { headers: { 'X-Custom': '1' } },
      { method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json' } },
      { headers: { Accept: 'a'.repeat(129) } },
    ];
    const wanted: readonly Wanted[] = options.map((one, i) => ({
      url: `${service.origin}/resources/${i}`,
      options: one,
    }));
    const free = {
      url: `${service.origin}/resources/free`,
      options: { method: 'POST', body: 'x', headers: { Accept: 'a/b' } },
    };
    for (const page of await openClients(world, service)) {
      service.reset();
      assert.deepEqual(await askTexts(page, ...wanted, free), [...options.map(() => 'network'), 'foreign']);
      for (const [i, { method = 'GET' }] of options.entries()) {
        const path = `/resources/${i}`;
        assert.deepEqual([countRequests(service, path, 'OPTIONS'), countRequests(service, path, method)], [1, 1], path);
        assert.deepEqual(await readEvents(page, service, path), []);
      }
      assert.equal(countRequests(service, '/resources/free'), 0);
    }
    const request = { url: 'https://s.example/font', method: 'GET', mode: 'cors', destination: 'font', headers: [] };
    const client = 'https://a.example';
    assert.ok(isEligible(request, client));
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'get'])
      assert.ok(!isEligible({ ...request, method }, client), method);
    assert.ok(!isEligible({ ...request, headers: [['authorization', 'x']] }, client));
  },
};

const ranges: ConformanceCase = {
  id: 'F-35',
  where: 'chromium',
  title: 'lets a range that is safelisted fall through with its header; other ranges go to the network',
  run: async (world) => {
    const service = addForeignService(world, {
      code: `on('/resources/part', (event) => event.respondWith(share('part of ' + event.request.headers.get('Range'), {
        status: 206,
        headers: { 'Content-Range': 'bytes 2-5/9', 'Access-Control-Expose-Headers': 'Content-Range' },
      })));`,
    });
    const url = `${service.origin}/resources/part`;
    const wanted = (range: string) => ({ url, options: { headers: { Range: range } } });
    for (const page of await openClients(world, service)) {
      service.reset();
      for (const range of ['bytes=2-5', 'bytes=2-']) {
        const [part] = await ask(page, wanted(range));
        assert.deepEqual([part?.status, part?.text], [206, `part of ${range}`]);
        assert.ok(part?.headers?.includes('content-range'));
      }
      assert.equal(countRequests(service, '/resources/part'), 0);
      const others = ['bytes=-5', 'bytes=0-1,3-4', 'items=0-1'].map(wanted);
      assert.deepEqual(await askTexts(page, ...others), ['network', 'network', 'network']);
      assert.equal(countRequests(service, '/resources/part', 'GET'), 3);
    }
  },
};

const redirectsIntoScope: ConformanceCase = {
  id: 'F-36',
  where: 'chromium',
  title: 'intercepts only the first URL of a request: what redirects into a scope is answered by the network',
  run: async (world) => {
    const headers = { 'Access-Control-Allow-Origin': '*' };
    const service = addForeignService(world, {
      code: ANSWER_ALL,
      routes: { '/elsewhere': { status: 302, headers: { ...headers, Location: '/resources/a' } } },
    });
    const other = world.addOrigin({
      '/go': { status: 307, headers: { ...headers, Location: `${service.origin}/resources/a` } },
    });
    for (const page of await openClients(world, service)) {
      service.reset();
      const outcomes = await ask(page, `${other.origin}/go`, `${service.origin}/elsewhere`);
      assert.deepEqual(
        outcomes.map(({ text, url }) => [text, url]),
        Array(2).fill(['network', `${service.origin}/resources/a`]),
      );
      assert.equal(countRequests(service, '/resources/a'), 2);
      assert.deepEqual(await readEvents(page, service, '/resources/a'), []);
      assert.deepEqual(await askTexts(page, `${service.origin}/resources/a`), ['foreign']);
    }
  },
};

const opaqueRedirects: ConformanceCase = {
  id: 'F-37',
  where: 'chromium',
  title: 'gives a client that asks for redirect: manual the opaque redirect that the foreign worker answers with',
  run: async (world) => {
    const headers = { 'Access-Control-Allow-Origin': '*' };
    const service = addForeignService(world, {
      code: `const seen = [];
        on('/resources/go', (event) => {
          seen.push(event.request.redirect);
          event.respondWith(fetch(event.request));
        });
        on('/resources/seen', (event) => event.respondWith(share(seen.join())));`,
      routes: { '/resources/go': { status: 302, headers: { ...headers, Location: '/resources/end' } } },
    });
    for (const page of await openClients(world, service)) {
      service.reset();
      const [manual] = await ask(page, { url: `${service.origin}/resources/go`, options: { redirect: 'manual' } });
      assert.deepEqual([manual?.type, manual?.status, manual?.error], ['opaqueredirect', 0, undefined]);
      assert.equal(countRequests(service, '/resources/end'), 0);
      assert.deepEqual(await askTexts(page, `${service.origin}/resources/go`), ['network'], 'followed by the worker');
      assert.deepEqual(await askTexts(page, `${service.origin}/resources/seen`), ['manual,follow']);
      const failing = { url: `${service.origin}/resources/go`, options: { redirect: 'error' } };
      assert.deepEqual(await askTexts(page, failing), ['TypeError']);
    }
  },
};

const neverCredentials: ConformanceCase = {
  id: 'F-44',
  where: 'chromium',
  title:
    "sends no cookie to the server when the foreign worker fetches a request, whatever the page's credentials mode is",
  run: async (world) => {
    const service = addForeignService(world, {
      code: `on('*', (event) => event.respondWith(fetch(event.request)));`,
      routes: {
        '/login': { headers: { 'Set-Cookie': 'who=me; Secure; SameSite=None; Path=/' }, body: '' },
        '/control': ({ headers }) => ({
          headers: { 'Access-Control-Allow-Origin': headers.origin ?? '', 'Access-Control-Allow-Credentials': 'true' },
          body: headers.cookie ?? 'none',
        }),
      },
    });
    await world.openPage(service, '/login');
    for (const page of await openClients(world, service)) {
      const included = { url: `${service.origin}/control`, options: { credentials: 'include' } };
      const expected = world.cookies === 'allowed' ? 'who=me' : 'none';
      assert.deepEqual(await askTexts(page, included), [expected], 'the network sends it');
      service.reset();
      const modes = ['omit', 'same-origin', 'include'];
      const wanted = modes.map((credentials) => ({ url: `${service.origin}/resources/a`, options: { credentials } }));
      assert.deepEqual(await askTexts(page, ...wanted), ['network', 'network', 'network']);
      assert.equal((await readEvents(page, service, '/resources/a')).length, 3);
      assert.deepEqual(
        service.requests().map(({ path, headers }) => [path, headers.cookie]),
        Array(3).fill(['/resources/a', undefined]),
      );
    }
  },
};

const isFallThroughFlag: ConformanceCase = {
  id: 'F-45',
  where: 'chromium',
  title: "tells other sites' requests from those of the worker's own pages by isFallThrough, which cannot be changed",
  run: async (world) => {
    const script = `self.addEventListener('fetch', (event) => {
      if (!event.request.url.endsWith('/flag')) return;
      const before = event.isFallThrough;
      let error = 'none';
      try { (() => { 'use strict'; event.isFallThrough = !before; })(); } catch ({ name }) { error = name; }
      event.respondWith(new Response(JSON.stringify([before, error, event.isFallThrough]), { headers: { 'Access-Control-Allow-Origin': '*' } }));
    });`;
    const service = addForeignService(world, { code: script });
    const page = await openClient(world, service);
    assert.deepEqual(await askJson(page, `${service.origin}/resources/flag`), [true, 'TypeError', true]);
    const own = await openControlledPage(world, world.addSite({ workerScript: script }));
    assert.deepEqual(await askJson(own, '/flag'), [false, 'TypeError', false]);
    const routes = {
      '/sw.js': {
        body: `self.onfetch = (event) => { if (event.request.url.endsWith('/flag')) event.respondWith(new Response(typeof event.isFallThrough)); };`,
      },
    };
    const without = await openControlledPage(world, world.addSite({ routes }));
    assert.deepEqual(await askTexts(without, '/flag'), ['undefined']);
  },
};

const DESCRIBE = `on('/resources/describe', (event) => event.respondWith((async () => {
  const { request } = event;
  const { method, url, mode, credentials, redirect, referrer, headers } = request;
  const errors = ['set', 'append', 'delete'].map((name) => {
    try { headers[name]('Accept', 'changed'); return 'none'; } catch (error) { return error.name; }
  });
  return share(JSON.stringify({
    method, url, mode, credentials, redirect, referrer, errors,
    accept: headers.get('Accept'), language: headers.get('Accept-Language'), type: headers.get('Content-Type'),
    origin: event.origin, isRequest: request instanceof Request, isEvent: event instanceof FetchEvent,
    body: await request.text(),
  }));
})()));`;

const foreignRequest: ConformanceCase = {
  id: 'F-46',
  where: 'chromium',
  title:
    "shows the page's request, with immutable headers and its body, without credentials and referrer, and its origin",
  run: async (world) => {
    const service = addForeignService(world, { code: DESCRIBE });
    const url = `${service.origin}/resources/describe?a=%20b&c`;
    const headers = { Accept: 'x/y', 'Accept-Language': 'de-AT', 'Content-Type': 'text/plain;charset=UTF-8' };
    const same = {
      url,
      mode: 'cors',
      credentials: 'omit',
      redirect: 'follow',
      referrer: '',
      accept: 'x/y',
      language: 'de-AT',
      errors: Array(3).fill('TypeError'),
      isRequest: true,
      isEvent: true,
    };
    const plain = world.addSite();
    const controlled = world.addSite({ workerScript: '' });
    const clients = [
      [plain.origin, await world.openPage(plain)],
      [controlled.origin, await openControlledPage(world, controlled)],
    ] as const;
    for (const [origin, page] of clients) {
      await installService(page, service);
      const bodies = ['a body, ü', ''];
      const posts = bodies.map((body) => ({ url, options: { method: 'POST', body, headers, credentials: 'include' } }));
      const { 'Content-Type': _, ...plainHeaders } = headers;
      const get = { url, options: { headers: plainHeaders, referrerPolicy: 'unsafe-url' } };
      const texts = await askTexts(page, get, ...posts);
      const type = headers['Content-Type'];
      assert.deepEqual(
        texts.map((text) => JSON.parse(text)),
        [
          { ...same, method: 'GET', type: null, body: '', origin },
          ...bodies.map((body) => ({ ...same, method: 'POST', type, body, origin })),
        ],
      );
      const [head] = await ask(page, { url, options: { method: 'HEAD' } });
      assert.deepEqual([head?.status, head?.text], [200, '']);
      assert.equal(countRequests(service, '/resources/describe'), 0);
      assert.equal(await page.evaluate(postBytes, url.replace('describe', 'bytes')), 'network');
    }
  },
};

/** Posts a form, whose type has a boundary, to a path that nobody answers but the network. */
async function postBytes(url: string): Promise<string> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(70_000)]));
  return (await fetch(url, { method: 'POST', body: form })).text();
}

const abortedRequests: ConformanceCase = {
  id: 'F-46a',
  where: 'chromium',
  title: "aborts the foreign worker's request when the client aborts its own",
  run: async (world) => {
    const service = addForeignService(world, {
      code: `const seen = [];
        on('/resources/slow', (event) => {
          seen.push('asked');
          event.respondWith(new Promise((_, reject) => {
            event.request.signal.addEventListener('abort', () => { seen.push('aborted'); reject(new Error('aborted')); });
          }));
        });
        on('/resources/seen', (event) => event.respondWith(share(JSON.stringify(seen))));`,
    });
    const plain = await openClient(world, service);
    const slow = `${service.origin}/resources/slow`;
    const seen = `${service.origin}/resources/seen`;
    assert.deepEqual(await plain.evaluate(abortAfterAsking, slow, seen), { error: 'Mine', seen: ['asked', 'aborted'] });
    // The compiler marks the names of functions with `__name`, which workers do not have.
    const workerScript = `const __name = (named) => named;
      self.addEventListener('fetch', (event) => {
        if (!event.request.url.endsWith('/abort')) return;
        event.respondWith((${abortAfterAsking})('${slow}', '${seen}').then((found) => Response.json(found)));
      });`;
    const controlled = await openWorkerClient(world, service, workerScript);
    assert.deepEqual(await askJson(controlled, '/abort'), { error: 'Mine', seen: ['asked', 'aborted'] });
    assert.equal(countRequests(service, '/resources/slow'), 0);
  },
};

/** Aborts a request once the foreign worker has it: the error's name, and what that worker saw. */
async function abortAfterAsking(slow: string, seen: string): Promise<{ error: string; seen: readonly string[] }> {
  const aborting = new AbortController();
  const asked = fetch(slow, { signal: aborting.signal }).then(
    () => 'none',
    (error: Error) => error.name,
  );
  let log: readonly string[] = [];
  for (let i = 0; i < 100 && log.length < 2; i++) {
    log = await (await fetch(seen)).json();
    if (log.length === 1) aborting.abort(Object.assign(new Error('Mine'), { name: 'Mine' }));
  }
  return { error: await asked, seen: log };
}

const misusedConstructor: ConformanceCase = {
  id: 'F-47',
  where: 'chromium',
  title: 'leaves the FetchEvent constructor strict: no init, an empty one and a null request are TypeErrors',
  run: async (world) => {
    const service = addForeignService(world, {
      code: `on('/resources/construct', (event) => {
        const construct = (...args) => {
          try { return new FetchEvent(...args).isFallThrough; } catch (error) { return error.name; }
        };
        const { request } = event;
        const results = [
          construct(), construct('fetch'), construct('fetch', {}), construct('fetch', { request: null }),
          construct('fetch', { request: '/x' }), construct('fetch', { request }),
          construct('fetch', { request: new Request('/x'), isFallThrough: true }),
        ];
        event.respondWith(share(JSON.stringify(results)));
      });`,
    });
    const page = await openClient(world, service);
    const results = await askJson(page, `${service.origin}/resources/construct`);
    assert.deepEqual(results, [...Array(5).fill('TypeError'), false, false]);
  },
};

/** The requests that fall through, and how the foreign worker sees them. */
export const requestCases: readonly ConformanceCase[] = [
  needingPreflights,
  ranges,
  redirectsIntoScope,
  opaqueRedirects,
  neverCredentials,
  isFallThroughFlag,
  foreignRequest,
  abortedRequests,
  misusedConstructor,
];
