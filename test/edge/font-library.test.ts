import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codepointSetOf } from '../../font-service/codepoints/codepoint-set.ts';
import { type BuildId, parseBuildId } from '../../font-service/identifiers.ts';
import { readPack, readPackExtent } from '../../font-service/pack/pack.ts';
import { createFontLibrary } from '../../server/font-library.ts';
import { createMemoryStore } from './support/memory-store.ts';
import { providedPack } from './support/provided-pack.ts';
import { rewritePack } from './support/rewrite-pack.ts';

const original = providedPack('smallPack');
const { face } = readPack(original).meta;
const builds = Array.from({ length: 6 }, (_, index) => parseBuildId(`00000000a${index}`));
const packs = await Promise.all(builds.map((build) => rewritePack(original, { build })));
const coreBytes = readPackExtent(packs[0] as Uint8Array<ArrayBuffer>).coreBytes;

const NO_PLANS = { current: async () => undefined, get: async () => undefined };

function createLibrary(packBudgetBytes: number, nowMs: () => number = () => 0) {
  const store = createMemoryStore(packs);
  const library = createFontLibrary({
    ...{ plans: NO_PLANS, store, nowMs, packBudgetBytes, headBudgetBytes: 1_000_000, catalogueAgeMs: 10_000 },
    compress: (bytes) => bytes,
    keepAlive: () => undefined,
  });
  const set = codepointSetOf([0x4e00]);
  const askFor = (build: BuildId) => library.font({ face, build, file: { kind: 'delta', set } });
  const coreReads = () => store.calls.filter((call) => call.endsWith(` 0+${coreBytes}`)).length;
  return { store, library, askFor, coreReads };
}

describe('createFontLibrary', () => {
  it('holds no more packs than its budget has room for, and those that were used last', async () => {
    const index = fc.nat(builds.length - 1);
    await fc.assert(
      fc.asyncProperty(fc.array(index, { maxLength: 30 }), fc.nat(4), async (asked, room) => {
        const { askFor, coreReads } = createLibrary(room * coreBytes + coreBytes - 1);
        let held: number[] = [];
        let reads = 0;
        for (const number of asked) {
          if (!held.includes(number)) reads += 1;
          held = [number, ...held.filter((other) => other !== number)].slice(0, room);
          expect(await askFor(builds[number] as BuildId)).toBeDefined();
          expect(coreReads()).toBe(reads);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('serves a pack above the whole budget without holding it', async () => {
    const { askFor, coreReads } = createLibrary(coreBytes - 1);
    for (let times = 0; times < 3; times++) expect(await askFor(builds[0] as BuildId)).toBeDefined();
    expect(coreReads()).toBe(3);
  });

  it('asks again for a build that was not there', async () => {
    const { askFor, library } = createLibrary(10 * coreBytes);
    const build = parseBuildId('ffffffffff');
    expect(await askFor(build)).toBeUndefined();
    const late = await rewritePack(original, { build });
    await library.put(readPack(late).meta, late);
    expect(await askFor(build)).toBeDefined();
  });

  it('asks again after a read that failed', async () => {
    const { askFor, store } = createLibrary(10 * coreBytes);
    const { readPack: read } = store;
    store.readPack = () => Promise.reject(new Error('not now'));
    await expect(askFor(builds[0] as BuildId)).rejects.toThrow('not now');
    store.readPack = read;
    expect(await askFor(builds[0] as BuildId)).toBeDefined();
  });

  it('lists the faces again when the listing is old, or has failed', async () => {
    let nowMs = 0;
    const { library, store } = createLibrary(0, () => nowMs);
    const { list } = store;
    store.list = () => Promise.reject(new Error('not now'));
    await expect(library.faces()).rejects.toThrow('not now');
    store.list = list;
    expect((await library.faces()).length).toBe(1);
    nowMs = 9_999;
    await library.faces();
    expect(store.calls).toEqual(['list']);
    nowMs = 10_000;
    await library.faces();
    expect(store.calls).toEqual(['list', 'list']);
  });
});
