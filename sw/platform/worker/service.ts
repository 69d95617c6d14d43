import { define, type Message, parseMessage } from '../protocol.ts';
import { decideConnection } from './connect-event.ts';
import { clearConnections, loadConnections, receive, saveConnections } from './connections.ts';
import { activateRules, answerForeign, extendInstallEvent } from './foreign-fetch.ts';
import { ports, restorePort, watchTransfers } from './stored-ports.ts';
import { introduce, noteWindow } from './windows.ts';

declare const self: ServiceWorkerGlobalScope;

/** Handles a message that is not for a service; `restored` settles when the stored connections are there. */
type HandleMore = (sent: Message, event: ExtendableMessageEvent, restored: Promise<void>) => void;

/** Handles what windows say; the application's messages pass by. */
function listen(event: ExtendableMessageEvent, handleMore: HandleMore): void {
  noteWindow(event.source);
  const sent = parseMessage(event.data);
  if (!sent) return;
  event.stopImmediatePropagation();
  const restored = loadConnections(restorePort);
  if (sent.nc === 'connect' && sent.id) event.waitUntil(restored.then(() => decideConnection(sent, event)));
  else if (sent.nc === 'fetch') event.waitUntil(answerForeign(sent, event));
  else if (sent.nc === 'hello') event.waitUntil(introduce(event.source as Client));
  else if (sent.nc === 'frame' || sent.nc === 'ack' || sent.nc === 'close' || sent.nc === 'resume') {
    event.waitUntil(restored.then(() => receive(sent, event)));
  } else handleMore(sent, event, restored);
}

/** Gives a service worker what the proposal gives services: connect events, stored ports, other sites' requests. */
export function startService(handleMore: HandleMore = () => {}): void {
  define(self, { ports });
  Object.defineProperty(FetchEvent.prototype, 'isFallThrough', { get: () => false, configurable: true });
  self.addEventListener('install', (event) => {
    if (!self.registration.active) event.waitUntil(clearConnections());
    extendInstallEvent(event);
  });
  self.addEventListener('activate', (event) => {
    event.waitUntil(Promise.all([activateRules(), loadConnections(restorePort).then(saveConnections)]));
  });
  self.addEventListener('message', (event) => listen(event, handleMore));
  watchTransfers();
}
