import { chooseEvictions, totalBytes } from './choose-evictions.ts';
import type { FontKey } from './font-key.ts';
import { dropFace, dropFont, noteUse, readBytes, reconcile, type Shelf, writeFont } from './font-shelf.ts';
import { isWoff2 } from './is-woff2.ts';
import { QUOTA_SHARE, STORE_BYTES, USE_INTERVAL_MS } from './limits.ts';

/** What a store needs; `quotaBytes` is what this origin may store in all, as far as the browser tells. */
export type StoreDependencies = Shelf & { readonly quotaBytes: () => Promise<number | undefined> };

/**
 * The fonts that are stored here.
 *
 * Nothing rejects. Whatever part of the storage fails or has been cleared, at any moment, the store holds less, or nothing;
 * what index and cache do not agree on is mended when it is noticed. What is stored stays within min(STORE_BYTES, quota x
 * QUOTA_SHARE), save that two workers that store at the same moment may be over it by one font until the next is stored.
 */
export interface FontStore {
  /** The names of a build's files, with their bytes. It counts as a use of the build. */
  list(wanted: Omit<FontKey, 'file'>): Promise<ReadonlyMap<string, number>>;
  /** A font's bytes; undefined, and forgotten, if they are not there whole. */
  read(key: FontKey, byteLength: number): Promise<ArrayBuffer | undefined>;
  /** Stores a font, if it is one and there is room. Settles when that is done, or given up. */
  put(key: FontKey, bytes: ArrayBuffer): Promise<void>;
  /** Notes the use of a font that was found in the cache without the index; false, and forgotten, if its bytes are none. */
  vouch(key: FontKey, bytes: ArrayBuffer | undefined): Promise<boolean>;
}

/** Creates the store; see {@link FontStore}. */
export function createFontStore(store: StoreDependencies): FontStore {
  let limit: Promise<number> | undefined;
  let putting = Promise.resolve();

  async function list({ face, build }: Omit<FontKey, 'file'>): Promise<ReadonlyMap<string, number>> {
    const known = (await store.index.read(face).catch(() => undefined))?.[build];
    const isStale = known && known.usedMs < store.nowMs() - USE_INTERVAL_MS;
    if (isStale) noteUse(store, { face, build }).catch(() => {});
    return new Map(Object.entries(known?.files ?? {}));
  }

  /** One after the other: each sees what the one before has left. */
  function put(key: FontKey, bytes: ArrayBuffer): Promise<void> {
    putting = putting
      .then(() => {
        limit ??= readLimit(store);
        return limit;
      })
      .then((limitBytes) => putWithin(store, limitBytes, key, bytes))
      .catch(() => {});
    return putting;
  }

  return {
    list,
    put,
    async read(key, byteLength) {
      const bytes = await readBytes(store, key).catch(() => undefined);
      if (bytes?.byteLength === byteLength && isWoff2(bytes)) return bytes;
      await dropFont(store, key).catch(() => {});
      return undefined;
    },
    async vouch(key, bytes) {
      const isWhole = bytes !== undefined && isWoff2(bytes);
      if (!isWhole) await dropFont(store, key).catch(() => {});
      else if ((await list(key)).get(key.file) !== bytes.byteLength)
        await noteUse(store, key, { [key.file]: bytes.byteLength }).catch(() => {});
      return isWhole;
    },
  };
}

/** The bytes that may be stored, once index and cache have been made to agree, so that they can be counted. */
async function readLimit(store: StoreDependencies): Promise<number> {
  await reconcile(store).catch(() => {});
  const quotaBytes = await store.quotaBytes().catch(() => undefined);
  return quotaBytes ? Math.min(STORE_BYTES, quotaBytes * QUOTA_SHARE) : STORE_BYTES;
}

async function putWithin(
  store: StoreDependencies,
  limitBytes: number,
  key: FontKey,
  bytes: ArrayBuffer,
): Promise<void> {
  if (bytes.byteLength > limitBytes || !isWoff2(bytes)) return;
  await makeRoom(store, limitBytes - bytes.byteLength, key.face);
  try {
    await writeFont(store, key, bytes);
  } catch (error) {
    if ((error as Error).name !== 'QuotaExceededError') throw error;
    // The browser allows less than it says: half of what there is makes room for more than this font.
    await makeRoom(store, totalBytes(await store.index.all()) / 2, key.face);
    await writeFont(store, key, bytes);
  }
}

async function makeRoom(store: StoreDependencies, allowedBytes: number, current: string): Promise<void> {
  for (const face of chooseEvictions(await store.index.all(), allowedBytes, current)) await dropFace(store, face);
}
