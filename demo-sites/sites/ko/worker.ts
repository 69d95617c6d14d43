/// <reference lib="webworker" />
import { NetworkFirst, StaleWhileRevalidate } from 'workbox-strategies';
import { requestKindOf } from './request-kind.ts';

/**
 * This site's own worker, by Workbox. It answers for its own pages and assets and has no listener for fonts: those are left
 * to fall-through.js, which is imported before it, and which asks the fonts worker and then the network.
 */
declare const self: ServiceWorkerGlobalScope;

const strategies = {
  page: new NetworkFirst({ cacheName: 'ko-pages', networkTimeoutSeconds: 3 }),
  asset: new StaleWhileRevalidate({ cacheName: 'ko-assets' }),
};

self.addEventListener('install', () => {
  void self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const kind = requestKindOf(request, self.location.origin);
  if (kind !== undefined) event.respondWith(strategies[kind].handle({ event, request }));
});
