import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type CountingProxy, startCountingProxy } from '../support/counting-proxy.ts';
import { readCurrentBuild } from '../support/current-build.ts';
import { type LaunchedChromium, launchChromium } from '../support/launch-chromium.ts';

let service: CountingProxy;
let chromium: LaunchedChromium;
let page: Page;

beforeAll(async () => {
  service = await startCountingProxy(inject('servicePort'), 'fonts.localhost');
  chromium = await launchChromium('blocked');
  page = await (await chromium.browser.newContext()).newPage();
  await page.goto(`${service.origin}/healthz`);
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/sw.js');
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller !== null) return;
    await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
  });
});
afterAll(async () => {
  await chromium.close();
  await service.close();
});

/** Fetches past the HTTP cache, so that only the worker's store can spare the server a request. */
function fetchBytes(path: string): Promise<number> {
  return page.evaluate(async (url) => {
    const response = await fetch(url, { cache: 'reload' });
    return (await response.arrayBuffer()).byteLength;
  }, path);
}

function isStored(path: string): Promise<boolean> {
  return page.evaluate(async (url) => (await caches.match(url)) !== undefined, path);
}

function countOf(path: string): number {
  return service.requests().filter((requested) => requested === path).length;
}

describe('the fonts worker on its own origin', () => {
  it('asks the server for a font file once', async () => {
    const build = await readCurrentBuild(`http://127.0.0.1:${inject('servicePort')}`, 'noto-sans-kr-400');
    const path = `/font/noto-sans-kr-400/${build}/base-0.woff2`;
    const first = await fetchBytes(path);
    expect(first).toBeGreaterThan(1000);
    // The answer goes out before it is stored.
    await expect.poll(() => isStored(path)).toBe(true);
    expect([await fetchBytes(path), await fetchBytes(path)]).toEqual([first, first]);
    expect(countOf(path)).toBe(1);
  });

  it('answers with the stored stylesheet while it fetches it anew', async () => {
    const path = '/css2?family=Noto+Sans+KR';
    const first = await fetchBytes(path);
    expect(await fetchBytes(path)).toBe(first);
    await expect.poll(() => countOf(path)).toBe(2);
  });

  it('leaves everything else to the network', async () => {
    await fetchBytes('/v1/families');
    await fetchBytes('/v1/families');
    expect(countOf('/v1/families')).toBe(2);
  });
});
