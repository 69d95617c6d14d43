import { describe, expect, it } from 'vitest';
import { codepointSetOf, codepointSetOfText } from '../../font-service/codepoints/codepoint-set.ts';
import { formatSet } from '../../font-service/codepoints/set-encoding.ts';
import { readPack, readPackExtent } from '../../font-service/pack/pack.ts';
import { HEADER_BYTES } from '../../font-service/pack/pack-format.ts';
import { ORIGIN } from './support/ask.ts';
import { createTestApp } from './support/create-test-app.ts';
import { createMemoryCache } from './support/memory-cache.ts';
import { createMemoryStore } from './support/memory-store.ts';
import { providedPack } from './support/provided-pack.ts';

const pack = providedPack('smallPack');
const { meta, codepoints } = readPack(pack);
const NAME = `${meta.face}/${meta.build}`;
const FOLDER = `/font/${NAME}`;
const READS_OF_CORE = [`read ${NAME} 0+${HEADER_BYTES}`, `read ${NAME} 0+${readPackExtent(pack).coreBytes}`];
const deltaPath = (values: Iterable<number>) => `${FOLDER}/d/${formatSet(codepointSetOf(values))}.woff2`;
const DELTA = deltaPath(codepointSetOfText('一丁七'));

function createCountedApp() {
  const [store, edgeCache] = [createMemoryStore([pack]), createMemoryCache()];
  return { ...createTestApp(store, { edgeCache }), store, edgeCache };
}

async function readAnswer(response: Response) {
  return {
    status: response.status,
    timing: response.headers.get('Server-Timing')?.split(',')[0],
    etag: response.headers.get('ETag'),
    bytes: new Uint8Array(await response.arrayBuffer()),
  };
}

describe('a font that was asked for before', () => {
  it.each([DELTA, `${FOLDER}/base-0.woff2`])('comes from the cache without a call to the store: %s', async (path) => {
    const { ask, store, edgeCache } = createCountedApp();
    const made = await readAnswer(await ask(path));
    expect(edgeCache.calls).toEqual([`match ${ORIGIN}${path}`, `put ${ORIGIN}${path}`]);
    store.calls.length = 0;
    const stored = await readAnswer(await ask(`${path}?query`));
    expect(stored).toEqual({ ...made, timing: 'edge;desc=stored' });
    expect(store.calls).toEqual([]);
    expect(edgeCache.calls.slice(2)).toEqual([`match ${ORIGIN}${path}`]);
  });

  it('comes from the cache of another application too', async () => {
    const { ask, edgeCache } = createCountedApp();
    const made = await readAnswer(await ask(DELTA));
    const restarted = createTestApp(createMemoryStore([]), { edgeCache });
    expect(await readAnswer(await restarted.ask(DELTA))).toEqual({ ...made, timing: 'edge;desc=stored' });
  });

  it('is revalidated, and cut into ranges, without a call to the store', async () => {
    const { ask, store } = createCountedApp();
    const { etag } = await readAnswer(await ask(DELTA));
    store.calls.length = 0;
    expect((await ask(DELTA, { headers: { 'If-None-Match': etag ?? '' } })).status).toBe(304);
    expect((await ask(DELTA, { headers: { Range: 'bytes=0-3' } })).status).toBe(206);
    expect((await ask(DELTA, { method: 'HEAD' })).status).toBe(200);
    expect(store.calls).toEqual([]);
  });
});

describe('the first request of a font', () => {
  it.each([
    ['HEAD', { method: 'HEAD' }],
    ['a range', { headers: { Range: 'bytes=0-3' } }],
  ])('puts the whole into the cache, even for %s', async (_, init) => {
    const { ask, store } = createCountedApp();
    await (await ask(DELTA, init)).arrayBuffer();
    store.calls.length = 0;
    const { bytes } = await readAnswer(await ask(DELTA));
    expect(new TextDecoder().decode(bytes.subarray(0, 4))).toBe('wOF2');
    expect(store.calls).toEqual([]);
  });

  it('reads of a base its bytes and the description, and never the glyphs', async () => {
    const { ask, store } = createCountedApp();
    await (await ask(`${FOLDER}/base-0.woff2`)).arrayBuffer();
    await (await ask(`${FOLDER}/base-0v.woff2`)).arrayBuffer();
    expect(store.calls.length).toBe(4);
    expect(store.calls).not.toContain(READS_OF_CORE[1]);
  });
});

describe('deltas of one face', () => {
  it('read its core once, also when 20 are asked for at once', async () => {
    const { ask, store } = createCountedApp();
    const paths = Array.from({ length: 20 }, (_, index) => deltaPath(codepoints.slice(index, index + 5)));
    const answers = await Promise.all(paths.map(async (path) => readAnswer(await ask(path))));
    expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 200));
    expect(store.calls).toEqual(READS_OF_CORE);
  });

  it('need no listing of the faces', async () => {
    const { ask, store } = createCountedApp();
    await (await ask(DELTA)).arrayBuffer();
    expect(store.calls).not.toContain('list');
  });
});

describe('a refused request', () => {
  it('of a set that is not canonical asks neither cache nor store', async () => {
    const { ask, store, edgeCache } = createCountedApp();
    for (const set of ['BP', 'A!', '', 'A'.repeat(20_000)]) {
      expect((await ask(`${FOLDER}/d/${set}.woff2`)).status).toBe(400);
    }
    expect([...store.calls, ...edgeCache.calls]).toEqual([]);
  });

  it('of a build that is not there is put into no cache', async () => {
    const { ask, edgeCache } = createCountedApp();
    const path = `/font/${meta.face}/0000000000/d/Af.woff2`;
    expect((await ask(path)).status).toBe(404);
    expect(edgeCache.calls).toEqual([`match ${ORIGIN}${path}`]);
  });

  it('of an upload without the token asks for nothing', async () => {
    const { ask, store } = createCountedApp();
    expect((await ask(`/v1/admin/faces/${meta.face}`, { method: 'PUT', body: pack })).status).toBe(401);
    expect(store.calls).toEqual([]);
  });
});

describe('the catalogue', () => {
  it('is listed once for many stylesheets, and anew after an upload', async () => {
    const { ask, store } = createCountedApp();
    const listings = () => store.calls.filter((call) => call === 'list').length;
    await Promise.all(
      ['/css2?family=Noto+Sans+JP', '/v1/families', '/healthz'].map(async (path) => (await ask(path)).text()),
    );
    expect(listings()).toBe(1);
    const upload = { method: 'PUT', headers: { Authorization: 'Bearer token-of-the-tests' }, body: pack };
    expect((await ask(`/v1/admin/faces/${meta.face}`, upload)).status).toBe(200);
    await (await ask('/v1/families')).text();
    expect(listings()).toBe(2);
  });

  it('of a stylesheet that is held is all that is asked for', async () => {
    const { ask, store } = createCountedApp();
    const css = await (await ask('/css2?family=Noto+Sans+JP')).text();
    const before = store.calls.length;
    expect(await (await ask('/css2?family=Noto+Sans+JP')).text()).toBe(css);
    expect(store.calls.length).toBe(before);
  });
});
