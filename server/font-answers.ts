import { type FontAddress, fileNameOf } from '../font-service/font-url.ts';
import { etagOf, type Representation } from './conditional-get.ts';
import type { Dependencies } from './environment.ts';
import type { AnswerSource } from './ledger-protocol.ts';
import { CACHE_CONTROL } from './policies.ts';
import { createLruCache } from './stores/lru-cache.ts';

/** A font, and how it came about. */
type FoundFont = { readonly font: Representation; readonly source: AnswerSource };

/** Finds fonts: in the edge cache, among the recompressed ones of the store, in a pack. */
export interface FontAnswers {
  /** @param key the URL of the file, in its one spelling; undefined where there is no such file. */
  find(key: string, address: FontAddress): Promise<FoundFont | undefined>;
}

const FONT_TYPE = 'font/woff2';
/** Marks entries of the edge cache that may be replaced when the file has been recompressed. */
const QUICK_HEADER = 'X-Typecase-Quick';

type StoredFont = { readonly font: Representation; readonly isQuick: boolean };

/**
 * Creates the order of look-ups.
 *
 * Whether the store has a file recompressed is known from a list in memory, so that a file which never was costs no question.
 * One that the edge cache has from before is replaced there in the background.
 */
export function createFontAnswers(dependencies: Dependencies): FontAnswers {
  const { library, edgeCache, sha256, reportFailure, keepAlive, bestFiles, bestFileStore } = dependencies;
  // Holds nothing: who asks for what is being made waits for it.
  const making = createLruCache<StoredFont>(0, () => 1, keepAlive);

  const represent = async (bytes: Uint8Array<ArrayBuffer>): Promise<Representation> => ({
    bytes,
    headers: { 'Content-Type': FONT_TYPE, ETag: await etagOf(bytes, sha256) },
  });

  async function fromEdge(key: string): Promise<StoredFont | undefined> {
    // A cache that fails is one that holds nothing.
    const response = await edgeCache.match(key).catch(reportFailure);
    if (!response) return undefined;
    const headers = { 'Content-Type': FONT_TYPE, ETag: response.headers.get('ETag') ?? '' };
    const font = { bytes: new Uint8Array(await response.arrayBuffer()), headers };
    return { font, isQuick: response.headers.has(QUICK_HEADER) };
  }

  function putToEdge(key: string, { font, isQuick }: StoredFont): Promise<void> {
    const headers = {
      ...font.headers,
      'Cache-Control': CACHE_CONTROL.immutable,
      ...(isQuick && { [QUICK_HEADER]: '1' }),
    };
    return edgeCache.put(key, new Response(font.bytes, { headers })).catch(reportFailure);
  }

  /** What the list names may be lost all the same: then it is made. */
  async function recompressed({ face, build, file }: FontAddress): Promise<StoredFont | undefined> {
    const name = fileNameOf(file);
    if (!bestFiles.has(face, build, name)) return undefined;
    const bytes = await bestFileStore.read({ face, build, name }).catch(reportFailure);
    return bytes ? { font: await represent(bytes), isQuick: false } : undefined;
  }

  const made = async (key: string, address: FontAddress) =>
    making.get(key, async () => {
      const file = await library.font(address);
      return file && { font: await represent(file.bytes), isQuick: !file.isFinished };
    });

  async function replace(key: string, address: FontAddress): Promise<void> {
    const best = await recompressed(address);
    if (best !== undefined) await putToEdge(key, best);
  }

  return {
    find: async (key, address) => {
      const stored = await fromEdge(key);
      if (stored?.isQuick) keepAlive(replace(key, address).catch(reportFailure));
      const best = stored === undefined ? await recompressed(address) : undefined;
      const found = stored ?? best ?? (await made(key, address));
      if (found === undefined) return undefined;
      if (stored === undefined) keepAlive(putToEdge(key, found));
      if (found.isQuick) bestFiles.refresh(address.face, address.build);
      return { font: found.font, source: stored ? 'edge' : best ? 'best' : 'made' };
    },
  };
}
