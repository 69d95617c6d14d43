import type { FontStore } from '../../../sw/fonts/font-store.ts';
import type { FontLoader } from '../../../sw/fonts/load-font.ts';

/** A store of fonts without a disk, of one face; and how many bytes it holds. */
export type MemoryFontStore = FontStore & { bytes(): number };

/** Creates an empty store. It keeps fonts of one face and build only, and gives nothing up. */
export function createMemoryFontStore(): MemoryFontStore {
  const fonts = new Map<string, ArrayBuffer>();
  return {
    list: async () => new Map([...fonts].map(([file, { byteLength }]) => [file, byteLength])),
    read: async ({ file }) => fonts.get(file),
    put: async ({ file }, bytes) => {
      fonts.set(file, bytes);
    },
    vouch: async () => true,
    bytes: () => [...fonts.values()].reduce((sum, { byteLength }) => sum + byteLength, 0),
  };
}

/** Creates a loader that makes fonts instead of fetching them, and stores them; nothing is ever under way. */
export function createFontMaker(store: FontStore, make: (file: string) => Promise<ArrayBuffer>): FontLoader {
  return {
    underWay: () => [],
    load: async (key) => {
      const bytes = await make(key.file);
      await store.put(key, bytes);
      return bytes;
    },
  };
}
