import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { type DemoSites, startDemoSites } from '../../demo-sites/serve.ts';
import { type CountingProxy, startCountingProxy } from '../support/counting-proxy.ts';
import { readDrawnFonts } from '../support/drawn-fonts.ts';
import { type LaunchedChromium, launchChromium } from '../support/launch-chromium.ts';

const PAGES = [
  ['hant', '/'],
  ['ja', '/'],
  ['ja', '/tategaki'],
  ['ko', '/'],
  ['hans', '/'],
  ['reader', '/'],
  ['reader', '/akari'],
  ['tally', '/'],
  ['demo', '/'],
] as const;
const TEXT = 'h1, h2, h3, p:not(:has(code)), li, td, th, dt, dd:not(:has(code)), a, figcaption, blockquote';
const verticalBase = /\/base-\d+v\.woff2$/;
const WAIT = { timeout: 20_000, interval: 200 };

let service: CountingProxy;
let demo: DemoSites;

beforeAll(async () => {
  service = await startCountingProxy(inject('servicePort'), 'fonts.localhost');
  demo = await startDemoSites({ port: 0, serviceOrigin: service.origin });
});
afterAll(async () => {
  await demo.close();
  await service.close();
});

async function openPage(context: BrowserContext, site: string, path: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(demo.origin(site) + path, { waitUntil: 'load' });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  return page;
}

function fontRequests(): readonly string[] {
  return service.requests().filter((path) => path.startsWith('/font/'));
}

/** Waits until every text of a page is drawn in a web font: what its scripts have just written is, a moment later. */
function expectAllDrawn(page: Page): Promise<void> {
  return vi.waitFor(async () => {
    const drawn = await readDrawnFonts(page, TEXT);
    expect(drawn.length).toBeGreaterThan(5);
    expect(drawn.filter(({ isAllWebFont }) => !isAllWebFont)).toEqual([]);
  }, WAIT);
}

/** The panel's figures: its mode, how many files it lists, and what Google's slices would have cost, in files. */
async function readPanel(page: Page) {
  return page.evaluate(() => ({
    mode: document.querySelector('.font-mode-name')?.className.replace(/.*mode-/, ''),
    rows: document.querySelectorAll('.font-faces tbody tr').length,
    ratios: [...document.querySelectorAll('.font-scope b')].map(({ textContent }) => Number.parseInt(textContent, 10)),
    pages: (JSON.parse(localStorage.getItem('typecase-panel-visit') ?? '{}').pages ?? []) as readonly string[],
  }));
}

describe.each(['allowed', 'blocked'] as const)('with third-party cookies %s', (cookies) => {
  let chromium: LaunchedChromium;
  let context: BrowserContext;
  beforeAll(async () => {
    chromium = await launchChromium(cookies);
    context = chromium.browser.contexts()[0] as BrowserContext;
  });
  afterAll(() => chromium.close());

  it.each(PAGES)('%s%s draws all its text in the web font', async (site, path) => {
    const page = await openPage(context, site, path);
    await expectAllDrawn(page);
    await page.close();
  });

  it('a page seen before costs no font request', async () => {
    await (await openPage(context, 'ja', '/')).close();
    service.reset();
    const page = await openPage(context, 'ja', '/');
    expect(fontRequests()).toEqual([]);
    await page.close();
  });

  it('a page asks for each font file once, and for vertical bases only where text is vertical', async () => {
    const fresh = await chromium.browser.newContext();
    service.reset();
    await openPage(fresh, 'ja', '/tategaki');
    const vertical = fontRequests();
    expect(new Set(vertical).size).toBe(vertical.length);
    expect(vertical.filter((path) => path.includes('/base-'))).not.toEqual([]);
    expect(vertical.filter((path) => path.includes('/base-') && !verticalBase.test(path))).toEqual([]);
    service.reset();
    await openPage(fresh, 'ja', '/');
    expect(fontRequests().filter((path) => verticalBase.test(path))).toEqual([]);
    await fresh.close();
  });

  it('the strict policy forbids nothing that the page does, and the page is isolated', async () => {
    const page = await context.newPage();
    const refused: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy|Embedder-Policy|blocked/i.test(message.text())) refused.push(message.text());
    });
    await page.goto(demo.origin('hans'), { waitUntil: 'load' });
    await expectAllDrawn(page);
    expect(refused).toEqual([]);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await page.close();
  });

  it('the panel tells how a page gets its fonts, and compares them with the slices', async () => {
    const page = await openPage(context, 'hant', '/');
    await vi.waitFor(async () => expect((await readPanel(page)).ratios).toHaveLength(2), WAIT);
    expect((await readPanel(page)).mode).toBe('stylesheet');
    await page.goto(demo.origin('hans'), { waitUntil: 'load' });
    await vi.waitFor(async () => {
      const { mode, rows, ratios } = await readPanel(page);
      expect(mode).toBe(cookies === 'allowed' ? 'hub' : 'site');
      expect(rows).toBeGreaterThan(2);
      expect(ratios[0]).toBeGreaterThan(0);
      expect(ratios[0]).toBeLessThan(50);
    }, WAIT);
    await page.close();
  });

  it('the visit is counted over the pages of a site, until it is cleared', async () => {
    const page = await openPage(context, 'reader', '/kami');
    await vi.waitFor(async () => expect((await readPanel(page)).pages).toContain('/kami'), WAIT);
    await page.goto(`${demo.origin('reader')}/gyo`, { waitUntil: 'load' });
    await vi.waitFor(async () => expect((await readPanel(page)).pages).toContain('/gyo'), WAIT);
    await page.click('.font-clear');
    expect((await readPanel(page)).pages).toEqual(['/gyo']);
    await page.close();
  });

  it('the worker of ko answers for pages and assets, and leaves fonts to the fonts worker', async () => {
    const first = await openPage(context, 'ko', '/');
    await first.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await first.close();
    // A page of its own each time: a reload takes its fonts from memory.
    const page = await vi.waitFor(async () => {
      const opened = await openPage(context, 'ko', '/');
      await vi.waitFor(async () => expect(await opened.locator('.font-faces .from-worker').count()).toBeGreaterThan(0));
      return opened;
    }, WAIT);
    expect((await readPanel(page)).mode).toBe('own-worker');
    const names = await page.evaluate(async () => {
      const urls = await Promise.all((await caches.keys()).map(async (key) => (await caches.open(key)).keys()));
      return urls.flat().map(({ url }) => new URL(url).pathname);
    });
    expect(names).toEqual(expect.arrayContaining(['/', '/style.css']));
    expect(names.filter((path) => path.startsWith('/font/'))).toEqual([]);
    await page.close();
  });

  it('the reader opens without network, and a chapter seen once draws in its fonts', async () => {
    const page = await openPage(context, 'reader', '/shiori');
    await page.waitForFunction(() => document.querySelector('[data-state="ready"]') !== null, undefined, WAIT);
    for (const path of ['/shiori', '/']) {
      await page.goto(demo.origin('reader') + path, { waitUntil: 'load' });
      await expectAllDrawn(page);
    }
    await context.setOffline(true);
    for (const path of ['/shiori', '/']) {
      await page.goto(demo.origin('reader') + path, { waitUntil: 'load' });
      await expectAllDrawn(page);
    }
    await page.goto(`${demo.origin('reader')}/akari`, { waitUntil: 'load' });
    expect(await page.textContent('h1')).toContain('灯');
    await context.setOffline(false);
    await page.close();
  });
});

it.each(['ja', 'hans', 'reader'])('%s draws by slices where the page client cannot be had', async (site) => {
  const chromium = await launchChromium('allowed');
  try {
    const context = await chromium.browser.newContext();
    await context.route('**/typecase.js', (route) => route.abort());
    const page = await openPage(context, site, '/');
    await expectAllDrawn(page);
    expect((await readPanel(page)).mode).toBe('stylesheet');
  } finally {
    await chromium.close();
  }
});

it.each(['ja', 'hans', 'reader'])('%s draws by slices without script', async (site) => {
  const chromium = await launchChromium('allowed');
  try {
    const context = await chromium.browser.newContext({ javaScriptEnabled: false });
    service.reset();
    const page = await context.newPage();
    await page.goto(demo.origin(site), { waitUntil: 'load' });
    await expectAllDrawn(page);
    expect(fontRequests().some((path) => /\/s\//.test(path))).toBe(true);
  } finally {
    await chromium.close();
  }
});
