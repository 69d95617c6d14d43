import { define, parseMessage } from '../protocol.ts';
import { connect } from './connect.ts';
import { decideConnection } from './connect-event.ts';
import { clearConnections, loadConnections, receive, rerouteAll, saveConnections } from './connections.ts';
import { addService, interceptRequests } from './fall-through.ts';
import { activateRules, answerForeign, extendInstallEvent, isHandling } from './foreign-fetch.ts';
import { ports, restorePort, watchTransfers } from './stored-ports.ts';
import { introduce, noteBroker, noteWindow } from './windows.ts';

declare const self: ServiceWorkerGlobalScope;

/** Handles what windows say; the application's messages pass by. */
function listen(event: ExtendableMessageEvent): void {
  noteWindow(event.source);
  const sent = parseMessage(event.data);
  if (!sent) return;
  event.stopImmediatePropagation();
  const restored = loadConnections(restorePort);
  if (sent.nc === 'connect' && sent.id) event.waitUntil(restored.then(() => decideConnection(sent, event)));
  else if (sent.nc === 'fetch') event.waitUntil(answerForeign(sent, event));
  else if (sent.nc === 'serves' && sent.to) event.waitUntil(addService(sent.to));
  else if (sent.nc === 'hello') event.waitUntil(introduce(event.source as Client));
  else if (sent.nc === 'broker') {
    noteBroker(event.source as Client);
    event.waitUntil(restored.then(rerouteAll));
  } else if (sent.nc === 'frame' || sent.nc === 'ack' || sent.nc === 'close' || sent.nc === 'resume') {
    event.waitUntil(restored.then(() => receive(sent, event)));
  }
}

/** Gives a service worker the proposal's API: both of a service and of a client. */
export function startServiceWorker(): void {
  define(navigator, { connect });
  define(self, { ports });
  Object.defineProperty(FetchEvent.prototype, 'isFallThrough', { get: () => false, configurable: true });
  self.addEventListener('install', (event) => {
    if (!self.registration.active) event.waitUntil(clearConnections());
    extendInstallEvent(event);
  });
  self.addEventListener('activate', (event) => {
    event.waitUntil(Promise.all([activateRules(), loadConnections(restorePort).then(saveConnections)]));
  });
  self.addEventListener('message', listen);
  watchTransfers();
  interceptRequests(isHandling);
}
