import { request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { type DemoSites, startDemoSites } from '../../demo-sites/serve.ts';
import { launchRawChromium, type RawChromium } from '../support/raw-chromium.ts';
import type { RawPage } from '../support/raw-chromium-page.ts';

type Totals = Readonly<Record<string, Readonly<Record<string, number>>>>;
type Shown = { readonly likes: number; readonly waiting: number; readonly note: string };

const WAIT = { timeout: 20_000, interval: 100 };
const LATER_MS = 1_500;

let mayCollect = true;
let demo: DemoSites;

function start(port: number): Promise<DemoSites> {
  const serviceOrigin = `http://fonts.localhost:${inject('servicePort')}`;
  return startDemoSites({ port, serviceOrigin, mayCollect: () => mayCollect });
}

/** Asks the server itself: what it has counted, by origin and event. */
function readTotals(): Promise<Totals> {
  const { host, port } = new URL(demo.origin('tally'));
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path: '/totals', headers: { host } }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve(JSON.parse(body)));
    });
    sent.on('error', reject).end();
  });
}

async function totalOf(site: string, event: string): Promise<number> {
  return (await readTotals())[demo.origin(site)]?.[event] ?? 0;
}

/** What the like button of a page shows; the note is empty while nothing has waited for long. */
function readShown(page: RawPage): Promise<Shown> {
  return page.evaluate(() => {
    const { dataset } = document.querySelector<HTMLElement>('.like:not([hidden])') as HTMLElement;
    const note = document.querySelector('.like-note')?.textContent ?? '';
    return { likes: Number(dataset['likes']), waiting: Number(dataset['waiting']), note };
  });
}

function expectShown(page: RawPage, shown: Partial<Shown>): Promise<void> {
  return vi.waitFor(async () => expect(await readShown(page)).toMatchObject(shown), WAIT);
}

function like(page: RawPage): Promise<void> {
  return page.evaluate(() => document.querySelector<HTMLButtonElement>('.like-button')?.click());
}

/** The texts of an element's innermost elements, with spaces between. */
function readText(page: RawPage, selector: string): Promise<string> {
  return page.evaluate((wanted) => {
    const all = [...document.querySelectorAll(`${wanted}, ${wanted} *`)];
    return all
      .flatMap((element) => (element.children.length > 0 ? [] : (element.textContent ?? '')))
      .join(' ')
      .trim();
  }, selector);
}

function press(page: RawPage, selector: string): Promise<void> {
  return page.evaluate((wanted) => document.querySelector<HTMLElement>(wanted)?.click(), selector);
}

const isTally = (scriptUrl: string) => scriptUrl === `${demo.origin('tally')}/sw.js`;

describe.each(['allowed', 'blocked'] as const)('with third-party cookies %s', (thirdPartyCookies) => {
  let chromium: RawChromium;
  const pages: RawPage[] = [];

  async function open(site: string): Promise<RawPage> {
    const page = await chromium.newPage(`${demo.origin(site)}/`);
    pages.push(page);
    return page;
  }

  beforeAll(async () => {
    demo = await start(0);
    chromium = await launchRawChromium({ thirdPartyCookies });
  });
  afterEach(async () => {
    mayCollect = true;
    for (const page of pages.splice(0)) await page.close();
  });
  afterAll(async () => {
    await chromium.close();
    await demo.close();
  });

  it('counts a visit to each of two sites once, under its own origin', async () => {
    const ja = await open('ja');
    const ko = await open('ko');
    await expectShown(ja, { likes: 0, waiting: 0 });
    await expectShown(ko, { likes: 0, waiting: 0 });
    const once = { [demo.origin('ja')]: { visit: 1 }, [demo.origin('ko')]: { visit: 1 } };
    await vi.waitFor(async () => expect(await readTotals()).toEqual(once), WAIT);
    await new Promise((resolve) => setTimeout(resolve, LATER_MS));
    expect(await readTotals()).toEqual(once);
  });

  it('loses no like when the worker is stopped between two, and keeps the number over a reload', async () => {
    const page = await open('ja');
    await expectShown(page, { waiting: 0 });
    await like(page);
    await expectShown(page, { likes: 1, waiting: 0 });
    await chromium.stopWorkers(isTally);
    await like(page);
    await expectShown(page, { likes: 2, waiting: 0 });
    await like(page);
    await chromium.stopWorkers(isTally);
    await like(page);
    await expectShown(page, { likes: 4, waiting: 0 });
    expect(await totalOf('ja', 'like')).toBe(4);
    await page.goto(`${demo.origin('ja')}/`);
    await expectShown(page, { likes: 4, waiting: 0 });
  });

  it('queues while the server fails, and sends all of it later, once', async () => {
    const page = await open('ko');
    await expectShown(page, { likes: 0, waiting: 0 });
    const before = await totalOf('ko', 'visit');
    mayCollect = false;
    await like(page);
    await like(page);
    await expectShown(page, { likes: 2, waiting: 2, note: '2건은 연결되는 대로 보냅니다.' });
    await chromium.stopWorkers(isTally);
    await page.goto(`${demo.origin('ko')}/`);
    await expectShown(page, { likes: 2, waiting: 3 });
    expect(await totalOf('ko', 'like')).toBe(0);
    mayCollect = true;
    await page.evaluate(() => void dispatchEvent(new Event('online')));
    await expectShown(page, { likes: 2, waiting: 0, note: '' });
    await like(page);
    await expectShown(page, { likes: 3, waiting: 0 });
    expect([await totalOf('ko', 'like'), await totalOf('ko', 'visit')]).toEqual([3, before + 1]);
  });

  it('answers what it does not understand with an error, and refuses what it does not offer', async () => {
    const page = await open('ja');
    const said = await page.evaluate(async (tally) => {
      const { connect } = navigator as Navigator & { connect(url: string): Promise<MessagePort> };
      const port = await connect.call(navigator, `${tally}/v1/count`);
      const hear = new Promise<string>((resolve) => {
        port.onmessage = ({ data }) => 'error' in data && resolve(data.error);
      });
      port.postMessage({ event: 'Not a name' });
      const refusal = await connect.call(navigator, `${tally}/v1/other`).catch((error: Error) => error.name);
      return [await hear, refusal];
    }, demo.origin('tally'));
    expect(said).toEqual([expect.stringContaining('Send { event }'), 'AbortError']);
    expect(Object.keys(await readTotals())).not.toContain(demo.origin('tally'));
  });

  it('explains itself with live output', async () => {
    const page = await open('tally');
    await vi.waitFor(async () => {
      const told = await readText(page, '[data-connect]');
      expect(told).toContain(`${demo.origin('tally')}/v1/echo`);
      expect(told).toMatch(/cold\s+\d/);
    }, WAIT);
    await press(page, '[data-connect-again]');
    await vi.waitFor(async () => expect(await readText(page, '[data-connect]')).toMatch(/warm\s+\d/), WAIT);
    await vi.waitFor(async () => expect(await readText(page, '[data-echo-log]')).toMatch(/ping\s+\S+ ms\s+1\s/), WAIT);
    await chromium.stopWorkers(isTally);
    await press(page, '[data-echo] button');
    await vi.waitFor(
      async () => expect(await readText(page, '[data-echo-log] .new-life')).toMatch(/ping\s+\S+ ms\s+2\s/),
      WAIT,
    );
    const likes = `[data-origin="${demo.origin('ja')}"] [data-event="like"]`;
    await vi.waitFor(async () => expect(await readText(page, likes)).toBe(`${await totalOf('ja', 'like')}`), WAIT);
    await press(page, '[data-refusal-ask]');
    await vi.waitFor(
      async () => expect((await readText(page, '[data-refusal]')).match(/AbortError after 5\.\d s/g)).toHaveLength(2),
      WAIT,
    );
    expect(page.consoleErrors().filter((error) => !error.includes('nobody.localhost'))).toEqual([]);
  });

  it('works without network: the page opens, and a like waits for the way back', async () => {
    const site = await open('ja');
    await expectShown(site, { waiting: 0 });
    const { likes } = await readShown(site);
    const page = await open('tally');
    const isReady = () => navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller !== null);
    await vi.waitFor(async () => expect(await page.evaluate(isReady)).toBe(true), WAIT);
    const port = Number(new URL(demo.origin('tally')).port);
    await demo.close();
    await like(site);
    await expectShown(site, { likes: likes + 1, waiting: 1, note: '1件は、つながり次第お送りします。' });
    await page.goto(`${demo.origin('tally')}/`);
    await vi.waitFor(async () => expect(await readText(page, '[data-connect]')).toMatch(/cold\s+\d/), WAIT);
    await vi.waitFor(async () => expect(await readText(page, '[data-totals-state]')).not.toBe(''), WAIT);
    demo = await start(port);
    await chromium.stopWorkers(isTally);
    await site.evaluate(() => void dispatchEvent(new Event('online')));
    await vi.waitFor(async () => expect(await readTotals()).toEqual({ [demo.origin('ja')]: { like: 1 } }), WAIT);
    await expectShown(site, { likes: 1, waiting: 0, note: '' });
  });
});
