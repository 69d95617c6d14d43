import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import type { Language } from '../../font-service/pack/face-meta.ts';
import { projectRoot } from '../../server/cli/project-root.ts';
import { readTraces } from '../../server/cli/traces/read-traces.ts';
import type { DeliveryName } from '../bench/replay/bench-results.ts';
import { createPlannedDeliveries } from '../bench/replay/create-deliveries.ts';
import type { Delivery } from '../bench/replay/delivery.ts';
import { createFaceFiles } from '../bench/replay/face-files.ts';
import { replaySession } from '../bench/replay/measure-session.ts';
import type { PageView } from '../bench/replay/page-view.ts';
import { type Session, sampleSession, sitesOf } from '../bench/replay/sample-session.ts';
import { readScriptSizes } from '../bench/replay/script-sizes.ts';
import { createSizeCache } from '../bench/replay/size-cache.ts';
import { clientHead, createPage, type FontWorld, startFontWorld, waitForFonts } from '../support/font-world.ts';
import { fontPath, makePacks, quickJob, readFont } from '../support/make-pack.ts';

const SHARED_TRACES = `${projectRoot}/../shared/data/traces`;
const TRACES = existsSync(SHARED_TRACES) ? SHARED_TRACES : `${projectRoot}/test/bench/traces`;
const PACKAGES = { ja: 'noto-sans-jp', ko: 'noto-sans-kr' } as const;

const packs = new Map<string, ReturnType<typeof makePacks>>();

/** The packs of a font, which are made once. */
function packsOf(path: string): ReturnType<typeof makePacks> {
  const made = packs.get(path) ?? makePacks(path);
  packs.set(path, made);
  return made;
}

/** The deliveries of a language as the service of the tests has its font, whose slices are compressed quickly. */
async function deliveriesOf(language: keyof typeof PACKAGES, origin: string): Promise<readonly Delivery[]> {
  const path = fontPath(PACKAGES[language]);
  const [pack] = await packsOf(path);
  const files = createFaceFiles({
    ...{ packBytes: pack!.bytes, font: await readFont(PACKAGES[language]), sliceQuality: quickJob(path).sliceQuality },
    ...{ slowFiles: createSizeCache(), deltas: createSizeCache() },
  });
  const scripts = await readScriptSizes(`${projectRoot}/dist/assets`);
  return createPlannedDeliveries({ files, scripts }, files.pack.meta.plan, false, origin);
}

function drawSessions(language: Language, count: number, sites: number, pagesPerSite: number): readonly Session[] {
  const pages = sitesOf(readTraces(TRACES, language));
  const options = { seed: 7, language, locality: 0.5 };
  return Array.from({ length: count }, (_, index) => sampleSession(pages, { sites, pagesPerSite }, index, options));
}

/** What the service sends of a path to a client that takes brotli: the bytes of the body. */
function sentBytes(path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const address = { host: '127.0.0.1', port: inject('servicePort'), path };
    // A connection that is kept may be closed by the service in the moment of being used again.
    const options = { ...address, headers: { 'Accept-Encoding': 'br' }, agent: false };
    request(options, (answer) => {
      let bytes = 0;
      answer.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      answer.on('end', () =>
        answer.statusCode === 200 ? resolve(bytes) : reject(new Error(`${answer.statusCode} ${path}`)),
      );
    })
      .on('error', reject)
      .end();
  });
}

describe('the replay’s byte counts', () => {
  it.each([
    ['ja', 1, 5],
    ['ko', 5, 2],
  ] as const)(
    'of ten sessions (%s, %i sites, %i pages) equal, file by file, what the service sends',
    async (...scenario) => {
      const [language, sites, pagesPerSite] = scenario;
      const deliveries = await deliveriesOf(language, `http://127.0.0.1:${inject('servicePort')}`);
      const counted = new Map<string, number>();
      for (const session of drawSessions(language, 10, sites, pagesPerSite)) {
        for (const delivery of deliveries.filter(({ key }) => key.grouped || key.delivery === 'typecase-noscript')) {
          const { views } = await replaySession(delivery, session);
          // What has no body is an answer to HEAD, or “not modified”.
          for (const { path, bytes } of views.flat()) if (bytes > 0) counted.set(path, bytes);
        }
      }
      expect([...counted.keys()].filter((path) => path.includes('/d/')).length).toBeGreaterThan(50);
      expect([...counted.keys()].filter((path) => path.includes('/s/')).length).toBeGreaterThan(50);
      const sent = new Map<string, number>();
      for (const path of counted.keys()) sent.set(path, await sentBytes(path));
      expect(sent).toEqual(counted);
    },
  );
});

describe.each<['allowed' | 'blocked', DeliveryName]>([
  ['allowed', 'typecase-hub'],
  ['blocked', 'typecase-site'],
])('the replay’s requests, third-party cookies %s', (cookies, name) => {
  let world: FontWorld;

  beforeEach(async () => {
    world = await startFontWorld(inject('servicePort'), cookies);
  });
  afterEach(() => world.close());

  it('are those of a browser, view by view', async () => {
    const delivery = (await deliveriesOf('ja', world.fonts.origin)).find(
      ({ key }) => key.delivery === name && key.grouped,
    );
    for (const [index, session] of drawSessions('ja', 1, 2, 3).entries()) {
      const { views } = await replaySession(delivery!, session);
      const expected = views.map((view) => view.map(({ path }) => path).sort());
      expect(await visitSession(world, `s${index}`, session, views)).toEqual(expected);
    }
  });
});

/** Visits the pages of a session in the browser; gives the paths that each asks the service for, sorted. */
async function visitSession(
  world: FontWorld,
  label: string,
  session: Session,
  views: readonly PageView[],
): Promise<readonly (readonly string[])[]> {
  const asked: (readonly string[])[] = [];
  for (const [number, { pages }] of session.entries()) {
    const bodies = pages.map(({ codepoints }) => formatText(codepoints));
    const page = (text: string) => createPage(clientHead(world.fonts.origin, '5000'), text);
    const routes = bodies.map((text, at) => [`/${at}`, { headers: { 'Content-Type': 'text/html' }, body: page(text) }]);
    const site = world.addSite(`${label}-${number}`, '', { routes: Object.fromEntries(routes) });
    for (const at of pages.keys()) {
      world.fonts.reset();
      const opened = await world.browser.newPage(`${site.origin}/${at}`);
      await waitForFonts(opened);
      const expectedCount = views[asked.length]?.length ?? 0;
      await expect.poll(() => world.fonts.requests().length, { timeout: 15_000 }).toBeGreaterThanOrEqual(expectedCount);
      // What comes behind the last of them would be one too many; and fonts are handed on to the worker meanwhile.
      await new Promise((resolve) => setTimeout(resolve, 1500));
      asked.push(
        world.fonts
          .requests()
          .map(({ path }) => path)
          .sort(),
      );
      await opened.close();
    }
  }
  return asked;
}

function formatText(codepoints: Iterable<number>): string {
  return String.fromCodePoint(...codepoints)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;');
}
