import assert from 'node:assert/strict';
import type { Answer, Origin, Routes } from '../../support/origin-server.ts';
import type { ChromiumCase, ConformanceCase } from '../case-definition.ts';
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
import { BRIDGE_PATH } from '../service-origin.ts';
import type { World } from '../world.ts';

/** Resources and scripts by folder: `/gone/x.txt` asks for `/gone/sw.js`. */
function folders(scripts: Readonly<Record<string, Answer>>): Routes {
  const routes = Object.entries(scripts).flatMap(([folder, script]) => [
    [`/${folder}/x.txt`, asking(`/${folder}/sw.js`)] as const,
    [`/${folder}/sw.js`, script] as const,
  ]);
  return Object.fromEntries(routes);
}

const BROKEN: Readonly<Record<string, Answer>> = {
  gone: { status: 404, headers: { 'Content-Type': 'text/javascript' }, body: '' },
  removed: { status: 410, headers: { 'Content-Type': 'text/javascript' }, body: '' },
  failing: { status: 500, headers: { 'Content-Type': 'text/javascript' }, body: '' },
  busy: { status: 503, headers: { 'Content-Type': 'text/javascript' }, body: '' },
  dropped: { drop: true },
  moved: { status: 302, headers: { Location: '/good/sw.js', 'Content-Type': 'text/javascript' } },
  'moved-for-good': { status: 301, headers: { Location: '/good/sw.js', 'Content-Type': 'text/javascript' } },
  broken: { body: 'this is no script' },
  throwing: { body: 'throw new Error("on evaluation")' },
};

const brokenScripts: ChromiumCase = {
  id: 'H-17',
  where: 'chromium',
  title: 'installs no script that fails to load, is redirected, or fails to run',
  run: async (world) => {
    const lab = await openInstallLab(world, folders({ ...BROKEN, good: idleWorker() }));
    for (const folder of Object.keys(BROKEN)) assert.equal((await lab.fetch(`/${folder}/x.txt`)).status, 200);
    assert.deepEqual(await lab.settle(), []);
    const requests = requestsOf(lab.service);
    for (const folder of Object.keys(BROKEN)) assert.ok(requests.includes(`GET /${folder}/sw.js`), folder);
    assert.ok(!requests.includes('GET /good/sw.js'), 'no redirect is followed');
  },
};

const scriptTypes: ChromiumCase = {
  id: 'H-18',
  where: 'chromium',
  title: 'refuses scripts that are not sent as JavaScript',
  run: async (world) => {
    const types = {
      plain: 'text/plain',
      none: '',
      html: 'text/html',
      json: 'application/json',
      bytes: 'application/octet-stream',
    };
    const rightTypes = { charset: 'text/javascript; charset=utf-8', application: 'application/javascript' };
    const scripts = Object.entries({ ...types, ...rightTypes });
    const routes = folders(
      Object.fromEntries(scripts.map(([folder, type]) => [folder, idleWorker({ 'Content-Type': type })])),
    );
    const lab = await openInstallLab(world, routes);
    for (const [folder] of scripts) await lab.fetch(`/${folder}/x.txt`);
    await lab.waitFor(['/charset/', '/application/']);
    assert.deepEqual(await lab.settle(), ['/application/', '/charset/']);
    for (const [folder] of scripts) assert.ok(requestsOf(lab.service).includes(`GET /${folder}/sw.js`), folder);
  },
};

const lists: ChromiumCase = {
  id: 'H-20',
  where: 'chromium',
  title: 'processes every pair of a list, whatever becomes of the others',
  run: async (world) => {
    const scripts = [
      '/l1/sw.js',
      `${world.addOrigin({}).origin}/sw.js`,
      'blob:http://x',
      '/gone/sw.js',
      '/l5/sw.js',
      '/l6/sw.js',
    ];
    const repeated: Answer = {
      headers: {
        ...installHeaders(''),
        'Service-Worker-Script': ['/r1/sw.js', '/r2/sw.js'],
        'Service-Worker-Scope': ['/r1/in/', '/r2/in/'],
      },
    };
    const lab = await openInstallLab(world, {
      '/list.txt': asking(scripts.join(', '), '/l1/in/, /l2/, , /gone/, /l5/in/'),
      '/repeated.txt': repeated,
      '/held.txt': asking('/held/sw.js,/h2/sw.js'),
      '/uninstallable.txt': asking('/never/sw.js,/n2/sw.js'),
      '/never/sw.js': { body: "addEventListener('install', (event) => event.waitUntil(new Promise(() => {})))" },
      '/held/sw.js': { never: true },
      '/gone/sw.js': { status: 404 },
      '*': ({ url }) => (url.pathname.endsWith('/sw.js') ? idleWorker() : undefined),
    });
    for (const path of ['/list.txt', '/repeated.txt', '/held.txt', '/uninstallable.txt']) await lab.fetch(path);
    const expected = ['/h2/', '/l1/in/', '/l5/in/', '/l6/', '/n2/', '/r1/in/', '/r2/in/'];
    await lab.waitFor(expected);
    const others = (await lab.settle()).filter((scope) => !expected.includes(scope));
    assert.deepEqual(others, ['/held/', '/never/'], 'nothing else but those whose installation does not end');
  },
};

const inBackground: ChromiumCase = {
  id: 'H-22',
  where: 'chromium',
  title: 'does not keep a resource or the page waiting for the installation',
  run: async (world) => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const lab = await openInstallLab(world, {
      '/a/x.txt': asking('/a/sw.js'),
      '/a/x.png': { headers: hintedHeaders('/a/sw.js'), body: PIXEL },
      '/a/sw.js': () => released.then(() => idleWorker()),
    });
    try {
      assert.equal((await lab.fetch('/a/x.txt')).status, 200);
      const isScriptAsked = () => requestsOf(lab.service).includes('GET /a/sw.js') || undefined;
      await poll(isScriptAsked, () => 'The script has not been asked for.');
      assert.equal((await lab.fetch('/a/x.txt')).status, 200, 'again, while the script is on its way');
      assert.ok((await lab.page.evaluate(loadImage, `${lab.service.origin}/a/x.png`)) > 0);
      const versions = (await lab.registrations()).map(({ version }) => version);
      assert.deepEqual(
        versions.filter((version) => version !== ''),
        [],
        'the script is still on its way',
      );
    } finally {
      release();
    }
    await lab.waitFor(['/a/']);
    await expectLoadEvent(lab.world, `${lab.service.origin}/a/x.png`);
  },
};

/** The page's load event does not wait for a bridge that answers never: that frame would be given up after 5 s. */
async function expectLoadEvent(world: World, sharedUrl: string): Promise<void> {
  const hanging = world.addOrigin({
    '/x.png': { headers: hintedHeaders('/sw.js'), body: PIXEL },
    [BRIDGE_PATH]: { never: true },
  });
  const site = world.addSite({
    html: `<img src="${sharedUrl}"><img src="${hanging.origin}/x.png"><img src="/late.png">`,
    routes: { '/late.png': { body: PIXEL, delayMs: 800 } },
  });
  const page = await world.openPage(site);
  const isAsked = () => hanging.requests().some(({ path }) => path === BRIDGE_PATH) || undefined;
  await poll(isAsked, () => 'The bridge has not been asked for.');
  const loadMs = await page.evaluate(() => {
    const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    return entry?.loadEventStart ?? 0;
  });
  assert.ok(loadMs < 4_500, `The load event came after ${loadMs} ms.`);
}

/** Loads an image; resolves to its width. */
function loadImage(url: string): Promise<number> {
  const image = new Image();
  return new Promise((resolve, reject) => {
    image.onload = () => resolve(image.naturalWidth);
    image.onerror = () => reject(new Error(`${url} was not loaded.`));
    image.src = url;
  });
}

const RECORDER = `<script>
  window.recorded = [];
  for (const type of ['error', 'unhandledrejection', 'securitypolicyviolation', 'messageerror']) {
    addEventListener(type, (event) => recorded.push(type + ': ' + (event.message ?? event.reason ?? event.target?.src)), true);
  }
</script>`;

/** Origins that ask for installations, but whose bridges are missing, fail, or answer never. */
function addUnbridged(world: World): readonly Origin[] {
  const bridges: readonly Routes[] = [{}, { [BRIDGE_PATH]: { drop: true } }, { [BRIDGE_PATH]: { never: true } }];
  return bridges.map((bridge) =>
    world.addOrigin({
      '/x.txt': asking('/sw.js'),
      '/x.png': { headers: hintedHeaders('/sw.js'), body: PIXEL },
      '/sw.js': idleWorker(),
      ...bridge,
    }),
  );
}

const quietFailures: ChromiumCase = {
  id: 'H-23',
  where: 'chromium',
  title: 'lets the page hear nothing of installations that fail',
  run: async (world) => {
    const other = world.addOrigin(INSPECTION_ROUTES);
    const unbridged = addUnbridged(world);
    const lab = await openInstallLab(
      world,
      {
        ...folders(BROKEN),
        '/foreign/x.txt': asking(`${other.origin}/sw.js`),
        '/scope/x.txt': asking('/scope/sw.js', '/'),
        '/slash/x.txt': asking('/slash/%2fsw.js'),
        '/nonsense/x.txt': asking('http://[', '%%%'),
        '/scope/sw.js': idleWorker(),
        '/gone/x.png': { headers: hintedHeaders('/gone/sw.js'), body: PIXEL },
      },
      { site: { head: RECORDER } },
    );
    const paths = [...Object.keys(BROKEN), 'foreign', 'scope', 'slash', 'nonsense'].map((folder) => `/${folder}/x.txt`);
    for (const path of paths) assert.equal((await lab.fetch(path)).status, 200);
    for (const { origin } of unbridged) {
      assert.equal((await lab.fetch(`${origin}/x.txt`)).status, 200);
      await lab.page.evaluate(loadImage, `${origin}/x.png`);
    }
    await lab.page.evaluate(loadImage, `${lab.service.origin}/gone/x.png`);
    assert.deepEqual(await lab.settle(), []);
    const isEachAsked = () => unbridged.every((origin) => origin.requests().some(({ path }) => path === BRIDGE_PATH));
    await poll(
      () => isEachAsked() || undefined,
      () => 'Not all bridges have been asked for.',
    );
    const recorded = await lab.page.evaluate(() => (window as unknown as { recorded: readonly string[] }).recorded);
    assert.deepEqual(recorded, [], 'no event');
    assert.deepEqual(lab.page.consoleErrors(), [], 'nothing in the console');
  },
};

const uninstallation: ChromiumCase = {
  id: 'H-34',
  where: 'chromium',
  title: 'keeps a registration whose script has gone, and has no header to remove one',
  run: async (world) => {
    const script = "self.addEventListener('connect', ({ port }) => port.postMessage('still here'));";
    const lab = await openInstallLab(
      world,
      { '/without.txt': asking('', '/'), '/empty.txt': asking(' ', '/'), '/none.txt': asking('none', '/') },
      { service: { script } },
    );
    await lab.fetch('/install.txt');
    const expected = [{ scope: '/', script: '/sw.js', version: 'active' }];
    assert.deepEqual(await lab.waitFor(['/']), expected);
    for (const status of [404, 410]) {
      lab.service.setRoute('/sw.js', { status, headers: { 'Content-Type': 'text/javascript' } });
      assert.equal(await lab.update('/'), 'TypeError', `an update that is answered ${status}`);
      assert.deepEqual(await lab.registrations(), expected, `after ${status}`);
    }
    for (const path of ['/without.txt', '/empty.txt', '/none.txt']) await lab.fetch(path);
    assert.deepEqual(await lab.settle(), ['/']);
    const said = await lab.page.evaluate(connectAndListen, `${lab.service.origin}/`);
    assert.equal(said, 'still here', 'the worker goes on');
  },
};

async function connectAndListen(url: string): Promise<unknown> {
  const { connect } = navigator as unknown as { connect(url: string): Promise<MessagePort> };
  const port = await connect.call(navigator, url);
  return new Promise((resolve) => {
    port.onmessage = ({ data }) => resolve(data);
  });
}

const scriptRequest: ChromiumCase = {
  id: 'H-35',
  where: 'chromium',
  title: 'loads the script with `Service-Worker: script`, so that a server may refuse all other requests',
  run: async (world) => {
    const lab = await openInstallLab(world, {
      '/a/x.txt': asking('/a/sw.js'),
      '/a/sw.js': ({ headers }) => {
        if (headers['service-worker'] === 'script') return idleWorker();
        return { status: 403, headers: { 'Access-Control-Allow-Origin': '*' } };
      },
    });
    assert.equal((await lab.fetch('/a/sw.js')).status, 403);
    await lab.fetch('/a/x.txt');
    await lab.waitFor(['/a/']);
    const asked = lab.service.requests().filter(({ path }) => path === '/a/sw.js');
    const seen = asked.map(({ method, headers }) => `${method} ${headers['service-worker'] ?? ''}`);
    assert.deepEqual(seen, ['GET ', 'GET script'], 'by the page, then by the browser alone');
  },
};

/** The cases about what fails, and about who notices. */
export const installFailureCases: readonly ConformanceCase[] = [
  brokenScripts,
  scriptTypes,
  lists,
  inBackground,
  quietFailures,
  uninstallation,
  scriptRequest,
];
