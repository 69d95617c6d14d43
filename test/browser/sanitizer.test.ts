import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { codepointSetOf } from '../../font-service/codepoints/codepoint-set.ts';
import { formatFontPath } from '../../font-service/font-url.ts';
import { parseFaceId } from '../../font-service/identifiers.ts';
import { readCurrentBuild } from '../support/current-build.ts';
import { type LaunchedChromium, launchChromium } from '../support/launch-chromium.ts';

const origin = `http://127.0.0.1:${inject('servicePort')}`;
const FACES = ['noto-sans-jp-400', 'noto-sans-kr-700', 'noto-sans-tc-400', 'noto-sans-sc-700', 'noto-serif-jp-400'];

let chromium: LaunchedChromium;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  chromium = await launchChromium('blocked');
  page = await (await chromium.browser.newContext()).newPage();
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(`${origin}/healthz`);
});
afterAll(() => chromium.close());

/** Loads font files as a page does; gives the paths that Chromium's sanitizer refuses, with its words. */
function loadAll(paths: readonly string[]): Promise<readonly string[]> {
  return page.evaluate(async (urls) => {
    const refused: string[] = [];
    for (const url of urls) {
      await new FontFace('probe', `url(${url})`)
        .load()
        .catch((error: Error) => refused.push(`${url}: ${error.message}`));
    }
    return refused;
  }, paths);
}

async function stylesheetPaths(family: string, weight: string, writing: string): Promise<readonly string[]> {
  const query = new URLSearchParams({ family: `${family}:wght@${weight}`, writing });
  const css = await (await fetch(`${origin}/css2?${query}`)).text();
  return [...css.matchAll(/url\(([^)]+)\)/g)].map(([, url = '']) => new URL(url).pathname);
}

describe('Chromium’s sanitizer', () => {
  it.each([
    ['Noto Sans JP', '400', 'horizontal'],
    ['Noto Sans JP', '700', 'vertical'],
    ['Noto Sans KR', '400', 'vertical'],
    ['Noto Sans TC', '400', 'horizontal'],
    ['Noto Sans SC', '400', 'horizontal'],
    ['Noto Serif JP', '400', 'vertical'],
  ])('accepts every base and a tenth of the slices of %s %s, %s', async (family, weight, writing) => {
    const paths = await stylesheetPaths(family, weight, writing);
    const bases = paths.filter((path) => path.includes('/base-'));
    const slices = paths.filter((path) => path.includes('/s/')).filter((_, index) => index % 10 === 0);
    expect(bases.length).toBeGreaterThan(3);
    expect(slices.length).toBeGreaterThan(3);
    expect(await loadAll([...bases, ...slices])).toEqual([]);
  });

  it.each(FACES)('accepts deltas of %s: empty, of one, of many, beyond the basic plane', async (face) => {
    const build = await readCurrentBuild(origin, face);
    const sets = [
      [0xe000],
      [0x20, 0x3000],
      [0x4e00],
      [0x20bb7, 0x4e00, 0x2000b],
      Array.from({ length: 4000 }, (_, index) => 0x4e00 + index * 3),
    ];
    const paths = sets.map((members) =>
      formatFontPath({
        ...{ face: parseFaceId(face), build },
        file: { kind: 'delta', set: codepointSetOf(members) },
      }),
    );
    expect(await loadAll(paths)).toEqual([]);
  });

  it('has nothing to say of any of them', () => {
    expect(complaints.filter((text) => /OTS|decode|font/i.test(text))).toEqual([]);
  });
});
