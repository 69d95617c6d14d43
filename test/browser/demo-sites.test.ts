import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type DemoSites, startDemoSites } from '../../demo-sites/serve.ts';
import { type CountingProxy, startCountingProxy } from '../support/counting-proxy.ts';
import { readDrawnFonts } from '../support/drawn-fonts.ts';
import { type LaunchedChromium, launchChromium } from '../support/launch-chromium.ts';

const PAGES = [
  ['ja', '/'],
  ['ja', '/tategaki'],
  ['ko', '/'],
  ['hant', '/'],
  ['tally', '/'],
  ['demo', '/'],
] as const;

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
    const drawn = await readDrawnFonts(page, 'h1, h2, h3, p:not(:has(code)), li, td, th, a, figcaption, blockquote');
    expect(drawn.length).toBeGreaterThan(5);
    expect(drawn.filter(({ isAllWebFont }) => !isAllWebFont)).toEqual([]);
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
    expect(vertical.filter((path) => path.includes('/base-') && !path.endsWith('v.woff2'))).toEqual([]);
    service.reset();
    await openPage(fresh, 'ja', '/');
    expect(fontRequests().filter((path) => path.endsWith('v.woff2'))).toEqual([]);
    await fresh.close();
  });
});
