import { beforeEach, describe, expect, it } from 'vitest';
import {
  type CodepointSet,
  codepointSetOf,
  codepointSetOfText,
  EMPTY_CODEPOINT_SET,
  intersectionOf,
  unionOf,
} from '../../../../font-service/codepoints/codepoint-set.ts';
import { codepointsOf, deltaNamesOf } from '../../../../sw/fonts/delta-names.ts';
import { createFontStore, type FontStore } from '../../../../sw/fonts/font-store.ts';
import { gatherFonts } from '../../../../sw/fonts/gather-fonts.ts';
import { createFontLoader, type FontLoader } from '../../../../sw/fonts/load-font.ts';
import type { FontAsk, SentFont } from '../../../../sw/fonts/protocol.ts';
import { BUILD, createFakeStorage, createFont, FACE, type FakeStorage, keyOf, ORIGIN, urlOf } from './fake-storage.ts';

let storage: FakeStorage;
let store: FontStore;
let loader: FontLoader;
let requested: { readonly name: string; readonly init: RequestInit | undefined }[];
let respond: (name: string) => Promise<Response>;

beforeEach(() => {
  requested = [];
  respond = async () => new Response(createFont(200));
  storage = createFakeStorage();
  start();
});

/** Begins a life of the worker. */
function start(): void {
  store = createFontStore(storage);
  loader = createFontLoader(ORIGIN, store, async (url, init) => {
    const name = `${url}`.slice(`${ORIGIN}/font/${FACE}/${BUILD}/`.length, -'.woff2'.length);
    requested.push({ name, init });
    return respond(name);
  });
}

const setOf = codepointSetOfText;
const nameOf = (text: string) => deltaNamesOf(setOf(text))[0] ?? '';
const names = () => requested.map(({ name }) => name);
const filesOf = (fonts: readonly SentFont[]) => fonts.map(({ file }) => file);
const stored = () => [...storage.cached.keys()];

function gather(ask: 'find' | 'fetch', text: string | CodepointSet, ...files: string[]): Promise<readonly SentFont[]> {
  const codepoints = typeof text === 'string' ? setOf(text) : text;
  const asked: FontAsk = { ask, id: 1, face: FACE, build: BUILD, files, codepoints };
  return gatherFonts(asked, store, loader);
}

describe('fetch', () => {
  it('brings files, and one delta of all that is missing, and stores them', async () => {
    const fonts = await gather('fetch', '山川', 'base-0');
    expect(filesOf(fonts)).toEqual(['base-0', nameOf('山川')]);
    expect(fonts.map(({ codepoints }) => codepoints)).toEqual([EMPTY_CODEPOINT_SET, setOf('山川')]);
    expect(fonts.every(({ isStored }) => !isStored)).toBe(true);
    await expect.poll(stored).toHaveLength(2);
  });

  it('asks for nothing that is stored', async () => {
    await gather('fetch', '山川', 'base-0');
    await expect.poll(stored).toHaveLength(2);
    const again = await gather('fetch', '山', 'base-0');
    expect(filesOf(again)).toEqual(['base-0', nameOf('山川')]);
    expect(again.every(({ isStored }) => isStored)).toBe(true);
    expect(requested).toHaveLength(2);
  });

  it('asks for exactly what is missing, whatever life of the worker stored the rest', async () => {
    await gather('fetch', '山川');
    await expect.poll(stored).toHaveLength(1);
    start();
    const fonts = await gather('fetch', '川海空');
    expect(names()).toEqual([nameOf('山川'), nameOf('海空')]);
    expect(fonts.map(({ isStored }) => isStored)).toEqual([true, false]);
  });

  it('asks once for what several ask for at the same moment', async () => {
    const answers = await Promise.all(['山川', '山川', '山', '川海'].map((text) => gather('fetch', text, 'base-0')));
    expect(names().sort()).toEqual(['base-0', nameOf('山川'), nameOf('海')].sort());
    const bytes = answers.flat().map((font) => font.bytes);
    // Each answer is transferred: no two may share a buffer.
    expect(new Set(bytes).size).toBe(bytes.length);
    expect(unionOf(...answers[3]!.map(({ codepoints }) => codepoints))).toEqual(setOf('山川海'));
  });

  it('asks anonymously, and takes no redirect', async () => {
    await gather('fetch', '山');
    expect(requested[0]?.init).toMatchObject({
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      redirect: 'error',
    });
  });

  it('fetches a stored font again that is damaged', async () => {
    await gather('fetch', '山川', 'base-0');
    await expect.poll(stored).toHaveLength(2);
    storage.cached.set(urlOf(keyOf(nameOf('山川'))), createFont(200).slice(0, 100));
    storage.cached.delete(urlOf(keyOf('base-0')));
    expect(await gather('find', '山川', 'base-0')).toEqual([]);
    const fonts = await gather('fetch', '山川', 'base-0');
    expect(fonts.map(({ bytes }) => bytes)).toEqual([createFont(200), createFont(200)]);
    expect(requested).toHaveLength(4);
    await expect.poll(stored).toHaveLength(2);
  });

  it('asks for a damaged delta once more in the very ask that finds it', async () => {
    await gather('fetch', '山川');
    await expect.poll(stored).toHaveLength(1);
    storage.cached.clear();
    expect(filesOf(await gather('fetch', '山'))).toEqual([nameOf('山川')]);
    expect(names()).toEqual([nameOf('山川'), nameOf('山川')]);
  });

  it('cuts what is too much for one delta', async () => {
    const many = codepointSetOf(Array.from({ length: 9000 }, (_, index) => 0x4e00 + index));
    const fonts = await gather('fetch', many);
    expect(requested).toHaveLength(2);
    expect(intersectionOf(many, unionOf(...fonts.map(({ file }) => codepointsOf(file))))).toEqual(many);
  });

  it.each<[string, () => Promise<Response>]>([
    ['is not there', () => Promise.reject(new TypeError('offline'))],
    ['answers with an error', async () => new Response(createFont(200), { status: 500 })],
    ['answers with something else', async () => new Response('Sign in to this network')],
    ['breaks off', async () => new Response(createFont(200).slice(0, 150))],
  ])('answers with what there is when the network %s, and asks again the next time', async (_, failing) => {
    await gather('fetch', '山', 'base-0');
    await expect.poll(stored).toHaveLength(2);
    respond = failing;
    expect(filesOf(await gather('fetch', '山川', 'base-0', 'base-1'))).toEqual(['base-0', nameOf('山')]);
    expect(stored()).toHaveLength(2);
    respond = async () => new Response(createFont(200));
    expect(filesOf(await gather('fetch', '川'))).toEqual([nameOf('川')]);
  });

  it('serves without storing while the storage fails', async () => {
    storage.state.isIndexBroken = true;
    storage.state.isCacheBroken = true;
    expect(await gather('fetch', '山', 'base-0')).toHaveLength(2);
    storage.state.isCacheBroken = false;
    storage.state.capacityBytes = 0;
    expect(await gather('fetch', '山', 'base-0')).toHaveLength(2);
    expect(stored()).toEqual([]);
  });
});

describe('find', () => {
  it('never asks the network', async () => {
    expect(await gather('find', '山川', 'base-0')).toEqual([]);
    expect(requested).toEqual([]);
  });

  it('finds files and the deltas that cover, of that build only', async () => {
    for (const file of ['base-0', nameOf('山'), nameOf('山川'), nameOf('海')])
      await store.put(keyOf(file), createFont(100));
    await store.put(keyOf(nameOf('空'), FACE, 'ffffffffff'), createFont(100));
    await store.put(keyOf('s/01234567/1'), createFont(100));
    expect(filesOf(await gather('find', '山川空', 'base-0', 'base-1'))).toEqual(['base-0', nameOf('山川')]);
  });
});
