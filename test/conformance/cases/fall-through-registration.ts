import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { matchesRule, parseFallThroughRule } from '../../../sw/platform/decisions/fall-through-scopes.ts';
import type { ConformanceCase } from '../case-definition.ts';
import { ask, askJson, askTexts, installService, openClient } from '../client-page.ts';
import { addForeignService, countRequests, foreignScript } from '../foreign-service.ts';
import type { World } from '../world.ts';

const ANSWER_ALL = `on('*', (event) => event.respondWith(share('foreign')));`;
/** Collects the names of what calls throw, `none` where one does not. */
const ATTEMPT = `
  const errors = {};
  const attempt = (name, run) => {
    try { run(); errors[name] = 'none'; } catch (error) { errors[name] = error.name; }
  };
  on('/resources/errors', (event) => event.respondWith(share(JSON.stringify(errors))));`;

/** Installs a service whose install listener makes these calls, by name: what each of them has thrown. */
async function attemptCalls(world: World, calls: Readonly<Record<string, string>>) {
  const attempts = Object.entries(calls).map(
    ([name, list]) => `attempt(${JSON.stringify(name)}, () => event.handleFallThroughRequests(${list}));`,
  );
  const service = addForeignService(world, {
    register: `${attempts.join('\n')}\nevent.handleFallThroughRequests(['/resources']);`,
    code: `${ATTEMPT}${ANSWER_ALL}`,
  });
  const page = await openClient(world, service);
  const errors = await askJson(page, `${service.origin}/resources/errors`);
  return { service, page, errors };
}

function allNamed(calls: Readonly<Record<string, string>>, error: string) {
  return Object.fromEntries(Object.keys(calls).map((name) => [name, error]));
}

const acceptedDuringInstall: ConformanceCase = {
  id: 'F-01',
  where: 'chromium',
  title: 'accepts scopes while the install event is dispatched; calls add up, and an empty list registers nothing',
  run: async (world) => {
    const calls = { empty: '[]', one: `['/more']`, two: `['/a/', '/b/']`, absolute: `[self.location.origin + '/abs']` };
    const { service, page, errors } = await attemptCalls(world, calls);
    assert.deepEqual(errors, allNamed(calls, 'none'));
    const paths = ['/resources/x', '/more', '/a/x', '/b/x', '/abs', '/a', '/other', '/'];
    assert.deepEqual(await askTexts(page, ...paths.map((path) => service.origin + path)), [
      ...Array(5).fill('foreign'),
      ...Array(3).fill('network'),
    ]);
  },
};

const refusedAfterInstall: ConformanceCase = {
  id: 'F-02',
  where: 'chromium',
  title: 'throws InvalidStateError once the install event has been dispatched',
  run: async (world) => {
    const call = (name: string) => `attempt('${name}', () => saved.handleFallThroughRequests(['/late']));`;
    const service = addForeignService(world, {
      register: `event.handleFallThroughRequests(['/resources']);
        saved = event;
        event.waitUntil(new Promise((resolve) => setTimeout(() => { ${call('timer')} resolve(); }, 5)));`,
      code: `let saved;${ATTEMPT}${ANSWER_ALL}
        self.addEventListener('activate', () => { ${call('activate')} });
        on('/resources/again', (event) => { ${call('fetch')} event.respondWith(share('foreign')); });`,
    });
    const page = await openClient(world, service);
    assert.deepEqual(await askTexts(page, `${service.origin}/resources/again`), ['foreign']);
    const expected = { timer: 'InvalidStateError', activate: 'InvalidStateError', fetch: 'InvalidStateError' };
    assert.deepEqual(await askJson(page, `${service.origin}/resources/errors`), expected);
    assert.deepEqual(await askTexts(page, `${service.origin}/late`), ['network']);
  },
};

const scopesAreLists: ConformanceCase = {
  id: 'F-03',
  where: 'chromium',
  title: 'throws TypeError for scopes that are no list of strings, and registers nothing of them',
  run: async (world) => {
    const calls = {
      nothing: '',
      null: 'null',
      text: `'/text'`,
      object: `{ 0: '/object', length: 1 }`,
      number: `['/number', 5]`,
      hole: `['/hole', , ]`,
      nested: `['/nested', ['/inner']]`,
      url: `['/url', new URL('/inner', self.location)]`,
      symbol: `['/symbol', Symbol('/inner')]`,
    };
    const { service, page, errors } = await attemptCalls(world, calls);
    assert.deepEqual(errors, allNamed(calls, 'TypeError'));
    const paths = ['text', 'object', 'number', 'hole', 'nested', 'url', 'symbol', 'inner'];
    const texts = await askTexts(page, ...paths.map((path) => `${service.origin}/${path}`));
    assert.deepEqual(
      texts,
      paths.map(() => 'network'),
    );
  },
};

const scopesLieInside: ConformanceCase = {
  id: 'F-04',
  where: 'chromium',
  title: "throws TypeError for a scope outside the worker's, and registers nothing of that call",
  run: async (world) => {
    const outside = [
      '/foo',
      '/app',
      '/app/../foo',
      '/app/%2e%2e/foo',
      'foo',
      '',
      'http://[',
      'https://other.example/app/',
    ];
    const userinfo = `'http://user@' + self.location.host + '/app/x'`;
    const port = `'http://' + self.location.hostname + ':1/app/x'`;
    const lists = [...outside.map((scope) => JSON.stringify(scope)), userinfo, port];
    const attempts = lists.map(
      (scope, i) => `attempt(${i}, () => event.handleFallThroughRequests(['/app/ok${i}', ${scope}]));`,
    );
    const service = addForeignService(world, {
      scope: '/app/',
      folder: '/app/resources',
      register: `${attempts.join('')} attempt('inside', () => event.handleFallThroughRequests(['app/resources']));`,
      code: `${ATTEMPT.replace('/resources', '/app/resources')}${ANSWER_ALL}`,
    });
    const page = await world.openPage(world.addSite());
    await installService(page, service, '/app/resources');
    const expected = { ...lists.map(() => 'TypeError'), inside: 'none' };
    assert.deepEqual(await askJson(page, `${service.origin}/app/resources/errors`), expected);
    const texts = await askTexts(page, ...lists.map((_, i) => `${service.origin}/app/ok${i}`));
    assert.deepEqual(
      texts,
      lists.map(() => 'network'),
    );
  },
};

const scopesArePrefixes: ConformanceCase = {
  id: 'F-06',
  where: 'chromium',
  title: 'takes scopes for plain prefixes of the URL: /font covers /font?x, /font/a and /fonts.css, not /FONT',
  run: async (world) => {
    const service = addForeignService(world, {
      register: `event.handleFallThroughRequests(['/resources', '/font', '/q?family=']);`,
      code: ANSWER_ALL,
    });
    const page = await openClient(world, service);
    const covered = ['/font', '/font?x', '/font/a', '/fonts.css', '/font#part', '/q?family=A', '/x/../font'];
    const others = ['/FONT', '/Font/a', '/fon', '/a/font', '/q', '/q?text=a&family=A', '/%66ont', '/?/font'];
    const texts = await askTexts(page, ...[...covered, ...others].map((path) => service.origin + path));
    assert.deepEqual(texts, [...covered.map(() => 'foreign'), ...others.map(() => 'network')]);
    const rule = parseFallThroughRule(['/font'], undefined, 'https://s.example/', 'https://s.example/sw.js');
    assert.ok(!matchesRule(rule, 'https://s.example.evil/font', 'https://a.example'));
    assert.ok(!matchesRule(rule, 'http://s.example/font', 'https://a.example'));
  },
};

/** A version of a service that registers a folder of its own, beside that of the probe. */
const versionScript = (name: string, folders: string) =>
  foreignScript({
    register: folders && `event.handleFallThroughRequests(${folders});`,
    code: `
      on('*', (event) => event.respondWith(share('${name}')));
      self.addEventListener('message', (event) => event.data === 'skip' && self.skipWaiting());
      on('/resources/update', (event) => event.respondWith((async () => {
        const { installing, waiting } = await self.registration.update();
        const next = waiting ?? installing;
        while (next.state === 'installing') await new Promise((resolve) => setTimeout(resolve, 20));
        return share(next.state);
      })()));
      on('/resources/skip', (event) => {
        self.registration.waiting.postMessage('skip');
        event.respondWith(share('skipping'));
      });`,
  });

const updatesReplaceScopes: ConformanceCase = {
  id: 'F-08',
  where: 'chromium',
  title: "counts an update's scopes from its activation on, and only those",
  run: async (world) => {
    const service = addForeignService(world);
    service.setScript(versionScript('v1', `['/resources', '/old']`));
    const site = world.addSite();
    const page = await world.openPage(site);
    await installService(page, service);
    // Only a frame that is opened after the installation is the worker's, and makes the update wait.
    await page.goto(`${site.origin}/`);
    await installService(page, service);
    const [update, skip, old, added] = ['/resources/update', '/resources/skip', '/old', '/new'].map(
      (path) => service.origin + path,
    ) as [string, string, string, string];
    // A version that waits is activated when the active one is idle; stopped, it is.
    const stop = () => world.browser.stopWorkers((url) => url.startsWith(service.origin));
    service.setScript(versionScript('v2', `['/resources', '/new']`));
    assert.deepEqual(await askTexts(page, update), ['installed']);
    assert.deepEqual(await askTexts(page, old, added), ['v1', 'network']);
    await askTexts(page, skip);
    await pollTexts(() => askTexts(page, old, added), ['network', 'v2'], stop);
    service.setScript(versionScript('v3', ''));
    assert.deepEqual(await askTexts(page, update), ['installed']);
    assert.deepEqual(await askTexts(page, old, added), ['network', 'v2']);
    await askTexts(page, skip);
    await pollTexts(() => askTexts(page, old, added, update), ['network', 'network', 'network'], stop);
  },
};

/** Asks until the answers are the expected ones, with a pause after each try; asserts it of the last ones. */
async function pollTexts(
  read: () => Promise<readonly string[]>,
  expected: readonly string[],
  pause: () => Promise<void>,
): Promise<void> {
  let texts: readonly string[] = [];
  for (let i = 0; i < 10 && texts.join() !== expected.join(); i++) {
    await delay(100);
    await pause();
    await delay(200);
    texts = await read();
  }
  assert.deepEqual(texts, expected);
}

const originsFilter: ConformanceCase = {
  id: 'F-10',
  where: 'chromium',
  title: 'leaves requests of origins that are not listed to the network, and tells the service nothing of them',
  run: async (world) => {
    const [a, b] = [world.addSite(), world.addSite()];
    const near = [a.origin.replace('http:', 'https:'), a.origin.replace(/\d+$/, '1'), b.origin.replace('//', '//www.')];
    const service = addForeignService(world, {
      register: `event.handleFallThroughRequests(['/resources']);
        event.handleFallThroughRequests(['/a'], { origins: ${JSON.stringify([a.origin, ...near])} });`,
      code: ANSWER_ALL,
    });
    const pages = await Promise.all([world.openPage(a), world.openPage(b)]);
    await Promise.all(pages.map((page) => installService(page, service)));
    const texts = await Promise.all(pages.map((page) => askTexts(page, `${service.origin}/a`)));
    assert.deepEqual(texts, [['foreign'], ['network']]);
    const logs = await Promise.all(pages.map((page) => askJson(page, `${service.origin}/resources/log`)));
    const counts = logs.map((log) => (log as readonly { path: string }[]).filter(({ path }) => path === '/a').length);
    assert.deepEqual(counts, [1, 0]);
    assert.equal(countRequests(service, '/a'), 1);
  },
};

const originsAreOrigins: ConformanceCase = {
  id: 'F-11',
  where: 'chromium',
  title: 'throws TypeError for origins that are no list of origins, and for an empty list',
  run: async (world) => {
    const origins = {
      empty: '[]',
      text: `'https://a.example'`,
      null: 'null',
      number: `['*', 5]`,
      word: `['nonsense']`,
      blank: `['']`,
      opaque: `['null']`,
      path: `['https://a.example/path']`,
      scheme: `['ftp://a.example']`,
      mixed: `['https://a.example', 'http://[']`,
    };
    const calls = Object.fromEntries(
      Object.entries(origins).map(([name, list]) => [name, `['/${name}'], { origins: ${list} }`]),
    );
    const { service, page, errors } = await attemptCalls(world, calls);
    assert.deepEqual(errors, allNamed(calls, 'TypeError'));
    const outcomes = await ask(page, ...Object.keys(calls).map((name) => `${service.origin}/${name}`));
    assert.deepEqual(
      outcomes.map(({ text }) => text),
      Object.keys(calls).map(() => 'network'),
    );
  },
};

const allOrigins: ConformanceCase = {
  id: 'F-12',
  where: 'chromium',
  title: "intercepts requests of every secure origin without origins, and with ['*']",
  run: async (world) => {
    const service = addForeignService(world, {
      register: `event.handleFallThroughRequests(['/resources']);
        event.handleFallThroughRequests(['/star'], { origins: ['*'] });
        event.handleFallThroughRequests(['/mixed'], { origins: ['https://a.example', '*'] });
        event.handleFallThroughRequests(['/bag'], {});`,
      code: `on('*', (event) => event.respondWith(share(event.origin)));`,
    });
    const sites = [world.addSite(), world.addSite()];
    for (const site of sites) {
      const page = await world.openPage(site);
      await installService(page, service);
      const urls = ['/resources/x', '/star', '/mixed', '/bag'].map((path) => service.origin + path);
      assert.deepEqual(
        await askTexts(page, ...urls),
        urls.map(() => site.origin),
      );
    }
  },
};

/** Which scopes and origins a service can register, and when. */
export const registrationCases: readonly ConformanceCase[] = [
  acceptedDuringInstall,
  refusedAfterInstall,
  scopesAreLists,
  scopesLieInside,
  scopesArePrefixes,
  updatesReplaceScopes,
  originsFilter,
  originsAreOrigins,
  allOrigins,
];
