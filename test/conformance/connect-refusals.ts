import assert from 'node:assert/strict';
import { CONNECT_DEADLINE_MS } from '../../sw/platform/limits.ts';
import type { RawChromium } from '../support/raw-chromium.ts';
import type { RawPage } from '../support/raw-chromium-page.ts';
import { type Attempt, CONNECT_KIT_HEAD, type ConnectKit } from './connect-kit.ts';
import { addReportingService, askToInstall } from './reporting-service.ts';
import type { Service } from './service-origin.ts';
import type { Site } from './site-origin.ts';
import type { World } from './world.ts';

/** One refused attempt. */
type Refusal = { readonly kind: string; readonly attempt: Attempt };

/** What came of all kinds of refusals, each asked for twice by one page, all at the same time. */
export type Refusals = {
  /** In the order of the calls: all kinds, and all kinds backwards. */
  readonly refusals: readonly Refusal[];
  /** What the refusing service reported. */
  readonly reports: readonly string[];
  readonly muteReports: readonly string[];
  readonly site: Site;
  /** The page's errors, without those of the network. */
  readonly consoleErrors: readonly string[];
};

declare const connectKit: ConnectKit;

/** Refuses by the last part of the target's path; a decision is reported as `kind: name of the error`. */
const REFUSING_SCRIPT = `
const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const giving = {
  'gives-object': () => ({}),
  'gives-text': () => 'port',
  'gives-nothing': () => undefined,
  'gives-null': () => null,
  'gives-other': () => new MessageChannel().port1,
  'gives-promise': () => later(50).then(() => ({})),
  'rejects': () => Promise.reject(new Error('secret')),
  'rejects-used': () => Promise.reject(new Error('secret')),
  'rejects-later': () => later(300).then(() => Promise.reject(new Error('secret'))),
};
self.addEventListener('error', ({ message }) => void report('error: ' + message));
self.addEventListener('connect', (event) => {
  const kind = new URL(event.targetUrl).pathname.split('/').at(-1);
  void report(kind + ': asked');
  if (kind.endsWith('-used')) event.port.onmessage = () => {};
  if (kind in giving) {
    event.acceptConnection(giving[kind]()).then(() => report(kind + ': accepted'), ({ name }) => report(kind + ': ' + name));
  }
  if (kind === 'reads') return void [event.origin, event.name, event.data, event.port instanceof MessagePort];
  if (kind === 'late') setTimeout(() => event.port.postMessage('too late'), 200);
  if (kind.startsWith('throws')) throw new Error('secret ' + kind);
  if (kind === 'prevents' || kind === 'prevents-used') event.preventDefault();
  if (kind === 'prevents-later') {
    event.port.onmessage = () => {};
    event.waitUntil(later(300).then(() => event.preventDefault()));
  }
  if (kind === 'wait-rejects') {
    event.port.onmessage = () => {};
    event.waitUntil(later(300).then(() => Promise.reject(new Error('secret'))));
  }
});
`;

const OF_SERVICE = [
  ...[
    'silent',
    'reads',
    'late',
    'prevents',
    'prevents-used',
    'prevents-later',
    'wait-rejects',
    'throws',
    'throws-used',
  ],
  ...['rejects', 'rejects-used', 'rejects-later', 'gives-object', 'gives-text', 'gives-nothing', 'gives-null'],
  ...['gives-other', 'gives-promise'],
];

const collected = new WeakMap<RawChromium, Promise<Refusals>>();

/** Collects refusals of every kind, once in each browser: each takes the whole deadline. */
export function collectRefusals(world: World): Promise<Refusals> {
  const collecting = collected.get(world.browser) ?? collect(world);
  collected.set(world.browser, collecting);
  return collecting;
}

async function collect(world: World): Promise<Refusals> {
  const scope = '/services/';
  const service = addReportingService(world, { script: REFUSING_SCRIPT, scope });
  const mute = addReportingService(world, { script: '' });
  const absent = world.addService({ script: '' });
  const unbridged = world.addOrigin({});
  const dropped = world.addOrigin({ '*': { drop: true } });
  const site = world.addSite({ head: CONNECT_KIT_HEAD });
  const page = await world.openPage(site);
  await askToInstall(page, service, mute);
  await Promise.all([service.whenReported('activate'), mute.whenReported('activate'), openBridge(page, absent)]);
  const targets: readonly (readonly [string, string])[] = [
    ...OF_SERVICE.map((kind) => [kind, `${service.origin}${scope}${kind}`] as const),
    ['outside', `${service.origin}/outside`],
    ['outside-slash', `${service.origin}/services`],
    ['outside-case', `${service.origin}/SERVICES/outside`],
    ['absent', `${absent.origin}/services/absent`],
    ['mute', `${mute.origin}/services/mute`],
    ['unbridged', `${unbridged.origin}/`],
    ['dropped', `${dropped.origin}/`],
    ['opaque data:', 'data:text/plain,nobody'],
    ['opaque about:', 'about:blank'],
    ['opaque mailto:', 'mailto:nobody@service.example'],
  ];
  const kinds = [...targets, ...targets.toReversed()];
  const attempts = await page.evaluate(
    (urls) => Promise.all(urls.map((url) => connectKit.attempt(url))),
    kinds.map(([, url]) => url),
  );
  return {
    refusals: attempts.map((attempt, i) => ({ kind: kinds[i]![0], attempt })),
    reports: service.reports(),
    muteReports: mute.reports(),
    site,
    consoleErrors: page.consoleErrors().filter((error) => !error.startsWith('Failed to load resource')),
  };
}

/** Opens the bridge of a service that has no worker, as a fetch of one that asks for its installation does. */
async function openBridge(page: RawPage, { origin }: Service): Promise<void> {
  await page.evaluate((url) => void connectKit.attempt(url), `${origin}/first`);
}

/** Expects all attempts of the kinds to be refused with AbortError at the deadline. */
export function expectRefusals({ refusals }: Refusals, kinds: readonly string[]): void {
  for (const wanted of kinds) {
    const found = refusals.filter(({ kind }) => kind === wanted);
    assert.equal(found.length, 2, wanted);
    for (const { attempt } of found) {
      const { state, name, code, type, elapsedMs } = attempt;
      const expected = { state: 'refused', name: 'AbortError', code: 20, type: '[object DOMException]' };
      assert.deepEqual({ state, name, code, type }, expected, wanted);
      assert.ok(elapsedMs > CONNECT_DEADLINE_MS - 5, `${wanted} was told after ${elapsedMs} ms`);
    }
  }
}
