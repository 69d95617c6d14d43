/// <reference lib="webworker" />
import { StaleWhileRevalidate } from 'workbox-strategies';
import { assetPaths, CACHE_NAME, pagePaths, servicePaths } from './shelf.ts';

/**
 * The reader's own worker: everything but the fonts is stored when it is installed, answered from there, and renewed behind
 * the answer. Fonts are left to fall-through.js, which is imported before it.
 */
declare const self: ServiceWorkerGlobalScope;
/** The origin of the font service; the server fills it in. */
declare const SERVICE_ORIGIN: string;

const ownPaths = [...pagePaths, ...assetPaths];
const serviceUrls = servicePaths.map((path) => SERVICE_ORIGIN + path);
const shelf = new Set([...ownPaths.map((path) => self.location.origin + path), ...serviceUrls]);
const strategy = new StaleWhileRevalidate({ cacheName: CACHE_NAME });

self.addEventListener('install', (event) => {
  event.waitUntil(storeShelf());
  void self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = request.url.split('#', 1)[0] ?? '';
  if (request.method !== 'GET' || !shelf.has(url)) return;
  // Somebody may ask without CORS, as developer tools do; an opaque answer on the shelf would then be of no use to pages.
  const isOfService = serviceUrls.includes(url);
  event.respondWith(strategy.handle({ event, request: isOfService ? createServiceRequest(url) : request }));
});

function createServiceRequest(url: string): Request {
  return new Request(url, { credentials: 'omit' });
}

/** Stores the shelf; rejects, and the worker is not installed, where a thing of this site's cannot be had. */
async function storeShelf(): Promise<void> {
  const cache = await caches.open(CACHE_NAME);
  await cache.addAll([...ownPaths]);
  // What the service does not answer now is stored when it first does.
  await Promise.allSettled(serviceUrls.map((url) => cache.add(createServiceRequest(url))));
}
