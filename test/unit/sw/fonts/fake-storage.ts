import type { FaceIndex } from '../../../../sw/fonts/face-index.ts';
import type { FaceRecord } from '../../../../sw/fonts/face-record.ts';
import { type FontKey, fontPathOf } from '../../../../sw/fonts/font-key.ts';
import type { StoreDependencies } from '../../../../sw/fonts/font-store.ts';

export const ORIGIN = 'https://fonts.example';
export const FACE = 'noto-sans-jp-400';
export const BUILD = '0123456789';

/** Bytes that look like a WOFF2 file of that length; at least 48. */
export function createFont(byteLength: number, mark = 0): ArrayBuffer {
  const font = new DataView(new ArrayBuffer(byteLength));
  font.setUint32(0, 0x774f4632);
  font.setUint32(8, byteLength);
  font.setUint8(byteLength - 1, mark);
  return font.buffer;
}

export function keyOf(file: string, face = FACE, build = BUILD): FontKey {
  return { face, build, file };
}

export function urlOf(key: FontKey): string {
  return ORIGIN + fontPathOf(key);
}

/** Storage that tests can look into and break. */
export type FakeStorage = StoreDependencies & {
  readonly cached: Map<string, ArrayBuffer>;
  readonly records: Map<string, FaceRecord>;
  /** What is broken now; `capacityBytes` is what the cache really takes. */
  readonly state: {
    isCacheBroken: boolean;
    isIndexBroken: boolean;
    capacityBytes: number;
    quotaBytes: number | undefined;
    nowMs: number;
  };
};

export function createFakeStorage(): FakeStorage {
  const cached = new Map<string, ArrayBuffer>();
  const records = new Map<string, FaceRecord>();
  const state: FakeStorage['state'] = {
    isCacheBroken: false,
    isIndexBroken: false,
    capacityBytes: Number.POSITIVE_INFINITY,
    quotaBytes: undefined,
    nowMs: Date.UTC(2026, 10, 23),
  };
  const caches = {
    open: async () => {
      if (state.isCacheBroken) throw new DOMException('The cache is broken.', 'UnknownError');
      return createFakeCache(cached, state) as unknown as Cache;
    },
  };
  const index = createFakeIndex(records, state);
  return {
    ...{ origin: ORIGIN, cached, records, state, caches, index },
    nowMs: () => state.nowMs,
    quotaBytes: async () => state.quotaBytes,
  };
}

function createFakeCache(cached: Map<string, ArrayBuffer>, state: FakeStorage['state']) {
  return {
    keys: async () => [...cached.keys()].map((url) => ({ url })),
    match: async (url: string) => {
      const bytes = cached.get(url);
      return bytes && new Response(bytes);
    },
    put: async (url: string, response: Response) => {
      const bytes = await response.arrayBuffer();
      const others = [...cached]
        .filter(([other]) => other !== url)
        .reduce((sum, [, { byteLength }]) => sum + byteLength, 0);
      if (others + bytes.byteLength > state.capacityBytes) throw new DOMException('Full.', 'QuotaExceededError');
      cached.set(url, bytes);
    },
    delete: async (url: string) => cached.delete(url),
  };
}

function createFakeIndex(records: Map<string, FaceRecord>, state: FakeStorage['state']): FaceIndex {
  const check = async () => {
    if (state.isIndexBroken) throw new DOMException('The database is broken.', 'InvalidStateError');
  };
  return {
    read: async (face) => check().then(() => records.get(face)),
    all: async () => check().then(() => [...records]),
    edit: async (face, change) => {
      await check();
      const before = records.get(face) ?? {};
      const record = change(before);
      if (Object.keys(record).length) records.set(face, record);
      else records.delete(face);
      return before;
    },
  };
}
