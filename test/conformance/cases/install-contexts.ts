import assert from 'node:assert/strict';
import type { Answer } from '../../support/origin-server.ts';
import type { ChromiumCase, ConformanceCase, SkippedCase } from '../case-definition.ts';
import {
  asking,
  hintedHeaders,
  INSPECTION_ROUTES,
  idleWorker,
  installHeaders,
  openInstallLab,
  PIXEL,
  poll,
  requestsOf,
} from '../install-lab.ts';
import type { Service } from '../service-origin.ts';

/** What a page of any kind does first: it fetches a resource and loads an image, and knows whether it is secure. */
function loadBoth(origin: string): Promise<{ isSecure: boolean; script: string | null; frames: number }> {
  const image = new Image();
  const loaded = new Promise((resolve) => {
    image.onload = resolve;
    image.onerror = resolve;
  });
  image.src = `${origin}/a/x.png`;
  return fetch(`${origin}/a/x.txt`).then(async ({ headers }) => {
    await loaded;
    await new Promise((resolve) => setTimeout(resolve, 100));
    const frames = document.querySelectorAll('iframe').length;
    return { isSecure: isSecureContext, script: headers.get('Service-Worker-Script'), frames };
  });
}

const BOTH = {
  '/a/x.txt': asking('/a/sw.js'),
  '/a/x.png': { headers: hintedHeaders('/a/sw.js'), body: PIXEL },
  '/a/sw.js': idleWorker(),
};

/** Nothing but the two resources has been asked of a service; the bridge neither. */
function expectOnlyResources(service: Service): void {
  const requests = service.requests().map(({ method, path }) => `${method} ${path}`);
  assert.deepEqual([...requests].sort(), ['GET /a/x.png', 'GET /a/x.txt']);
}

const insecurePage: ChromiumCase = {
  id: 'H-24',
  where: 'chromium',
  title: 'installs nothing for a page that is no secure context',
  run: async (world) => {
    const service = world.addService({ script: '', routes: BOTH });
    const page = await world.openPage(world.addSite({ domain: 'test' }));
    const seen = await page.evaluate(loadBoth, service.origin);
    assert.deepEqual(seen, { isSecure: false, script: '/a/sw.js', frames: 0 });
    const lab = await openInstallLab(world, BOTH);
    assert.equal((await lab.page.evaluate(loadBoth, lab.service.origin)).isSecure, true);
    await lab.waitFor(['/a/']);
    expectOnlyResources(service);
  },
};

const insecureAncestor: ChromiumCase = {
  id: 'H-26',
  where: 'chromium',
  title: 'installs nothing for a frame whose ancestor is insecure',
  run: async (world) => {
    const ofInsecure = world.addService({ script: '', routes: BOTH });
    const ofSecure = world.addService({ script: '', routes: BOTH });
    const inner = world.addSite({
      html: `<script>
        const __name = (named) => named;
        (${loadBoth})(location.search.slice(1)).then((seen) => parent.postMessage(seen, '*'));
      </script>`,
    });
    const page = await world.openPage(world.addSite({ domain: 'test' }));
    const seen = await page.evaluate(hearFrame, `${inner.origin}/?${ofInsecure.origin}`);
    assert.deepEqual(seen, { isSecure: false, script: '/a/sw.js', frames: 0 });
    const control = await world.openPage(world.addSite());
    await control.evaluate(hearFrame, `${inner.origin}/?${ofSecure.origin}`);
    const isInstalled = () => requestsOf(ofSecure).includes('GET /a/sw.js') || undefined;
    await poll(isInstalled, () => 'The same frame of a secure page has installed nothing.');
    expectOnlyResources(ofInsecure);
  },
};

/** Adds a frame and resolves to the first thing that it says. */
function hearFrame(url: string): Promise<unknown> {
  const frame = document.createElement('iframe');
  return new Promise((resolve) => {
    addEventListener('message', ({ data, source }) => {
      if (source === frame.contentWindow) resolve(data);
    });
    frame.src = url;
    document.body.append(frame);
  });
}

const secureDestination: ChromiumCase = {
  id: 'H-25',
  where: 'chromium',
  title: 'installs what a secure document asks for, and its resources, where an insecure page led to it',
  run: async (world) => {
    const lab = await openInstallLab(world, BOTH);
    const own = world.addService({ script: '', routes: INSPECTION_ROUTES });
    const document: Answer = {
      headers: { ...hintedHeaders('/sw.js', '/'), 'Content-Type': 'text/html' },
      body: `<!doctype html><script src="/connect.js"></script><img src="${lab.service.origin}/a/x.png">`,
    };
    own.setRoute('/document.html', document);
    const insecure = world.addSite({ domain: 'test' });
    const page = await world.openPage(insecure);
    const target = `${own.origin}/document.html`;
    await page.evaluate((url) => void setTimeout(() => location.assign(url)), target);
    const isAt = async () => (await page.evaluate(() => location.href).catch(() => '')) === target || undefined;
    await poll(isAt, () => 'The page has not been left.');
    assert.equal(await page.evaluate(() => isSecureContext), true);
    const isImageRead = () => requestsOf(lab.service).includes('GET /a/sw.js') || undefined;
    await poll(isImageRead, () => 'What the resource asks for is not installed.');
    const registered = () =>
      page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope));
    const isOwn = async () => (await registered()).includes(`${own.origin}/`) || undefined;
    await poll(isOwn, () => 'What the document asks for is not installed.');
  },
};

const FETCHING_WORKER = `
const windows = () => self.clients.matchAll({ includeUncontrolled: true });
self.addEventListener('message', (event) => {
  const { url, isAlone } = event.data ?? {};
  if (!url) return;
  event.waitUntil((async () => {
    while (isAlone && (await windows()).length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
    const { headers } = await fetch(url);
    event.ports[0]?.postMessage(headers.get('Service-Worker-Script'));
  })());
});`;

async function askWorker(url: string, isAlone: boolean): Promise<unknown> {
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  active?.postMessage({ url, isAlone }, [port2]);
  if (isAlone) return undefined;
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
  });
}

const workerFetch: ChromiumCase = {
  id: 'H-27',
  where: 'chromium',
  title: 'installs what a service worker fetches, as long as it controls a page',
  run: async (world) => {
    const names = ['uncontrolled', 'controlled', 'alone', 'again'];
    const routes = names.flatMap((name) => [
      [`/${name}/x.txt`, asking(`/${name}/sw.js`)] as const,
      [`/${name}/sw.js`, idleWorker()] as const,
    ]);
    const lab = await openInstallLab(world, Object.fromEntries(routes), { site: { workerScript: FETCHING_WORKER } });
    const urlOf = (name: string) => `${lab.service.origin}/${name}/x.txt`;
    const isAsked = (line: string) => requestsOf(lab.service).includes(line) || undefined;
    await lab.page.evaluate(async () => void (await navigator.serviceWorker.register('/sw.js')));
    assert.equal(await lab.page.evaluate(askWorker, urlOf('uncontrolled'), false), '/uncontrolled/sw.js');
    await lab.page.goto(lab.site.origin);
    assert.equal(await lab.page.evaluate(askWorker, urlOf('controlled'), false), '/controlled/sw.js');
    await lab.waitFor(['/controlled/']);
    await lab.page.evaluate(askWorker, urlOf('alone'), true);
    await lab.page.close();
    await poll(
      () => isAsked('GET /alone/x.txt'),
      () => 'The worker has not gone on without a page.',
    );
    const next = await world.openPage(lab.site);
    await next.evaluate(askWorker, urlOf('again'), false);
    await poll(
      () => isAsked('GET /again/sw.js'),
      () => 'Nothing is installed for the next page.',
    );
    const [uncontrolled, , alone] = names.map((name) => requestsOf(lab.service).filter((line) => line.includes(name)));
    assert.deepEqual(
      [...(uncontrolled ?? []).filter((line) => line.startsWith('GET /u'))],
      ['GET /uncontrolled/x.txt'],
    );
    assert.deepEqual(alone, ['GET /alone/x.txt']);
  },
};

const KINDS = ['fetch', 'frame', 'stylesheet', 'image', 'font', 'script', 'import'];

const resourceKinds: ChromiumCase = {
  id: 'H-28',
  where: 'chromium',
  title: 'installs what resources of every kind ask for',
  run: async (world) => {
    const bodies: Readonly<Record<string, string | Uint8Array>> = { image: PIXEL, import: 'export {}' };
    const types: Readonly<Record<string, string>> = { frame: 'text/html', stylesheet: 'text/css', image: 'image/png' };
    const routes = KINDS.flatMap((kind) => {
      const headers = { ...hintedHeaders(`/${kind}/sw.js`), 'Content-Type': types[kind] ?? 'text/javascript' };
      return [
        [`/${kind}/resource`, { headers, body: bodies[kind] ?? '' }] as const,
        [`/${kind}/sw.js`, idleWorker()] as const,
      ];
    });
    const lab = await openInstallLab(world, Object.fromEntries(routes));
    await lab.page.evaluate(loadKinds, lab.service.origin);
    const scopes = KINDS.map((kind) => `/${kind}/`);
    assert.equal((await lab.waitFor(scopes)).length, scopes.length);
    const heads = requestsOf(lab.service).filter((line) => line.startsWith('HEAD'));
    assert.ok(heads.length <= scopes.length + 1, `each is read again once: ${heads.join()}`);
  },
};

async function loadKinds(origin: string): Promise<void> {
  const add = (tag: string, attributes: object) => {
    const element = Object.assign(document.createElement(tag), attributes);
    document.body.append(element);
  };
  add('iframe', { src: `${origin}/frame/resource` });
  add('link', { rel: 'stylesheet', href: `${origin}/stylesheet/resource` });
  add('img', { src: `${origin}/image/resource` });
  add('script', { src: `${origin}/script/resource` });
  add('script', { type: 'module', src: `${origin}/import/resource` });
  await new FontFace('none', `url(${origin}/font/resource)`).load().catch(() => {});
  await fetch(`${origin}/fetch/resource`);
}

const redirects: ChromiumCase = {
  id: 'H-30',
  where: 'chromium',
  title: 'sees the headers of the last response of a chain of redirects only',
  run: async (world) => {
    const target = world.addService({
      script: '',
      routes: { ...INSPECTION_ROUTES, '/end/x.txt': asking('sw.js'), '/end/sw.js': idleWorker() },
    });
    const hop = (path: string, location: string): Answer => ({
      status: 302,
      headers: { ...hintedHeaders(`/${path}/sw.js`), Location: location },
    });
    const lab = await openInstallLab(world, {
      '/hop/x.txt': hop('hop', '/plain/x.txt'),
      '/both/x.txt': hop('both', '/end/x.txt'),
      '/away/x.txt': hop('away', `${target.origin}/end/x.txt`),
      '/image/x.png': hop('image', '/pixel/x.png'),
      '/plain/x.txt': { headers: { 'Access-Control-Allow-Origin': '*', 'Timing-Allow-Origin': '*' } },
      '/end/x.txt': asking('sw.js'),
      '/pixel/x.png': { headers: hintedHeaders('sw.js'), body: PIXEL },
      '*': ({ url }) => (url.pathname.endsWith('/sw.js') ? idleWorker() : undefined),
    });
    for (const path of ['/hop/x.txt', '/both/x.txt', '/away/x.txt']) assert.equal((await lab.fetch(path)).status, 200);
    await lab.page.evaluate(
      (url) => void Object.assign(new Image(), { src: url }),
      `${lab.service.origin}/image/x.png`,
    );
    await lab.waitFor(['/end/', '/pixel/']);
    await lab.waitFor(['/end/'], target.origin);
    assert.deepEqual(await lab.settle(), ['/end/', '/pixel/'], 'relative to the last response');
    assert.equal((await lab.registrations(target.origin)).length, 1);
  },
};

const VISIBLE = 'Service-Worker-Script, Service-Worker-Scope';

const visibility: ChromiumCase = {
  id: 'H-33',
  where: 'chromium',
  title: 'reads headers that are exposed to CORS requests, and hints that are exposed to all',
  run: async (world) => {
    const resource = (name: string, isExposed: boolean, isHinted: boolean, isTimingAllowed = true): Answer => ({
      headers: {
        ...installHeaders(`/${name}/sw.js`, `/${name}/`, { 'Access-Control-Expose-Headers': isExposed ? VISIBLE : '' }),
        'Server-Timing': isHinted ? `service-worker;desc="/${name}/sw.js"` : '',
        'Timing-Allow-Origin': isTimingAllowed ? '*' : '',
        'Content-Type': 'text/css',
      },
    });
    const lab = await openInstallLab(world, {
      '/hidden/x.css': resource('hidden', false, false),
      '/exposed/x.css': resource('exposed', true, false),
      '/opaque/x.css': resource('opaque', true, false),
      '/untimed/x.css': resource('untimed', false, true, false),
      '/hinted/x.css': resource('hinted', false, true),
      '*': ({ url }) => (url.pathname.endsWith('/sw.js') ? idleWorker() : undefined),
    });
    const [hidden, exposed] = [await lab.fetch('/hidden/x.css'), await lab.fetch('/exposed/x.css')];
    assert.deepEqual([hidden.type, hidden.script, hidden.scope], ['cors', null, null]);
    assert.deepEqual([exposed.type, exposed.script, exposed.scope], ['cors', '/exposed/sw.js', '/exposed/']);
    const paths = ['/opaque/x.css', '/untimed/x.css', '/hinted/x.css'];
    const opaque = await lab.page.evaluate(
      loadOpaquely,
      paths.map((path) => lab.service.origin + path),
    );
    assert.deepEqual(
      opaque,
      paths.map(() => ['opaque', null]),
    );
    await lab.waitFor(['/exposed/', '/hinted/']);
    assert.deepEqual(await lab.settle(), ['/exposed/', '/hinted/']);
    const heads = requestsOf(lab.service).filter((line) => /HEAD|hidden\/sw|opaque\/sw|untimed\/sw/.test(line));
    assert.deepEqual([...heads].sort(), ['HEAD /exposed/x.css', 'HEAD /hinted/x.css']);
  },
};

/** Loads URLs as plain stylesheets, and by `fetch()` in mode no-cors; resolves to what scripts see of the latter. */
async function loadOpaquely(urls: readonly string[]): Promise<readonly (readonly [string, string | null])[]> {
  for (const href of urls) {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href });
    document.head.append(link);
    await new Promise((resolve) => {
      link.onload = resolve;
      link.onerror = resolve;
    });
  }
  const responses = await Promise.all(urls.map((url) => fetch(url, { mode: 'no-cors' })));
  return responses.map(({ type, headers }) => [type, headers.get('Service-Worker-Script')] as const);
}

const NO_LINKS =
  'The Link form is an optional alias of the explainer’s two headers, and this project has only those: a Link header with rel=serviceworker asks for nothing.';

const ignoredLinks: SkippedCase = {
  id: 'H-31',
  where: 'node',
  title: 'ignores links with an anchor or for another type of worker',
  skip: NO_LINKS,
};

const linkForm: SkippedCase = {
  id: 'H-32',
  where: 'chromium',
  title: 'installs what a Link header with rel=serviceworker asks for',
  skip: NO_LINKS,
};

/** The cases about who loads what, and how the headers are seen. */
export const installContextCases: readonly ConformanceCase[] = [
  insecurePage,
  secureDestination,
  insecureAncestor,
  workerFetch,
  resourceKinds,
  redirects,
  ignoredLinks,
  linkForm,
  visibility,
];
