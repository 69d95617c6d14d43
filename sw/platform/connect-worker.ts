/// <reference lib="webworker" />
import { startServiceWorker } from './worker/service-worker.ts';
import { startWorker } from './worker/worker.ts';

/** The client of every kind of worker, and the service's side in service workers; inert where the browser has the API. */
if (!('connect' in navigator)) {
  if ('ServiceWorkerGlobalScope' in self) startServiceWorker();
  else startWorker();
}
