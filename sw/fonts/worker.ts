/// <reference lib="webworker" />
import { BRIDGE_PATH } from '../platform/protocol.ts';
import '../platform/service-script.ts';
import { createFaceIndex } from './face-index.ts';
import { createFontStore } from './font-store.ts';
import { createFontLoader } from './load-font.ts';
import { openStore } from './open-store.ts';
import { readQuota } from './read-quota.ts';
import { servePort } from './serve-port.ts';
import { createStrategies } from './strategies.ts';
import { type StrategyName, strategyFor } from './strategy-for.ts';

/**
 * The fonts worker: answers pages of this origin and, by fall-through, of other sites, and serves the ports of those that
 * connect to /font. A browser gives each top-level site one of its own, with its own storage.
 *
 * A page may give it fonts to keep, and whoever is framed in the same site may do that, too: frames of one site trust each
 * other with what their text looks like, as they do with the site's storage for this origin in all.
 */
declare const self: ServiceWorkerGlobalScope;

const { origin } = self.location;
const index = createFaceIndex(openStore(indexedDB, 'typecase', 'faces'));
const store = createFontStore({ origin, caches, index, quotaBytes: readQuota, nowMs: Date.now });
const loader = createFontLoader(origin, store);
const strategies = createStrategies(store);

function answer(event: ExtendableEvent, request: Request, strategy: StrategyName): Promise<Response> {
  const [response, stored] = strategies[strategy].handleAll({ event, request });
  // What cannot be stored has been answered all the same.
  event.waitUntil(stored.catch(() => {}));
  return response;
}

/** For what nothing waits for: a file that never comes must not keep the worker from being installed. */
const NO_EVENT = { waitUntil() {} } as unknown as ExtendableEvent;

self.addEventListener('install', (event) => {
  event.handleFallThroughRequests(['/font', '/css2']);
  // The page that installs this has had its bridge from the network; its next visit may be offline.
  answer(NO_EVENT, new Request(BRIDGE_PATH), 'page').catch(() => {});
  void self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const strategy = strategyFor(request, new URL(request.url), origin);
  if (strategy) event.respondWith(answer(event, request, strategy));
});

self.addEventListener('connect', ({ targetUrl, port }) => {
  if (new URL(targetUrl).pathname === '/font') servePort(port, store, loader, false);
});
