import assert from 'node:assert/strict';
import { parseInstallations } from '../../../sw/platform/decisions/parse-installations.ts';
import type { AnswerHeaders } from '../../support/origin-server.ts';
import type { ChromiumCase, ConformanceCase, NodeCase } from '../case-definition.ts';
import {
  asking,
  type InstallLab,
  idleWorker,
  installHeaders,
  openInstallLab,
  PIXEL,
  requestsOf,
} from '../install-lab.ts';
import type { World } from '../world.ts';

const PNG_PATH = '/share/assets/pak.png';
const SCRIPT_PATH = '/common/share/sw.js';

/** The explainer's example, with other headers on the resource or the script. */
async function loadExample(world: World, onScript: AnswerHeaders, onResource: AnswerHeaders = {}): Promise<InstallLab> {
  const headers = installHeaders(SCRIPT_PATH, '/share/', onResource);
  const lab = await openInstallLab(world, {
    [PNG_PATH]: { headers, body: PIXEL },
    [SCRIPT_PATH]: idleWorker(onScript),
  });
  const { status, bytes } = await lab.fetch(PNG_PATH);
  assert.deepEqual({ status, bytes }, { status: 200, bytes: [...PIXEL] }, 'the page gets the image unchanged');
  return lab;
}

async function expectNoExample(lab: InstallLab): Promise<void> {
  assert.deepEqual(await lab.settle(), []);
  assert.ok(requestsOf(lab.service).includes(`GET ${SCRIPT_PATH}`), 'the script has been tried');
}

const example: ChromiumCase = {
  id: 'H-01',
  where: 'chromium',
  title: 'installs what the response of the explainer’s example asks for, after the response',
  run: async (world) => {
    const lab = await loadExample(world, { 'Service-Worker-Allowed': '/share/' });
    const all = await lab.waitFor(['/share/']);
    assert.deepEqual(all, [{ scope: '/share/', script: SCRIPT_PATH, version: 'active' }]);
    const requests = requestsOf(lab.service);
    assert.equal(requests.filter((line) => line === `GET ${PNG_PATH}`).length, 1, 'the image is loaded once');
    assert.ok(requests.indexOf(`GET ${SCRIPT_PATH}`) > requests.indexOf(`GET ${PNG_PATH}`), requests.join());
  },
};

const notAllowed: ChromiumCase = {
  id: 'H-02',
  where: 'chromium',
  title: 'installs nothing where the script’s response does not allow the scope',
  run: async (world) => expectNoExample(await loadExample(world, {})),
};

const allowedByResource: ChromiumCase = {
  id: 'H-16',
  where: 'chromium',
  title: 'does not take Service-Worker-Allowed from the resource',
  run: async (world) => expectNoExample(await loadExample(world, {}, { 'Service-Worker-Allowed': '/' })),
};

const scopeAlone: ChromiumCase = {
  id: 'H-03',
  where: 'chromium',
  title: 'ignores a scope without a script',
  run: async (world) => {
    const lab = await openInstallLab(world, {
      '/alone/x.txt': asking('', '/alone/'),
      '/blank/x.txt': asking(' ', '/blank/'),
      '/comma/x.txt': asking(',', '/comma/, /'),
      '/hint/x.txt': asking('', '/hint/', { 'Server-Timing': 'service-worker', 'Timing-Allow-Origin': '*' }),
    });
    for (const path of ['/alone/x.txt', '/blank/x.txt', '/comma/x.txt', '/hint/x.txt']) {
      assert.equal((await lab.fetch(path)).status, 200);
    }
    assert.deepEqual(await lab.settle(), []);
    assert.deepEqual(
      requestsOf(lab.service).filter((line) => !line.endsWith('/x.txt')),
      [],
    );
  },
};

const defaultScope: ChromiumCase = {
  id: 'H-04',
  where: 'chromium',
  title: 'takes the script’s folder for the scope where none is given',
  run: async (world) => {
    const lab = await openInstallLab(world, {
      '/elsewhere/deep/x.txt': asking('/foo/foo.js'),
      '/elsewhere/y.txt': asking('/bar/bar.js?v=a/b', ' '),
      '/foo/foo.js': idleWorker(),
      '/bar/bar.js': idleWorker(),
    });
    for (const path of ['/elsewhere/deep/x.txt', '/elsewhere/y.txt']) await lab.fetch(path);
    const all = await lab.waitFor(['/foo/', '/bar/']);
    assert.deepEqual(all.map(({ scope, script }) => `${scope} ${script}`).sort(), [
      '/bar/ /bar/bar.js?v=a/b',
      '/foo/ /foo/foo.js',
    ]);
  },
};

const relativeScope: ChromiumCase = {
  id: 'H-06',
  where: 'chromium',
  title: 'resolves scope and script against the response, each response’s own',
  run: async (world) => {
    const lab = await openInstallLab(world, {
      '/res/a/x.txt': asking('/res/sw.js', 'sub/'),
      '/res/b/x.txt': asking('/res/sw.js', 'sub/'),
      '/one/x.txt': asking('sw.js', '.'),
      '/two/x.txt': asking('sw.js', '.'),
      '/res/sw.js': idleWorker(),
      '/one/sw.js': idleWorker(),
      '/two/sw.js': idleWorker(),
    });
    for (const path of ['/res/a/x.txt', '/res/b/x.txt', '/one/x.txt', '/two/x.txt']) await lab.fetch(path);
    const all = await lab.waitFor(['/res/a/sub/', '/res/b/sub/', '/one/', '/two/']);
    assert.equal(all.length, 4, JSON.stringify(all));
  },
};

const defaultPort: NodeCase = {
  id: 'H-07',
  where: 'node',
  title: 'normalizes absolute URLs, the default port included',
  run: () => {
    const parse = (responseUrl: string, script: string, scope: string) =>
      parseInstallations(responseUrl, (name) => ({ script, scope })[name.slice(15).toLowerCase()] ?? null);
    const expected = { scriptUrl: 'https://svc.example/sw.js', scopeUrl: 'https://svc.example/in/' };
    const url = 'https://svc.example/x.txt';
    assert.deepEqual(parse(url, 'https://svc.example:443/sw.js', 'https://svc.example:443/in/'), [expected]);
    assert.deepEqual(parse('https://svc.example:443/x.txt', expected.scriptUrl, expected.scopeUrl), [expected]);
    assert.deepEqual(parse(url, 'HTTPS://SVC.example/a/../sw.js', '//svc.example:0443/in/#x'), [expected]);
    assert.deepEqual(parse(url, 'https://svc.example:444/sw.js', '/in/'), []);
    assert.deepEqual(parse(url, '/sw.js', 'https://svc.example:80/in/'), []);
    assert.deepEqual(parse('http://svc.example/x', 'http://svc.example:80/sw.js', 'http://svc.example:80/'), [
      { scriptUrl: 'http://svc.example/sw.js', scopeUrl: 'http://svc.example/' },
    ]);
  },
};

const foreignScript: ChromiumCase = {
  id: 'H-09',
  where: 'chromium',
  title: 'refuses a script of another origin, which is not even asked for it',
  run: async (world) => {
    const other = world.addService({ script: '' });
    const { host } = new URL(other.origin);
    const lab = await openInstallLab(world, {
      '/a/x.txt': asking(`${other.origin}/sw.js`, '/a/'),
      '/b/x.txt': asking(`//${host}/sw.js`, '/b/'),
      '/c/x.txt': asking(`${other.origin}/sw.js`, `${other.origin}/`),
      '/d/x.txt': asking('data:text/javascript%2C', '/d/'),
    });
    for (const path of ['/a/x.txt', '/b/x.txt', '/c/x.txt', '/d/x.txt']) await lab.fetch(path);
    assert.deepEqual(await lab.settle(), []);
    assert.deepEqual(requestsOf(other), []);
  },
};

const foreignScope: ChromiumCase = {
  id: 'H-10',
  where: 'chromium',
  title: 'refuses a scope of another origin',
  run: async (world) => {
    const other = world.addService({ script: '' });
    const lab = await openInstallLab(world, {
      '/a/x.txt': asking('/a/sw.js', `${other.origin}/a/`),
      '/b/x.txt': asking('/b/sw.js', `${new URL(other.origin).protocol}//${new URL(other.origin).hostname}/b/`),
      '/c/x.txt': asking('/c/sw.js', 'blob:/c/'),
      '/a/sw.js': idleWorker({ 'Service-Worker-Allowed': '/' }),
      '/b/sw.js': idleWorker({ 'Service-Worker-Allowed': '/' }),
      '/c/sw.js': idleWorker({ 'Service-Worker-Allowed': '/' }),
    });
    for (const path of ['/a/x.txt', '/b/x.txt', '/c/x.txt']) await lab.fetch(path);
    assert.deepEqual(await lab.settle(), []);
    assert.deepEqual(requestsOf(other), []);
  },
};

const encodedSlashes: ChromiumCase = {
  id: 'H-11',
  where: 'chromium',
  title: 'refuses encoded slashes in paths, not in queries',
  run: async (world) => {
    const encoded = ['%2f', '%2F', '%5c', '%5C'];
    const inScripts = encoded.map((slash, i) => [`/s${i}/x.txt`, asking(`/s${i}/a${slash}sw.js`, `/s${i}/`)] as const);
    const inScopes = encoded.map((slash, i) => [`/p${i}/x.txt`, asking(`/p${i}/sw.js`, `/p${i}/a${slash}/`)] as const);
    const lab = await openInstallLab(world, {
      ...Object.fromEntries([...inScripts, ...inScopes]),
      '/query/x.txt': asking('/query/sw.js?q=%2f%5C', '/query/?q=%2F%5c'),
      '*': ({ url }) => (url.pathname.endsWith('sw.js') ? idleWorker() : undefined),
    });
    for (const [path] of [...inScripts, ...inScopes]) await lab.fetch(path);
    await lab.fetch('/query/x.txt');
    await lab.waitFor(['/query/?q=%2F%5c']);
    assert.deepEqual(await lab.settle(), ['/query/?q=%2F%5c']);
    const scripts = requestsOf(lab.service).filter((line) => line.includes('sw.js'));
    assert.deepEqual(scripts, ['GET /query/sw.js?q=%2f%5C'], 'the others are not even loaded');
  },
};

const missingSlash: ChromiumCase = {
  id: 'H-13',
  where: 'chromium',
  title: 'refuses the script’s folder without its slash as a scope',
  run: async (world) => {
    const lab = await openInstallLab(world, {
      '/bar/x.txt': asking('/bar/sw.js', '/bar'),
      '/bar/sw.js': idleWorker(),
      '/baz/x.txt': asking('/baz/sw.js', '/baz/q'),
      '/baz/sw.js': idleWorker(),
    });
    for (const path of ['/bar/x.txt', '/baz/x.txt']) await lab.fetch(path);
    await lab.waitFor(['/baz/q']);
    assert.deepEqual(await lab.settle(), ['/baz/q']);
  },
};

/** By folder: the script, the scope, and what the script's response allows; installed are those that end in `+`. */
const ALLOWED: readonly (readonly [folder: string, script: string, scope: string, allowed: string])[] = [
  ['wider+', 'deep/sw.js', '', '/wider+/'],
  ['root+', 'deep/sw.js', '', '/'],
  ['absolute+', 'deep/sw.js', '', '/absolute%2B/../absolute+/'],
  ['within+', 'sw.js', 'in/', '/within+/in/'],
  ['relative+', 'a/sw.js', 'b/', '../b/'],
  ['prefix+', 'deep/sw.js', 'scope/', '/prefix+/sc'],
  ['narrower', 'sw.js', '', '/narrower/in/'],
  ['aside', 'a/sw.js', 'b/', '../c/'],
  ['other-origin', 'sw.js', '', 'http://other.localhost/'],
  ['unparsable', 'sw.js', '', 'http://['],
  ['case', 'deep/sw.js', '', '/CASE/'],
];

const allowedScopes: ChromiumCase = {
  id: 'H-14',
  where: 'chromium',
  title: 'takes Service-Worker-Allowed for the maximum scope, as a plain prefix, relative to the script',
  run: async (world) => {
    const resources = ALLOWED.map(([folder, script, scope]) => {
      const ask = asking(`/${folder}/${script}`, `/${folder}/${scope}`);
      return [`/${folder}/x.txt`, ask] as const;
    });
    const scripts = ALLOWED.map(([folder, script, , allowed]) => {
      return [`/${folder}/${script}`, idleWorker({ 'Service-Worker-Allowed': allowed })] as const;
    });
    const lab = await openInstallLab(world, Object.fromEntries([...resources, ...scripts]));
    for (const [path] of resources) await lab.fetch(path);
    const expected = ALLOWED.filter(([folder]) => folder.endsWith('+')).map(
      ([folder, , scope]) => `/${folder}/${scope}`,
    );
    await lab.waitFor(expected);
    assert.deepEqual(await lab.settle(), [...expected].sort());
    const loaded = scripts.filter(([path]) => requestsOf(lab.service).includes(`GET ${path}`));
    assert.equal(loaded.length, scripts.length, 'all have been tried');
  },
};

/** The cases about the script, its scope, and how far the scope may reach. */
export const installScopeCases: readonly ConformanceCase[] = [
  example,
  notAllowed,
  scopeAlone,
  defaultScope,
  relativeScope,
  defaultPort,
  foreignScript,
  foreignScope,
  encodedSlashes,
  missingSlash,
  allowedScopes,
  allowedByResource,
];
