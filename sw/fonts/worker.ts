/// <reference lib="webworker" />
import { CacheFirst, StaleWhileRevalidate } from 'workbox-strategies';
import { strategyFor } from './strategy-for.ts';

declare const self: ServiceWorkerGlobalScope;

/** Font files never change under their URL; stylesheets name newer builds now and then. */
const strategies = {
  font: new CacheFirst({ cacheName: 'typecase-fonts' }),
  stylesheet: new StaleWhileRevalidate({ cacheName: 'typecase-stylesheets' }),
};

self.addEventListener('install', () => {
  void self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const strategy = strategyFor(request.method, new URL(request.url), self.location.origin);
  if (strategy !== undefined) event.respondWith(strategies[strategy].handle({ event, request }));
});
