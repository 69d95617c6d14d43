import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { totalBytes } from '../../../../sw/fonts/choose-evictions.ts';
import { createFontStore, type FontStore } from '../../../../sw/fonts/font-store.ts';
import { OLD_BUILD_GRACE_MS, STORE_BYTES } from '../../../../sw/fonts/limits.ts';
import { BUILD, createFakeStorage, createFont, FACE, type FakeStorage, keyOf, ORIGIN, urlOf } from './fake-storage.ts';

const BASE = keyOf('base-0');
const OTHER = keyOf('base-0', 'noto-serif-jp-700');
const NEWER = keyOf('base-0', FACE, 'ffffffffff');

let storage: FakeStorage;
let store: FontStore;
beforeEach(() => {
  storage = createFakeStorage();
  store = createFontStore(storage);
});

/** What index and cache hold, to see that they agree. */
function held() {
  const indexed = [...storage.records].flatMap(([face, record]) =>
    Object.entries(record).flatMap(([build, { files }]) =>
      Object.entries(files).map(([file, bytes]) => `${urlOf({ face, build, file })} ${bytes}`),
    ),
  );
  const cached = [...storage.cached].map(([url, { byteLength }]) => `${url} ${byteLength}`);
  return { indexed: indexed.sort(), cached: cached.sort() };
}

describe('a font store', () => {
  it('holds what was put into it', async () => {
    await store.put(BASE, createFont(100));
    expect(await store.list(BASE)).toEqual(new Map([['base-0', 100]]));
    expect(await store.read(BASE, 100)).toEqual(createFont(100));
    expect(await store.list(NEWER)).toEqual(new Map());
  });

  it('does not store what is no whole font', async () => {
    await store.put(BASE, new ArrayBuffer(100));
    await store.put(BASE, createFont(100).slice(0, 90));
    expect(held()).toEqual({ indexed: [], cached: [] });
  });

  it.each<[string, (url: string) => void]>([
    ['is missing', (url) => storage.cached.delete(url)],
    ['has been cut off', (url) => storage.cached.set(url, createFont(100).slice(0, 60))],
    ['is something else', (url) => storage.cached.set(url, new ArrayBuffer(100))],
    ['is another font', (url) => storage.cached.set(url, createFont(101))],
  ])('forgets a font that %s', async (_, spoil) => {
    await store.put(BASE, createFont(100));
    await store.put(keyOf('base-1'), createFont(50));
    spoil(urlOf(BASE));
    expect(await store.read(BASE, 100)).toBeUndefined();
    expect(await store.list(BASE)).toEqual(new Map([['base-1', 50]]));
    expect([...storage.cached.keys()]).toEqual([urlOf(keyOf('base-1'))]);
  });

  it('counts a font that was found in the cache without it, and forgets one that is none', async () => {
    storage.cached.set(urlOf(BASE), createFont(100));
    expect(await store.vouch(BASE, createFont(100))).toBe(true);
    expect(held().indexed).toEqual(held().cached);
    expect(await store.vouch(BASE, createFont(100).slice(2))).toBe(false);
    expect(await store.vouch(OTHER, undefined)).toBe(false);
    expect(held()).toEqual({ indexed: [], cached: [] });
  });
});

describe('the bound of a font store', () => {
  it('is kept, and index and cache agree, whatever is stored, used and lost', async () => {
    const file = fc.constantFrom('base-0', 'base-1', 'd/AB', 'd/AC');
    const face = fc.constantFrom(FACE, 'a-400', 'b-400');
    const build = fc.constantFrom(BUILD, 'ffffffffff');
    const step = fc.record({
      key: fc.record({ face, build, file }),
      bytes: fc.integer({ min: 48, max: 700 }),
      act: fc.constantFrom('put', 'put', 'list', 'lose'),
      afterMs: fc.nat(OLD_BUILD_GRACE_MS),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        storage = createFakeStorage();
        storage.state.quotaBytes = 5000;
        store = createFontStore(storage);
        for (const { key, bytes, act, afterMs } of steps) {
          storage.state.nowMs += afterMs;
          if (act === 'put') await store.put(key, createFont(bytes));
          else if (act === 'lose') storage.cached.delete(urlOf(key));
          for (const [name, bytes] of await store.list(key)) await store.read({ ...key, file: name }, bytes);
          expect(totalBytes([...storage.records])).toBeLessThanOrEqual(1000);
          const stored = [...storage.cached.values()].reduce((sum, { byteLength }) => sum + byteLength, 0);
          expect(stored).toBeLessThanOrEqual(1000);
        }
        const { indexed, cached } = held();
        expect(indexed).toEqual(expect.arrayContaining(cached));
      }),
    );
  });

  it('has the face go that was not used for longest', async () => {
    storage.state.quotaBytes = 5 * 300;
    for (const key of [BASE, OTHER]) {
      storage.state.nowMs += 1000;
      await store.put(key, createFont(100));
    }
    storage.state.nowMs += 3600_000;
    await store.list(BASE);
    await store.put(keyOf('base-0', 'a-400'), createFont(150));
    expect(held().cached.map((line) => line.split('/')[4])).toEqual(['a-400', FACE]);
  });

  it('is the explicit one where the quota is unknown or larger', async () => {
    const quotas = [undefined, 100 * STORE_BYTES];
    for (const quotaBytes of quotas) {
      storage = createFakeStorage();
      storage.state.quotaBytes = quotaBytes;
      store = createFontStore(storage);
      await store.put(BASE, createFont(STORE_BYTES / 2));
      await store.put(OTHER, createFont(STORE_BYTES / 2));
      expect(held().cached).toHaveLength(2);
      await store.put(keyOf('base-1'), createFont(48));
      expect(held().cached).toHaveLength(2);
    }
  });

  it('keeps out a font that is over it alone, and what is stored stays', async () => {
    storage.state.quotaBytes = 1000;
    await store.put(BASE, createFont(100));
    await store.put(OTHER, createFont(201));
    expect(held().cached).toHaveLength(1);
  });

  it('is kept when many fonts are stored at the same moment', async () => {
    storage.state.quotaBytes = 5000;
    const puts = Array.from({ length: 20 }, (_, index) => store.put(keyOf(`base-${index}`), createFont(300)));
    await Promise.all(puts);
    expect(totalBytes([...storage.records])).toBeLessThanOrEqual(1000);
    expect(held().indexed).toEqual(held().cached);
  });

  it('gives half away where the browser allows less than it says, and stores', async () => {
    for (let index = 0; index < 8; index++) await store.put(keyOf('base-0', `a-${index + 1}00`), createFont(100));
    storage.state.capacityBytes = 820;
    await store.put(BASE, createFont(100));
    expect(held().cached).toHaveLength(5);
    expect(await store.read(BASE, 100)).toBeDefined();
  });

  it('stores nothing where nothing can be stored', async () => {
    storage.state.capacityBytes = 0;
    await store.put(BASE, createFont(100));
    expect(held()).toEqual({ indexed: [], cached: [] });
  });
});

describe('builds of a face', () => {
  it('go with their bytes when a newer one is used and a day has passed', async () => {
    await store.put(BASE, createFont(100));
    storage.state.nowMs += 1000;
    await store.put(NEWER, createFont(120));
    expect(held().cached).toHaveLength(2);
    storage.state.nowMs += OLD_BUILD_GRACE_MS + 1;
    await store.list(NEWER);
    await expect.poll(() => [...storage.cached.keys()]).toEqual([urlOf(NEWER)]);
  });
});

describe('storage that fails', () => {
  it('holds nothing while the cache is gone, and is filled again', async () => {
    await store.put(BASE, createFont(100));
    storage.cached.clear();
    storage.state.isCacheBroken = true;
    expect(await store.read(BASE, 100)).toBeUndefined();
    await store.put(BASE, createFont(100));
    storage.state.isCacheBroken = false;
    await store.put(BASE, createFont(100));
    expect(await store.read(BASE, 100)).toBeDefined();
  });

  it('leaves no font in the cache that the index cannot take', async () => {
    await store.put(BASE, createFont(100));
    storage.state.isIndexBroken = true;
    await store.put(OTHER, createFont(100));
    expect(await store.list(BASE)).toEqual(new Map());
    expect([...storage.cached.keys()]).toEqual([urlOf(BASE)]);
  });

  it('takes up, in its next life, what only the cache has, and drops what only the index has', async () => {
    await store.put(BASE, createFont(100));
    await store.put(keyOf('base-1'), createFont(60));
    storage.records.clear();
    storage.cached.set(`${ORIGIN}/font/elsewhere`, createFont(90));
    storage.cached.set(urlOf(keyOf('base-2')), new ArrayBuffer(70));
    storage.records.set('a-400', { [BUILD]: { firstUsedMs: 0, usedMs: 0, files: { 'base-0': 9 } } });
    store = createFontStore(storage);
    await store.put(OTHER, createFont(80));
    expect(held().indexed).toEqual(held().cached);
    expect(held().cached).toHaveLength(3);
  });
});
