import { define } from '../protocol.ts';
import { connect } from './connect.ts';
import { rerouteAll } from './connections.ts';
import { addService, interceptRequests } from './fall-through.ts';
import { isHandling } from './foreign-fetch.ts';
import { startService } from './service.ts';
import { noteBroker } from './windows.ts';

/** Gives a service worker the proposal's API: both of a service and of a client. */
export function startServiceWorker(): void {
  define(navigator, { connect });
  startService((sent, event, restored) => {
    if (sent.nc === 'serves' && sent.to) event.waitUntil(addService(sent.to));
    else if (sent.nc === 'broker') {
      noteBroker(event.source as Client);
      event.waitUntil(restored.then(rerouteAll));
    }
  });
  interceptRequests(isHandling);
}
