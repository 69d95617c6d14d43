import assert from 'node:assert/strict';
import { describeSimpleGlyph } from '../../support/glyph-descriptions.ts';
import { makeTinyFont } from '../../support/tiny-font.ts';
import type { ChromiumCase, ConformanceCase } from '../case-definition.ts';
import {
  ask,
  askTexts,
  drawImage,
  installService,
  loadImage,
  openClient,
  openClients,
  openControlledPage,
  openWorkerClient,
  readEvents,
  sendXhr,
} from '../client-page.ts';
import { addForeignService, countRequests } from '../foreign-service.ts';

const ANSWER_ALL = `on('*', (event) => event.respondWith(share('foreign')));`;
const TRIANGLE = describeSimpleGlyph({
  contours: [
    [
      { x: 0, y: 0 },
      { x: 500, y: 0 },
      { x: 0, y: 500 },
    ],
  ],
});
const FONT = makeTinyFont({ glyphs: [TRIANGLE, TRIANGLE], cmap: new Map([[65, 1]]) });

const elementsOfPlainPages: ConformanceCase = {
  id: 'F-13',
  where: 'chromium',
  title: 'intercepts fetch, img, link and @font-face of a page without a worker of its own',
  skip:
    'Only a service worker sees the requests of elements and stylesheets: a script can replace the page’s fetch() (F-13a), ' +
    'but img, link and @font-face go to the network without calling any script, and a page cannot be given a worker that its ' +
    'site does not serve. In a page with a worker all of them fall through (F-13b).',
};

const fetchOfPlainPages: ConformanceCase = {
  id: 'F-13a',
  where: 'chromium',
  title:
    'intercepts fetch() of a page without a worker, however the request is given; elements get the network’s answer',
  run: async (world) => {
    const service = addForeignService(world, {
      code: `on('/resources/a', (event) => event.respondWith(share('foreign ' + event.request.url.split('?')[1])));
        on('/resources/image', (event) => event.respondWith(share('${drawImage(7)}', { headers: { 'Content-Type': 'image/svg+xml' } })));`,
      routes: { '/resources/image': { headers: { 'Content-Type': 'image/svg+xml' }, body: drawImage(3) } },
    });
    const page = await openClient(world, service);
    const texts = await page.evaluate(async (url) => {
      const request = new Request(`${url}?request`);
      const answers = [
        fetch(new URL(`${url}?url`)),
        fetch(request),
        fetch(new Request(`${url}?over`), { headers: { Accept: 'a/b' } }),
        window.fetch.call(undefined, `${url}?call`),
      ];
      return Promise.all(answers.map(async (answer) => (await answer).text()));
    }, `${service.origin}/resources/a`);
    assert.deepEqual(texts, ['foreign url', 'foreign request', 'foreign over', 'foreign call']);
    assert.equal(countRequests(service, '/resources/a'), 0);
    assert.equal(await loadImage(page, `${service.origin}/resources/image`), 3);
  },
};

const elementsOfWorkerPages: ConformanceCase = {
  id: 'F-13b',
  where: 'chromium',
  title: 'intercepts fetch, XHR, img, link and @font-face of a page that has a worker',
  run: async (world) => {
    const type = (name: string) => `{ headers: { 'Content-Type': '${name}' } }`;
    const service = addForeignService(world, {
      code: `on('/resources/a', (event) => event.respondWith(share('foreign')));
        on('/resources/image', (event) => event.respondWith(share('${drawImage(7)}', ${type('image/svg+xml')})));
        on('/resources/a.css', (event) => event.respondWith(share('html { --who: foreign }', ${type('text/css')})));
        on('/resources/a.ttf', (event) => event.respondWith(fetch('/real.ttf')));`,
      routes: { '/real.ttf': { headers: { 'Access-Control-Allow-Origin': '*' }, body: FONT } },
    });
    const page = await openWorkerClient(world, service);
    const folder = `${service.origin}/resources`;
    assert.deepEqual(await askTexts(page, `${folder}/a`), ['foreign']);
    assert.deepEqual(await sendXhr(page, `${folder}/a`), { status: 200, text: 'foreign' });
    assert.equal(await loadImage(page, `${folder}/image`), 7);
    assert.equal(await page.evaluate(readStylesheet, `${folder}/a.css`), 'foreign');
    assert.equal(await page.evaluate(loadFont, `${folder}/a.ttf`), 'loaded');
    for (const path of ['a', 'image', 'a.css', 'a.ttf']) assert.equal(countRequests(service, `/resources/${path}`), 0);
  },
};

/** Loads a stylesheet without CORS and reads what it sets. */
async function readStylesheet(href: string): Promise<string> {
  const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
  await new Promise((resolve) => {
    link.onload = resolve;
    link.onerror = resolve;
    document.head.append(link);
  });
  return getComputedStyle(document.documentElement).getPropertyValue('--who').trim();
}

async function loadFont(url: string): Promise<string> {
  const style = document.createElement('style');
  style.textContent = `@font-face { font-family: Foreign; src: url(${url}) }`;
  document.head.append(style);
  const faces = await document.fonts.load('10px Foreign', 'A').catch(() => []);
  return faces[0]?.status ?? 'error';
}

const ownThenForeign: ConformanceCase = {
  id: 'F-14',
  where: 'chromium',
  title: 'asks the own worker first, then the foreign one, then the network',
  run: async (world) => {
    const service = addForeignService(world, { code: `on('/resources/mine', ${respond('share')});` });
    const page = await openWorkerClient(
      world,
      service,
      `const seen = [];
       self.addEventListener('fetch', (event) => {
         const { pathname } = new URL(event.request.url);
         if (pathname === '/seen') event.respondWith(Response.json(seen));
         else seen.push([pathname, Date.now()]);
       });`,
    );
    const texts = await askTexts(page, `${service.origin}/resources/mine`, `${service.origin}/resources/left`);
    assert.deepEqual(texts, ['foreign', 'network']);
    const seen = JSON.parse((await askTexts(page, '/seen'))[0] ?? '') as readonly [string, number][];
    const own = seen.filter(([path]) => path === '/resources/left').map(([, atMs]) => ['own', atMs]);
    const events = await readEvents(page, service, '/resources/left');
    const foreign = events.map(({ atMs }) => ['foreign', atMs]);
    const reached = service.requests().filter(({ path }) => path === '/resources/left');
    const log = [...reached.map(({ atMs }) => ['net', atMs]), ...foreign, ...own] as [string, number][];
    // What happens within a millisecond stays in the reverse order, which the sort would have to change.
    const order = log.reverse().sort(([, a], [, b]) => a - b);
    assert.deepEqual(
      order.map(([who]) => who),
      ['own', 'foreign', 'net'],
    );
    assert.ok(seen.some(([path]) => path === '/resources/mine'));
  },
};

function respond(make: string): string {
  return `(event) => event.respondWith(${make}('foreign'))`;
}

const ownAnswers: ConformanceCase = {
  id: 'F-15',
  where: 'chromium',
  title:
    'does not consult the foreign worker where any listener of the own one answers, as a router imported later does',
  run: async (world) => {
    const service = addForeignService(world, { code: ANSWER_ALL });
    const routes = {
      '/router.js': {
        body: `self.addEventListener('fetch', (event) => {
          const { pathname } = new URL(event.request.url);
          if (pathname === '/resources/routed') event.respondWith(Promise.resolve(new Response('routed')));
        });`,
      },
    };
    const workerScript = `
      self.addEventListener('install', (event) => event.waitUntil(caches.open('own').then((cache) =>
        cache.put('${service.origin}/resources/cached', new Response('own cache')))));
      self.addEventListener('fetch', (event) => {
        if (event.request.url.endsWith('/cached')) event.respondWith(caches.match(event.request));
      });
      importScripts('/router.js');
      self.onfetch = (event) => { if (event.request.url.endsWith('/handled')) event.respondWith(new Response('handled')); };`;
    const page = await openControlledPage(world, world.addSite({ workerScript, routes }));
    await installService(page, service);
    const paths = ['/resources/cached', '/resources/routed', '/resources/handled', '/resources/free'];
    const texts = await askTexts(page, ...paths.map((path) => service.origin + path));
    assert.deepEqual(texts, ['own cache', 'routed', 'handled', 'foreign']);
    const counts = await Promise.all(paths.map(async (path) => (await readEvents(page, service, path)).length));
    assert.deepEqual(counts, [0, 0, 0, 1]);
    assert.deepEqual(
      paths.map((path) => countRequests(service, path)),
      [0, 0, 0, 0],
    );
  },
};

/** Fetches from a dedicated and from a shared worker of the page. */
function fetchInWorkers(url: string): Promise<readonly string[]> {
  const load = "importScripts('/connect-worker.js');";
  const asking = `fetch('${url}').then((response) => response.text(), String)`;
  const urlOf = (script: string) => `/worker.js?${encodeURIComponent(script)}`;
  const answerOf = (port: Worker | MessagePort) =>
    new Promise<string>((resolve) => {
      port.onmessage = ({ data }) => resolve(String(data));
      setTimeout(resolve, 5000, 'nothing');
    });
  const dedicated = new Worker(urlOf(`${load} ${asking}.then((text) => postMessage(text));`));
  const shared = new SharedWorker(
    urlOf(`${load} onconnect = ({ ports }) => { ${asking}.then((text) => ports[0].postMessage(text)); };`),
  );
  return Promise.all([answerOf(dedicated), answerOf(shared.port)]);
}

const workersOfPages: ChromiumCase = {
  id: 'F-17',
  where: 'chromium',
  title: 'intercepts fetch() of dedicated and shared workers, of sites with and without a service worker',
  run: async (world) => {
    const service = addForeignService(world, { code: ANSWER_ALL });
    const routes = {
      '/worker.js': ({ url }: { readonly url: URL }) => ({ body: decodeURIComponent(url.search.slice(1)) }),
    };
    const pages = [
      await world.openPage(world.addSite({ routes })),
      await openControlledPage(world, world.addSite({ routes, workerScript: '' })),
    ];
    const texts = pages.map(async (page) => {
      await installService(page, service);
      return page.evaluate(fetchInWorkers, `${service.origin}/resources/a`);
    });
    const [plain, controlled] = await Promise.all(texts);
    assert.deepEqual({ plain, controlled }, { plain: ['foreign', 'foreign'], controlled: ['foreign', 'foreign'] });
    assert.equal(countRequests(service, '/resources/a'), 0);
  },
};

const insecurePages: ConformanceCase = {
  id: 'F-18',
  where: 'chromium',
  title: 'leaves requests of insecure pages, of their workers and frames to the network, and opens no bridge there',
  run: async (world) => {
    const service = addForeignService(world, { code: ANSWER_ALL });
    const control = await openClient(world, service);
    const untouched = addForeignService(world, { code: ANSWER_ALL });
    const urls = [untouched.installUrl, ...Array(3).fill(`${untouched.origin}/resources/a`)] as const;
    const frame = `<script>(async () => {
      for (const url of ${JSON.stringify(urls)}) var text = await (await fetch(url)).text();
      parent.postMessage(isSecureContext + ' ' + text, '*');
    })();</script>`;
    const framed = world.addSite({ html: frame });
    const script = `for (const url of ${JSON.stringify(urls)}) await fetch(url).then((r) => r.text()).then((t) => { text = t; });`;
    const routes = {
      '/worker.js': {
        body: `importScripts('/connect-worker.js'); (async () => { let text; ${script} postMessage(isSecureContext + ' ' + text); })();`,
      },
    };
    const page = await world.openPage(world.addSite({ domain: 'test', routes }));
    assert.deepEqual(await page.evaluate(() => [isSecureContext, 'connect' in navigator]), [false, true]);
    for (const url of urls) assert.deepEqual((await ask(page, url))[0]?.error, undefined);
    assert.deepEqual(await askTexts(page, urls[1]), ['network']);
    const said = await page.evaluate(async (frameUrl) => {
      const next = (target: EventTarget) =>
        new Promise<string>((resolve) =>
          target.addEventListener('message', (event) => resolve((event as MessageEvent<string>).data)),
        );
      const started = new Worker('/worker.js');
      const failed = new Promise<string>((resolve) => {
        started.onerror = ({ message }) => resolve(message);
      });
      const worker = Promise.race([next(started), failed]);
      const inFrame = next(window);
      document.body.append(Object.assign(document.createElement('iframe'), { src: frameUrl }));
      return Promise.all([worker, inFrame]);
    }, framed.origin);
    assert.deepEqual(said, ['false network', 'false network']);
    const asked = new Set(untouched.requests().map(({ path }) => path));
    assert.deepEqual([...asked].sort(), ['/install.txt', '/resources/a']);
    assert.deepEqual(await askTexts(control, `${service.origin}/resources/a`), ['foreign']);
  },
};

const listenersThatDoNotAnswer: ConformanceCase = {
  id: 'F-19',
  where: 'chromium',
  title: 'leaves a request that the foreign worker does not answer to the network: once, and unchanged',
  run: async (world) => {
    const service = addForeignService(world, {
      code: `on('/resources/throwing', () => { throw new Error('No answer.'); });
        on('/resources/reading', (event) => { event.waitUntil(event.request.text()); });`,
    });
    const options = { method: 'POST', body: 'a body of 20 letters', headers: { Accept: 'x/y' }, credentials: 'omit' };
    for (const page of await openClients(world, service)) {
      service.reset();
      const urls = ['silent', 'throwing', 'reading'].map((name) => `${service.origin}/resources/${name}?q=1&q=2`);
      const texts = await askTexts(page, ...urls.map((url) => ({ url, options })));
      assert.deepEqual(texts, ['network', 'network', 'network']);
      const seen = service
        .requests()
        .map(({ method, path, headers }) => [method, path, headers.accept, headers['content-length']]);
      const expected = urls.map((url) => ['POST', url.slice(service.origin.length), 'x/y', '20']);
      assert.deepEqual(seen.sort(), expected.sort());
    }
  },
};

/** A page of the service in a frame of the site, which says what it has fetched itself. */
const FRAME = `<!doctype html><script>
  fetch('/resources/own').then((response) => response.text()).then((text) => parent.postMessage(text, '*'));
</script>`;

const navigations: ChromiumCase = {
  id: 'F-29',
  where: 'chromium',
  title: 'never lets a navigation, a frame, an embedded object or a worker script fall through',
  run: async (world) => {
    const service = addForeignService(world, {
      code: ANSWER_ALL,
      routes: {
        '*': { headers: { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'text/html' }, body: 'network' },
      },
    });
    const [plain, controlled] = await openClients(world, service);
    for (const page of [plain, controlled]) {
      const refused = await page.evaluate(async (folder) => {
        const load = (element: HTMLElement) =>
          new Promise((resolve) => {
            element.onload = resolve;
            element.onerror = resolve;
            document.body.append(element);
          });
        await load(Object.assign(document.createElement('iframe'), { src: `${folder}/frame` }));
        await load(Object.assign(document.createElement('object'), { data: `${folder}/object`, type: 'text/html' }));
        await load(Object.assign(document.createElement('embed'), { src: `${folder}/embed`, type: 'text/html' }));
        const start = (run: () => unknown) =>
          Promise.resolve()
            .then(run)
            .then(
              () => 'none',
              (error: Error) => error.name,
            );
        return Promise.all([
          start(() => new Worker(`${folder}/worker.js`)),
          start(() => new SharedWorker(`${folder}/worker.js`)),
          start(() => navigator.serviceWorker.register(`${folder}/worker.js`)),
        ]);
      }, `${service.origin}/resources`);
      assert.deepEqual(refused, ['SecurityError', 'SecurityError', 'SecurityError']);
      for (const name of ['frame', 'object', 'embed', 'worker.js']) {
        const events = await readEvents(page, service, `/resources/${name}`);
        assert.deepEqual(
          events.filter(({ isFallThrough }) => isFallThrough),
          [],
        );
      }
      const [event] = await readEvents(page, service, '/resources/frame');
      assert.equal(event?.isFallThrough, false, 'the frame is a page of the service');
    }
    const counts = ['frame', 'object', 'embed'].map((name) => countRequests(service, `/resources/${name}`));
    assert.deepEqual(counts, [2, 2, 2]);
  },
};

const ownPages: ConformanceCase = {
  id: 'F-30',
  where: 'chromium',
  title:
    "dispatches ordinary fetch events for requests of the service's own pages, and of a page that is its own client",
  run: async (world) => {
    const head = '<script src="/connect.js"></script>';
    const service = addForeignService(world, {
      code: `${ANSWER_ALL}
        self.addEventListener('fetch', (event) => {
          if (!event.isFallThrough && event.request.url.endsWith('/own')) event.respondWith(new Response('ordinary'));
        });`,
      routes: { '/frame': { body: head + FRAME } },
    });
    const page = await openClient(world, service);
    const said = await page.evaluate(
      (src) =>
        new Promise<string>((resolve) => {
          addEventListener('message', ({ data }) => typeof data === 'string' && resolve(data));
          document.body.append(Object.assign(document.createElement('iframe'), { src }));
        }),
      `${service.origin}/frame`,
    );
    assert.equal(said, 'ordinary');
    const events = await readEvents(page, service, '/resources/own');
    assert.deepEqual(
      events.map(({ isFallThrough }) => isFallThrough),
      [false],
    );
    assert.deepEqual(await askTexts(page, `${service.origin}/resources/own`), ['foreign']);
  },
};

/** Who is asked, in which order. */
export const interceptionCases: readonly ConformanceCase[] = [
  elementsOfPlainPages,
  fetchOfPlainPages,
  elementsOfWorkerPages,
  ownThenForeign,
  ownAnswers,
  workersOfPages,
  insecurePages,
  listenersThatDoNotAnswer,
  navigations,
  ownPages,
];
