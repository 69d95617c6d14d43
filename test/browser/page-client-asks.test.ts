import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { encodeGaps } from '../../font-service/codepoints/gap-coding.ts';
import { type FakeStores, formatStoresScript } from '../support/fake-stores.ts';
import { type LabPageOptions, openPageLab, type PageLab, waitUntilReady } from '../support/page-lab.ts';
import type { RawPage } from '../support/raw-chromium-page.ts';

const RARE_GROUP = String.fromCodePoint(0x5000, 0x5001, 0x5002, 0x5003);
const RARE = RARE_GROUP.charAt(1);
const SITE = { mode: 'site', isInstalled: true } as const;
const HUB = { mode: 'hub', isInstalled: false } as const;

let lab: PageLab;

beforeAll(async () => {
  lab = await openPageLab();
});
afterAll(() => lab.close());
afterEach(async () => expect(await lab.clear()).toEqual([]));

/** The name of a text's delta. */
function delta(text: string): string {
  return `d/${encodeGaps(Array.from(text, (character) => character.codePointAt(0) ?? 0).sort((a, b) => a - b))}`;
}

/** Opens a page with these stores, and tells what it told them and what it asked the network for. */
async function run(stores: FakeStores, body: string, options: LabPageOptions = {}) {
  const page = await lab.open(body, { ...options, head: formatStoresScript(stores, lab.service.origin) });
  await waitUntilReady(page);
  return { page, asked: lab.service.takeAsked(), ...(await observe(page)) };
}

function observe(page: RawPage) {
  type Typecase = {
    readonly mode: string;
    readonly fonts: readonly { file: string; from: string; isStored: boolean }[];
  };
  return page.evaluate(async () => {
    // Fonts are handed over when the browser is idle.
    await new Promise((resolve) => setTimeout(resolve, 200));
    const { mode, fonts } = Reflect.get(window, 'typecase') as Typecase;
    const brought = fonts.map(({ file, from, isStored }) => `${from} ${file}${isStored ? '' : ' new'}`);
    const drawn = [...document.fonts].filter(({ status }) => status === 'loaded').length;
    return { mode, brought: brought.sort(), drawn, told: (Reflect.get(window, 'told') as string[]).sort() };
  });
}

describe('a site with a store of its own', () => {
  it('is left out while it is not installed, and given what the page has fetched', async () => {
    const stores: FakeStores = { greeting: { mode: 'site', isInstalled: false }, hub: {}, worker: {} };
    const seen = await run(stores, `a一${RARE}`);
    expect(seen.asked).toEqual(['one-400 base-0', `one-400 一${RARE_GROUP}`]);
    expect(seen.told).toEqual(['worker keep base-0', `worker keep ${delta(`一${RARE_GROUP}`)}`]);
    // It has been given something, but has answered nothing yet.
    expect(seen.mode).toBe('direct');
  });

  it('gives what it holds; the page fetches the rest in one request', async () => {
    const stores: FakeStores = { greeting: SITE, hub: {}, worker: { holds: ['base-0', '一丁'] } };
    const { told, asked, brought, mode } = await run(stores, `a一七${RARE}`);
    expect(told).toEqual([`worker find base-0 一七${RARE}`, `worker keep ${delta(`七${RARE_GROUP}`)}`]);
    expect(asked).toEqual([`one-400 七${RARE_GROUP}`]);
    expect(brought).toEqual([`network ${delta(`七${RARE_GROUP}`)} new`, 'worker base-0', 'worker d/一丁']);
    expect(mode).toBe('site');
  });

  it('is asked for nothing that the page has, and the network for nothing that it holds', async () => {
    const stores: FakeStores = { greeting: SITE, hub: {}, worker: { holds: ['base-0', '一丁'] } };
    const { page, asked } = await run(stores, 'a一');
    expect(asked).toEqual([]);
    expect(await lab.askedAfter(page, () => document.body.append('丁b'))).toEqual([]);
    expect((await observe(page)).told).toEqual(['worker find base-0 一']);
  });
});

describe('a hub', () => {
  it('fetches files, the page all codepoints in one delta, where two would be one request too many', async () => {
    const { told, asked, brought, mode } = await run({ greeting: HUB, hub: {}, worker: {} }, `a一${RARE}`);
    const both = delta(`一${RARE_GROUP}`);
    expect(told).toEqual(['hub fetch base-0', 'hub find base-0 一', `worker keep ${both}`]);
    expect(asked).toEqual([`one-400 一${RARE_GROUP}`]);
    expect(brought).toEqual(['hub base-0 new', `network ${both} new`]);
    expect(mode).toBe('hub');
  });

  it('fetches common codepoints, the page rare ones, where that is not too much', async () => {
    const stores: FakeStores = { greeting: HUB, hub: { holds: ['base-0', '丁'] } };
    const { told, asked } = await run(stores, `a一丁${RARE}`);
    expect(told).toEqual(['hub fetch 一', 'hub find base-0 一丁']);
    expect(asked).toEqual([`one-400 ${RARE_GROUP}`]);
  });

  it('and the store of the site are asked at the same time; on a later page of the site one request must do', async () => {
    const greeting = { mode: 'hub', isInstalled: true } as const;
    const stores: FakeStores = { greeting, hub: { holds: ['base-0'] }, worker: { holds: ['七'] } };
    const { told, asked } = await run(stores, `a一七${RARE}`);
    expect(told).toEqual([
      'hub find base-0 一七',
      `worker find base-0 一七${RARE}`,
      `worker keep ${delta(`一${RARE_GROUP}`)}`,
    ]);
    expect(asked).toEqual([`one-400 一${RARE_GROUP}`]);
  });

  it('that does not fetch in time is passed by', async () => {
    const { asked } = await run({ greeting: HUB, hub: { ignores: ['fetch'] } }, 'a一');
    expect(asked).toEqual(['one-400 base-0', 'one-400 一']);
  });
});

describe('nothing waits for', () => {
  it.each<[string, FakeStores]>([
    ['a bridge that hangs', { hub: 'hung', worker: 'hung' }],
    ['a bridge that is missing', {}],
    ['a hub that hangs', { greeting: HUB, hub: { ignores: ['find', 'fetch'] } }],
    ['a worker that hangs', { greeting: SITE, hub: {}, worker: 'hung' }],
    ['a worker that answers nothing', { greeting: SITE, hub: {}, worker: { ignores: ['find'] } }],
    ['a store that answers nonsense', { greeting: SITE, hub: {}, worker: { fonts: [{ file: 7 }, 0, null, 'x'] } }],
    ['a store whose fonts are none', { greeting: SITE, hub: {}, worker: { fonts: { file: 'base-0' } } }],
  ])('%s', async (_, stores) => {
    const { asked, drawn, mode } = await run(stores, 'a一');
    expect(asked).toEqual(['one-400 base-0', 'one-400 一']);
    expect(drawn).toBe(2);
    expect(mode).not.toBe('hub');
  });
});

describe('where the network fails', () => {
  it('what stores answer too late is used', async () => {
    lab.service.answerFontsWith({ drop: true });
    const { drawn, brought } = await run(
      { greeting: SITE, hub: {}, worker: { holds: ['base-0', '一'], delayMs: 600 } },
      'a一',
    );
    expect(brought).toEqual(['worker base-0', 'worker d/一']);
    expect(drawn).toBe(2);
  });

  it.each([
    ['it answers 500', { status: 500, headers: { 'Access-Control-Allow-Origin': '*' } }],
    [
      'it is cut off',
      { headers: { 'Content-Length': '9999', 'Access-Control-Allow-Origin': '*' }, body: 'wOF2', drop: true },
    ],
    ['it sends no font', { headers: { 'Access-Control-Allow-Origin': '*' }, body: 'wOF2' }],
  ] as const)('the page is ready, and asks again later: %s', async (_, answer) => {
    lab.service.answerFontsWith(answer);
    const { page, drawn } = await run({}, 'a一');
    expect(drawn).toBe(0);
    lab.service.answerFontsWith(undefined);
    await expect.poll(async () => (await observe(page)).drawn, { timeout: 8000 }).toBe(2);
  });

  it('fonts that hang keep the page from being ready for a while only', async () => {
    lab.service.answerFontsWith({ never: true });
    const { drawn } = await run({}, 'a一');
    expect(drawn).toBe(0);
  });
});

describe('fonts', () => {
  it('that a store holds, but that are broken, are fetched and kept anew', async () => {
    const stores: FakeStores = { greeting: SITE, hub: {}, worker: { holds: ['base-0'], isBroken: true } };
    const { asked, told } = await run(stores, 'a');
    expect(asked).toEqual(['one-400 base-0']);
    expect(told).toEqual(['worker find base-0', 'worker keep base-0']);
  });

  it.each([
    ['optional', 0],
    ['fallback', 2],
  ])('that come late draw as %s says, and are kept', async (display, count) => {
    lab.service.answerFontsWith({ delayMs: 300, ...lab.service.answer });
    const { drawn, told } = await run({ greeting: { mode: 'site', isInstalled: false }, hub: {}, worker: {} }, 'a一', {
      query: `&display=${display}`,
    });
    expect(drawn).toBe(count);
    expect(told).toEqual(['worker keep base-0', `worker keep ${delta('一')}`]);
  });
});
