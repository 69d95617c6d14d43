import type { FaceIndex } from './face-index.ts';
import { type FaceRecord, withoutFile, withoutOldBuilds, withUse } from './face-record.ts';
import { type FontKey, fontPathOf, parseFontKey } from './font-key.ts';
import { isWoff2 } from './is-woff2.ts';

/** The one cache of all versions of the worker; its keys are the fonts' URLs, which name their build. */
export const FONT_CACHE = 'typecase-fonts';

/** What stored fonts are answered with, whoever has brought them. */
const STORED_HEADERS = {
  'Content-Type': 'font/woff2',
  'Access-Control-Allow-Origin': '*',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Timing-Allow-Origin': '*',
  'X-Content-Type-Options': 'nosniff',
};

/**
 * Where fonts are: their bytes in a cache, an index beside it. `origin` is the fonts service's, `nowMs` the time since 1970.
 *
 * What these functions do rejects where the storage fails. A font is in the cache before it is in the index, and leaves the
 * index before it leaves the cache.
 */
export type Shelf = {
  readonly origin: string;
  readonly caches: Pick<CacheStorage, 'open'>;
  readonly index: FaceIndex;
  readonly nowMs: () => number;
};

const openCache = ({ caches }: Shelf) => caches.open(FONT_CACHE);

const urlOf = ({ origin }: Shelf, key: FontKey) => origin + fontPathOf(key);

/** The URLs of the files in a face's record, with what they are stored under. */
function keysIn(shelf: Shelf, face: string, record: FaceRecord): ReadonlyMap<string, FontKey> {
  const keys = Object.entries(record).flatMap(([build, { files }]) =>
    Object.keys(files).map((file) => ({ face, build, file }) as FontKey),
  );
  return new Map(keys.map((key) => [urlOf(shelf, key), key]));
}

/** Changes a face's record, and deletes from the cache what it names no more. */
async function change(shelf: Shelf, face: string, edit: (record: FaceRecord) => FaceRecord): Promise<void> {
  let after: FaceRecord = {};
  const before = await shelf.index.edit(face, (record) => {
    after = edit(record);
    return after;
  });
  const cache = await openCache(shelf);
  const kept = keysIn(shelf, face, after);
  for (const url of keysIn(shelf, face, before).keys()) if (!kept.has(url)) await cache.delete(url);
}

/** Notes that a build is used, and files of it with their bytes; older builds may go. */
export function noteUse(
  shelf: Shelf,
  { face, build }: Omit<FontKey, 'file'>,
  files?: Readonly<Record<string, number>>,
): Promise<void> {
  const nowMs = shelf.nowMs();
  return change(shelf, face, (record) => withoutOldBuilds(withUse(record, build, nowMs, files), nowMs));
}

/** Drops a face, with all its builds. */
export function dropFace(shelf: Shelf, face: string): Promise<void> {
  return change(shelf, face, () => ({}));
}

/** Drops a font, also one that the index does not know. */
export async function dropFont(shelf: Shelf, key: FontKey): Promise<void> {
  await change(shelf, key.face, (record) => withoutFile(record, key.build, key.file));
  await (await openCache(shelf)).delete(urlOf(shelf, key));
}

/** A font's bytes, as they are; undefined if it is not there. */
export async function readBytes(shelf: Shelf, key: FontKey): Promise<ArrayBuffer | undefined> {
  return (await (await openCache(shelf)).match(urlOf(shelf, key)))?.arrayBuffer();
}

/** Writes a font. What the index cannot take leaves the cache again: it could never be evicted. */
export async function writeFont(shelf: Shelf, key: FontKey, bytes: ArrayBuffer): Promise<void> {
  const cache = await openCache(shelf);
  await cache.put(urlOf(shelf, key), new Response(bytes, { headers: STORED_HEADERS }));
  try {
    await noteUse(shelf, key, { [key.file]: bytes.byteLength });
  } catch (error) {
    await cache.delete(urlOf(shelf, key));
    throw error;
  }
}

/**
 * Mends what only the index knows, or only the cache: what a life left that was ended, or storage that was cleared in part.
 *
 * The index is read first, so that what is being stored meanwhile is taken for a font without an entry, which adds the entry.
 */
export async function reconcile(shelf: Shelf): Promise<void> {
  const records = await shelf.index.all();
  const known = new Map(records.flatMap(([face, record]) => [...keysIn(shelf, face, record)]));
  const stored = new Set((await (await openCache(shelf)).keys()).map(({ url }) => url));
  for (const [url, key] of known) if (!stored.has(url)) await dropFont(shelf, key);
  for (const url of stored) if (!known.has(url)) await adopt(shelf, url);
}

async function adopt(shelf: Shelf, url: string): Promise<void> {
  const key = parseFontKey(new URL(url).pathname);
  const bytes = key && (await readBytes(shelf, key));
  if (bytes && isWoff2(bytes)) await noteUse(shelf, key, { [key.file]: bytes.byteLength });
  else await (await openCache(shelf)).delete(url);
}
