import { answerCountMessage, greetCounter } from './count-service.ts';
import { answerEcho, greetEcho } from './echo-service.ts';
import { answerFromShell, shellPaths, storeShell } from './page-shell.ts';
import type { WorkerScope } from './worker-api.ts';

/**
 * The tally's service worker.
 *
 * Sites connect to /v1/count; /v1/echo is for the page that explains the API. Whatever else is asked for gets no answer,
 * which is the refusal. Both ports are stored: a connection outlives this worker.
 */
declare const self: WorkerScope;

self.addEventListener('connect', (event) => {
  const { pathname } = new URL(event.targetUrl);
  if (pathname === '/v1/count') greetCounter(self.ports.add('count', event.port));
  if (pathname === '/v1/echo') greetEcho(self.ports.add('echo', event.port), event.targetUrl);
});

self.ports.addEventListener('message', (event) => {
  event.waitUntil(event.name === 'echo' ? answerEcho(event) : answerCountMessage(event, self.ports));
});

self.addEventListener('install', (event) => {
  event.waitUntil(storeShell());
  void self.skipWaiting();
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener('fetch', (event) => {
  const { request, isFallThrough } = event;
  const url = new URL(request.url);
  const isOurs = !isFallThrough && request.method === 'GET' && url.origin === self.location.origin;
  if (isOurs && shellPaths.includes(url.pathname)) event.respondWith(answerFromShell(request));
});
