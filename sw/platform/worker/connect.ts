import { type ConnectOptions, requestConnection } from '../client/request-connection.ts';
import { CONNECT_DEADLINE_MS } from '../limits.ts';
import { createPort } from './stored-ports.ts';
import { findBroker, isActive, post } from './windows.ts';

declare const self: ServiceWorkerGlobalScope;

/**
 * `navigator.connect()` of a service worker. It has no frames: one of its windows brokers, and the connection outlives
 * that window where another is left. Rejects with InvalidStateError before the worker is activating, with TypeError for
 * a URL that cannot be parsed, with AbortError for everything else.
 * @see explainer, "Inter-App RPC"
 */
export async function connect(url: string | URL, options: ConnectOptions = {}): Promise<MessagePort> {
  if (!isActive()) throw new DOMException('This worker is not active yet.', 'InvalidStateError');
  let broker: Client | undefined;
  return requestConnection(
    url,
    self.location.href,
    options,
    async (sent, transfer) => {
      const startedMs = Date.now();
      while (!broker && Date.now() - startedMs < CONNECT_DEADLINE_MS) broker = await findBroker();
      await post(broker, sent, transfer);
    },
    (id, { origin, href }) =>
      createPort({ id, role: 'client', origin, url: href, window: broker?.id ?? '' }, broker).port,
  );
}
