import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { codepointSetOfText } from '../../../../font-service/codepoints/codepoint-set.ts';
import { deltaNamesOf } from '../../../../sw/fonts/delta-names.ts';
import { createFontStore } from '../../../../sw/fonts/font-store.ts';
import { createFontLoader } from '../../../../sw/fonts/load-font.ts';
import type { FontAnswer } from '../../../../sw/fonts/protocol.ts';
import { servePort } from '../../../../sw/fonts/serve-port.ts';
import { BUILD, createFakeStorage, createFont, FACE, type FakeStorage, keyOf, ORIGIN, urlOf } from './fake-storage.ts';

const CODEPOINTS = codepointSetOfText('山川');
const [DELTA = ''] = deltaNamesOf(CODEPOINTS);
const of = { face: FACE, build: BUILD };

let storage: FakeStorage;
let page: MessagePort;
let answers: FontAnswer[];
afterEach(() => page.close());

function serve(isShared: boolean): void {
  const { port1, port2 } = new MessageChannel();
  storage = createFakeStorage();
  const store = createFontStore(storage);
  const loader = createFontLoader(ORIGIN, store, async () => new Response(createFont(200)));
  servePort(port2, store, loader, isShared);
  page = port1;
  answers = [];
  page.onmessage = ({ data }) => answers.push(data);
}

describe('a served port', () => {
  beforeEach(() => serve(false));

  it('answers with fonts under the id of the ask', async () => {
    page.postMessage({ ask: 'fetch', id: 3, ...of, files: ['base-0'], codepoints: CODEPOINTS });
    page.postMessage({ ask: 'find', id: 4, ...of, files: ['base-9'], codepoints: new Uint32Array(0) });
    await expect.poll(() => answers.map(({ id }) => id).sort()).toEqual([3, 4]);
    const fonts = answers.find(({ id }) => id === 3)?.fonts;
    expect(fonts?.map(({ file, isStored }) => [file, isStored])).toEqual([
      ['base-0', false],
      [DELTA, false],
    ]);
    expect(fonts?.[1]).toMatchObject({ codepoints: CODEPOINTS, bytes: createFont(200) });
    expect(answers.find(({ id }) => id === 4)?.fonts).toEqual([]);
  });

  it('gives no answer to what it does not understand, and goes on', async () => {
    for (const said of [null, 7, { id: 1 }, { ask: 'find', id: 2, ...of, files: [{}], codepoints: CODEPOINTS }])
      page.postMessage(said);
    page.postMessage({ ask: 'find', id: 5, ...of, files: [], codepoints: CODEPOINTS });
    await expect.poll(() => answers).toEqual([{ id: 5, fonts: [] }]);
  });

  it('keeps what a page has fetched, once', async () => {
    const keep = { ask: 'keep', ...of, file: DELTA };
    page.postMessage({ ...keep, bytes: createFont(100, 1) });
    await expect.poll(() => [...storage.cached.keys()]).toEqual([urlOf(keyOf(DELTA))]);
    page.postMessage({ ...keep, bytes: createFont(100, 2) });
    page.postMessage({ ask: 'find', id: 6, ...of, files: [], codepoints: CODEPOINTS });
    await expect.poll(() => answers.length).toBe(1);
    expect(answers[0]?.fonts[0]?.bytes).toEqual(createFont(100, 1));
  });
});

describe('a shared port', () => {
  it('keeps nothing that a page sends', async () => {
    serve(true);
    page.postMessage({ ask: 'keep', ...of, file: DELTA, bytes: createFont(100) });
    page.postMessage({ ask: 'find', id: 1, ...of, files: [], codepoints: CODEPOINTS });
    await expect.poll(() => answers).toEqual([{ id: 1, fonts: [] }]);
    expect(storage.cached.size).toBe(0);
  });
});
