/// <reference lib="webworker" />
import { parseMessage } from './protocol.ts';
import { addService, interceptRequests } from './worker/fall-through.ts';
import { introduce, noteBroker } from './worker/windows.ts';

/**
 * For a site's own service worker, which imports it first: what its listeners leave is offered to the services that its
 * pages' bridges know, then to the network. It is the part of connect-worker.js that needs no connections.
 */

declare const self: ServiceWorkerGlobalScope;

/** Takes what windows say of services and of who brokers; the application's messages pass by. */
function listen(event: ExtendableMessageEvent): void {
  const sent = parseMessage(event.data);
  if (!sent) return;
  event.stopImmediatePropagation();
  const client = event.source as Client;
  if (sent.nc === 'broker') noteBroker(client);
  else if (sent.nc === 'serves' && sent.to) event.waitUntil(addService(sent.to));
  else if (sent.nc === 'hello') event.waitUntil(introduce(client));
}

if (!('connect' in navigator)) {
  self.addEventListener('message', listen);
  interceptRequests();
}
