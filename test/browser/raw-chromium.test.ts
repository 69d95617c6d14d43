import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COUNTING_ROUTES, countInFrame } from '../support/counting-frame.ts';
import { type OriginServer, startOriginServer } from '../support/origin-server.ts';
import { launchRawChromium, type RawChromium } from '../support/raw-chromium.ts';

let server: OriginServer;

beforeAll(async () => {
  server = await startOriginServer();
});
afterAll(() => server.close());

// Slow; `allowed` differs in nothing that the driver does.
describe.each(['blocked'] as const)('the raw Chromium with third-party cookies %s', (thirdPartyCookies) => {
  let chromium: RawChromium;

  beforeAll(async () => {
    chromium = await launchRawChromium({
      thirdPartyCookies,
      arguments: ['--host-resolver-rules=MAP *.test 127.0.0.1'],
      pageTimeoutMs: 5_000,
    });
  });
  afterAll(() => chromium.close());

  it('stops the worker of a third-party frame, which only an event starts anew', async () => {
    const top = server.addOrigin(`a-${thirdPartyCookies}`, { '/': { body: '<!doctype html>' } });
    const frame = server.addOrigin(`b-${thirdPartyCookies}`, COUNTING_ROUTES);
    const isOfFrame = (url: string) => url === `${frame.origin}/sw.js`;
    const page = await chromium.newPage(`${top.origin}/`);
    const count = () => page.evaluate(countInFrame, `${frame.origin}/frame.html`);
    expect([await count(), await count(), await count()]).toEqual([1, 2, 3]);
    expect(chromium.isWorkerRunning(isOfFrame)).toBe(true);
    await chromium.stopWorkers((url) => url === `${frame.origin}/other.js`);
    expect(await count()).toBe(4);
    await chromium.stopWorkers(isOfFrame);
    await delay(1_500);
    expect(chromium.isWorkerRunning(isOfFrame)).toBe(false);
    expect([await count(), await count()]).toEqual([1, 2]);
  });

  it('keeps the storage of a frame apart from that of the site itself', async () => {
    const top = server.addOrigin(`c-${thirdPartyCookies}`, { '/': { body: '<!doctype html>' } });
    const own = server.addOrigin(`d-${thirdPartyCookies}`, COUNTING_ROUTES);
    const inFrame = await chromium.newPage(`${top.origin}/`);
    const alone = await chromium.newPage(`${own.origin}/`);
    expect(await inFrame.evaluate(countInFrame, `${own.origin}/frame.html`)).toBe(1);
    expect(await alone.evaluate(countInFrame, `${own.origin}/frame.html`)).toBe(1);
    await chromium.stopWorkers((url) => url === `${own.origin}/sw.js`);
    expect(chromium.isWorkerRunning((url) => url.startsWith(own.origin))).toBe(false);
  });

  it('throws what the page throws, and does not wait for a page that hangs', async () => {
    const page = await chromium.newPage();
    await expect(page.evaluate(() => Promise.reject(new TypeError('of the page')))).rejects.toMatchObject({
      name: 'TypeError',
      message: 'of the page',
    });
    await expect(page.evaluate(() => new Promise(() => {}))).rejects.toThrow('took longer than 5 s');
    expect(await page.evaluate((first, second) => [second, first], 1, { two: 2 })).toEqual([{ two: 2 }, 1]);
    await page.close();
  });

  it('treats hosts under test as insecure, and shows visible pages', async () => {
    const insecure = server.addOrigin(`e-${thirdPartyCookies}`, { '/': {} }, 'test');
    const page = await chromium.newPage(`${insecure.origin}/`);
    const seen = await page.evaluate(() => [isSecureContext, document.visibilityState, document.hasFocus()]);
    expect(seen).toEqual([false, 'visible', true]);
    expect(insecure.requests()[0]).toMatchObject({ method: 'GET', path: '/' });
  });

  it('collects the errors of the console', async () => {
    const broken = server.addOrigin(`f-${thirdPartyCookies}`, {
      '/': {
        body: '<script src="/gone.js"></script><script>console.error("said", 1); throw new Error("loud");</script>',
      },
    });
    const page = await chromium.newPage(`${broken.origin}/`);
    const errors = page.consoleErrors();
    expect(errors.join('\n')).toMatch(/404[\s\S]*gone\.js[\s\S]*said 1[\s\S]*Error: loud/);
  });
});
