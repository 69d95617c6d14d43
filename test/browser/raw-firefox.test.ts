import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DrivenBrowser } from '../support/browser-driver.ts';
import { COUNTING_ROUTES, countInFrame } from '../support/counting-frame.ts';
import { type OriginServer, startOriginServer } from '../support/origin-server.ts';
import { launchRawFirefox } from '../support/raw-firefox.ts';
import { findFirefox } from '../support/spawn-firefox.ts';

const isAbsent = findFirefox() === undefined;

describe(`the raw Firefox${isAbsent ? ' (skipped: Firefox is not installed)' : ''}`, () => {
  let server: OriginServer;
  let firefox: DrivenBrowser;

  beforeAll(async () => {
    server = await startOriginServer();
    if (!isAbsent) firefox = await launchRawFirefox({ idleTimeoutMs: 2_000, pageTimeoutMs: 10_000 });
  });
  afterAll(async () => {
    await firefox?.close();
    await server.close();
  });

  it.skipIf(isAbsent)('treats hosts under localhost as secure, those under test as insecure', async () => {
    const look = () => [isSecureContext, 'serviceWorker' in navigator, document.visibilityState];
    const secure = await firefox.newPage(`${server.addOrigin('a', { '/': {} }).origin}/`);
    expect(await secure.evaluate(look)).toEqual([true, true, 'visible']);
    const insecure = await firefox.newPage(`${server.addOrigin('a', { '/': {} }, 'test').origin}/`);
    expect(await insecure.evaluate(look)).toEqual([false, false, 'visible']);
  });

  it.skipIf(isAbsent)(
    'waits for the end of the worker of a third-party frame, which an event starts anew',
    async () => {
      const top = server.addOrigin('b', { '/': {} });
      const frame = server.addOrigin('c', COUNTING_ROUTES);
      const page = await firefox.newPage(`${top.origin}/`);
      const count = () => page.evaluate(countInFrame, `${frame.origin}/frame.html`);
      expect([await count(), await count(), await count()]).toEqual([1, 2, 3]);
      await firefox.stopWorkers((url) => url.startsWith(frame.origin));
      expect([await count(), await count()]).toEqual([1, 2]);
    },
  );

  it.skipIf(isAbsent)('throws what the page throws, and does not wait for a page that hangs', async () => {
    const page = await firefox.newPage();
    await expect(page.evaluate(() => Promise.reject(new TypeError('of the page')))).rejects.toMatchObject({
      name: 'TypeError',
      message: 'of the page',
    });
    await expect(page.evaluate(() => new Promise(() => {}))).rejects.toThrow('took longer than 10 s');
    expect(await page.evaluate((first, second) => [second, first], 1, { two: 2 })).toEqual([{ two: 2 }, 1]);
    await page.close();
  });
});
