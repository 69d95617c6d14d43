import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { type FontWorld, reportedMode, startFontWorld, systemGlyphs, waitForFonts } from '../support/font-world.ts';
import { forwardTo } from '../support/forward-request.ts';
import type { Answer, Handler } from '../support/origin-server.ts';
import type { RawPage } from '../support/raw-chromium-page.ts';

const TEXT = '日本の文字、国語辞典。麒麟と鸞。';
const OTHER_TEXT = '編集部からの手紙';
const HANG: Answer = { never: true };
const BROKEN: Answer = { drop: true };

let world: FontWorld;
let sites = 0;
const openPages: RawPage[] = [];

/** A site that no test has used before: nothing of it is stored. */
function newSite(text = TEXT) {
  return world.addSite(`site-${++sites}`, text, { headers: { 'Cache-Control': 'max-age=3600' } });
}

function service(): Handler {
  return forwardTo(inject('servicePort'));
}

/** Has the service answer requests of one kind otherwise; `matches` sees the path. */
function misbehave(matches: (path: string) => boolean, answer: Answer | Handler): void {
  world.fonts.setRoute('*', async (request) => {
    if (!matches(request.url.pathname)) return service()(request);
    return typeof answer === 'function' ? answer(request) : answer;
  });
}

async function open(url: string): Promise<RawPage> {
  const page = await world.browser.newPage();
  openPages.push(page);
  await page.startLoading(url);
  await expect.poll(() => page.evaluate(() => document.readyState).catch(() => '')).not.toBe('');
  await expect.poll(() => page.evaluate(() => location.href)).toBe(url);
  return page;
}

/** Visits a site twice, so that its worker is there and holds what the page needs. */
async function settle(url: string): Promise<void> {
  const page = await open(url);
  await waitForFonts(page);
  await expect.poll(() => world.browser.isWorkerRunning((script) => script.endsWith('/sw.js'))).toBe(true);
  // What the page has fetched itself it hands on when it is idle.
  await delay(800);
}

async function expectWebFont(page: RawPage): Promise<void> {
  await expect.poll(() => systemGlyphs(page).catch(String), { timeout: 15_000 }).toBe(0);
  expect(page.consoleErrors().filter((error) => !error.includes('Failed to load resource'))).toEqual([]);
}

afterEach(async () => {
  world.fonts.setRoute('*', service());
  await Promise.all(openPages.splice(0).map((page) => page.close()));
});

describe.each(['allowed', 'blocked'] as const)('with third-party cookies %s', (cookies) => {
  beforeAll(async () => {
    world = await startFontWorld(inject('servicePort'), cookies);
  });
  afterAll(() => world.close());

  it.each([
    ['the bridge hangs', '/.well-known/navigator-connect'],
    ['the worker’s script hangs', '/sw.js'],
    ['the hub’s script hangs', '/hub.js'],
  ])('draws text in its web font while %s', async (_, path) => {
    misbehave((asked) => asked === path, HANG);
    await expectWebFont(await open(`${newSite().origin}/`));
  });

  it('draws text in its web font from the network when the stores have been cleared', async () => {
    const site = newSite();
    await settle(`${site.origin}/`);
    const page = await open(`${site.origin}/`);
    await page.send('Storage.clearDataForOrigin', { origin: world.fonts.origin, storageTypes: 'all' });
    await page.send('Storage.clearDataForStorageKey', {
      // A frame's storage is named by its origin, and the site (without a port) of the page around it.
      storageKey: `${world.fonts.origin}/^0${site.origin.replace(/:\d+$/, '')}`,
      storageTypes: 'all',
    });
    await expectWebFont(await open(`${site.origin}/`));
  });

  it('draws text in its web font when the worker is killed again and again', async () => {
    const site = newSite();
    await settle(`${site.origin}/`);
    for (const waitMs of [0, 20, 60, 150]) {
      const page = await open(`${site.origin}/`);
      await delay(waitMs);
      await world.browser.stopWorkers((script) => script.endsWith('/sw.js'));
      await expectWebFont(page);
    }
  });

  it('draws text in the fallback while the server fails, and in its web font once it answers again', async () => {
    misbehave((asked) => asked.startsWith('/font/'), { status: 500, body: 'broken' });
    // Nothing that another site could have left in the hub.
    const page = await open(`${newSite(OTHER_TEXT).origin}/`);
    await waitForFonts(page);
    expect(await systemGlyphs(page)).toBeGreaterThan(0);
    world.fonts.setRoute('*', service());
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await expect.poll(() => systemGlyphs(page), { timeout: 15_000 }).toBe(0);
  });

  it('draws text in its web font after an answer that was cut off', async () => {
    let cutsLeft = 1;
    misbehave(
      (asked) => asked.startsWith('/font/'),
      async (request) => {
        const answer = (await service()(request)) ?? {};
        if (cutsLeft-- <= 0 || !(answer.body instanceof Uint8Array)) return answer;
        return { ...answer, body: answer.body.subarray(0, answer.body.length >> 1) };
      },
    );
    await expectWebFont(await open(`${newSite().origin}/`));
  });

  it('draws a page in its web font that has been seen before, with the service gone', async () => {
    const site = newSite();
    await settle(`${site.origin}/`);
    const mode = await reportedMode(openPages.at(-1) as RawPage);
    misbehave(() => true, BROKEN);
    const page = await open(`${site.origin}/`);
    await expectWebFont(page);
    expect(mode).toBe(cookies === 'allowed' ? 'hub' : mode);
  });
});
