import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readCurrentBuild } from '../support/current-build.ts';
import { type FontWorld, startFontWorld, systemGlyphs } from '../support/font-world.ts';
import type { Origin } from '../support/origin-server.ts';
import type { RawPage } from '../support/raw-chromium-page.ts';

const TEXT = '本と活字';

let world: FontWorld;
let site: Origin;
let page: RawPage;
let base: string;

/** A site's own worker: it answers for one of the service's files itself, and leaves the rest. */
function ownWorker(fontsOrigin: string): string {
  return `importScripts('${fontsOrigin}/fall-through.js');
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  if (event.request.url.includes('/base-1.woff2')) event.respondWith(new Response('own'));
});`;
}

beforeAll(async () => {
  world = await startFontWorld(inject('servicePort'), 'blocked');
  const build = await readCurrentBuild(`http://127.0.0.1:${inject('servicePort')}`, 'noto-sans-jp-400');
  base = `${world.fonts.origin}/font/noto-sans-jp-400/${build}`;
  site = world.addSite('own', TEXT, {
    head: (fonts) => `<script crossorigin src="${fonts}/connect.js"></script>
<link rel="stylesheet" crossorigin href="${fonts}/css2?family=Noto+Sans+JP:wght@400&display=swap">
<script>navigator.serviceWorker.register('/sw.js')</script>`,
    routes: { '/sw.js': { body: ownWorker(world.fonts.origin) } },
  });
  page = await world.browser.newPage(`${site.origin}/`);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((resolve) => setTimeout(resolve, 10));
  });
  // The stylesheet's hint has the fonts worker installed once the page is loaded.
  for (let triesLeft = 50; (await fetchText(`${base}/base-2.woff2`)).from !== 'worker'; triesLeft--) {
    if (triesLeft === 0) throw new Error('The fonts worker does not answer.');
    await delay(100);
  }
  world.fonts.reset();
});
afterAll(() => world.close());

/** Fetches past the HTTP cache, and tells whether the service's server was asked. */
async function fetchText(url: string): Promise<{ readonly text: string; readonly from: 'worker' | 'network' }> {
  const isAsked = (path: string) => world.fonts.origin + path === url;
  const before = world.fonts.requests().filter(({ path }) => isAsked(path)).length;
  const text = await page.evaluate(
    async (asked) => (await (await fetch(asked, { cache: 'reload' })).text()).slice(0, 4),
    url,
  );
  const after = world.fonts.requests().filter(({ path }) => isAsked(path)).length;
  return { text, from: after === before ? 'worker' : 'network' };
}

describe('a site with its own worker', () => {
  it('is asked first by its pages: its own answer goes before the fonts worker’s', async () => {
    expect(await fetchText(`${base}/base-1.woff2`)).toEqual({ text: 'own', from: 'worker' });
  });

  it('leaves to the fonts worker what its listeners leave: one transfer for any number of requests', async () => {
    const first = await fetchText(`${base}/base-3.woff2`);
    expect(first.text).toBe('wOF2');
    const again = [await fetchText(`${base}/base-3.woff2`), await fetchText(`${base}/base-3.woff2`)];
    expect(again).toEqual([
      { text: 'wOF2', from: 'worker' },
      { text: 'wOF2', from: 'worker' },
    ]);
  });

  it('goes to the network for what the fonts worker does not answer', async () => {
    expect((await fetchText(`${world.fonts.origin}/v1/families`)).from).toBe('network');
    expect((await fetchText(`${world.fonts.origin}/v1/families`)).from).toBe('network');
  });

  it('draws its text in the web font, from the fonts worker’s store on later pages', async () => {
    await expect.poll(() => systemGlyphs(page), { timeout: 10_000 }).toBe(0);
    const second = await world.browser.newPage(`${site.origin}/`);
    await expect.poll(() => systemGlyphs(second)).toBe(0);
    await second.close();
  });
});
