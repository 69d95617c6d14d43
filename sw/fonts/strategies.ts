import { CacheFirst, StaleWhileRevalidate, type Strategy } from 'workbox-strategies';
import { parseFontKey } from './font-key.ts';
import { FONT_CACHE } from './font-shelf.ts';
import type { FontStore } from './font-store.ts';
import { MAX_STYLESHEETS } from './limits.ts';
import { ANONYMOUS } from './load-font.ts';
import { PAGE_CACHE } from './page-files.ts';
import type { StrategyName } from './strategy-for.ts';

type WorkboxPlugin = Strategy['plugins'][number];

/** Asks the network anonymously; also where the storage fails, in which case Workbox would not ask at all. */
const network: WorkboxPlugin = {
  requestWillFetch: async ({ request: { url, cache } }) => new Request(url, { ...ANONYMOUS, cache }),
  handlerDidError: async ({ request }) => fetch(request.url, ANONYMOUS).catch(() => undefined),
};

/** Has the store check and count what Workbox finds in its cache, and write what comes from the network. */
function createStorePlugin(store: FontStore): WorkboxPlugin {
  return {
    async cachedResponseWillBeUsed({ request, cachedResponse }) {
      const key = cachedResponse && parseFontKey(new URL(request.url).pathname);
      if (!key) return undefined;
      const bytes = await cachedResponse
        .clone()
        .arrayBuffer()
        .catch(() => undefined);
      return (await store.vouch(key, bytes)) ? cachedResponse : undefined;
    },
    // Nothing is left for Workbox to store.
    async cacheWillUpdate({ request, response }) {
      const key = parseFontKey(new URL(request.url).pathname);
      if (key && response.ok) await store.put(key, await response.arrayBuffer());
    },
  };
}

/** Has only whole answers of our own stored; each leaves at most so many others, save those that come at the same moment. */
function createBoundPlugin(cacheName: string, maxOthers: number): WorkboxPlugin {
  return {
    async cacheWillUpdate({ request, response }) {
      if (response.status !== 200 || response.type !== 'basic' || response.redirected) return undefined;
      const cache = await caches.open(cacheName);
      // Oldest first: what is stored anew goes to the end.
      const others = (await cache.keys()).filter(({ url }) => url !== request.url);
      for (const other of others.slice(0, -maxOthers)) await cache.delete(other);
      return response;
    },
  };
}

/** What a file is stored under: none of them differs by its query. */
const fileKey: WorkboxPlugin = { cacheKeyWillBeUsed: async ({ request }) => request.url.replace(/\?.*/s, '') };

/**
 * Creates the strategies by name. Fonts never change under their URL; stylesheets name newer builds now and then; what pages
 * load comes from the store because the next page waits for it, and because it may be offline.
 */
export function createStrategies(store: FontStore): Readonly<Record<StrategyName, Strategy>> {
  const createUpdating = (cacheName: string, ...plugins: WorkboxPlugin[]) =>
    new StaleWhileRevalidate({
      cacheName,
      plugins: [network, createBoundPlugin(cacheName, MAX_STYLESHEETS - 1), ...plugins],
      matchOptions: { ignoreVary: true },
    });
  return {
    font: new CacheFirst({ cacheName: FONT_CACHE, plugins: [network, createStorePlugin(store)] }),
    stylesheet: createUpdating('typecase-stylesheets'),
    page: createUpdating(PAGE_CACHE, fileKey),
  };
}
