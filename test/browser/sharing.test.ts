import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { codepointSetOfText } from '../../font-service/codepoints/codepoint-set.ts';
import { parseFontPath } from '../../font-service/font-url.ts';
import { parsePriors } from '../../font-service/plan/priors.ts';
import {
  clientHead,
  type FontWorld,
  reportedFonts,
  reportedMode,
  startFontWorld,
  systemGlyphs,
} from '../support/font-world.ts';
import type { RawPage } from '../support/raw-chromium-page.ts';

/** All of them among the commonest of the priors, so that they are asked for one by one. */
const COMMON = '日本の文字は一人ではなく、国の中で生まれた。';
const MORE_COMMON = `${COMMON}新しい本を作る会社。`;
const RARE = '魍魎と鵺、饕餮と黌蘚。';

let world: FontWorld;

/** A site whose pages wait for the stores as long as these need: what is counted here must not hang on a busy machine. */
function addSite(label: string, text: string) {
  return world.addSite(label, text, { head: (fonts) => clientHead(fonts, '2000') });
}

/** The codepoints of the deltas asked for since the last reset. */
function askedDeltas(): readonly string[] {
  return world
    .fontRequests()
    .map((path) => parseFontPath(path).file)
    .flatMap((file) => (file.kind === 'delta' ? [String.fromCodePoint(...file.set)] : []));
}

function missingOf(text: string, known = ''): string {
  const isHan = (character: string) => /\p{Script=Han}/u.test(character) && !known.includes(character);
  return String.fromCodePoint(...codepointSetOfText([...text].filter(isHan).join('')));
}

async function visit(url: string): Promise<RawPage> {
  const page = await world.openReady(url);
  // Ready means that the fonts are there; the browser draws with them in one of its next frames.
  await expect.poll(() => systemGlyphs(page), { timeout: 10_000 }).toBe(0);
  return page;
}

async function visitAndClose(url: string, idleMs = 500): Promise<void> {
  const page = await visit(url);
  // What a page has fetched itself it hands on when it is idle, and the worker is there.
  await new Promise((resolve) => setTimeout(resolve, idleMs));
  await page.close();
}

describe('where third-party cookies are allowed', () => {
  beforeAll(async () => {
    world = await startFontWorld(inject('servicePort'), 'allowed');
  });
  afterAll(() => world.close());

  it('transfers each font file once for five sites that need the same codepoints', async () => {
    for (const label of ['one', 'two', 'three', 'four', 'five']) {
      await visitAndClose(`${addSite(label, COMMON).origin}/`);
    }
    const paths = world.fontRequests();
    expect(paths).toHaveLength(2);
    expect(new Set(paths).size).toBe(2);
    expect(askedDeltas()).toEqual([missingOf(COMMON)]);
  });

  it('transfers one delta of exactly the missing codepoints for a site with new text', async () => {
    world.fonts.reset();
    const page = await visit(`${addSite('six', MORE_COMMON).origin}/`);
    expect(world.fontRequests()).toHaveLength(1);
    expect(askedDeltas()).toEqual([missingOf(MORE_COMMON, COMMON)]);
    expect(await reportedMode(page)).toBe('hub');
    expect((await reportedFonts(page)).map(({ from, isStored }) => `${from} ${isStored}`).sort()).toEqual([
      'hub false',
      'hub true',
      'hub true',
    ]);
    await page.close();
  });

  it('keeps rare codepoints to the site, in whole groups', async () => {
    world.fonts.reset();
    await visitAndClose(`${addSite('seven', RARE).origin}/`);
    const [first = ''] = askedDeltas();
    expect([...missingOf(RARE)].every((character) => first.includes(character))).toBe(true);
    expect([...first].length).toBeGreaterThan([...missingOf(RARE)].length);
    world.fonts.reset();
    await visitAndClose(`${addSite('eight', RARE).origin}/`);
    expect(askedDeltas()).toEqual([first]);
  });
});

describe('where third-party cookies are blocked', () => {
  beforeAll(async () => {
    world = await startFontWorld(inject('servicePort'), 'blocked');
  });
  afterAll(() => world.close());

  it('transfers two files on the first page of a site, and none where nothing is new', async () => {
    const site = addSite('one', COMMON + RARE);
    await visitAndClose(`${site.origin}/`, 3000);
    expect(world.fontRequests()).toHaveLength(2);
    world.fonts.reset();
    const page = await visit(`${site.origin}/`);
    expect(world.fontRequests()).toEqual([]);
    expect(await reportedMode(page)).toBe('site');
    expect(new Set((await reportedFonts(page)).map(({ from }) => from))).toEqual(new Set(['worker']));
    await page.close();
  });

  it('transfers one file more for a later page with new text', async () => {
    world.fonts.reset();
    const site = addSite('www.one', MORE_COMMON + RARE);
    await visitAndClose(`${site.origin}/`);
    expect(askedDeltas()).toEqual([missingOf(MORE_COMMON, COMMON)]);
    expect(world.fontRequests()).toHaveLength(1);
  });

  it('transfers everything once a site, and shares it between the site’s subdomains', async () => {
    world.fonts.reset();
    for (const label of ['two', 'a.two', 'b.two', 'three']) {
      await visitAndClose(`${addSite(label, COMMON).origin}/`);
    }
    const paths = world.fontRequests();
    expect(paths).toHaveLength(4);
    for (const path of paths) expect(paths.filter((other) => other === path)).toHaveLength(2);
  });
});

describe('what the service learns', () => {
  beforeAll(async () => {
    world = await startFontWorld(inject('servicePort'), 'allowed');
  });
  afterAll(() => world.close());

  it('gets no cookie, no path of the page, and no more referrer than an origin', async () => {
    // A cookie that any credentialed request would carry.
    world.fonts.setRoute('/cookie', {
      headers: { 'Set-Cookie': 'who=me; SameSite=None; Secure; Path=/' },
      body: 'set',
    });
    await (await world.browser.newPage(`${world.fonts.origin}/cookie`)).close();
    const site = addSite('one', MORE_COMMON + RARE);
    await visitAndClose(`${site.origin}/?secret=path`);
    await visitAndClose(`${site.origin}/?secret=path`);
    const asked = world.fonts.requests().filter(({ path }) => path !== '/cookie' && path !== '/favicon.ico');
    expect(asked.length).toBeGreaterThan(5);
    const fontsAndScripts = asked.filter(
      ({ path }) => !path.startsWith('/.well-known/') && path !== '/sw.js' && path !== '/hub.js',
    );
    for (const { path, headers } of fontsAndScripts) {
      expect(headers.cookie, path).toBeUndefined();
    }
    for (const { headers } of asked) {
      expect(JSON.stringify(headers)).not.toContain('secret');
      // A frame and the scripts that it loads have the frame's own address, which is the service's.
      if (headers.referer !== `${site.origin}/`)
        expect(headers.referer ?? '').toMatch(new RegExp(`^$|^${world.fonts.origin}/`));
    }
  });

  it('answers a chat of 500 insertions with few requests, and leaves no glyph missing', async () => {
    const page = await visit(`${addSite('chat', '話').origin}/`);
    world.fonts.reset();
    const { ranked } = parsePriors(await readFile('font-service/plan/priors/ja.txt', 'utf8'));
    const characters = ranked.map((codepoint) => String.fromCodePoint(codepoint));
    const lines = characters.filter((character) => /\p{Script=Han}/u.test(character)).slice(1200, 1700);
    await page.evaluate(async (texts: readonly string[]) => {
      for (const text of texts) {
        const line = document.createElement('span');
        line.textContent = text;
        document.getElementById('text')?.append(line);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }, lines);
    await expect.poll(() => systemGlyphs(page), { timeout: 10_000 }).toBe(0);
    const requests = world.fontRequests();
    expect(new Set(requests).size).toBe(requests.length);
    // The insertions take five seconds; a batch is gathered for 100 ms and has two requests at most.
    expect(requests.length).toBeLessThan(110);
    await page.close();
  });
});
